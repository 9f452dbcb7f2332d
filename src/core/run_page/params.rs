use crate::model::Run;

/// A param of the run.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ParamRow {
    /// The key.
    pub key: String,
    /// The value exactly as logged; several lines are possible.
    pub value: String,
    /// The baseline's value, if it differs: `Some(None)` when the baseline has none.
    pub baseline: Option<Option<String>>,
}

impl ParamRow {
    /// Whether it differs from the baseline's.
    pub fn differs(&self) -> bool {
        self.baseline.is_some()
    }
}

/// The run's params by key. With a search, only those in whose key or value all words occur.
pub fn param_rows(_run: &Run, _baseline: Option<&Run>, _search: &str) -> Vec<ParamRow> {
    Vec::new()
}
