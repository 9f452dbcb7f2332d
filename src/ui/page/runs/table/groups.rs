//! The lines that are no runs: headings of parts, and groups.

use leptos::{attr::custom::custom_attribute, ev, prelude::*};
use runatlas_core::{
    format,
    table::{ColumnView, Columns, Part},
};

use super::{
    cells::CellsOf,
    grid::row_id,
    row::{keep_focus, select},
};
use crate::{
    state::LineKey,
    ui::{app::app, part::Icon},
};

/// The heading of pinned runs, of all others, and of those without a group.
#[component]
pub(super) fn PartRow(at: usize, part: Part, runs: usize) -> impl IntoView {
    view! {
        <div class="rt-part" role="row" aria-rowindex=(at + 2).to_string()>
            <span class="rt-part-in" role="rowheader">
                {(part == Part::Pinned).then(|| view! { <Icon name="pin" class="s12" /> })}
                {part.label()}
                <span class="count">{format::unsigned(runs as u64)}</span>
            </span>
        </div>
    }
}

/// A group: what its runs have in common, and a statistic of each column.
#[component]
pub(super) fn GroupRow(at: usize, group: usize) -> impl IntoView {
    let app = app();
    let runs = app.runs;
    let found = untrack(|| runs.group(group))?;
    let key = StoredValue::new(found.key.clone());
    let open = Memo::new(move |_| runs.is_open(at) == Some(true));
    let cursor = Memo::new(move |_| {
        runs.cursor
            .with(|cursor| key.with_value(|key| matches!(cursor, Some(LineKey::Group(at)) if at == key)))
    });
    let members = StoredValue::new(untrack(|| runs.group_keys(group)));
    let selected = Memo::new(move |_| {
        members.with_value(|members| runs.selected.with(|all| members.iter().all(|key| all.contains(key))))
    });
    let shown = Memo::new(move |_| {
        members.with_value(|members| members.iter().filter(|key| runs.is_shown(key)).count())
    });
    let class = move || {
        let on = |on: bool, name: &'static str| if on { name } else { "" };
        format!("rt-row rt-group{}{}", on(cursor.get(), " at"), on(selected.get(), " sel"))
    };
    let (name, count) = (found.name(), found.members.len());
    let parts = found.parts.clone();
    let stat = Memo::new(move |_| app.view.runs.with(|view| view.table.groups.stat));
    let group = StoredValue::new(found);
    let cell = move |view: &ColumnView, columns: &Columns, clock: &format::Clock<'_>| {
        (group.with_value(|group| view.group_cell(columns.table(), group, stat.get(), clock)), None)
    };
    let label = move || if open.get() { "Close the group" } else { "Open the group" };
    let eye = move || if shown.get() == 0 { "eye-off" } else { "eye" };
    let eye_label = format!("All runs of {name} on charts");
    Some(view! {
        <div
            class=class
            id=row_id(at)
            role="row"
            aria-rowindex=(at + 2).to_string()
            {..custom_attribute("aria-level", "1")}
            aria-expanded=move || open.get().to_string()
            aria-selected=move || selected.get().to_string()
            on:mousedown=keep_focus
            on:click=move |event| select(&event, at)
            on:dblclick=move |_| runs.toggle_group(key.get_value())
        >
            <span class="rt-run" role="rowheader">
                <button
                    class="iconbtn xs rt-eye"
                    class:off=move || shown.get() == 0
                    tabindex="-1"
                    aria-pressed=move || (shown.get() == count).to_string()
                    aria-label=eye_label.clone()
                    title=move || format!("{} of {count} on charts", shown.get())
                    on:click=move |event: ev::MouseEvent| {
                        event.stop_propagation();
                        members.with_value(|members| runs.toggle_shown_all(members));
                    }
                >
                    {move || view! { <Icon name=eye() class="s14" /> }}
                </button>
                <span class="rt-name" title=name.clone()>
                    <button
                        class="rt-tw"
                        class:open=move || open.get()
                        tabindex="-1"
                        aria-label=label
                        title=label
                        on:click=move |event: ev::MouseEvent| {
                            event.stop_propagation();
                            runs.toggle_group(key.get_value());
                        }
                    >
                        <Icon name="chevron-right" class="s12" />
                    </button>
                    <span class="ell rt-parts">
                        {parts.into_iter().map(|(key, value)| view! { <span class="rt-gk">{key}" "</span><b>{value}</b>" " }).collect_view()}
                    </span>
                    <span class="count" title="Runs in the group">{format::unsigned(count as u64)}</span>
                </span>
            </span>
            <CellsOf cell=cell />
        </div>
    })
}
