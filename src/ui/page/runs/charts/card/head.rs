use leptos::prelude::*;
use runatlas_core::{
    board::CardRef,
    chart::{Direction, ScaleKind},
    format,
};

use super::menu::CardMenu;
use crate::{
    state::Charts,
    ui::{
        chart::{Plot, color_of},
        part::Icon,
    },
};

/// Title, points, value at the cursor, and what can be done with a line card.
#[component]
pub(in super::super) fn LineHead(plot: Plot, card: CardRef, #[prop(optional)] alone: bool) -> impl IntoView {
    let charts = plot.charts;
    let hint = move || match plot.direction() {
        Direction::Higher => "higher is better",
        Direction::Lower => "lower is better",
        Direction::Unknown => "",
    };
    let points = Memo::new(move |_| {
        let counts = plot.scene.with(|scene| scene.as_ref().map(|scene| scene.counts));
        plot.curves.with(|curves| curves.words(counts))
    });
    // Nobody rests on it while a gesture lasts.
    let told = Memo::new(move |before: Option<&String>| match before {
        Some(before) if charts.is_moving() => before.clone(),
        _ => points.get(),
    });
    let absent = Memo::new(move |_| plot.curves.with(|curves| curves.absent_words()).unwrap_or_default());
    let log = Memo::new(move |_| plot.spec.with(|spec| spec.y_scale == ScaleKind::Log));
    let title = Memo::new(move |_| plot.title());
    let id = StoredValue::new(card.id.clone());
    view! {
        <div class="card-h">
            <h3 class="ell" title=move || title.get()>{move || title.get()}</h3>
            <span class="card-points ell" title=move || [told.get(), absent.get()].join("\n")>{move || points.get()}</span>
            <Notes plot=plot />
            <span class="grow"></span>
            <ValueAtCursor plot=plot />
            <span class="fs11 t3 nowrap hint">{hint}</span>
            <button
                class="logbtn"
                class:on=move || log.get()
                aria-pressed=move || log.get().to_string()
                aria-label=move || format!("Logarithmic y axis of {}", title.get())
                title="Logarithmic y axis (L)"
                on:click=move |_| id.with_value(|id| charts.toggle_log(id))
            >
                "log"
            </button>
            <Buttons charts=charts card=card title=title alone=alone plot=plot />
        </div>
    }
}

/// A sign where there is something to know about the curves; what, when it is pointed at. The view
/// of one chart alone says it in full.
#[component]
fn Notes(plot: Plot) -> impl IntoView {
    let notes = Memo::new(move |_| plot.curves.with(|curves| curves.notes()).join("\n"));
    move || {
        let notes = Some(notes.get()).filter(|notes| !notes.is_empty())?;
        Some(view! {
            <span class="card-note" role="img" aria-label=notes.clone() title=notes.clone()>
                <Icon name="info" class="s12" />
            </span>
        })
    }
}

/// Title and what can be done with any other card.
#[component]
pub(in super::super) fn PlainHead(
    charts: Charts,
    card: CardRef,
    #[prop(optional)] alone: bool,
) -> impl IntoView {
    let shown = card.clone();
    let title = Memo::new(move |_| charts.title(&shown));
    view! {
        <div class="card-h">
            <h3 class="ell" title=move || title.get()>{move || title.get()}</h3>
            <span class="grow"></span>
            <Buttons charts=charts card=card title=title alone=alone />
        </div>
    }
}

#[component]
fn Buttons(
    charts: Charts,
    card: CardRef,
    title: Memo<String>,
    alone: bool,
    #[prop(optional)] plot: Option<Plot>,
) -> impl IntoView {
    let id = StoredValue::new(card.id.clone());
    view! {
        {(!alone)
            .then(|| {
                view! {
                    <button
                        class="iconbtn sm"
                        aria-label=move || format!("Show {} alone", title.get())
                        title="Show alone (F)"
                        on:click=move |_| charts.show_alone(Some(id.get_value()))
                    >
                        <Icon name="maximize-2" class="s14" />
                    </button>
                }
            })}
        <CardMenu charts=charts card=card title=title alone=alone plot=plot />
    }
}

/// The focused run's value under the cursor, in every chart.
#[component]
fn ValueAtCursor(plot: Plot) -> impl IntoView {
    move || {
        let focused = plot.focused()?;
        let value = plot.rows.with(|rows| {
            rows.iter().find(|row| row.series == focused).map(|row| format::metric(row.painted()))
        })?;
        let color =
            plot.curves.with(|curves| curves.series.get(focused).map(|series| color_of(series.slot)))?;
        Some(view! { <span class="at"><span class="key" style=format!("--c:{color}")></span>{value}</span> })
    }
}
