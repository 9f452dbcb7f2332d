//! The choices of the diff in a link.

use super::{DiffView, decode as read, encode as write};
use crate::{
    diff::{Arrange, MetricAt, RowId, SectionKind, SortRuns, Tolerance},
    escape::join,
};

pub(super) fn encode(diff: &DiffView, query: &mut write::Query) {
    query.text("equal", if diff.equal_rows { "1" } else { "" });
    query.text("rel", if diff.relative { "1" } else { "" });
    query.text("key", &diff.search);
    if !diff.closed.is_empty() {
        query.raw("closed", join(diff.closed.iter().map(|section| section.id())));
    }
    match diff.at {
        MetricAt::Last => {}
        MetricAt::Best => query.text("dat", "best"),
        MetricAt::Step(step) => query.text("dat", &step.to_string()),
    }
    if diff.tolerance != Tolerance::default() {
        let parts = [diff.tolerance.absolute, diff.tolerance.relative];
        query.raw("dtol", join(parts.map(|part| part.to_string())));
    }
    if let Some(sort) = &diff.arrange.sort {
        let sign = if sort.descending { "d" } else { "a" };
        query.text("dsort", &format!("{sign}{}", sort.row.to_text()));
    }
    if let Some(except) = &diff.arrange.group {
        query.raw("dgroup", ids(except));
    }
    if !diff.pinned.is_empty() {
        query.raw("dpin", ids(&diff.pinned));
    }
    if !diff.toggled.is_empty() {
        query.raw("dopen", ids(&diff.toggled));
    }
    query.text("dmetric", diff.metric.as_deref().unwrap_or_default());
    query.text("dwhy", if diff.explain { "1" } else { "" });
}

pub(super) fn decode(query: &read::Query) -> DiffView {
    DiffView {
        equal_rows: query.raw("equal") == Some("1"),
        relative: query.raw("rel") == Some("1"),
        search: query.text("key").unwrap_or_default(),
        closed: query.set("closed").iter().filter_map(|id| SectionKind::parse(id)).collect(),
        at: match query.raw("dat") {
            Some("best") => MetricAt::Best,
            Some(_) => {
                query.text("dat").and_then(|step| step.parse().ok()).map_or(MetricAt::Last, MetricAt::Step)
            }
            None => MetricAt::Last,
        },
        tolerance: tolerance(&query.list("dtol")),
        arrange: Arrange {
            sort: query.text("dsort").and_then(|text| sort(&text)),
            group: query.raw("dgroup").map(|_| rows(query, "dgroup")),
        },
        pinned: rows(query, "dpin"),
        toggled: rows(query, "dopen"),
        metric: query.text("dmetric"),
        explain: query.raw("dwhy") == Some("1"),
    }
}

fn ids<'a>(rows: impl IntoIterator<Item = &'a RowId>) -> String {
    join(rows.into_iter().map(RowId::to_text))
}

fn rows<C: FromIterator<RowId>>(query: &read::Query, key: &str) -> C {
    query.list(key).iter().filter_map(|id| RowId::parse(id)).collect()
}

fn tolerance(parts: &[String]) -> Tolerance {
    let part = |at: usize| {
        let number: Option<f64> = parts.get(at).and_then(|part| part.parse().ok());
        number.filter(|number| number.is_finite() && *number >= 0.0).unwrap_or_default()
    };
    Tolerance { absolute: part(0), relative: part(1).min(1.0) }
}

fn sort(text: &str) -> Option<SortRuns> {
    Some(SortRuns { row: RowId::parse(text.get(1..)?)?, descending: text.starts_with('d') })
}
