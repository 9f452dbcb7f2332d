use std::sync::Arc;

use leptos::prelude::*;
use runatlas_core::compare::{PackageChange, PackageDiff, PackageRow};

use super::Shared;
use crate::ui::part::VirtualRows;

/// Two lists of packages.
#[component]
pub(super) fn PackagesView(shared: Shared, diff: PackageDiff) -> impl IntoView {
    let is_equal = diff.is_equal();
    let all = StoredValue::new(Arc::new(diff.rows));
    let rows = Memo::new(move |_| {
        let unfolded = shared.choices.with(|choices| choices.unfolded) || is_equal;
        let is_shown = |row: &&PackageRow| unfolded || row.change != PackageChange::Same;
        all.with_value(|all| Arc::new(all.iter().filter(is_shown).cloned().collect::<Vec<_>>()))
    });
    shared.steps.follow(Memo::new(move |_| {
        let differs = |(_, row): &(usize, &PackageRow)| row.change != PackageChange::Same;
        Arc::new(rows.with(|rows| {
            rows.iter().enumerate().filter(differs).map(|(at, _)| at as u32).collect::<Vec<_>>()
        }))
    }));
    let row = move |place: usize| {
        let found = rows.with_untracked(|rows| rows.get(place).cloned());
        found.map(|found| view! { <Package shared=shared row=found place=place /> }).into_any()
    };
    let (left, right) = shared.names.get_untracked();
    let header = move || {
        view! {
            <div class="cmp-sr head" role="row">
                <span role="columnheader">"Package"</span>
                <span role="columnheader" class="ell">{left.clone()}</span>
                <span role="columnheader" class="ell">{right.clone()}</span>
            </div>
        }
    };
    view! {
        <VirtualRows
            count=Signal::derive(move || rows.with(|rows| rows.len()))
            row_height=Signal::derive(|| 28.0)
            key=move |place: usize| rows.with_untracked(|rows| rows.get(place).map(|row| row.name.clone()))
            row=row
            width=Signal::derive(|| "480px".to_owned())
            header=header
            label="Packages of both files"
            role="table"
            reveal=Signal::derive(move || shared.steps.at.get())
        />
    }
}

#[component]
fn Package(shared: Shared, row: PackageRow, place: usize) -> impl IntoView {
    let is_at = Memo::new(move |_| shared.steps.at.get() == Some(place));
    let (class, words) = match row.change {
        PackageChange::Same => ("same", None),
        PackageChange::Raised => ("chg", Some("↑ later")),
        PackageChange::Lowered => ("chg", Some("↓ earlier")),
        PackageChange::Changed => ("chg", Some("other")),
        PackageChange::Added => ("add", Some("+ added")),
        PackageChange::Removed => ("del", Some("− removed")),
    };
    let version = |text: Option<String>, side: &'static str| {
        let class = format!("mono ell cmp-v {side}{}", if text.is_none() { " na" } else { "" });
        view! { <span class=class role="cell" title=text.clone()>{text.clone().unwrap_or_else(|| "not listed".to_owned())}</span> }
    };
    view! {
        <div class=format!("cmp-sr {class}") class:at=move || is_at.get() role="row">
            <span class="mono cmp-path" role="rowheader" title=row.name.clone()><b>{row.name.clone()}</b>
                {words.map(|words| view! { <span class="fs11 t3 nowrap">{words}</span> })}
            </span>
            {version(row.left, "l")}
            {version(row.right, "r")}
        </div>
    }
}
