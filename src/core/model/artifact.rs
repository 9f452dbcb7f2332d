use serde::{Deserialize, Serialize};

/// Whose artifact it is.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum ArtifactOwner {
    /// A run, by id.
    Run(String),
    /// A logged model of MLflow 3, by id `m-…`.
    Model(String),
}

impl ArtifactOwner {
    /// The id alone; run ids and model ids never collide (`m-` is no hex digit).
    pub fn id(&self) -> &str {
        match self {
            Self::Run(id) | Self::Model(id) => id,
        }
    }
}

/// That a file exists among a run's or a model's artifacts.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ArtifactEntry {
    /// Run or logged model.
    pub owner: ArtifactOwner,
    /// Relative to the artifact root, `/` between parts, never leading, never `..`.
    pub path: String,
    /// In bytes.
    pub size: u64,
    /// Whether the bytes are in the store too, or only this entry.
    pub kept: bool,
}

/// The bytes of one artifact.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ArtifactFile {
    /// Run or logged model.
    pub owner: ArtifactOwner,
    /// As in [`ArtifactEntry::path`].
    pub path: String,
    /// The whole file.
    pub bytes: Vec<u8>,
}
