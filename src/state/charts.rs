//! What the charts show: which there are, their curves, zoom and cursor.

mod curves;

use std::{sync::Arc, time::Duration};

use leptos::prelude::*;
use runatlas_core::{
    chart::{ChartSpec, Deck, Fit, Palette, Range, ScaleKind, XAxis},
    history::smooth::Smoothing,
    link::{ChartsView, RunKey},
};

use super::{App, Histories, RunTable, ViewState};
use crate::web;

pub use curves::Curves;

/// The charts of the runs that are shown. Made by the charts tab, for as long as it is open.
#[derive(Clone, Copy)]
pub struct Charts {
    view: ViewState,
    runs: RunTable,
    histories: Histories,
    /// Which charts there are.
    pub deck: Memo<Arc<Deck>>,
    /// What all charts have in common, live: also while a gesture lasts.
    pub choices: Memo<ChartsView>,
    /// The colours of the theme.
    pub palette: Memo<Arc<Palette>>,
    /// Where the cursor stands in all charts.
    pub cursor: RwSignal<Option<Cursor>>,
    /// The run whose curve is nearest to the pointer.
    pub nearest: RwSignal<Option<RunKey>>,
    /// What a screen reader is to say of the cursor.
    pub spoken: RwSignal<String>,
    /// What a gesture changes until it rests: the link does not follow every frame.
    live: RwSignal<Live>,
    changes: StoredValue<u64>,
}

/// The cursor of all charts.
#[derive(Debug, Clone, PartialEq)]
pub struct Cursor {
    /// In the unit of the x axis.
    pub x: f64,
    /// The metric whose chart is pointed at.
    pub metric: String,
    /// The pointer's height in that chart, in device pixels; `None` when keys moved it.
    pub y_px: Option<f64>,
    /// It stays when the pointer leaves.
    pub pinned: bool,
}

#[derive(Clone, Copy, Default, PartialEq)]
struct Live {
    /// Whether `zoom` holds instead of the link's.
    zooms: bool,
    zoom: Option<Range>,
    smoothing: Option<f64>,
}

/// A gesture that rests this long goes into the link.
const REST: Duration = Duration::from_millis(250);

impl Charts {
    /// The charts of the app's runs.
    pub fn new(app: App) -> Self {
        let App { view, runs, histories, prefs, .. } = app;
        let live = RwSignal::new(Live::default());
        let search = Memo::new(move |_| view.charts.with(|charts| charts.search.clone()));
        let deck = Memo::new(move |_| {
            let shown = runs.shown.get();
            Arc::new(search.with(|search| Deck::of(shown.iter().map(|shown| &*shown.run.run), search)))
        });
        let choices = Memo::new(move |_| {
            let mut choices = view.charts.get();
            let live = live.get();
            if live.zooms {
                choices.zoom = live.zoom.map(|range| (range.lo, range.hi));
            }
            choices.smoothing = live.smoothing.unwrap_or(choices.smoothing);
            choices
        });
        let palette = Memo::new(move |_| {
            prefs.dark.track();
            Arc::new(web::theme::palette())
        });
        Self {
            view,
            runs,
            histories,
            deck,
            choices,
            palette,
            cursor: RwSignal::new(None),
            nearest: RwSignal::new(None),
            spoken: RwSignal::new(String::new()),
            live,
            changes: StoredValue::new(0),
        }
    }

    /// What x means.
    pub fn x(&self) -> XAxis {
        self.choices.with(|choices| choices.x)
    }

    /// How curves are smoothed.
    pub fn smoothing(&self) -> Smoothing {
        smoothing(self.choices.with(|choices| choices.smoothing))
    }

    /// The choices for one metric's chart; its size is the caller's.
    pub fn spec(&self, metric: &str) -> ChartSpec {
        self.choices.with(|choices| ChartSpec {
            metric: metric.to_owned(),
            x: choices.x,
            y_scale: if choices.is_log(metric) { ScaleKind::Log } else { ScaleKind::Linear },
            smoothing: smoothing(choices.smoothing),
            x_zoom: choices.zoom.and_then(|(lo, hi)| Range::between(lo, hi)),
            fit: choices.fit,
            ..ChartSpec::default()
        })
    }

