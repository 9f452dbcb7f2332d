use std::collections::BTreeSet;

use super::{ExperimentKey, Page, RunKey, RunView, RunsView, Tab, View, compare, diff, table};
use crate::{
    board,
    escape::{split, unescape},
    table::{Column, LifecycleView, SortBy},
};

/// The view that a fragment (with or without `#`) asks for. Unknown pages, keys and values are
/// ignored: the worst link opens the home page.
pub fn decode(fragment: &str) -> View {
    let text = fragment.trim_start_matches('#').trim_start_matches('/');
    let text = text.strip_prefix("1/").unwrap_or(text);
    let (path, query) = text.split_once('?').unwrap_or((text, ""));
    let parts: Vec<&str> = path.split('/').collect();
    let query = Query::new(query);
    View { page: page(&parts, &query).unwrap_or_default() }
}

fn page(parts: &[&str], query: &Query) -> Option<Page> {
    Some(match parts {
        ["demo"] => Page::Demo,
        ["runs", tab, scope] => Page::Runs(runs(tab, scope, query)),
        ["run", source, run] => Page::Run(RunView {
            run: RunKey { source: unescape(source)?, run: unescape(run)? },
            artifact: query.text("file"),
        }),
        ["compare", a, b, c, d] => Page::Compare(compare::decode([a, b, c, d], &|key| query.raw(key))?),
        ["models", source] => Page::Models { source: unescape(source)?, model: query.text("model") },
        ["source", source] => Page::Source { source: unescape(source)? },
        _ => return None,
    })
}

fn runs(tab: &str, scope: &str, query: &Query) -> RunsView {
    RunsView {
        scope: pairs(scope)
            .into_iter()
            .map(|(source, experiment)| ExperimentKey { source, experiment })
            .collect(),
        tab: match tab {
            "charts" => Tab::Charts,
            "diff" => Tab::Diff,
            _ => Tab::Table,
        },
        saved: query.text("view"),
        search: query.text("q").unwrap_or_default(),
        lifecycle: match query.raw("life") {
            Some("deleted") => LifecycleView::Deleted,
            Some("all") => LifecycleView::All,
            _ => LifecycleView::Active,
        },
        columns: query.raw("cols").map(|ids| split(ids).iter().filter_map(|id| Column::parse(id)).collect()),
        sort: query.raw("sort").map(sort_keys).unwrap_or_default(),
        table: table::decode(&|key| query.raw(key)),
        pinned: query.raw("top").map(run_set).unwrap_or_default(),
        colors: query.raw("color").map(table::decode_colors).unwrap_or_default(),
        expanded: query.raw("open").map(run_set).unwrap_or_default(),
        shown: query.raw("shown").map(run_set),
        baseline: query.raw("base").and_then(|text| run_set(text).into_iter().next()),
        charts: board::decode(&|key| query.raw(key)),
        drawer: compare::decode_drawer(&|key| query.raw(key)),
        diff: diff::decode(query),
    }
}

fn sort_keys(text: &str) -> Vec<SortBy> {
    split(text)
        .iter()
        .filter_map(|key| {
            let descending = key.starts_with('d');
            Some(SortBy { column: Column::parse(key.get(1..)?)?, descending })
        })
        .collect()
}

fn run_set(text: &str) -> BTreeSet<RunKey> {
    pairs(text).into_iter().map(|(source, run)| RunKey { source, run }).collect()
}

fn pairs(text: &str) -> Vec<(String, String)> {
    text.split('~')
        .filter_map(|pair| {
            let (a, b) = pair.split_once(':')?;
            Some((unescape(a)?, unescape(b)?))
        })
        .collect()
}

pub(super) struct Query<'a>(Vec<(&'a str, &'a str)>);

impl<'a> Query<'a> {
    fn new(text: &'a str) -> Self {
        Self(text.split('&').filter_map(|pair| pair.split_once('=')).collect())
    }

    pub(super) fn raw(&self, key: &str) -> Option<&'a str> {
        self.0.iter().find(|(k, _)| *k == key).map(|(_, value)| *value)
    }

    pub(super) fn text(&self, key: &str) -> Option<String> {
        self.raw(key).and_then(unescape).filter(|text| !text.is_empty())
    }

    pub(super) fn list(&self, key: &str) -> Vec<String> {
        self.raw(key).map(split).unwrap_or_default()
    }

    pub(super) fn set(&self, key: &str) -> BTreeSet<String> {
        self.list(key).into_iter().collect()
    }
}
