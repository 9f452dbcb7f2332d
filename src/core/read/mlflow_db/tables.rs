//! The small tables, in the order in which they are read.

use super::{experiments, logged_models, registry, runs, store::Store};
use crate::read::{Record, sqlite::Row};

/// A table and what becomes of its rows.
pub(super) struct Table {
    pub(super) name: &'static str,
    pub(super) columns: &'static [&'static str],
    /// Takes a row with these columns in this order.
    pub(super) take: fn(&mut Store, &Row<'_>),
    /// Called behind the last row, also when there is no such table.
    pub(super) finish: Option<fn(&mut Store, &mut Vec<Record>)>,
    /// Whether a lost row is lost to a run.
    pub(super) belongs_to_runs: bool,
}

type Take = fn(&mut Store, &Row<'_>);
type Finish = fn(&mut Store, &mut Vec<Record>);

pub(super) const TABLES: &[Table] = &[
    plain("experiments", experiments::COLUMNS, experiments::take, None),
    plain(
        "experiment_tags",
        &["experiment_id", "key", "value"],
        experiments::take_tag,
        Some(experiments::emit),
    ),
    of_runs("runs", runs::COLUMNS, runs::take, Some(experiments::emit_missing)),
    of_runs("tags", &["run_uuid", "key", "value"], runs::take_tag, Some(runs::settle_tags)),
    of_runs("params", &["run_uuid", "key", "value"], runs::take_param, None),
    of_runs(
        "latest_metrics",
        &["run_uuid", "key", "value", "is_nan", "timestamp", "step"],
        runs::take_latest,
        None,
    ),
    of_runs("datasets", runs::DATASET_COLUMNS, runs::take_dataset, None),
    of_runs("inputs", runs::INPUT_COLUMNS, runs::take_input, None),
    of_runs("input_tags", &["input_uuid", "name", "value"], runs::take_input_tag, None),
    plain("logged_models", logged_models::COLUMNS, logged_models::take, None),
    plain("logged_model_params", &["model_id", "param_key", "param_value"], logged_models::take_param, None),
    plain("logged_model_tags", &["model_id", "tag_key", "tag_value"], logged_models::take_tag, None),
    plain(
        "logged_model_metrics",
        logged_models::METRIC_COLUMNS,
        logged_models::take_metric,
        Some(logged_models::emit),
    ),
    plain("registered_models", registry::COLUMNS, registry::take, None),
    plain("registered_model_tags", &["workspace", "name", "key", "value"], registry::take_tag, None),
    plain(
        "registered_model_aliases",
        &["workspace", "name", "alias", "version"],
        registry::take_alias,
        Some(registry::emit),
    ),
    plain("model_versions", registry::VERSION_COLUMNS, registry::take_version, None),
    plain(
        "model_version_tags",
        &["workspace", "name", "version", "key", "value"],
        registry::take_version_tag,
        Some(registry::emit_versions),
    ),
];

const fn plain(
    name: &'static str,
    columns: &'static [&'static str],
    take: Take,
    finish: Option<Finish>,
) -> Table {
    Table { name, columns, take, finish, belongs_to_runs: false }
}

const fn of_runs(
    name: &'static str,
    columns: &'static [&'static str],
    take: Take,
    finish: Option<Finish>,
) -> Table {
    Table { name, columns, take, finish, belongs_to_runs: true }
}
