use std::fmt;

use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

use crate::{
    compare::{CompareOptions, Comparison, Side, compare},
    model::ArtifactOwner,
};

/// Two files to compare. Large ones are read and compared in the worker.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CompareJob {
    /// The file on the left; `None` where there is none.
    pub left: Option<CompareFile>,
    /// The file on the right.
    pub right: Option<CompareFile>,
    /// What counts as equal.
    pub options: CompareOptions,
}

/// One of two files.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CompareFile {
    /// Its path, or a name with the ending that says what it is.
    pub path: String,
    /// Where its bytes are.
    pub from: CompareFrom,
}

/// Where the bytes of a file are.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum CompareFrom {
    /// Here.
    Given(Packed),
    /// In the store.
    Stored {
        /// The source.
        source: String,
        /// Run or logged model.
        owner: ArtifactOwner,
        /// As in [`ArtifactEntry::path`](crate::model::ArtifactEntry::path).
        path: String,
    },
}

/// How far a comparison is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum CompareStep {
    /// The files are being read.
    Reading,
    /// So many bytes of the two files are being compared.
    Comparing {
        /// Of the left one.
        left: u64,
        /// Of the right one.
        right: u64,
    },
}

/// Bytes that cross as one piece; a plain `Vec<u8>` would cross byte by byte.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Packed(pub Vec<u8>);

impl Serialize for Packed {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_bytes(&self.0)
    }
}

impl<'de> Deserialize<'de> for Packed {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Bytes;
        impl de::Visitor<'_> for Bytes {
            type Value = Packed;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("bytes")
            }

            fn visit_bytes<E: de::Error>(self, bytes: &[u8]) -> Result<Packed, E> {
                Ok(Packed(bytes.to_vec()))
            }
        }
        deserializer.deserialize_bytes(Bytes)
    }
}

impl CompareFile {
    /// Its bytes, unless they are in the store.
    pub fn given(&self) -> Option<&[u8]> {
        match &self.from {
            CompareFrom::Given(bytes) => Some(&bytes.0),
            CompareFrom::Stored { .. } => None,
        }
    }
}

impl CompareJob {
    /// Compares what is given; a file that is still in the store counts as not there.
    pub fn run(&self) -> Comparison {
        compare(side(self.left.as_ref()), side(self.right.as_ref()), &self.options)
    }
}

fn side(file: Option<&CompareFile>) -> Option<Side<'_>> {
    let file = file?;
    Some(Side { path: &file.path, bytes: file.given()? })
}
