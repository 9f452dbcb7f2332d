//! MLflow's `search_runs`: filters and orders in its own grammar, held against stored runs.
//!
//! The reference is MLflow 3.17.2 with sqlparse 0.6.1, errors included. Its file store and its
//! database store answer some questions differently; [`StoreKind`] says whose answer is wanted.
//! `tests/golden/search` is the proof: several hundred questions with real MLflow's answers.
//!
//! MLflow 2.22 differs in that it has no IS NULL, that its database takes NaN for 0, that numbers
//! with a dot after a time are an error in its file store, that its lists take only quoted texts and
//! drop run ids in capitals, and that the wildcards of its file store's LIKE are regular expressions.
//!
//! Beyond MLflow ([`Filter::parse_extended`]): OR, NOT, brackets, `=~` and `!~`. [`Filter::is_ours`]
//! says whether a filter needs them.

mod clause;
mod condition;
mod error;
mod extended;
mod filter;
mod like;
mod order;
mod parse;
mod python;
mod search;
mod sql;
mod subject;
mod typed;

pub use clause::{Entity, Subject};
pub use error::QueryError;
pub use filter::{Filter, Prepared};
pub use order::OrderBy;
pub use search::{Search, View};
pub use typed::Typed;

use crate::model::SourceKind;

/// Whose rules of comparing hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum StoreKind {
    /// MLflow's file store (`mlruns`): Python compares.
    File,
    /// MLflow's database store, on SQLite: live servers have such a store too.
    Sql,
}

impl From<SourceKind> for StoreKind {
    fn from(kind: SourceKind) -> Self {
        match kind {
            SourceKind::Mlruns => Self::File,
            SourceKind::Database | SourceKind::Server => Self::Sql,
        }
    }
}
