//! Which run gets which colour, so that it keeps it everywhere.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::model::Millis;

/// A colour of the palette, 0 to 15. The design language counts them from 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize)]
pub struct Slot(u8);

/// How a line is dashed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize)]
pub enum Dash {
    /// Not at all.
    #[default]
    Whole,
    /// Dashes.
    Dashes,
    /// Dots.
    Dots,
    /// Long dashes.
    Long,
}

impl Dash {
    /// The one with this index, wrapping round.
    pub fn new(index: usize) -> Self {
        [Self::Whole, Self::Dashes, Self::Dots, Self::Long][index % 4]
    }

    /// CSS pixels on and off by turns.
    pub fn pattern(self) -> Option<[f64; 2]> {
        match self {
            Self::Whole => None,
            Self::Dashes => Some([6.0, 3.5]),
            Self::Dots => Some([2.0, 3.0]),
            Self::Long => Some([12.0, 4.0]),
        }
    }
}

impl Slot {
    /// How many there are.
    pub const COUNT: usize = 16;
    /// The ones that are told apart without dashes.
    const PLAIN: usize = 8;

    /// The slot with this index, wrapping round at 16.
    pub fn new(index: usize) -> Self {
        Self((index % Self::COUNT) as u8)
    }

    /// 0 to 15.
    pub fn index(self) -> usize {
        usize::from(self.0)
    }

    /// Whether lines of this slot are dashed, because its hue alone is too near another.
    pub fn dashed(self) -> bool {
        self.index() >= Self::PLAIN
    }

    /// How lines of this slot are dashed.
    pub fn dash(self) -> Dash {
        if self.dashed() { Dash::Dashes } else { Dash::Whole }
    }

    /// The slot that a run gets when nothing else has it.
    pub fn preferred(run_id: &str) -> Self {
        let hash = run_id
            .bytes()
            .fold(0x811c_9dc5_u32, |hash, byte| (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193));
        Self::new(hash as usize % Self::PLAIN)
    }
}

/// A run that is to be shown.
#[derive(Debug, Clone, Copy)]
pub struct Shown<'a> {
    /// Its id.
    pub run_id: &'a str,
    /// When it started.
    pub start_time: Option<Millis>,
}

/// Slots for the runs that are shown and have none yet; never changes a slot that is given.
///
/// `existing` is the memory of the workspace: every run that ever got a slot. Answers the
/// additions only. The earlier started run chooses first, then the lesser id: its preferred slot,
/// else the next free one of the first eight in steps of three, else one of the others; when all
/// sixteen are taken, the least used.
pub fn assign(visible: &[Shown<'_>], existing: &BTreeMap<String, Slot>) -> BTreeMap<String, Slot> {
    let mut uses = [0usize; Slot::COUNT];
    let mut new = Vec::new();
    for run in visible {
        match existing.get(run.run_id) {
            Some(slot) => uses[slot.index() % Slot::COUNT] += 1,
            None => new.push(run),
        }
    }
    new.sort_by_key(|run| (run.start_time.is_none(), run.start_time, run.run_id));
    new.dedup_by_key(|run| run.run_id);
    let mut given = BTreeMap::new();
    for run in new {
        let slot = choose(Slot::preferred(run.run_id), &uses);
        uses[slot.index() % Slot::COUNT] += 1;
        given.insert(run.run_id.to_owned(), slot);
    }
    given
}

fn choose(preferred: Slot, uses: &[usize; Slot::COUNT]) -> Slot {
    let plain = (0..Slot::PLAIN).map(|k| (preferred.index() + 3 * k) % Slot::PLAIN);
    let dashed = (0..Slot::PLAIN).map(|k| Slot::PLAIN + (preferred.index() + 3 * k) % Slot::PLAIN);
    // Of equals, the first in this order.
    let least_used = plain.chain(dashed).min_by_key(|&slot| uses[slot]);
    Slot::new(least_used.unwrap_or_default())
}
