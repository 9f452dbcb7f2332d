use std::collections::{BTreeSet, HashMap};

use super::store::Store;
use crate::{history::History, model::Point};

/// What an open series takes besides its points, in bytes, roughly.
const OVERHEAD: usize = 256;
const POINT: usize = 24;
const NONE: u32 = u32::MAX;

/// All points that belong together: one metric of one run.
pub(super) struct Series {
    pub(super) run: u32,
    pub(super) key: u32,
    /// The series whose row came behind this one's last time: loggers go round in the same order.
    follower: u32,
    /// How many rows it has, and the first and last rowid of them, as far as counted.
    pub(super) count: u64,
    pub(super) first: i64,
    pub(super) last: i64,
    /// Its points, while they are collected.
    points: Option<Box<History>>,
    state: State,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum State {
    Wanted,
    /// Wanted by the next pass.
    PutOff,
    /// Its history was given out.
    Done,
}

/// The series of a database, found by run and key.
pub(super) struct SeriesSet {
    pub(super) all: Vec<Series>,
    by_run_and_key: HashMap<(u32, u32), u32>,
    previous: u32,
    /// Open series by last rowid, so that the one that stays open longest is found.
    open: BTreeSet<(i64, u32)>,
    /// What open series take in memory, in bytes.
    held: usize,
}

impl SeriesSet {
    pub(super) fn new() -> Self {
        Self {
            all: Vec::new(),
            by_run_and_key: HashMap::new(),
            previous: NONE,
            open: BTreeSet::new(),
            held: 0,
        }
    }

    pub(super) fn held(&self) -> usize {
        self.held
    }

    pub(super) fn get(&self, number: u32) -> Option<&Series> {
        self.all.get(number as usize)
    }

    /// The series of a row, made now if it is new; `None` if there is no such run.
    #[inline]
    pub(super) fn find(&mut self, store: &mut Store, run: &[u8], key: &[u8]) -> Option<u32> {
        let guess = self.get(self.previous).map_or(NONE, |series| series.follower);
        if let Some(series) = self.get(guess)
            && store.keys.bytes(series.key) == key
            && store.runs.ids.bytes(series.run) == run
        {
            self.previous = guess;
            return Some(guess);
        }
        let number = self.look_up(store, run, key)?;
        if let Some(series) = self.all.get_mut(self.previous as usize) {
            series.follower = number;
        }
        self.previous = number;
        Some(number)
    }

    fn look_up(&mut self, store: &mut Store, run: &[u8], key: &[u8]) -> Option<u32> {
        let run = store.runs.ids.find(run)?;
        let key = store.keys.number(key);
        let next = self.all.len() as u32;
        let number = *self.by_run_and_key.entry((run, key)).or_insert(next);
        if number == next {
            let (count, first, last) = (0, i64::MAX, i64::MIN);
            self.all.push(Series {
                run,
                key,
                follower: NONE,
                count,
                first,
                last,
                points: None,
                state: State::Wanted,
            });
        }
        Some(number)
    }

    /// Counts a row.
    #[inline]
    pub(super) fn count(&mut self, number: u32, rowid: i64) {
        if let Some(series) = self.all.get_mut(number as usize) {
            series.count += 1;
            series.first = series.first.min(rowid);
            series.last = series.last.max(rowid);
        }
    }

    /// Keeps a point; true if it is the last of its series, as far as counted.
    #[inline]
    pub(super) fn push(&mut self, number: u32, point: Point) -> bool {
        let Some(series) = self.all.get_mut(number as usize) else { return false };
        self.held += POINT;
        let points = series.points.get_or_insert_with(|| {
            self.held += OVERHEAD;
            self.open.insert((series.last, number));
            Box::default()
        });
        points.push(point);
        points.len() as u64 == series.count
    }

    /// Whether points of this series are wanted in this pass.
    pub(super) fn wants(&self, number: u32) -> bool {
        self.get(number).is_some_and(|series| series.state == State::Wanted)
    }

    /// All series whose points are wanted in this pass.
    pub(super) fn wanted(&self) -> impl Iterator<Item = u32> {
        (0..self.all.len() as u32).filter(|&number| self.wants(number))
    }

    /// Closes a series for good: its run, its key, its points.
    pub(super) fn finish(&mut self, number: u32) -> Option<(u32, u32, Option<Box<History>>)> {
        let points = self.take(number);
        let series = self.all.get_mut(number as usize)?;
        series.state = State::Done;
        Some((series.run, series.key, points))
    }

    /// Puts off the open series that ends last, unless it is the only one.
    pub(super) fn put_last_off(&mut self) -> bool {
        let Some(&(_, number)) = self.open.last().filter(|_| self.open.len() > 1) else { return false };
        self.take(number);
        if let Some(series) = self.all.get_mut(number as usize) {
            series.state = State::PutOff;
        }
        true
    }

    /// Makes all that is put off wanted; gives the first and the last rowid of what is wanted.
    pub(super) fn start_pass(&mut self) -> Option<(i64, i64)> {
        let mut range = None;
        for series in self.all.iter_mut().filter(|series| series.state != State::Done) {
            series.state = State::Wanted;
            let (first, last) = range.unwrap_or((i64::MAX, i64::MIN));
            range = Some((series.first.min(first), series.last.max(last)));
        }
        range
    }

    /// Drops all points.
    pub(super) fn drop_all(&mut self) {
        for series in &mut self.all {
            series.points = None;
        }
        self.open.clear();
        self.held = 0;
    }

    fn take(&mut self, number: u32) -> Option<Box<History>> {
        let series = self.all.get_mut(number as usize)?;
        let points = series.points.take()?;
        self.open.remove(&(series.last, number));
        self.held = self.held.saturating_sub(OVERHEAD + POINT * points.len());
        Some(points)
    }
}
