use std::collections::{BTreeMap, HashMap};

use super::{keys::Keys, registry::ModelName};
use crate::{
    model::{DatasetInput, Experiment, LoggedModel, ModelVersion, Note, Pairs, Point, RegisteredModel, Run},
    read::sqlite::{Encoding, Row, Text},
};

/// What was read and not yet given out.
#[derive(Default)]
pub(super) struct Store {
    pub(super) experiments: BTreeMap<String, Experiment>,
    pub(super) runs: Runs,
    /// Metrics' keys.
    pub(super) keys: Keys,
    pub(super) datasets: HashMap<String, DatasetInput>,
    /// Inputs by their id: run and place among its inputs.
    pub(super) inputs: HashMap<String, (u32, usize)>,
    pub(super) logged_models: BTreeMap<String, LoggedModel>,
    pub(super) registered_models: BTreeMap<ModelName, RegisteredModel>,
    pub(super) versions: BTreeMap<(ModelName, i64), ModelVersion>,
    pub(super) notes: Vec<Note>,
    /// Rows of unknown runs, by table.
    pub(super) orphans: BTreeMap<&'static str, u64>,
    /// Rows that belong to runs were lost; nobody knows whose.
    pub(super) damaged: bool,
    /// Metrics with a latest value and no points.
    pub(super) pointless: u64,
    /// Owners of artifacts besides runs: logged models, with their experiments.
    pub(super) models: Vec<(String, String)>,
    /// The schema is older than MLflow's tag `mlflow.user`.
    pub(super) before_user_tag: bool,
    /// How text is stored.
    pub(super) encoding: Option<Encoding>,
}

/// The runs, numbered in the order of their rows.
#[derive(Default)]
pub(super) struct Runs {
    pub(super) ids: Keys,
    pub(super) all: Vec<RunDraft>,
}

/// A run that still gets its parts.
#[derive(Default)]
pub(super) struct RunDraft {
    /// Emptied, but for its ids, when the run is given out.
    pub(super) run: Run,
    /// The rows of `latest_metrics`: key and point.
    pub(super) latest: Vec<(u32, Point)>,
}

impl Store {
    /// The run of a row of `table` whose column 0 is a run's id.
    pub(super) fn run_of(&mut self, table: &'static str, row: &Row<'_>) -> Option<&mut RunDraft> {
        let number = row.bytes(0).and_then(|id| self.runs.ids.find(id));
        if number.is_none() {
            *self.orphans.entry(table).or_default() += 1;
        }
        self.runs.all.get_mut(number? as usize)
    }

    /// The text of a metric's key.
    pub(super) fn key_text(&self, key: u32) -> String {
        let encoding = self.encoding.unwrap_or(Encoding::Utf8);
        Text { bytes: self.keys.bytes(key), encoding }.to_str().into_owned()
    }

    /// Says, at the end, what concerns no single row.
    pub(super) fn final_notes(&mut self, path: &str) {
        for (table, rows) in &self.orphans {
            let reason = match *table {
                "runs" => format!("{rows} rows of table runs have no id"),
                _ => format!("{rows} rows of table {table} belong to experiments or runs that are not there"),
            };
            self.notes.push(Note::skipped(path, reason));
        }
        if self.pointless > 0 {
            let reason = format!("{} metrics have a latest value but no points", self.pointless);
            self.notes.push(Note::info(path, reason));
        }
    }
}

/// Text of a column, empty for NULL.
pub(super) fn text(row: &Row<'_>, column: usize) -> String {
    row.text(column).unwrap_or_default().into_owned()
}

/// Brings pairs into the order in which they are shown; of equal keys the first stays.
pub(super) fn sort(pairs: &mut Pairs) {
    pairs.sort_by(|a, b| a.0.cmp(&b.0));
    pairs.dedup_by(|b, a| a.0 == b.0);
}
