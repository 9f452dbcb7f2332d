//! Commands without a browser: how a few letters find a name among thousands, how keys are written.

mod chord;
mod find;
mod rank;

pub use chord::Chord;
pub use find::{Found, Words};
pub use rank::{Hit, rank};
