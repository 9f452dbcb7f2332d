use leptos::prelude::*;
use runatlas_core::{
    board::{AxisColumn, CardKind},
    stat::expr::Expr,
    table::Column,
};

use super::{Draft, axes::Parallel, column::ColumnSelect, lines::Lines};
use crate::ui::part::Switch;

/// Why a card cannot be made yet.
pub(super) fn trouble(kind: &CardKind) -> Option<String> {
    match kind {
        CardKind::Line { ys } if ys.is_empty() => Some("Choose a metric, or write an expression.".to_owned()),
        CardKind::Line { ys } => {
            ys.iter().find_map(|y| Expr::parse(y).err().map(|error| format!("{y}: {error}")))
        }
        CardKind::Parallel { axes, .. } if axes.len() < 2 => Some("Choose two axes or more.".to_owned()),
        _ => None,
    }
}

/// The choices that a kind has.
#[component]
pub(super) fn KindFields(draft: Draft) -> impl IntoView {
    let label = Memo::new(move |_| draft.kind.with(CardKind::label));
    move || {
        // A memo that nobody reads is never made, and tells of no change.
        let _ = label.get();
        match draft.kind.get_untracked() {
            CardKind::Line { .. } => view! { <Lines draft=draft /> }.into_any(),
            CardKind::Scatter { .. } => view! { <Scatter draft=draft /> }.into_any(),
            CardKind::Parallel { .. } => view! { <Parallel draft=draft /> }.into_any(),
            CardKind::Bar { .. } | CardKind::Distribution { .. } => {
                view! { <Spread draft=draft /> }.into_any()
            }
            CardKind::Heat { .. } => view! { <Heat draft=draft /> }.into_any(),
            CardKind::Importance { .. } => {
                view! { <Part draft=draft label="Metric" get=value set=set_value /> }.into_any()
            }
            CardKind::Images { .. } => view! { <Path draft=draft /> }.into_any(),
        }
    }
}

/// How a part of a kind is read.
pub(super) type Read<T> = fn(&CardKind) -> Option<T>;
/// How it is changed.
pub(super) type Change<T> = fn(&mut CardKind, T);

fn value(kind: &CardKind) -> Option<Column> {
    match kind {
        CardKind::Bar { value, .. }
        | CardKind::Distribution { value, .. }
        | CardKind::Heat { value, .. }
        | CardKind::Importance { value } => Some(value.clone()),
        _ => None,
    }
}

fn set_value(kind: &mut CardKind, column: Option<Column>) {
    if let CardKind::Bar { value, .. }
    | CardKind::Distribution { value, .. }
    | CardKind::Heat { value, .. }
    | CardKind::Importance { value } = kind
        && let Some(column) = column
    {
        *value = column;
    }
}

fn x(kind: &CardKind) -> Option<AxisColumn> {
    match kind {
        CardKind::Scatter { x, .. } | CardKind::Heat { x, .. } => Some(x.clone()),
        _ => None,
    }
}

fn set_x(kind: &mut CardKind, axis: Option<AxisColumn>) {
    if let CardKind::Scatter { x, .. } | CardKind::Heat { x, .. } = kind
        && let Some(axis) = axis
    {
        *x = axis;
    }
}

fn y(kind: &CardKind) -> Option<AxisColumn> {
    match kind {
        CardKind::Scatter { y, .. } | CardKind::Heat { y, .. } => Some(y.clone()),
        _ => None,
    }
}

fn set_y(kind: &mut CardKind, axis: Option<AxisColumn>) {
    if let CardKind::Scatter { y, .. } | CardKind::Heat { y, .. } = kind
        && let Some(axis) = axis
    {
        *y = axis;
    }
}

fn color(kind: &CardKind) -> Option<AxisColumn> {
    if let CardKind::Scatter { color, .. } = kind { color.clone() } else { None }
}

fn set_color(kind: &mut CardKind, axis: Option<AxisColumn>) {
    if let CardKind::Scatter { color, .. } = kind {
        *color = axis;
    }
}

pub(super) fn by(kind: &CardKind) -> Option<Column> {
    match kind {
        CardKind::Bar { by, .. } | CardKind::Distribution { by, .. } => by.clone(),
        CardKind::Parallel { color, .. } => color.clone(),
        _ => None,
    }
}