    /// The curves of a metric; asks for histories that are not here. Make it where the chart is
    /// on screen, and drop it with the chart.
    pub fn curves(&self, metric: String) -> Memo<Arc<Curves>> {
        let (runs, histories) = (self.runs, self.histories);
        Memo::new_with_compare(
            move |before: Option<&Arc<Curves>>| {
                Arc::new(runs.shown.with(|shown| Curves::of(&metric, shown, histories, before)))
            },
            |before, after| before != after,
        )
    }

    /// Shows a part of x in all charts, everything with `None`.
    pub fn zoom(&self, range: Option<Range>) {
        self.gesture(|live| (live.zooms, live.zoom) = (true, range));
    }

    /// Smooths all curves, 0 to 0.999.
    pub fn smooth(&self, factor: f64) {
        self.gesture(|live| live.smoothing = Some(factor.clamp(0.0, 0.999)));
    }

    /// Changes what x means; a zoom into another unit would be meaningless.
    pub fn set_x(&self, x: XAxis) {
        self.cursor.set(None);
        self.live.set(Live::default());
        self.edit(|charts| {
            charts.x = x;
            charts.zoom = None;
        });
    }

    /// Switches a chart between a linear and a logarithmic y axis.
    pub fn toggle_log(&self, metric: &str) {
        self.edit(|charts| {
            if !charts.log_y.remove(metric) {
                charts.log_y.insert(metric.to_owned());
            }
        });
    }

    /// Makes all y axes logarithmic or linear.
    pub fn set_log_all(&self, log: bool) {
        self.edit(|charts| {
            charts.log_all = log;
            charts.log_y.clear();
        });
    }

    /// Fits y to every value or to the central ones.
    pub fn set_fit(&self, fit: Fit) {
        self.edit(|charts| charts.fit = fit);
    }

    /// Leaves the charts of matching metrics.
    pub fn search(&self, text: String) {
        self.edit(|charts| charts.search = text);
    }

    /// Folds or unfolds a group.
    pub fn toggle_group(&self, prefix: &str) {
        self.edit(|charts| {
            if !charts.folded.remove(prefix) {
                charts.folded.insert(prefix.to_owned());
            }
        });
    }

    /// Shows one chart alone, or all again.
    pub fn show_alone(&self, metric: Option<String>) {
        self.cursor.set(None);
        self.nearest.set(None);
        self.edit(|charts| charts.full = metric);
    }

    /// The pointer left: the cursor goes unless it is pinned.
    pub fn leave(&self) {
        self.nearest.set(None);
        if self.cursor.with_untracked(|cursor| cursor.as_ref().is_some_and(|cursor| !cursor.pinned)) {
            self.cursor.set(None);
        }
    }

    fn edit(&self, change: impl FnOnce(&mut ChartsView)) {
        self.view.edit_runs(|runs| change(&mut runs.charts));
    }

    fn gesture(&self, change: impl FnOnce(&mut Live)) {
        self.live.update(change);
        let this = *self;
        let change = self.changes.try_update_value(|changes| {
            *changes += 1;
            *changes
        });
        set_timeout(
            move || {
                // The tab may be closed by now, then there is nothing to follow.
                if this.changes.try_get_value() == change && change.is_some() {
                    this.settle();
                }
            },
            REST,
        );
    }

    /// Moves what gestures changed into the link.
    fn settle(&self) {
        let Some(choices) = self.choices.try_get_untracked() else { return };
        self.edit(|charts| {
            charts.zoom = choices.zoom;
            charts.smoothing = choices.smoothing;
        });
        self.live.set(Live::default());
    }
}

fn smoothing(factor: f64) -> Smoothing {
    if factor > 0.0 { Smoothing::Ema(factor) } else { Smoothing::Off }
}
