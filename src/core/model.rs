//! MLflow's entities as Runatlas keeps them, free of any wire or file format.
//!
//! Ids are text: MLflow's experiment ids reach 18 digits, more than a float or a
//! JavaScript number can hold.

mod artifact;
mod direction;
mod directions;
mod experiment;
mod note;
mod registry;
mod run;
mod source;
pub mod stored;

pub use artifact::{ArtifactEntry, ArtifactFile, ArtifactOwner};
pub use direction::Direction;
pub use directions::Directions;
pub use experiment::{Experiment, Lifecycle};
pub use note::{Note, NoteKind};
pub use registry::{LoggedModel, ModelMetric, ModelVersion, RegisteredModel};
pub use run::{DatasetInput, MetricSummary, ModelLink, PARENT_TAG, Point, Run, RunStatus};
pub use source::{Counts, ImportReport, NoteGroup, Source, SourceKind, SourceState};

/// Text pairs in the order in which they are shown: sorted by key.
pub type Pairs = Vec<(String, String)>;

/// Milliseconds since the Unix epoch, as MLflow logs them (0, seconds and negative values occur).
pub type Millis = i64;
