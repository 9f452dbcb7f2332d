//! The budgets of DESIGN section 4 that need no browser, each beside its peer in the same run, as a table for the
//! README: `scripts/bench`.
//!
//! RUNATLAS_BENCH names the folder that `make_stores.py` filled; without it only what needs no stores is measured.
//! Times are the best of some rounds: what the machine can do, not what else it had to do.
#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a benchmark stops at what is not as it should be"
)]
#![expect(clippy::print_stdout, reason = "the table is its result")]

mod chart;
mod import;
mod report;
mod runs;
mod stat;
mod stored;

use std::path::PathBuf;

fn main() {
    let mut rows = Vec::new();
    if let Some(folder) = std::env::var_os("RUNATLAS_BENCH").map(PathBuf::from) {
        rows.extend(import::database(&folder));
        rows.extend(import::archive(&folder));
    }
    rows.extend(stored::sizes());
    rows.extend(runs::table_of_ten_thousand());
    rows.extend(runs::diff_of_two_hundred());
    rows.extend(runs::diff_of_a_thousand());
    rows.extend(chart::frames());
    rows.extend(stat::groups());
    rows.extend(stat::smoothing());
    rows.extend(stat::importances());
    rows.extend(stat::expressions());
    println!("{}", report::table(&rows));
}
