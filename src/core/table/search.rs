use super::{RunRef, Table, value::user};
use crate::query::{Prepared, StoreKind, Typed};

/// What a person asked for, ready to be held against runs.
pub(super) enum Wanted {
    /// Words in lower case that must all occur; none of them is no wish.
    Words(Vec<String>),
    /// A filter of MLflow's language. Runs of all sources are held against it as MLflow's database
    /// store does it, so that one table has one rule.
    Filter(Prepared),
}

impl Wanted {
    /// A filter with a fault in it filters nothing: the person is at it still.
    pub(super) fn read(search: &str) -> Self {
        match Typed::read(search) {
            Typed::Words => Self::Words(words(search)),
            Typed::Filter(filter) => Self::Filter(filter.prepare(StoreKind::Sql)),
            Typed::Broken(_) => Self::Words(Vec::new()),
        }
    }

    pub(super) fn is_empty(&self) -> bool {
        matches!(self, Self::Words(words) if words.is_empty())
    }

    /// Leaves the runs that fit, of those with these numbers.
    pub(super) fn retain(&self, table: &Table, left: &mut Vec<u32>) {
        match self {
            Self::Words(words) => {
                let haystacks = table.haystacks.get_or_init(|| table.runs.iter().map(haystack).collect());
                left.retain(|&index| {
                    haystacks
                        .get(index as usize)
                        .is_some_and(|text| words.iter().all(|word| text.contains(word)))
                });
            }
            Self::Filter(filter) => left.retain(|&index| {
                table.runs.get(index as usize).is_some_and(|run| filter.check(&run.run).unwrap_or(false))
            }),
        }
    }
}

/// Everything a search looks through, in lower case, one line a field: name, id, user, experiment,
/// values of params and tags. MLflow's own blobs are left out, and so is the parent's id: it would
/// find all children beside the run that is meant.
pub(super) fn haystack(run: &RunRef) -> String {
    const SILENT: [&str; 4] =
        ["mlflow.log-model.history", "mlflow.modelVersions", "mlflow.parentRunId", "mlflow.rootRunId"];
    let fields = [run.run.display_name(), &run.run.id, user(&run.run).unwrap_or_default(), &run.experiment];
    let params = run.run.params.iter().map(|(_, value)| value.as_str());
    let tags = run.run.tags.iter().filter(|(key, _)| !SILENT.contains(&key.as_str()));
    let mut text = String::new();
    for field in fields.into_iter().chain(params).chain(tags.map(|(_, value)| value.as_str())) {
        push_lower(&mut text, field);
        text.push('\n');
    }
    text
}

/// The words of a search, in lower case.
pub(crate) fn words(search: &str) -> Vec<String> {
    search.split_whitespace().map(str::to_lowercase).collect()
}

fn push_lower(out: &mut String, text: &str) {
    if text.is_ascii() {
        let start = out.len();
        out.push_str(text);
        if let Some(added) = out.get_mut(start..) {
            added.make_ascii_lowercase();
        }
    } else {
        out.push_str(&text.to_lowercase());
    }
}
