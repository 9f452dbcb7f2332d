/// Numbers that look like chance and are the same in every run.
pub(crate) struct Chance(u64);

impl Chance {
    pub(crate) fn new(seed: u64) -> Self {
        Self(seed)
    }

    /// SplitMix64.
    pub(crate) fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    pub(crate) fn below(&mut self, bound: usize) -> usize {
        (self.next() % bound.max(1) as u64) as usize
    }

    /// Damages some bytes: flips, zeroes, fills, copies from elsewhere, cuts off.
    pub(crate) fn damage(&mut self, bytes: &mut Vec<u8>) {
        for _ in 0..=self.below(8) {
            if bytes.is_empty() {
                return;
            }
            let at = self.below(bytes.len());
            let end = (at + 1 + self.below(64)).min(bytes.len());
            match self.below(12) {
                0..=4 => bytes[at] ^= 1 << self.below(8),
                5 | 6 => bytes[at] = self.next() as u8,
                7 => bytes[at..end].fill(0),
                8 => bytes[at..end].fill(0xff),
                9 => {
                    let from = self.below(bytes.len() - (end - at) + 1);
                    bytes.copy_within(from..from + (end - at), at);
                }
                // Page numbers, cell counts and pointers stand at the starts of pages.
                10 => {
                    let head = at / 512 * 512 + self.below(16);
                    let last = bytes.len() - 1;
                    bytes[head.min(last)] = self.next() as u8;
                }
                _ => bytes.truncate(at),
            }
        }
    }
}
