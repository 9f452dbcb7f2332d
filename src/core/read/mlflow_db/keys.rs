use std::{collections::HashMap, rc::Rc};

/// Numbers for texts that come again and again: bytes as stored to a small number and back.
#[derive(Default)]
pub(super) struct Keys {
    numbers: HashMap<Rc<[u8]>, u32>,
    stored: Vec<Rc<[u8]>>,
}

impl Keys {
    pub(super) fn find(&self, bytes: &[u8]) -> Option<u32> {
        self.numbers.get(bytes).copied()
    }

    /// The text's number, given now if it is new.
    pub(super) fn number(&mut self, bytes: &[u8]) -> u32 {
        if let Some(number) = self.find(bytes) {
            return number;
        }
        let number = self.stored.len() as u32;
        let bytes: Rc<[u8]> = bytes.into();
        self.stored.push(Rc::clone(&bytes));
        self.numbers.insert(bytes, number);
        number
    }

    /// The bytes behind a number.
    pub(super) fn bytes(&self, number: u32) -> &[u8] {
        self.stored.get(number as usize).map_or(&[], |bytes| bytes)
    }
}
