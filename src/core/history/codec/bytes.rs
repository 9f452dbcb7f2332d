//! Numbers to bytes and back.

use super::CodecError;

/// Takes a block apart from front to back.
pub(super) struct Reader<'a> {
    rest: &'a [u8],
}

impl<'a> Reader<'a> {
    pub(super) fn new(rest: &'a [u8]) -> Self {
        Self { rest }
    }

    pub(super) fn remaining(&self) -> usize {
        self.rest.len()
    }

    pub(super) fn take(&mut self, length: usize, part: &'static str) -> Result<&'a [u8], CodecError> {
        let (taken, rest) = self.rest.split_at_checked(length).ok_or(CodecError::Cut { part })?;
        self.rest = rest;
        Ok(taken)
    }

    pub(super) fn byte(&mut self, part: &'static str) -> Result<u8, CodecError> {
        let (&byte, rest) = self.rest.split_first().ok_or(CodecError::Cut { part })?;
        self.rest = rest;
        Ok(byte)
    }

    /// Eight bytes.
    pub(super) fn word(&mut self, part: &'static str) -> Result<u64, CodecError> {
        let (&bytes, rest) = self.rest.split_first_chunk::<8>().ok_or(CodecError::Cut { part })?;
        self.rest = rest;
        Ok(u64::from_le_bytes(bytes))
    }

    pub(super) fn varint(&mut self, part: &'static str) -> Result<u64, CodecError> {
        let mut value = 0u64;
        for shift in (0..64).step_by(7) {
            let byte = self.byte(part)?;
            let bits = u64::from(byte & 0x7f);
            if shift == 63 && bits > 1 {
                break;
            }
            value |= bits << shift;
            if byte & 0x80 == 0 {
                return Ok(value);
            }
        }
        Err(CodecError::Broken { reason: "a number has more than 64 bits" })
    }

    pub(super) fn finish(&self) -> Result<(), CodecError> {
        if self.rest.is_empty() { Ok(()) } else { Err(CodecError::Broken { reason: "bytes follow its end" }) }
    }
}

pub(super) fn put_varint(out: &mut Vec<u8>, mut value: u64) {
    while value >= 0x80 {
        out.push(value as u8 | 0x80);
        value >>= 7;
    }
    out.push(value as u8);
}

/// Small numbers of either sign become small numbers.
pub(super) fn zigzag(value: i64) -> u64 {
    (value.cast_unsigned() << 1) ^ (value >> 63).cast_unsigned()
}

pub(super) fn unzigzag(value: u64) -> i64 {
    (value >> 1).cast_signed() ^ -(value & 1).cast_signed()
}
