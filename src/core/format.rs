//! Numbers, times, sizes and names as people read them: section 7 of the design language.
//!
//! No clock and no time zone is read here: "now" and the offset from UTC are handed in. Every
//! function takes any value of its type, the extremes included, and prints something true.
//! A negative number carries the true minus (U+2212); only the texts made for machines
//! ([`exact`], [`iso`]) keep to ASCII.

mod bytes;
mod count;
mod date;
mod delimited;
mod delta;
mod duration;
mod name;
mod number;

pub use bytes::bytes;
pub use count::{compact, count, integer, of_total, unsigned};
pub(crate) use date::date_of_day;
pub use date::{Clock, age, date, date_time, day, iso};
pub use delimited::{safe_cell, starts_formula};
pub use delta::{delta, delta_percent, percent_points};
pub use duration::{duration, duration_long};
pub use name::{middle, one_line, sentence, short_commit, short_id};
pub use number::{Precision, exact, metric};

use crate::model::RunStatus;

/// The status as a word for people: `Finished`.
pub fn status_word(status: RunStatus) -> &'static str {
    match status {
        RunStatus::Running => "Running",
        RunStatus::Scheduled => "Scheduled",
        RunStatus::Finished => "Finished",
        RunStatus::Failed => "Failed",
        RunStatus::Killed => "Killed",
    }
}