pub(super) fn set_by(kind: &mut CardKind, column: Option<Column>) {
    match kind {
        CardKind::Bar { by, .. } | CardKind::Distribution { by, .. } => *by = column,
        CardKind::Parallel { color, .. } => *color = column,
        _ => {}
    }
}

/// A column.
#[component]
pub(super) fn Part(
    draft: Draft,
    label: &'static str,
    get: Read<Column>,
    set: Change<Option<Column>>,
    #[prop(optional)] none: Option<&'static str>,
) -> impl IntoView {
    let value = Signal::derive(move || draft.kind.with(get));
    let change = Callback::new(move |column| draft.kind.update(|kind| set(kind, column)));
    view! {
        <div class="maker-row">
            <span>{label}</span>
            {match none {
                Some(none) => view! { <ColumnSelect label=label value=value on_change=change none=none /> }.into_any(),
                None => view! { <ColumnSelect label=label value=value on_change=change /> }.into_any(),
            }}
        </div>
    }
}

/// A column on an axis: which, and how it is spread.
#[component]
fn Axis(
    draft: Draft,
    label: &'static str,
    get: Read<AxisColumn>,
    set: Change<Option<AxisColumn>>,
    #[prop(optional)] none: Option<&'static str>,
) -> impl IntoView {
    let axis = Memo::new(move |_| draft.kind.with(get));
    let value = Signal::derive(move || axis.with(|axis| axis.as_ref().map(|axis| axis.column.clone())));
    let change = Callback::new(move |column: Option<Column>| {
        draft.kind.update(|kind| {
            let log = get(kind).is_some_and(|axis| axis.log);
            set(kind, column.map(|column| AxisColumn { column, log }));
        });
    });
    let log = Signal::derive(move || axis.with(|axis| axis.as_ref().is_some_and(|axis| axis.log)));
    let set_log = Callback::new(move |log| {
        draft.kind.update(|kind| set(kind, get(kind).map(|axis| AxisColumn { log, ..axis })));
    });
    view! {
        <div class="maker-row">
            <span>{label}</span>
            {match none {
                Some(none) => view! { <ColumnSelect label=label value=value on_change=change none=none /> }.into_any(),
                None => view! { <ColumnSelect label=label value=value on_change=change /> }.into_any(),
            }}
            <Show when=move || value.with(Option::is_some)>
                <Switch label="Log" value=log on_change=set_log />
            </Show>
        </div>
    }
}

#[component]
fn Scatter(draft: Draft) -> impl IntoView {
    let trend =
        Signal::derive(move || draft.kind.with(|kind| matches!(kind, CardKind::Scatter { trend: true, .. })));
    let set_trend = Callback::new(move |on| {
        draft.kind.update(|kind| {
            if let CardKind::Scatter { trend, .. } = kind {
                *trend = on;
            }
        });
    });
    view! {
        <Axis draft=draft label="X axis" get=x set=set_x />
        <Axis draft=draft label="Y axis" get=y set=set_y />
        <Axis draft=draft label="Colour by" get=color set=set_color none="Run" />
        <div class="maker-row">
            <span>"Trend"</span>
            <Switch label="Line of least squares and correlation" value=trend on_change=set_trend />
        </div>
    }
}

#[component]
fn Spread(draft: Draft) -> impl IntoView {
    let is_bar = draft.kind.with_untracked(|kind| matches!(kind, CardKind::Bar { .. }));
    let none = if is_bar { "None: a bar a run" } else { "None: all runs in one" };
    view! {
        <Part draft=draft label="Value" get=value set=set_value />
        <Part draft=draft label="Group by" get=by set=set_by none=none />
    }
}

#[component]
fn Heat(draft: Draft) -> impl IntoView {
    view! {
        <Axis draft=draft label="X axis" get=x set=set_x />
        <Axis draft=draft label="Y axis" get=y set=set_y />
        <Part draft=draft label="Value" get=value set=set_value />
    }
}

#[component]
fn Path(draft: Draft) -> impl IntoView {
    let path = move || {
        draft
            .kind
            .with(|kind| if let CardKind::Images { path } = kind { path.clone() } else { String::new() })
    };
    view! {
        <label class="maker-row">
            <span>"Path"</span>
            <input
                class="numfield text"
                placeholder="All images, or a folder, or * for any text: samples/epoch-*.png"
                prop:value=path
                on:input:target=move |event| {
                    let path = event.target().value().trim().to_owned();
                    draft.kind.set(CardKind::Images { path });
                }
            />
        </label>
    }
}
