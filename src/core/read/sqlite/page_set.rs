use std::collections::BTreeMap;

/// Which pages a scan has used: a bit a page, in blocks that are made when first needed, so that
/// a junk page number costs one block and not a bit for every page below it.
#[derive(Debug, Default)]
pub(super) struct PageSet {
    blocks: BTreeMap<u32, Box<[u64; WORDS]>>,
}

const WORDS: usize = 64;
const BITS: u32 = 6 + 6;

impl PageSet {
    /// Adds a page; false if it was in already.
    pub(super) fn insert(&mut self, page: u32) -> bool {
        let block = self.blocks.entry(page >> BITS).or_insert_with(|| Box::new([0; WORDS]));
        let mask = 1 << (page & 63);
        match block.get_mut((page >> 6) as usize % WORDS) {
            Some(word) if *word & mask == 0 => {
                *word |= mask;
                true
            }
            _ => false,
        }
    }
}
