use std::sync::Arc;

use leptos::prelude::*;
use runatlas_core::{
    compare::{ColumnPair, RowPair, TableDiff},
    format,
};

use super::{Shared, value::both};
use crate::ui::part::{EmptyState, VirtualRows};

/// Columns that are shown: every cell is an element of the page.
const MOST_COLUMNS: usize = 60;
/// Height of a row, in CSS pixels: two lines, for what was and what is.
const ROW: f64 = 40.0;
/// Width of a cell, in CSS pixels.
const CELL: usize = 148;

/// Two tables, cell by cell.
#[component]
pub(super) fn CellsView(shared: Shared, diff: Arc<TableDiff>) -> impl IntoView {
    let is_equal = diff.is_equal();
    let columns = Arc::new(shown(&diff.columns));
    let note = note(&diff, columns.len());
    let diff = StoredValue::new(diff);
    let rows = Memo::new(move |_| {
        let unfolded = shared.choices.with(|choices| choices.unfolded) || is_equal;
        let is_shown = |row: &&RowPair| unfolded || row.differs;
        diff.with_value(|diff| Arc::new(diff.rows.iter().filter(is_shown).copied().collect::<Vec<_>>()))
    });
    shared.steps.follow(Memo::new(move |_| {
        let differs = |(_, row): &(usize, &RowPair)| row.differs;
        Arc::new(rows.with(|rows| {
            rows.iter().enumerate().filter(differs).map(|(at, _)| at as u32).collect::<Vec<_>>()
        }))
    }));
    let width = format!("{}px", 112 + columns.len() * CELL);
    let heads = columns.clone();
    let header = move || heads_of(&heads);
    let of_rows = StoredValue::new(columns);
    let row = move |place: usize| {
        let found = rows.with_untracked(|rows| rows.get(place).copied());
        found
            .map(|found| view! { <CellRow shared=shared diff=diff columns=of_rows row=found place=place /> })
            .into_any()
    };
    view! {
        <p class="cmp-note" role="note">{note}</p>
        <Show
            when=move || rows.with(|rows| !rows.is_empty())
            fallback=|| view! { <EmptyState icon="check" title="No row differs" text="The rows of both tables are equal in the columns that both have." /> }
        >
            <VirtualRows
                count=Signal::derive(move || rows.with(|rows| rows.len()))
                row_height=Signal::derive(|| ROW)
                key=move |place: usize| rows.with_untracked(|rows| rows.get(place).map(|row| (row.left, row.right)))
                row=row
                width=width.clone()
                header=header.clone()
                label="Rows of both tables"
                role="table"
                reveal=Signal::derive(move || shared.steps.at.get())
            />
        </Show>
    }
}

/// The columns to show, in their order: where there are too many, those that differ come before the rest.
fn shown(columns: &[ColumnPair]) -> Vec<ColumnPair> {
    let mut places: Vec<usize> = (0..columns.len()).collect();
    let is_equal = |at: &usize| {
        columns
            .get(*at)
            .is_some_and(|column| column.differing == 0 && column.left.is_some() && column.right.is_some())
    };
    places.sort_by_key(is_equal);
    places.truncate(MOST_COLUMNS);
    places.sort_unstable();
    places.into_iter().filter_map(|at| columns.get(at).cloned()).collect()
}

fn note(diff: &TableDiff, shown: usize) -> String {
    let by = match &diff.key {
        Some(key) => format!("Rows belong together by {key}."),
        None => "Rows belong together by their content, in their order.".to_owned(),
    };
    if shown == diff.columns.len() {
        return by;
    }
    let all = format::count(diff.columns.len() as u64, "column", "columns");
    format!("{by} {shown} of {all} are shown, those that differ first.")
}

fn heads_of(columns: &[ColumnPair]) -> impl IntoView + use<> {
    let head = |column: &ColumnPair| {
        let name = column.name.clone();
        let mark = match (column.left, column.right) {
            (Some(_), None) => Some(("chip xs bad", "− column".to_owned())),
            (None, Some(_)) => Some(("chip xs good", "+ column".to_owned())),
            _ if column.differing > 0 => {
                Some(("chip xs warn", format!("{} differ", format::unsigned(column.differing.into()))))
            }
            _ => None,
        };
        view! {
            <span class="cmp-th" role="columnheader" title=name.clone()>
                <span class="ell">{name.clone()}</span>
                {mark.map(|(class, words)| view! { <span class=class>{words}</span> })}
            </span>
        }
    };
    view! {
        <div class="cmp-tr head" role="row">
            <span class="cmp-rn" role="columnheader">"Rows"</span>
            {columns.iter().map(head).collect_view()}
        </div>
    }
}

#[component]
fn CellRow(
    shared: Shared,
    diff: StoredValue<Arc<TableDiff>>,
    columns: StoredValue<Arc<Vec<ColumnPair>>>,
    row: RowPair,
    place: usize,
) -> impl IntoView {
    let is_at = Memo::new(move |_| shared.steps.at.get() == Some(place));
    let class = match (row.left, row.right) {
        (Some(_), None) => "cmp-tr del",
        (None, Some(_)) => "cmp-tr add",
        _ => "cmp-tr",
    };
    let options = shared.choices.with_untracked(|choices| choices.text);
    let number =
        |at: Option<u32>| at.map_or_else(|| "–".to_owned(), |at| format::unsigned(u64::from(at) + 1));
    let cells = diff.with_value(|diff| {
        let cell = |column: &ColumnPair| match diff.cell(&row, column) {
            (Some(left), Some(right)) if left != right => {
                let title = format!("{left} → {right}");
                let (was, is) = both(left, right, options);
                view! { <span class="cmp-td chg" role="cell" title=title><del class="ell">{was}</del><ins class="ell">{is}</ins></span> }.into_any()
            }
            (left, right) => {
                let text = right.or(left).unwrap_or_default().to_owned();
                view! { <span class="cmp-td" role="cell" title=text.clone()><span class="ell">{text.clone()}</span></span> }.into_any()
            }
        };
        columns.with_value(|columns| columns.iter().map(cell).collect_view())
    });
    view! {
        <div class=class class:at=move || is_at.get() role="row">
            <span class="cmp-rn" role="rowheader" title="Row on the left, row on the right">{format!("{} · {}", number(row.left), number(row.right))}</span>
            {cells}
        </div>
    }
}
