use leptos::prelude::*;
use runatlas_core::chart::{ScaleKind, XAxis};

use super::super::settings::{FITS, Pick, RangeFields, SCALES, TIMES};
use crate::{
    state::Charts,
    ui::part::{Icon, Menu, MenuItem, SearchField},
};

fn name(x: XAxis, metric: &str) -> String {
    TIMES
        .iter()
        .find(|(axis, _)| *axis == x)
        .map_or_else(|| metric.to_owned(), |(_, name)| (*name).to_owned())
}

/// What x means, and how it is spread.
#[component]
pub(super) fn XMenu(charts: Charts) -> impl IntoView {
    let x = Memo::new(move |_| charts.board.with(|board| (board.lines.x, board.lines.x_metric.clone())));
    let zoom = Memo::new(move |_| charts.board.with(|board| board.zoom));
    let words = move || x.with(|(x, metric)| name(*x, metric));
    let face = move || {
        view! {
            <span class="lab">"X"</span>
            <span class="ell face">{words}</span>
            <Icon name="chevron-down" class="s12 caret" />
        }
    };
    view! {
        <Menu label=Signal::derive(move || format!("X axis: {}", words())) face=face>
            {TIMES
                .map(|(choice, name)| {
                    view! {
                        <MenuItem
                            label=name
                            ticked=Signal::derive(move || x.with(|(x, _)| *x == choice))
                            action=Callback::new(move |()| charts.set_x(choice, ""))
                        />
                    }
                })
                .collect_view()}
            <div class="hr menu-hr"></div>
            <Pick
                label="Spread"
                choices=SCALES.to_vec()
                value=Signal::derive(move || charts.board.with(|board| board.lines.x_scale))
                on_change=Callback::new(move |scale| charts.edit_lines(|lines| lines.x_scale = scale))
            />
            // Times are chosen by zooming: nobody types milliseconds since 1970.
            <Show when=move || x.with(|(x, _)| matches!(x, XAxis::Step | XAxis::Metric))>
                <RangeFields axis="x" value=zoom on_change=Callback::new(move |range| charts.zoom_all(range)) />
            </Show>
            <div class="hr menu-hr"></div>
            <Metrics charts=charts x=x />
        </Menu>
    }
}

/// So many are listed at once; a search finds the others.
const LISTED: usize = 12;

/// A metric of the runs as x: epochs, tokens, samples.
#[component]
fn Metrics(charts: Charts, x: Memo<(XAxis, String)>) -> impl IntoView {
    let search = RwSignal::new(String::new());
    let all = StoredValue::new(charts.metrics());
    let found = move || {
        let words = search.get().to_lowercase();
        all.with_value(|all| {
            let mut found: Vec<String> =
                all.iter().filter(|key| key.to_lowercase().contains(&words)).cloned().collect();
            // Those that count something come first: they are what others are seen over.
            let counts = |key: &String| {
                !["epoch", "step", "token", "sample", "iter"]
                    .iter()
                    .any(|word| key.to_lowercase().contains(word))
            };
            found.sort_by_key(counts);
            found.truncate(LISTED);
            found
        })
    };
    view! {
        <div class="menu-search">
            <SearchField label="Metric on x" value=search on_change=Callback::new(move |text| search.set(text)) />
        </div>
        {move || {
            found()
                .into_iter()
                .map(|key| {
                    let (ticked, chosen) = (key.clone(), key.clone());
                    view! {
                        <MenuItem
                            label=key
                            ticked=Signal::derive(move || x.with(|(x, metric)| *x == XAxis::Metric && *metric == ticked))
                            action=Callback::new(move |()| charts.set_x(XAxis::Metric, &chosen))
                        />
                    }
                })
                .collect_view()
        }}
    }
}

/// How y is spread and fits, and which points are marked.
#[component]
pub(super) fn YMenu(charts: Charts) -> impl IntoView {
    let lines = Memo::new(move |_| charts.board.with(|board| board.lines.clone()));
    let scale = move || match lines.with(|lines| lines.y_scale) {
        ScaleKind::Linear => "Linear",
        ScaleKind::Log => "Log",
        ScaleKind::Symlog => "Symlog",
    };
    let face = move || {
        view! {
            <span class="lab">"Y"</span>
            {scale}
            <Icon name="chevron-down" class="s12 caret" />
        }
    };
    let marks = move |read: fn(&runatlas_core::board::Marks) -> bool| {
        Signal::derive(move || lines.with(|lines| read(&lines.marks)))
    };
    view! {
        <Menu label="Y axis" face=face>
            {SCALES
                .map(|(choice, name)| {
                    let words = match choice {
                        ScaleKind::Linear => name,
                        ScaleKind::Log => "Logarithmic",
                        ScaleKind::Symlog => "Symlog: logarithmic on both sides of 0",
                    };
                    view! {
                        <MenuItem
                            label=words
                            ticked=Signal::derive(move || lines.with(|lines| lines.y_scale == choice))
                            action=Callback::new(move |()| charts.set_y_scale(choice))
                        />
                    }
                })
                .collect_view()}
            <div class="hr menu-hr"></div>
            <Pick
                label="Fit to"
                choices=FITS.to_vec()
                value=Signal::derive(move || lines.with(|lines| lines.fit))
                on_change=Callback::new(move |fit| charts.edit_lines(|lines| lines.fit = fit))
            />
            <div class="hr menu-hr"></div>
            <MenuItem
                label="Mark the best point"
                ticked=marks(|marks| marks.best)
                action=Callback::new(move |()| charts.edit_lines(|lines| lines.marks.best = !lines.marks.best))
            />
            <MenuItem
                label="Mark the last point"
                ticked=marks(|marks| marks.last)
                action=Callback::new(move |()| charts.edit_lines(|lines| lines.marks.last = !lines.marks.last))
            />
            <MarkedStep charts=charts />
        </Menu>
    }
}

/// A step that is marked on every curve.
#[component]
fn MarkedStep(charts: Charts) -> impl IntoView {
    let step = Memo::new(move |_| charts.board.with(|board| board.lines.marks.step));
    view! {
        <label class="menu-row">
            <span class="grow">"Mark step"</span>
            <input
                class="numfield"
                inputmode="numeric"
                placeholder="none"
                prop:value=move || step.get().map(|step| step.to_string()).unwrap_or_default()
                on:change:target=move |event| {
                    let step = event.target().value().trim().parse().ok();
                    charts.edit_lines(|lines| lines.marks.step = step);
                }
            />
        </label>
    }
}
