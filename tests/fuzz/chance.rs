//! Numbers that look like chance and are the same in every run, on every machine.

pub(crate) struct Chance(u64);

impl Chance {
    /// The numbers of one round of one target.
    pub(crate) fn of_round(target: &str, round: u64) -> Self {
        // FNV-1a, so that two targets do not share their rounds.
        let name = target.bytes().fold(0xcbf2_9ce4_8422_2325, |hash: u64, byte| {
            (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
        });
        Self(name ^ round.wrapping_mul(0x9e37_79b9_7f4a_7c15))
    }

    /// SplitMix64.
    pub(crate) fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// Less than `bound`; 0 if that is 0.
    pub(crate) fn below(&mut self, bound: usize) -> usize {
        (self.next() % bound.max(1) as u64) as usize
    }

    /// Once in `times`.
    pub(crate) fn one_in(&mut self, times: usize) -> bool {
        self.below(times) == 0
    }

    pub(crate) fn pick<'a, T>(&mut self, of: &'a [T]) -> &'a T {
        &of[self.below(of.len())]
    }

    /// A number with a taste for small ones and for the edges of every width.
    pub(crate) fn odd_number(&mut self) -> u64 {
        let edge = 1_u64 << self.below(64);
        match self.below(6) {
            0 => self.below(300) as u64,
            1 => u64::MAX,
            2 => u64::MAX >> self.below(64),
            3 => edge,
            4 => edge.wrapping_sub(1),
            _ => self.next(),
        }
    }
}
