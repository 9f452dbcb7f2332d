use std::sync::Arc;

use leptos::prelude::*;
use runatlas_core::compare::{StructureChange, StructureDiff, StructureRow};

use super::{Shared, value::both};
use crate::ui::part::{EmptyState, VirtualRows};

/// Two configs, value by value.
#[component]
pub(super) fn StructureView(shared: Shared, diff: StructureDiff) -> impl IntoView {
    let is_equal = diff.is_equal();
    let is_cut = diff.is_cut;
    let all = StoredValue::new(Arc::new(diff.rows));
    let rows = Memo::new(move |_| {
        let unfolded = shared.choices.with(|choices| choices.unfolded) || is_equal;
        let is_shown = |row: &StructureRow| unfolded || row.change != StructureChange::Same;
        all.with_value(|all| {
            Arc::new((0..all.len()).filter(|at| all.get(*at).is_some_and(is_shown)).collect::<Vec<_>>())
        })
    });
    shared.steps.follow(Memo::new(move |_| {
        let differs = |at: usize| {
            all.with_value(|all| all.get(at).is_some_and(|row| row.change != StructureChange::Same))
        };
        let places = rows.with(|rows| {
            rows.iter()
                .enumerate()
                .filter(|(_, at)| differs(**at))
                .map(|(place, _)| place as u32)
                .collect::<Vec<_>>()
        });
        Arc::new(places)
    }));
    let row = move |place: usize| {
        let found = rows.with_untracked(|rows| {
            rows.get(place).and_then(|at| all.with_value(|all| all.get(*at).cloned()))
        });
        found.map(|found| view! { <ValueRow shared=shared row=found place=place /> }).into_any()
    };
    let (left, right) = shared.names.get_untracked();
    let header = move || {
        view! {
            <div class="cmp-sr head" role="row">
                <span role="columnheader">"Key"</span>
                <span role="columnheader" class="ell">{left.clone()}</span>
                <span role="columnheader" class="ell">{right.clone()}</span>
            </div>
        }
    };
    view! {
        {is_equal.then(|| view! {
            <p class="cmp-note" role="note">"No value differs. The files may differ in the order of keys, in spaces, comments, or in how a number is written: see the lines."</p>
        })}
        {is_cut.then(|| view! { <p class="cmp-note" role="note">"Only the first 20,000 values are listed."</p> })}
        <Show when=move || rows.with(|rows| !rows.is_empty()) fallback=|| view! { <EmptyState icon="check" title="No value differs" text="Both files hold nothing." /> }>
            <VirtualRows
                count=Signal::derive(move || rows.with(|rows| rows.len()))
                row_height=Signal::derive(|| 28.0)
                key=move |place: usize| rows.with_untracked(|rows| rows.get(place).copied())
                row=row
                width=Signal::derive(|| "640px".to_owned())
                header=header.clone()
                label="Values of both files"
                role="table"
                reveal=Signal::derive(move || shared.steps.at.get())
            />
        </Show>
    }
}

#[component]
fn ValueRow(shared: Shared, row: StructureRow, place: usize) -> impl IntoView {
    let is_at = Memo::new(move |_| shared.steps.at.get() == Some(place));
    let (class, words) = match &row.change {
        StructureChange::Same => ("same", None),
        StructureChange::Changed => ("chg", Some("changed".to_owned())),
        StructureChange::Kind { from, to } => ("chg", Some(format!("{from} became {to}"))),
        StructureChange::Added => ("add", Some("added".to_owned())),
        StructureChange::Removed => ("del", Some("removed".to_owned())),
    };
    let is_kind = matches!(row.change, StructureChange::Kind { .. });
    let path = format!("{}{}", row.parent, row.key);
    let options = shared.choices.with_untracked(|choices| choices.text);
    let (left, right) = match (&row.left, &row.right) {
        (Some(left), Some(right)) if row.change != StructureChange::Same => both(left, right, options),
        (left, right) => {
            let text = |side: &Option<String>| side.clone().map_or_else(|| ().into_any(), IntoAny::into_any);
            (text(left), text(right))
        }
    };
    view! {
        <div class=format!("cmp-sr {class}") class:at=move || is_at.get() role="row" title=words.clone().map(|words| format!("{path}: {words}"))>
            <span class="mono cmp-path" role="rowheader" title=path.clone()><span class="t3">{row.parent}</span><b>{row.key}</b>
                {is_kind.then(|| view! { <span class="chip xs warn">{words.clone()}</span> })}
            </span>
            <span class="mono ell cmp-v l" role="cell" class:na=row.left.is_none() title=row.left.clone()>{left}{row.left.is_none().then_some("not there")}</span>
            <span class="mono ell cmp-v r" role="cell" class:na=row.right.is_none() title=row.right.clone()>{right}{row.right.is_none().then_some("not there")}</span>
        </div>
    }
}
