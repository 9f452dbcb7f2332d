//! Choices of line cards: of one card, and of all.

mod pick;

use leptos::prelude::*;
use runatlas_core::{
    board::{CardId, CardKind, Lines, OwnLines},
    chart::{Fit, ScaleKind},
};

pub(super) use pick::Pick;

use crate::{state::Charts, ui::part::MenuItem};

/// The names of scales.
pub(super) const SCALES: [(ScaleKind, &str); 3] =
    [(ScaleKind::Linear, "Linear"), (ScaleKind::Log, "Log"), (ScaleKind::Symlog, "Symlog")];

/// The names of fits.
pub(super) const FITS: [(Fit, &str); 5] = [
    (Fit::Central, "Without outliers"),
    (Fit::All, "Every value"),
    (Fit::Percentile(1), "1 to 99 %"),
    (Fit::Percentile(5), "5 to 95 %"),
    (Fit::Percentile(10), "10 to 90 %"),
];

/// What one line card shows in a way of its own.
#[component]
pub(super) fn CardChoices(charts: Charts, card: CardId) -> impl IntoView {
    let is_line =
        charts.board.with_untracked(|board| matches!(board.kind(&card), Some(CardKind::Line { .. })));
    let id = StoredValue::new(card);
    let lines = Memo::new(move |_| charts.board.with(|board| id.with_value(|id| board.lines_of(id))));
    let differs =
        Memo::new(move |_| charts.board.with(|board| id.with_value(|id| board.own.contains_key(id))));
    let edit = move |change: &dyn Fn(&mut OwnLines, &Lines)| {
        charts.edit(|board| {
            let all = board.lines.clone();
            id.with_value(|id| board.edit_own(id, |own| change(own, &all)));
        });
    };
    is_line.then(|| {
        view! {
            <Pick
                label="Y axis"
                choices=SCALES.to_vec()
                value=Signal::derive(move || lines.with(|lines| lines.y_scale))
                on_change=Callback::new(move |scale| {
                    edit(&|own, all| own.y_scale = (scale != all.y_scale).then_some(scale));
                })
            />
            <Pick
                label="X axis"
                choices=SCALES.to_vec()
                value=Signal::derive(move || lines.with(|lines| lines.x_scale))
                on_change=Callback::new(move |scale| {
                    edit(&|own, all| own.x_scale = (scale != all.x_scale).then_some(scale));
                })
            />
            <Pick
                label="Fit y to"
                choices=FITS.to_vec()
                value=Signal::derive(move || lines.with(|lines| lines.fit))
                on_change=Callback::new(move |fit| edit(&|own, all| own.fit = (fit != all.fit).then_some(fit)))
            />
            <YRange charts=charts id=id />
            <Show when=move || differs.get()>
                <MenuItem
                    label="As all other charts"
                    icon="undo-2"
                    action=Callback::new(move |()| edit(&|own, _| *own = OwnLines::default()))
                />
            </Show>
            <div class="hr menu-hr"></div>
        }
    })
}

/// The visible values of y, as numbers to type.
#[component]
fn YRange(charts: Charts, id: StoredValue<CardId>) -> impl IntoView {
    let range = Memo::new(move |_| {
        charts.board.with(|board| id.with_value(|id| board.own.get(id).and_then(|own| own.y_range)))
    });
    let low = NodeRef::<leptos::html::Input>::new();
    let high = NodeRef::<leptos::html::Input>::new();
    let bad = RwSignal::new(false);
    let take = move || {
        let read = |node: NodeRef<leptos::html::Input>| {
            node.get_untracked().map(|input| input.value().trim().to_owned()).unwrap_or_default()
        };
        let (from, to) = (read(low), read(high));
        if from.is_empty() && to.is_empty() {
            bad.set(false);
            return id.with_value(|id| charts.zoom_y(id, None));
        }
        let number = |text: &str| text.parse::<f64>().ok().filter(|value| value.is_finite());
        match (number(&from), number(&to)) {
            (Some(lo), Some(hi)) if lo < hi => {
                bad.set(false);
                id.with_value(|id| charts.zoom_y(id, runatlas_core::chart::Range::between(lo, hi)));
            }
            // The other end is still to be typed.
            _ => bad.set(!from.is_empty() && !to.is_empty()),
        }
    };
    let text = |value: Option<f64>| value.map(|value| value.to_string()).unwrap_or_default();
    view! {
        <div class="menu-row" role="group" aria-label="Range of y">
            <span class="grow">"Range of y"</span>
            <input
                class="numfield"
                class:bad=move || bad.get()
                node_ref=low
                inputmode="decimal"
                aria-label="Y from"
                placeholder="auto"
                prop:value=move || text(range.get().map(|range| range.0))
                on:change=move |_| take()
            />
            <span class="t3">"to"</span>
            <input
                class="numfield"
                class:bad=move || bad.get()
                node_ref=high
                inputmode="decimal"
                aria-label="Y to"
                placeholder="auto"
                prop:value=move || text(range.get().map(|range| range.1))
                on:change=move |_| take()
            />
        </div>
    }
}
