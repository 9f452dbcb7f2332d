use std::sync::Arc;

use crate::state::artifacts::OpenAs;

/// Files up to this size, in bytes, are compared on the page: together they take some milliseconds.
pub(super) const SMALL: u64 = 100_000;

/// A file that is to be compared.
#[derive(Debug, Clone)]
pub enum Content {
    /// Its bytes.
    Here(Arc<Vec<u8>>),
    /// It is in the store, and large: the worker reads it.
    Stored,
}

impl OpenAs for Content {
    fn read(_path: &str, bytes: Vec<u8>) -> Result<Self, String> {
        Ok(Self::Here(Arc::new(bytes)))
    }

    fn unread(size: u64) -> Option<Self> {
        (size > SMALL).then_some(Self::Stored)
    }
}
