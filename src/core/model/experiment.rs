use serde::{Deserialize, Serialize};

use super::{Millis, Pairs};

/// Whether MLflow shows an entity by default or keeps it in its bin.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub enum Lifecycle {
    /// Listed by default.
    #[default]
    Active,
    /// In the bin: listed only by the views "deleted" and "all".
    Deleted,
}

impl Lifecycle {
    /// MLflow's own word: `active` or `deleted`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Active => "active",
            Self::Deleted => "deleted",
        }
    }

    /// Reads MLflow's own word. Anything but `deleted` counts as active, as in MLflow 0.x stores
    /// that had no such field.
    pub fn from_mlflow(word: &str) -> Self {
        if word == "deleted" { Self::Deleted } else { Self::Active }
    }
}

/// An MLflow experiment.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Experiment {
    /// Up to 18 digits, or any text in stores that other tools wrote.
    pub id: String,
    /// As the person named it; unique among the active experiments of a store.
    pub name: String,
    /// Where new runs put their artifacts: any URI, seldom reachable from here.
    pub artifact_location: String,
    /// Active or in the bin.
    pub lifecycle: Lifecycle,
    /// Absent in stores older than MLflow 1.29.
    pub creation_time: Option<Millis>,
    /// Absent in stores older than MLflow 1.29.
    pub last_update_time: Option<Millis>,
    /// Experiment tags, sorted by key.
    pub tags: Pairs,
}
