use crate::model::Run;

/// A param of the run.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
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

/// Whether a value does not fit one line of a panel and is folded at first.
pub fn is_long(value: &str) -> bool {
    const ONE_LINE: usize = 40;
    value.contains(['\n', '\r']) || value.chars().nth(ONE_LINE).is_some()
}

/// The run's params by key. With a search, only those in whose key or value all words occur.
pub fn param_rows(run: &Run, baseline: Option<&Run>, search: &str) -> Vec<ParamRow> {
    let words: Vec<String> = search.split_whitespace().map(str::to_lowercase).collect();
    let wanted = |key: &str, value: &str| {
        let text = format!("{key}\n{value}").to_lowercase();
        words.iter().all(|word| text.contains(word))
    };
    let row = |(key, value): &(String, String)| ParamRow {
        key: key.clone(),
        value: value.clone(),
        baseline: baseline
            .map(|baseline| baseline.param(key).map(str::to_owned))
            .filter(|other| other.as_ref() != Some(value)),
    };
    run.params.iter().filter(|(key, value)| wanted(key, value)).map(row).collect()
}
