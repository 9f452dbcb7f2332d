//! What the page of one run shows, ready to be shown.

mod artifacts;
mod datasets;
mod family;
mod metrics;
mod models;
mod overview;
mod params;
mod tags;

pub use artifacts::{Absent, first_to_show, locate, model_folder, no_artifacts, not_kept};
pub use datasets::{DatasetRow, dataset_rows};
pub use family::{Family, Relative};
pub use metrics::{MetricRow, metric_rows};
pub use models::{AliasedVersion, ModelRow, model_rows};
pub use overview::{Fact, overview};
pub use params::{ParamRow, is_long, param_rows};
pub use tags::{TagRow, is_noise, is_system, note, people_tags, system_tags};
