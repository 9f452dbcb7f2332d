//! What the page of one run shows, ready to be shown.

mod datasets;
mod metrics;
mod models;
mod overview;
mod params;
mod tags;

pub use datasets::{DatasetRow, dataset_rows};
pub use metrics::{MetricRow, metric_rows};
pub use models::{AliasedVersion, ModelRow, model_rows};
pub use overview::{Fact, overview};
pub use params::{ParamRow, param_rows};
pub use tags::{TagRow, is_noise, is_system, note, people_tags, system_tags};
