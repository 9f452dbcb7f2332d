use leptos::prelude::*;
use runatlas_core::{
    board::{AxisColumn, CardKind},
    table::Column,
};

use super::{
    Draft,
    column::ColumnSelect,
    fields::{Part, by, set_by},
};
use crate::ui::part::{Icon, Switch};

/// The axes in their order, and what colours the lines.
#[component]
pub(super) fn Parallel(draft: Draft) -> impl IntoView {
    let axes = Memo::new(move |_| {
        draft
            .kind
            .with(|kind| if let CardKind::Parallel { axes, .. } = kind { axes.clone() } else { Vec::new() })
    });
    let count = Memo::new(move |_| axes.with(Vec::len));
    let edit = move |change: &dyn Fn(&mut Vec<AxisColumn>)| {
        draft.kind.update(|kind| {
            if let CardKind::Parallel { axes, .. } = kind {
                change(axes);
            }
        });
    };
    let row = move |at: usize| {
        let value = Signal::derive(move || axes.with(|axes| axes.get(at).map(|axis| axis.column.clone())));
        let log = Signal::derive(move || axes.with(|axes| axes.get(at).is_some_and(|axis| axis.log)));
        let change = Callback::new(move |column: Option<Column>| {
            edit(&|axes| {
                if let (Some(axis), Some(column)) = (axes.get_mut(at), column.clone()) {
                    axis.column = column;
                }
            });
        });
        let set_log = Callback::new(move |log| {
            edit(&|axes| {
                if let Some(axis) = axes.get_mut(at) {
                    axis.log = log;
                }
            });
        });
        view! {
            <div class="maker-row">
                <span>{format!("Axis {}", at + 1)}</span>
                <ColumnSelect label="Axis" value=value on_change=change />
                <Switch label="Log" value=log on_change=set_log />
                <button
                    class="iconbtn sm"
                    aria-label=format!("Remove axis {}", at + 1)
                    on:click=move |_| edit(&|axes| if at < axes.len() { axes.remove(at); })
                >
                    <Icon name="x" class="s12" />
                </button>
            </div>
        }
    };
    let add = move |_| {
        let known = axes.get_untracked();
        let is_new = |column: &Column| known.iter().all(|axis| axis.column != *column);
        let next = draft.suggestions.with_value(|suggestions| {
            let params = suggestions.params.iter().find(|axis| is_new(&axis.column)).cloned();
            params.or_else(|| {
                suggestions.metrics.iter().find(|metric| is_new(metric)).cloned().map(AxisColumn::of)
            })
        });
        let next = next.unwrap_or_else(|| AxisColumn::of(Column::Duration));
        // Before the last, which is what the others lead to.
        edit(&|axes| axes.insert(axes.len().saturating_sub(1), next.clone()));
    };
    view! {
        {move || (0..count.get()).map(row).collect_view()}
        <div class="maker-row">
            <span></span>
            <button class="btn sm" on:click=add><Icon name="plus" class="s12" />"Axis"</button>
        </div>
        <Part draft=draft label="Colour by" get=by set=set_by none="Run" />
    }
}
