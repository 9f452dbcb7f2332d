use leptos::prelude::*;
use runatlas_core::{
    board::CardId,
    figure::{FigureRow, FigureTable, Ink},
    format,
};

use crate::{
    state::Charts,
    ui::{
        chart::color_of,
        part::{Dialog, VirtualRows},
    },
};

/// Height of a row, and the least width of a column, in CSS pixels.
const ROW: f64 = 26.0;
const COLUMN: usize = 96;

/// What a figure shows, as a table: what a person reads who does not see it.
#[component]
pub(super) fn ValuesDialog(
    charts: Charts,
    card: CardId,
    title: Memo<String>,
    open: RwSignal<bool>,
) -> impl IntoView {
    let card = StoredValue::new(card);
    view! {
        <Dialog open=open title=Signal::derive(move || format!("{}, values", title.get())) class="wide points-dialog">
            <Values charts=charts card=card.get_value() title=title />
        </Dialog>
    }
}

#[component]
fn Values(charts: Charts, card: CardId, title: Memo<String>) -> impl IntoView {
    let table = Memo::new(move |_| charts.figure_table(&card, false).unwrap_or_default());
    let count = Signal::derive(move || table.with(|table: &FigureTable| table.rows.len()));
    let columns = move || table.with(|table| table.head.len().saturating_sub(1));
    let header = move || {
        let cells = move || {
            let cell = |title: String| view! { <span role="columnheader" title=title.clone()>{title.clone()}</span> };
            table.with(|table| table.head.iter().cloned().map(cell).collect_view())
        };
        view! { <div class="pv pv-h" role="row">{cells}</div> }
    };
    let row = move |place: usize| {
        table.with(|table| {
            let Some(row) = table.rows.get(place) else { return ().into_any() };
            let key = match row.ink {
                Some(Ink::Slot(slot)) => format!("--c:{}", color_of(slot)),
                _ => "--c:var(--text-3)".to_owned(),
            };
            let has_key = row.ink.is_some() || row.run_id.is_some();
            let cells = row.cells.iter().map(|cell| {
                view! { <span role="cell" title=cell.words.clone()>{cell.words.clone()}</span> }
            });
            view! {
                <div class="pv">
                    <span role="rowheader" class="ell" title=row.name.clone()>
                        {has_key.then(|| view! { <span class="sw" style=key></span> })}
                        {row.name.clone()}
                    </span>
                    {cells.collect_view()}
                </div>
            }
            .into_any()
        })
    };
    let key = move |place: usize| {
        let words = |row: &FigureRow| row.cells.iter().map(|cell| cell.words.clone()).collect::<Vec<_>>();
        table.with(|table| table.rows.get(place).map(|row| (row.name.clone(), words(row))))
    };
    view! {
        <p class="t2 fs12">{move || format::count(count.get() as u64, "row", "rows")}</p>
        <div class="points values" style=move || format!("--columns:{}", columns())>
            <VirtualRows
                count=count
                row_height=Signal::derive(|| ROW)
                key=key
                row=row
                width=Signal::derive(move || format!("max(100%, {}px)", 180 + columns() * COLUMN))
                header=header
                label=Signal::derive(move || format!("Values of {}", title.get()))
                role="table"
            />
        </div>
    }
}
