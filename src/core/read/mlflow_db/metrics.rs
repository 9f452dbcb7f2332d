//! Brings the points of each metric together.
//!
//! The table is scanned in the order of its rows, and points are collected by series, which is a
//! metric of a run. If all of them fit into the memory that is allowed, one scan does it. Else the
//! first scan only counts how many rows each series has and between which rowids, and further
//! passes collect: a series is given out and forgotten as soon as its last row came, so that runs
//! that were logged one after another need one such pass, however large the database. Where too
//! many are open at once, those that end last are put off to the next pass, which starts at the
//! first row that is still wanted.

use super::{emit::RunEmitter, runs::metric_value, scan::Scan, series::SeriesSet, store::Store};
use crate::{
    model::{Note, Point},
    read::{
        Record,
        sqlite::{Database, Row},
    },
};

const COLUMNS: &[&str] = &["run_uuid", "key", "value", "is_nan", "timestamp", "step"];

/// Reads the metrics and then has all runs given out.
pub(super) struct Metrics {
    scan: Scan,
    series: SeriesSet,
    mode: Mode,
    /// What points may take, in bytes.
    memory: usize,
    places: Places,
    runs: RunEmitter,
    rows_of_unknown_runs: u64,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Mode {
    /// The first scan, while everything fits.
    Gather,
    /// The first scan, since it does not.
    Count,
    /// A later scan, up to this place.
    Collect(i64),
    /// All points are read.
    Emit,
}

/// Where in the table a row is: its rowid, or, where there is none, how many came before it.
struct Places {
    has_rowids: bool,
    count: i64,
}

/// What a step did.
#[derive(Default)]
pub(super) struct Work {
    pub(super) rows: u64,
    /// Rows of a pass that was not foreseen.
    pub(super) rows_ahead: u64,
    pub(super) finished: bool,
}

impl Metrics {
    pub(super) fn new(database: &Database, memory: usize) -> Self {
        let has_rowids = database.table("metrics").is_some_and(|table| !table.without_rowid);
        Self {
            scan: Scan::new(database, "metrics", COLUMNS),
            series: SeriesSet::new(),
            mode: Mode::Gather,
            memory,
            places: Places { has_rowids, count: 0 },
            runs: RunEmitter::default(),
            rows_of_unknown_runs: 0,
        }
    }

    pub(super) fn step(&mut self, store: &mut Store, path: &str, out: &mut Vec<Record>) -> Work {
        match self.mode {
            Mode::Gather | Mode::Count => self.first_scan(store, path),
            Mode::Collect(end) => self.collect(end, store, path, out),
            Mode::Emit => {
                let finished = self.runs.emit_some(&mut self.series, store, out);
                Work { finished, ..Work::default() }
            }
        }
    }

    fn first_scan(&mut self, store: &mut Store, path: &str) -> Work {
        let Self { scan, series, mode, memory, places, rows_of_unknown_runs, .. } = self;
        let (rows, ended) = scan.read(|row| {
            let place = places.of(row);
            let Some(number) = find(series, store, row) else {
                *rows_of_unknown_runs += 1;
                return;
            };
            series.count(number, place);
            if *mode == Mode::Gather {
                series.push(number, point(row));
                if series.held() > *memory {
                    series.drop_all();
                    *mode = Mode::Count;
                }
            }
        });
        let rows_ahead = if ended { self.end_first_scan(store, path) } else { 0 };
        Work { rows, rows_ahead, finished: false }
    }

    fn end_first_scan(&mut self, store: &mut Store, path: &str) -> u64 {
        if let Some(damage) = self.scan.damage(path) {
            store.notes.push(damage);
            store.damaged = true;
        }
        if self.rows_of_unknown_runs > 0 {
            store.orphans.insert("metrics", self.rows_of_unknown_runs);
        }
        self.runs = RunEmitter::new(&self.series, store);
        if self.mode == Mode::Count {
            return self.start_pass();
        }
        self.mode = Mode::Emit;
        0
    }

    /// Starts a scan over the rows of all series that are not given out; says how many rows.
    fn start_pass(&mut self) -> u64 {
        let Some((first, last)) = self.series.start_pass() else {
            self.mode = Mode::Emit;
            return 0;
        };
        self.mode = Mode::Collect(last);
        self.places.count = 0;
        self.scan.restart(self.places.has_rowids.then_some(first));
        last.abs_diff(first).saturating_add(1)
    }

    fn collect(&mut self, end: i64, store: &mut Store, path: &str, out: &mut Vec<Record>) -> Work {
        let Self { scan, series, memory, places, runs, .. } = self;
        let (rows, ended) = scan.read_while(|row| {
            if places.of(row) > end {
                return false;
            }
            let Some(number) = find(series, store, row).filter(|&number| series.wants(number)) else {
                return true;
            };
            if series.push(number, point(row)) {
                runs.give_out(number, series, store, out);
            }
            while series.held() > *memory && series.put_last_off() {}
            true
        });
        let rows_ahead = if ended { self.end_pass(store, path, out) } else { 0 };
        Work { rows, rows_ahead, finished: false }
    }

    /// A series that is neither complete nor put off has lost rows since they were counted, which
    /// takes a database that changes under the reader or keys that are out of order.
    fn end_pass(&mut self, store: &mut Store, path: &str, out: &mut Vec<Record>) -> u64 {
        let unfinished: Vec<u32> = self.series.wanted().collect();
        if !unfinished.is_empty() {
            let reason = format!("{} metrics were read in part: rows are out of order", unfinished.len());
            store.notes.push(Note::skipped(path, reason));
            store.damaged = true;
        }
        for number in unfinished {
            self.runs.give_out(number, &mut self.series, store, out);
        }
        self.start_pass()
    }
}

impl Places {
    #[inline]
    fn of(&mut self, row: &Row<'_>) -> i64 {
        self.count += 1;
        if self.has_rowids { row.rowid() } else { self.count }
    }
}

#[inline]
fn find(series: &mut SeriesSet, store: &mut Store, row: &Row<'_>) -> Option<u32> {
    series.find(store, row.bytes(0)?, row.bytes(1).unwrap_or_default())
}

#[inline]
fn point(row: &Row<'_>) -> Point {
    Point {
        value: metric_value(row.real(2), row.integer(3)),
        timestamp: row.integer(4).unwrap_or(0),
        step: row.integer(5).unwrap_or(0),
    }
}
