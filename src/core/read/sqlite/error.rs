use std::borrow::Cow;

/// Why a database, or a part of it, cannot be read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum SqliteError {
    /// The bytes are something else.
    #[error("not an SQLite database")]
    NotADatabase,
    /// The database's header makes no sense.
    #[error("the database header {0}")]
    Header(Cow<'static, str>),
    /// A page is damaged; the rows on it or below it are lost.
    #[error("page {page}: {reason}")]
    Page {
        /// Counted from 1.
        page: u32,
        /// What is wrong with it.
        reason: Cow<'static, str>,
    },
    /// An entry of the schema is damaged.
    #[error("schema of {name}: {reason}")]
    Schema {
        /// The table.
        name: String,
        /// What is wrong with it.
        reason: Cow<'static, str>,
    },
}

impl SqliteError {
    pub(super) fn page(page: u32, reason: impl Into<Cow<'static, str>>) -> Self {
        Self::Page { page, reason: reason.into() }
    }

    pub(super) fn header(reason: impl Into<Cow<'static, str>>) -> Self {
        Self::Header(reason.into())
    }
}
