use super::{FigureRun, Ink};
use crate::{board, chart::Slot, format, table::Column};

/// Runs that are equal in a column.
#[derive(Debug)]
pub(super) struct Group {
    pub(super) label: String,
    pub(super) ink: Ink,
    pub(super) runs: Vec<usize>,
}

impl Group {
    /// `adam, 12 runs`.
    pub(super) fn words(&self) -> String {
        format!("{}, {}", self.label, format::count(self.runs.len() as u64, "run", "runs"))
    }
}

/// More groups than this are no picture.
const MOST: usize = 40;

/// The groups by a column in their natural order, of those runs that are `drawn`; one group of all
/// without a column. Also what is to be said of them.
pub(super) fn of(
    by: Option<&Column>,
    runs: &[FigureRun<'_>],
    drawn: impl Fn(usize) -> bool,
) -> (Vec<Group>, Option<String>) {
    let members = |wanted: &dyn Fn(usize) -> bool| -> Vec<usize> {
        (0..runs.len()).filter(|&run| drawn(run) && wanted(run)).collect()
    };
    let Some(by) = by else {
        let runs = members(&|_| true);
        return (vec![Group { label: "All runs".to_owned(), ink: Ink::Slot(Slot::default()), runs }], None);
    };
    let labels = board::values(runs.iter().map(|run| run.run), by);
    let value = |run: usize| runs.get(run).map(|run| board::value(run.run, by));
    let values: Vec<Option<String>> = (0..runs.len()).map(value).collect();
    let group = |(place, label): (usize, String)| {
        let runs = members(&|run| values.get(run).is_some_and(|value| value.as_ref() == Some(&label)));
        Group { ink: Ink::Slot(Slot::new(place)), label, runs }
    };
    let mut groups: Vec<Group> = labels.into_iter().enumerate().map(group).collect();
    groups.retain(|group| !group.runs.is_empty());
    let rest = groups.len().saturating_sub(MOST);
    groups.truncate(MOST);
    let note = (rest > 0).then(|| {
        format!("the first {MOST} groups by {}, {} left out", by.label(), format::unsigned(rest as u64))
    });
    (groups, note)
}
