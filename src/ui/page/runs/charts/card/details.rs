use leptos::prelude::*;
use runatlas_core::{
    chart::{
        Dash, Slot,
        facts::{Fact, Facts},
        pick::ReadoutRow,
    },
    format,
    link::{Page, RunKey, RunView},
};

use crate::{
    state::ViewState,
    ui::{
        app::app,
        chart::{Plot, color_of},
        part::{Icon, VirtualRows},
    },
};

/// Height of a row in CSS pixels.
const ROW: f64 = 26.0;

/// What each curve is called on the table, and brings it into order by.
const COLUMNS: [(Fact, &str); 4] =
    [(Fact::Last, "Last"), (Fact::Least, "Least"), (Fact::Greatest, "Greatest"), (Fact::Points, "Points")];

/// A curve, as a row of the table.
#[derive(Clone, PartialEq)]
struct Entry {
    /// Its place among the series.
    series: usize,
    run: RunKey,
    label: String,
    slot: Slot,
    dash: Dash,
    /// It stands for several runs.
    is_group: bool,
    facts: Facts,
}

/// All curves of a chart in numbers, and what there is to know about them: below the chart that is
/// shown alone.
#[component]
pub(super) fn Details(plot: Plot) -> impl IntoView {
    let sort = RwSignal::new(None::<(Fact, bool)>);
    let entries = Memo::new(move |_| entries(plot));
    let ordered = Memo::new(move |_| {
        entries.with(|entries| {
            let Some((fact, falling)) = sort.get() else { return (0..entries.len()).collect() };
            fact.order(&entries.iter().map(|entry| entry.facts).collect::<Vec<_>>(), falling)
        })
    });
    let entry = move |place: usize| {
        let at = ordered.with(|order| order.get(place).copied())?;
        entries.with(|entries| entries.get(at).cloned())
    };
    let count = Signal::derive(move || entries.with(Vec::len));
    let row = move |place: usize| match untrack(|| entry(place)) {
        Some(entry) => view! { <CurveRow plot=plot entry=entry /> }.into_any(),
        None => ().into_any(),
    };
    let key = move |place: usize| {
        entry(place).map(|entry| {
            let Facts { points, last, .. } = entry.facts;
            (entry.series, entry.run, entry.label, entry.slot, points, last.map(f64::to_bits))
        })
    };
    view! {
        <Show when=move || { count.get() > 0 }>
            <section class="details" aria-label="Curves in numbers" style=move || format!("--rows:{}", count.get())>
                <Notes plot=plot />
                <div class="points">
                    <VirtualRows
                        count=count
                        row_height=Signal::derive(|| ROW)
                        key=key
                        row=row
                        width="max(100%, 520px)"
                        header=move || view! { <Head plot=plot sort=sort /> }
                        label="Curves in numbers"
                        role="table"
                    />
                </div>
            </section>
        </Show>
    }
}

fn entries(plot: Plot) -> Vec<Entry> {
    let x = plot.x();
    plot.curves.with(|curves| {
        let all = curves.series.iter().zip(&curves.runs).enumerate();
        all.map(|(index, (series, run))| Entry {
            series: index,
            run: run.clone(),
            label: series.label.clone(),
            slot: series.slot,
            dash: series.dash,
            is_group: !curves.members.is_empty(),
            facts: Facts::of(series.trace.curve(x)),
        })
        .collect()
    })
}

/// What is to be known, in full.
#[component]
fn Notes(plot: Plot) -> impl IntoView {
    let notes = Memo::new(move |_| {
        plot.curves.with(|curves| curves.notes().into_iter().chain(curves.absent_words()).collect::<Vec<_>>())
    });
    move || {
        let notes = notes.get();
        let note = |note| view! { <li><Icon name="info" class="s12" /><span>{note}</span></li> };
        (!notes.is_empty())
            .then(|| view! { <ul class="details-notes">{notes.into_iter().map(note).collect_view()}</ul> })
    }
}

#[component]
fn Head(plot: Plot, sort: RwSignal<Option<(Fact, bool)>>) -> impl IntoView {
    let column = move |(fact, name): (Fact, &'static str)| {
        let falling = move || sort.get().filter(|(by, _)| *by == fact).map(|(_, falling)| falling);
        let aria = move || match falling() {
            Some(true) => "descending",
            Some(false) => "ascending",
            None => "none",
        };
        // First the best, then the other way, then as at first.
        let turn = move |_| {
            let first = fact.falls(untrack(|| plot.direction()));
            sort.update(|sort| {
                *sort = match *sort {
                    Some((by, falling)) if by == fact && falling == first => Some((fact, !first)),
                    Some((by, _)) if by == fact => None,
                    _ => Some((fact, first)),
                }
            });
        };
        view! {
            <span role="columnheader" aria-sort=aria>
                <button class="dv-sort" class:on=move || falling().is_some() on:click=turn>
                    {move || falling().map(|falling| view! { <Icon name=if falling { "arrow-down" } else { "arrow-up" } class="s12" /> })}
                    {name}
                </button>
            </span>
        }
    };
    view! {
        <div class="pv pv-h" role="row">
            <span role="columnheader">{move || plot.curves.with(|curves| if curves.members.is_empty() { "Run" } else { "Group" })}</span>
            <span role="columnheader">"At cursor"</span>
            {COLUMNS.map(column).collect_view()}
        </div>
    }
}

#[component]
fn CurveRow(plot: Plot, entry: Entry) -> impl IntoView {
    let Entry { series, run, label, slot, dash, is_group, facts } = entry;
    let at_cursor = move || {
        let value =
            plot.rows.with(|rows| rows.iter().find(|row| row.series == series).map(ReadoutRow::painted));
        value.map(format::metric)
    };
    let on = Memo::new(move |_| plot.focused() == Some(series));
    let number = |value: Option<f64>| {
        let is_bad = value.is_some_and(|value| !value.is_finite());
        let words = value.map_or_else(|| "\u{2013}".to_owned(), format::metric);
        view! { <span role="cell" class:bad=is_bad title=value.map(format::exact)>{words}</span> }
    };
    let points = if facts.gaps == 0 {
        format::unsigned(facts.points)
    } else {
        format!("{}, {} NaN or infinite", format::unsigned(facts.points), format::unsigned(facts.gaps))
    };
    let name = if is_group {
        view! { <span class="ell" title=label.clone()>{label.clone()}</span> }.into_any()
    } else {
        let href = ViewState::href(Page::Run(RunView { run: run.clone(), artifact: None }));
        view! { <a class="ell" href=href title=label.clone()>{label.clone()}</a> }.into_any()
    };
    let point = move |to: bool| app().runs.pointed.set(to.then(|| run.clone()));
    let unpoint = point.clone();
    view! {
        <div
            class="pv"
            class:on=move || on.get()
            on:pointerenter=move |_| point(true)
            on:pointerleave=move |_| unpoint(false)
        >
            <span role="rowheader" class="dv-name">
                <span class="key" class:dash={dash != Dash::Whole} style=format!("--c:{}", color_of(slot))></span>
                {name}
            </span>
            <span role="cell">{at_cursor}</span>
            {number(facts.last)}
            {number(facts.least)}
            {number(facts.greatest)}
            <span role="cell" class="ell t2" title=points.clone()>{points.clone()}</span>
        </div>
    }
}
