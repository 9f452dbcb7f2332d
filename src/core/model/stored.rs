//! How entities become the bytes that lie in the browser's database.
//!
//! A stored value is one version byte and then postcard. A change of a struct of [`crate::model`]
//! is a change of this format: raise [`VERSION`], keep the old struct in a module of its own, and
//! convert. `tests/core/stored.rs` keeps bytes of every version ever released.

use serde::{Serialize, de::DeserializeOwned};

/// Version of the format that [`encode`] writes.
pub const VERSION: u8 = 1;

/// Why stored bytes could not be read.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum StoredError {
    /// A newer release wrote it.
    #[error("this data was written by a newer release (format {found}, this release reads up to {VERSION})")]
    Newer {
        /// The version byte.
        found: u8,
    },
    /// It is not what this release or an older one writes.
    #[error("stored bytes do not decode")]
    Broken(#[source] postcard::Error),
    /// No bytes at all.
    #[error("stored bytes are empty")]
    Empty,
}

/// Entity to bytes. Fails only if a serializer refuses, which those of [`crate::model`] never do.
pub fn encode<T: Serialize>(value: &T) -> Result<Vec<u8>, StoredError> {
    postcard::to_extend(value, vec![VERSION]).map_err(StoredError::Broken)
}

/// Bytes to entity.
pub fn decode<T: DeserializeOwned>(bytes: &[u8]) -> Result<T, StoredError> {
    match bytes.split_first() {
        None => Err(StoredError::Empty),
        Some((&VERSION, rest)) => postcard::from_bytes(rest).map_err(StoredError::Broken),
        Some((&found, _)) => Err(StoredError::Newer { found }),
    }
}
