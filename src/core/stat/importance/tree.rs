use super::table::{MISSING, Table};

/// No leaf holds fewer runs.
const LEAST_LEAF: usize = 2;
const GREATEST_DEPTH: usize = 14;

/// Numbers that look random and are the same in every run of the program: xorshift64*.
pub(super) struct Dice(u64);

impl Dice {
    pub(super) fn new(seed: u64) -> Self {
        Self(mixed(seed) | 1)
    }

    pub(super) fn next(&mut self) -> u64 {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        self.0.wrapping_mul(0x2545_F491_4F6C_DD1D)
    }

    /// A number below `end`, which is above zero.
    pub(super) fn below(&mut self, end: usize) -> usize {
        ((u128::from(self.next()) * end as u128) >> 64) as usize
    }

    /// Brings the first `first` places into random order, from all places.
    pub(super) fn shuffle<T>(&mut self, all: &mut [T], first: usize) {
        for place in 0..first.min(all.len()) {
            let other = place + self.below(all.len() - place);
            all.swap(place, other);
        }
    }
}

/// splitmix64's finish: neighbours become strangers.
fn mixed(value: u64) -> u64 {
    let value = value.wrapping_add(0x9E37_79B9_7F4A_7C15);
    let value = (value ^ (value >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    let value = (value ^ (value >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    value ^ (value >> 31)
}

/// A question to a run.
#[derive(Clone, Copy)]
struct Split {
    param: usize,
    /// The greatest code that goes left; of categories, the seed that sends each to a side.
    by: u64,
    ordered: bool,
    missing_left: bool,
}

impl Split {
    fn left(&self, code: u32) -> bool {
        match (code, self.ordered) {
            (MISSING, _) => self.missing_left,
            (_, true) => u64::from(code) <= self.by,
            (_, false) => mixed(self.by ^ u64::from(code)) & 1 == 0,
        }
    }
}

enum Node {
    Leaf(f64),
    /// The left child comes next.
    Fork {
        split: Split,
        right: usize,
    },
}

/// An extremely randomised tree (Geurts and others, 2006): of some random splits of random params
/// the best one is taken.
pub(super) struct Tree {
    nodes: Vec<Node>,
    used: Vec<bool>,
}

impl Tree {
    /// Grows a tree from runs, some of which may be named several times.
    pub(super) fn grow(table: &Table, params: &[usize], runs: &mut [usize], dice: &mut Dice) -> Self {
        let mut tree = Self { nodes: Vec::new(), used: vec![false; table.columns.len()] };
        let mut params = params.to_vec();
        tree.branch(table, &mut params, runs, 0, dice);
        tree
    }

    /// Whether it asks for the param anywhere.
    pub(super) fn uses(&self, param: usize) -> bool {
        self.used.get(param).copied().unwrap_or_default()
    }

    /// What it predicts for a run of which `code` tells each param.
    pub(super) fn predict(&self, code: impl Fn(usize) -> u32) -> f64 {
        let mut at = 0;
        loop {
            match self.nodes.get(at) {
                Some(Node::Fork { split, .. }) if split.left(code(split.param)) => at += 1,
                Some(Node::Fork { right, .. }) => at = *right,
                Some(Node::Leaf(value)) => return *value,
                None => return f64::NAN,
            }
        }
    }

    fn branch(
        &mut self,
        table: &Table,
        params: &mut [usize],
        runs: &mut [usize],
        depth: usize,
        dice: &mut Dice,
    ) {
        let target = |run: &usize| table.target.get(*run).copied().unwrap_or_default();
        let split = if depth < GREATEST_DEPTH && runs.len() >= 2 * LEAST_LEAF {
            best(table, params, runs, dice)
        } else {
            None
        };
        let Some(split) = split else {
            self.nodes.push(Node::Leaf(runs.iter().map(target).sum::<f64>() / runs.len().max(1) as f64));
            return;
        };
        if let Some(used) = self.used.get_mut(split.param) {
            *used = true;
        }
        let mut middle = 0;
        for place in 0..runs.len() {
            if runs.get(place).is_some_and(|&run| split.left(table.code(split.param, run))) {
                runs.swap(place, middle);
                middle += 1;
            }
        }
        let (left, right) = runs.split_at_mut(middle);
        let fork = self.nodes.len();
        self.nodes.push(Node::Fork { split, right: 0 });
        self.branch(table, params, left, depth + 1, dice);
        let after = self.nodes.len();
        if let Some(Node::Fork { right, .. }) = self.nodes.get_mut(fork) {
            *right = after;
        }
        self.branch(table, params, right, depth + 1, dice);
    }
}

/// The best of the random splits of a third of the params; of all where they are few.
fn best(table: &Table, params: &mut [usize], runs: &[usize], dice: &mut Dice) -> Option<Split> {
    let tried = params.len().div_ceil(3).max(5).min(params.len());
    dice.shuffle(params, tried);
    let mut best = None;
    let mut greatest = f64::NEG_INFINITY;
    for &param in params.iter().take(tried) {
        let Some(split) = random(table, param, runs, dice) else { continue };
        let score = score(table, &split, runs);
        if score > greatest {
            (best, greatest) = (Some(split), score);
        }
    }
    best
}

fn random(table: &Table, param: usize, runs: &[usize], dice: &mut Dice) -> Option<Split> {
    let column = table.columns.get(param)?;
    let codes = || runs.iter().map(|&run| table.code(param, run)).filter(|&code| code != MISSING);
    let least = codes().min()?;
    let greatest = codes().max()?;
    let missing_left = dice.next() >> 63 == 0;
    let by = if column.ordered {
        // Where all that have it have the same, it still tells them from those that do not.
        let range = (greatest - least) as usize;
        u64::from(least) + if range == 0 { 0 } else { dice.below(range) as u64 }
    } else {
        dice.next()
    };
    Some(Split { param, by, ordered: column.ordered, missing_left: missing_left && least != greatest })
}

/// How far apart a split brings the runs: the sum of squares between the sides. Not a number above
/// minus infinity where a side would be too small for a leaf.
fn score(table: &Table, split: &Split, runs: &[usize]) -> f64 {
    let (mut left, mut right, mut count) = (0.0, 0.0, 0_usize);
    for &run in runs {
        let target = table.target.get(run).copied().unwrap_or_default();
        if split.left(table.code(split.param, run)) {
            left += target;
            count += 1;
        } else {
            right += target;
        }
    }
    if count < LEAST_LEAF || runs.len() - count < LEAST_LEAF {
        return f64::NEG_INFINITY;
    }
    left * left / count as f64 + right * right / (runs.len() - count) as f64
}
