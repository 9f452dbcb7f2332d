//! Choices of line cards: of one card, and of all.

mod pick;
mod range;

use leptos::prelude::*;
use runatlas_core::{
    board::{CardId, CardKind, Lines, OwnLines},
    chart::{Fit, ScaleKind, XAxis},
    history::smooth::Smoothing,
};

pub(super) use pick::Pick;
pub(super) use range::RangeFields;

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

/// The names of what x can be without a metric.
pub(super) const TIMES: [(XAxis, &str); 3] =
    [(XAxis::Step, "Step"), (XAxis::WallTime, "Wall time"), (XAxis::RelativeTime, "Relative time")];

/// Amounts of smoothing to choose from where there is no room for a slider.
const AMOUNTS: [Smoothing; 5] =
    [Smoothing::Off, Smoothing::Ema(0.6), Smoothing::Ema(0.9), Smoothing::Ema(0.99), Smoothing::Mean(50)];

/// What one line card shows in a way of its own.
#[component]
pub(super) fn CardChoices(charts: Charts, card: CardId) -> impl IntoView {
    let is_line =
        charts.board.with_untracked(|board| matches!(board.kind(&card), Some(CardKind::Line { .. })));
    let id = StoredValue::new(card);
    let lines = Memo::new(move |_| charts.board.with(|board| id.with_value(|id| board.lines_of(id))));
    let differs =
        Memo::new(move |_| charts.board.with(|board| id.with_value(|id| board.own.contains_key(id))));
    let y_range = Memo::new(move |_| {
        charts.board.with(|board| id.with_value(|id| board.own.get(id).and_then(|own| own.y_range)))
    });
    let edit = move |change: &dyn Fn(&mut OwnLines, &Lines)| {
        charts.edit(|board| {
            let all = board.lines.clone();
            id.with_value(|id| board.edit_own(id, |own| change(own, &all)));
        });
    };
    is_line.then(|| {
        view! {
            <Pick
                label="X"
                choices=xs(charts, &lines.get_untracked())
                value=Signal::derive(move || lines.with(|lines| (lines.x, lines.x_metric.clone())))
                on_change=Callback::new(move |x: (XAxis, String)| {
                    charts.cursor.set(None);
                    edit(&|own, all| {
                        own.x = ((all.x, &all.x_metric) != (x.0, &x.1)).then(|| x.clone());
                        own.x_range = None;
                    });
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
                label="Y axis"
                choices=SCALES.to_vec()
                value=Signal::derive(move || lines.with(|lines| lines.y_scale))
                on_change=Callback::new(move |scale| {
                    edit(&|own, all| own.y_scale = (scale != all.y_scale).then_some(scale));
                })
            />
            <Pick
                label="Fit y to"
                choices=FITS.to_vec()
                value=Signal::derive(move || lines.with(|lines| lines.fit))
                on_change=Callback::new(move |fit| edit(&|own, all| own.fit = (fit != all.fit).then_some(fit)))
            />
            <RangeFields
                axis="y"
                value=y_range
                on_change=Callback::new(move |range| id.with_value(|id| charts.zoom_y(id, range)))
            />
            <Pick
                label="Smoothing"
                choices=amounts(charts, &lines.get_untracked())
                value=Signal::derive(move || lines.with(|lines| lines.smoothing))
                on_change=Callback::new(move |smoothing| {
                    edit(&|own, all| own.smoothing = (smoothing != all.smoothing).then_some(smoothing));
                })
            />
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

/// What x of one card can be: times, and the metrics of the runs.
fn xs(charts: Charts, now: &Lines) -> Vec<((XAxis, String), String)> {
    let times = TIMES.map(|(x, name)| ((x, String::new()), name.to_owned()));
    let mut metrics = charts.metrics();
    // What a link names may have been logged by no run.
    if now.x == XAxis::Metric {
        metrics.insert(now.x_metric.clone());
    }
    times.into_iter().chain(metrics.into_iter().map(|key| ((XAxis::Metric, key.clone()), key))).collect()
}

/// Amounts of smoothing, with the one of all cards and the one that holds.
fn amounts(charts: Charts, now: &Lines) -> Vec<(Smoothing, String)> {
    let all = charts.board.with_untracked(|board| board.lines.smoothing);
    let mut amounts = AMOUNTS.to_vec();
    for smoothing in [all, now.smoothing] {
        if !amounts.contains(&smoothing) {
            amounts.push(smoothing);
        }
    }
    let name = |smoothing: Smoothing| match smoothing.words() {
        words if words.is_empty() => "None".to_owned(),
        words => words,
    };
    amounts.into_iter().map(|smoothing| (smoothing, name(smoothing))).collect()
}
