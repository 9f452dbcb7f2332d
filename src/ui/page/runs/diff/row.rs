use std::{ops::Range, sync::Arc};

use leptos::prelude::*;
use runatlas_core::diff::{Facts, Line, RowId};

use super::{
    Shared,
    cell::{self, Cell},
};
use crate::ui::{app::app, part::Icon};

/// One key across the columns.
#[component]
pub(super) fn KeyRow(
    shared: Shared,
    /// Where it stands among the lines.
    at: Memo<Option<usize>>,
    section: usize,
    row: usize,
    top: Memo<f64>,
    /// The columns in sight beside the baseline.
    columns: Memo<Range<usize>>,
) -> impl IntoView {
    let comparison = shared.comparison.get_untracked()?;
    let facts = Arc::new(comparison.diff.facts(section, row, &comparison.columns)?);
    let id = comparison.diff.id_of(section, row)?;
    let here = move || at.get().is_some() && at.get() == shared.at();
    let metric = facts.is_metric;
    let of_row = Arc::clone(&facts);
    let others =
        move |column: usize| view! { <Cell shared=shared facts=Arc::clone(&of_row) column=column at=at /> };
    Some(view! {
        <div
            class="dr"
            class:met=metric
            class:at=here
            role="row"
            aria-rowindex=move || at.get().map(|at| at + 2)
            style:top=move || format!("{}px", top.get())
        >
            <KeyCell shared=shared facts=Arc::clone(&facts) id=id at=at />
            <Cell shared=shared facts=facts column=0 at=at />
            <For each=move || columns.get() key=|column| *column children=others />
        </div>
    })
}

/// The key, what is inside of its value, which way it gets better, and what can be done with its row.
#[component]
fn KeyCell(shared: Shared, facts: Arc<Facts>, id: RowId, at: Memo<Option<usize>>) -> impl IntoView {
    let app = app();
    // A pinned row stands alone, and says where it is from.
    let alone = Memo::new({
        let id = id.clone();
        move |_| app.view.diff.with(|diff| diff.pinned.contains(&id))
    });
    let (name, words) = (facts.key.clone(), id.words());
    let shown = {
        let words = words.clone();
        move || if alone.get() { words.clone() } else { name.clone() }
    };
    let open = Memo::new(move |_| {
        let line = shared.lines.with(|lines| at.get().and_then(|at| lines.get(at).copied()));
        match line {
            Some(Line::Row { open, .. }) => open,
            _ => None,
        }
    });
    let (section, row) = (facts.section, facts.row);
    let fold = {
        let id = id.clone();
        move || {
            let id = id.clone();
            open.get().map(|is| {
                let label = if is { "Hide what is inside" } else { "Show what is inside" };
                view! {
                    <button class="dk-f" tabindex="-1" aria-label=label title=label on:click=move |_| app.diff.toggle_row(id.clone())>
                        <Icon name=if is { "chevron-down" } else { "chevron-right" } class="s12" />
                    </button>
                }
            })
        }
    };
    let here = move || at.get().is_some_and(|at| shared.cursor.get() == Some((at, 0)));
    view! {
        <div class="dk" class:inner=facts.is_inner class:here=here role="rowheader" id=move || at.get().map(|at| cell::id(at, 0))>
            {fold}
            <button
                class="dk-b mono ell"
                tabindex="-1"
                title=words.clone()
                aria-label=format!("{words}: show the values in full")
                on:click=move |_| shared.full.set(Some((section, row)))
            >
                {shown}
            </button>
            {facts.is_metric.then(|| view! { <Direction metric=facts.key.clone() words=facts.direction_words() /> })}
            <RowTools id=id />
        </div>
    }
}

/// Which way the metric gets better; a click says otherwise, everywhere and for later.
#[component]
fn Direction(metric: String, words: Option<&'static str>) -> impl IntoView {
    let app = app();
    let said = words.unwrap_or("neither way is better");
    let chosen = app.prefs.directions.with_untracked(|directions| directions.is_chosen(&metric));
    let why = if chosen { "as you said" } else { "guessed from its name" };
    let title = format!("{metric}: {said}, {why}. Click for ↑, ↓ or none; kept in this browser");
    view! {
        <button class="dk-dir" class:set=chosen tabindex="-1" title=title.clone() aria-label=title on:click=move |_| app.prefs.turn_direction(&metric)>
            {words.unwrap_or("–")}
        </button>
    }
}

/// Sorts the runs by the row, and pins it.
#[component]
fn RowTools(id: RowId) -> impl IntoView {
    let app = app();
    let id = StoredValue::new(id);
    let sorted = Memo::new(move |_| {
        let sort = app.view.diff.with(|diff| diff.arrange.sort.clone());
        sort.filter(|sort| id.with_value(|id| sort.row == *id)).map(|sort| sort.descending)
    });
    let pinned = Memo::new(move |_| app.view.diff.with(|diff| id.with_value(|id| diff.pinned.contains(id))));
    let sort_icon = move || match sorted.get() {
        Some(true) => "arrow-down",
        Some(false) => "arrow-up",
        None => "arrow-up-down",
    };
    view! {
        <span class="dk-tools" class:on=move || pinned.get() || sorted.get().is_some()>
            <button
                class="iconbtn xs"
                class:on=move || sorted.get().is_some()
                tabindex="-1"
                aria-label="Sort the runs by this row"
                title="Sort the runs by this row (R)"
                on:click=move |_| app.diff.sort_by(id.get_value())
            >
                {move || view! { <Icon name=sort_icon() class="s12" /> }}
            </button>
            <button
                class="iconbtn xs"
                class:on=move || pinned.get()
                tabindex="-1"
                aria-pressed=move || pinned.get().to_string()
                aria-label="Pin this row"
                title="Pin this row to the top (P)"
                on:click=move |_| app.diff.toggle_pin(id.get_value())
            >
                <Icon name="pin" class="s12" />
            </button>
        </span>
    }
}
