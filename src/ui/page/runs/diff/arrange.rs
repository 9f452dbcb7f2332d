use std::collections::BTreeSet;

use leptos::prelude::*;
use runatlas_core::diff::{NothingBut, RowId, SectionKind, SortRuns};

use super::Shared;
use crate::ui::{
    app::app,
    part::{Icon, Menu, MenuItem},
};

/// How many rows the menu offers to sort by; the rows themselves offer all.
const AT_MOST: usize = 12;

/// In which order the runs stand, and which of them in one column.
#[component]
pub(super) fn SortMenu(shared: Shared) -> impl IntoView {
    let app = app();
    let face = move || {
        let words = move || {
            app.view.diff.with(|diff| match &diff.arrange.sort {
                None => "as in the table".to_owned(),
                Some(sort) => format!("{} {}", sort.row.words(), if sort.descending { "↓" } else { "↑" }),
            })
        };
        view! {
            <span class="t3">"Sort runs by"</span>
            <span class="b5 ell dbar-sort">{words}</span>
            <Icon name="chevron-down" class="s12" />
        }
    };
    view! {
        <Menu label="Sort and group the runs" face=face>
            <Choices shared=shared />
        </Menu>
    }
}

#[component]
fn Choices(shared: Shared) -> impl IntoView {
    let app = app();
    let sort = move || app.view.diff.with(|diff| diff.arrange.sort.clone());
    let rows = rows(shared);
    let as_table = Signal::derive(move || sort().is_none());
    let by = move |row: RowId, descending: bool| {
        let choice = SortRuns { row, descending };
        let label = format!(
            "{} {}",
            choice.row.words(),
            if descending { "↓ greatest first" } else { "↑ least first" }
        );
        let wanted = choice.clone();
        let on = Signal::derive(move || sort().as_ref() == Some(&wanted));
        let act = Callback::new(move |()| app.diff.edit(|diff| diff.arrange.sort = Some(choice.clone())));
        view! { <MenuItem label=label ticked=on action=act /> }
    };
    view! {
        <p class="menu-note">"The baseline stays first. The rows can be sorted by, too."</p>
        <MenuItem label="As in the table" ticked=as_table action=Callback::new(move |()| app.diff.edit(|diff| diff.arrange.sort = None)) />
        {rows.into_iter().map(|row| (by(row.clone(), true), by(row, false))).collect_view()}
        <Groups shared=shared />
    }
}

/// The rows that runs are most often sorted by: the main metric, the row that is sorted by now, metrics
/// and params that differ.
fn rows(shared: Shared) -> Vec<RowId> {
    let app = app();
    let metric = untrack(|| app.diff.metric.get());
    let row = |section, key: String| RowId { section, key, inner: None };
    let mut rows: Vec<RowId> = metric.map(|metric| row(SectionKind::Metrics, metric)).into_iter().collect();
    rows.extend(app.view.diff.with_untracked(|diff| diff.arrange.sort.clone()).map(|sort| sort.row));
    shared.comparison.with_untracked(|comparison| {
        let Some(diff) = comparison.as_ref().map(|comparison| &comparison.diff) else { return };
        rows.extend(diff.differing(SectionKind::Params, 3));
        rows.extend(diff.differing(SectionKind::Metrics, 4));
        rows.extend(
            diff.find(&row(SectionKind::Outcome, "Duration".to_owned()))
                .and_then(|(s, at)| diff.id_of(s, at)),
        );
        rows.extend(
            diff.find(&row(SectionKind::Outcome, "Started".to_owned())).and_then(|(s, at)| diff.id_of(s, at)),
        );
    });
    let mut seen = BTreeSet::new();
    rows.retain(|row| seen.insert(row.clone()));
    rows.truncate(AT_MOST / 2);
    rows
}

/// Runs that differ in nothing, or in nothing but one key, in one column.
#[component]
fn Groups(shared: Shared) -> impl IntoView {
    let app = app();
    let found: Vec<NothingBut> = shared
        .comparison
        .with_untracked(|comparison| comparison.as_ref().map(|c| c.diff.nothing_but()))
        .unwrap_or_default();
    let group = move || app.view.diff.with(|diff| diff.arrange.group.clone());
    let none = Signal::derive(move || group().is_none());
    let item = move |found: NothingBut| {
        let except: BTreeSet<RowId> = found.key.iter().cloned().collect();
        let wanted = except.clone();
        let on = Signal::derive(move || group().as_ref() == Some(&wanted));
        let act = Callback::new(move |()| app.diff.edit(|diff| diff.arrange.group = Some(except.clone())));
        view! { <MenuItem label=found.words() ticked=on action=act /> }
    };
    view! {
        <hr />
        <p class="menu-note">"Runs in one column: metrics as their mean"</p>
        <MenuItem label="Every run by itself" ticked=none action=Callback::new(move |()| app.diff.edit(|diff| diff.arrange.group = None)) />
        {found.into_iter().map(item).collect_view()}
    }
}
