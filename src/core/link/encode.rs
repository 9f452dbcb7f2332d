use super::{Page, RunKey, RunsView, Tab, View, compare, diff, table};
use crate::{
    board,
    escape::{escape, join},
    table::LifecycleView,
};

/// The fragment of a view, without its `#`.
pub fn encode(view: &View) -> String {
    match &view.page {
        Page::Home => "1/home".to_owned(),
        Page::Demo => "1/demo".to_owned(),
        Page::Runs(runs) => encode_runs(runs),
        Page::Run(run) => {
            let mut query = Query::default();
            query.text("file", run.artifact.as_deref().unwrap_or_default());
            format!("1/run/{}/{}{}", escape(&run.run.source), escape(&run.run.run), query.finish())
        }
        Page::Compare(view) => compare::encode(view),
        Page::Models { source, model } => {
            let mut query = Query::default();
            query.text("model", model.as_deref().unwrap_or_default());
            format!("1/models/{}{}", escape(source), query.finish())
        }
        Page::Source { source } => format!("1/source/{}", escape(source)),
    }
}

fn encode_runs(view: &RunsView) -> String {
    let tab = match view.tab {
        Tab::Table => "table",
        Tab::Charts => "charts",
        Tab::Diff => "diff",
    };
    let scope: Vec<String> =
        view.scope.iter().map(|key| format!("{}:{}", escape(&key.source), escape(&key.experiment))).collect();
    let mut query = Query::default();
    query.text("view", view.saved.as_deref().unwrap_or_default());
    query.text("q", &view.search);
    query.text(
        "life",
        match view.lifecycle {
            LifecycleView::Active => "",
            LifecycleView::Deleted => "deleted",
            LifecycleView::All => "all",
        },
    );
    if let Some(columns) = &view.columns {
        query.raw("cols", join(columns.iter().map(ToString::to_string)));
    }
    if !view.sort.is_empty() {
        let keys =
            view.sort.iter().map(|key| format!("{}{}", if key.descending { "d" } else { "a" }, key.column));
        query.raw("sort", join(keys));
    }
    table::encode(&view.table, &mut |key, value| query.raw(key, value));
    query.runs("top", &view.pinned);
    if !view.colors.is_empty() {
        query.raw("color", table::encode_colors(&view.colors));
    }
    query.runs("open", &view.expanded);
    if let Some(shown) = &view.shown {
        query.raw("shown", join_runs(shown));
    }
    if let Some(baseline) = &view.baseline {
        query.raw("base", join_runs([baseline]));
    }
    board::encode(&view.charts, &mut |key, value| query.raw(key, value));
    diff::encode(&view.diff, &mut query);
    if let Some(drawer) = &view.drawer {
        compare::encode_drawer(drawer, &mut |key, value| query.raw(key, value));
    }
    format!("1/runs/{tab}/{}{}", scope.join("~"), query.finish())
}

fn join_runs<'a>(runs: impl IntoIterator<Item = &'a RunKey>) -> String {
    let runs: Vec<String> =
        runs.into_iter().map(|key| format!("{}:{}", escape(&key.source), escape(&key.run))).collect();
    runs.join("~")
}

#[derive(Default)]
pub(super) struct Query(Vec<String>);

impl Query {
    /// Adds escaped text, unless it is empty.
    pub(super) fn text(&mut self, key: &str, value: &str) {
        if !value.is_empty() {
            self.raw(key, escape(value));
        }
    }

    fn runs<'a>(&mut self, key: &str, runs: impl IntoIterator<Item = &'a RunKey>) {
        let joined = join_runs(runs);
        if !joined.is_empty() {
            self.raw(key, joined);
        }
    }

    /// Adds a value that is already escaped; an empty one is kept, since it can mean "none".
    pub(super) fn raw(&mut self, key: &str, value: String) {
        self.0.push(format!("{key}={value}"));
    }

    fn finish(self) -> String {
        if self.0.is_empty() { String::new() } else { format!("?{}", self.0.join("&")) }
    }
}
