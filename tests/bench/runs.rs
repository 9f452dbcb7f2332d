//! Many runs: sorting and searching the table, comparing them.

use std::collections::BTreeSet;
use std::sync::Arc;
use std::time::Duration;

use runatlas_core::diff::{Arrange, Diff, DiffFilter};
use runatlas_core::model::{MetricSummary, Point, Run};
use runatlas_core::table::{Column, Query, RunRef, SortBy, Table};

use crate::report::{Row, best};

pub(crate) fn table_of_ten_thousand() -> Vec<Row> {
    let table = Table::new(runs(10_000, 20));
    let by = |id: &str| Query {
        sort: vec![SortBy { column: Column::parse(id).expect("a column"), descending: true }],
        ..Query::default()
    };
    let search = |words: &str| Query { search: words.to_owned(), ..Query::default() };
    let allowed = Duration::from_millis(30);
    let _made = table.rows(&search("first"));
    [("sorting", by("metrics.metric-7")), ("searching", search("value-7 model"))]
        .into_iter()
        .map(|(verb, query)| {
            assert!(!table.rows(&query).rows.is_empty(), "{verb} leaves rows");
            Row::time(&format!("{verb} 10,000 runs"), best(10, || table.rows(&query)), allowed)
        })
        .collect()
}

pub(crate) fn diff_of_two_hundred() -> Vec<Row> {
    let runs = runs(200, 1_000);
    let filter = DiffFilter { differences_only: true, ..DiffFilter::default() };
    let took = best(5, || Diff::new(runs.clone(), 0).lines(&filter).len());
    vec![Row::time("diff of 200 runs and 2,000 keys", took, Duration::from_millis(50))]
}

/// The second shape of the issue: more runs than a screen could ever show, sorted and grouped too.
pub(crate) fn diff_of_a_thousand() -> Vec<Row> {
    let runs = runs(1_000, 500);
    let filter = DiffFilter { differences_only: true, ..DiffFilter::default() };
    let took = best(5, || Diff::new(runs.clone(), 0).lines(&filter).len());
    let diff = Diff::new(runs, 0);
    let arrange = Arrange { sort: None, group: Some(BTreeSet::new()) };
    let grouped = best(5, || diff.columns(&arrange).len());
    vec![
        Row::time("diff of 1,000 runs and 1,000 keys", took, Duration::from_millis(150)),
        Row::time("the same, equal runs grouped", grouped, Duration::from_millis(150)),
    ]
}

/// Runs with as many params and as many metrics, half of them equal everywhere.
fn runs(count: usize, keys: usize) -> Vec<RunRef> {
    let text: Arc<str> = Arc::from("bench");
    (0..count)
        .map(|index| RunRef {
            source: Arc::clone(&text),
            source_name: Arc::clone(&text),
            experiment: Arc::clone(&text),
            run: Arc::new(run(index, keys)),
            parent: None,
        })
        .collect()
}

fn run(index: usize, keys: usize) -> Run {
    let own = |key: usize| if key.is_multiple_of(2) { index * 31 % 97 } else { 0 };
    Run {
        id: format!("{index:032x}"),
        name: format!("model-{index}"),
        start_time: Some(1_790_000_000_000 + index as i64 * 60_000),
        params: (0..keys).map(|key| (format!("param-{key}"), format!("value-{}", own(key)))).collect(),
        metrics: (0..keys)
            .map(|key| {
                let last = Point { step: 100, timestamp: 1_790_000_000_000, value: own(key) as f64 / 7.0 };
                MetricSummary { key: format!("metric-{key}"), last, count: 100, ..MetricSummary::default() }
            })
            .collect(),
        ..Run::default()
    }
}
