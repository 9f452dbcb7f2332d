//! What the charts show: which there are, their curves, zoom and cursor.

mod curves;
mod edits;
mod figures;
mod sources;
mod take;

use std::{collections::BTreeSet, sync::Arc, time::Duration};

use leptos::prelude::*;
use runatlas_core::{
    board::{self, Board, CardId, CardRef, Layout, Lines, MadeCard, Section, Sheet},
    chart::{ChartSpec, Palette, Range},
    history::smooth::Smoothing,
    link::RunKey,
};

use super::{App, Histories, Notices, RunTable, ViewState};
use crate::web;

pub use curves::Curves;
pub use figures::{FigureRuns, Maker};
pub use take::Take;

/// The charts of the runs that are shown. Made by the charts tab, for as long as it is open.
#[derive(Clone, Copy)]
pub struct Charts {
    view: ViewState,
    runs: RunTable,
    histories: Histories,
    notices: Notices,
    /// Which cards there are.
    pub sheet: Memo<Arc<Sheet>>,
    /// All choices, live: also while a gesture lasts.
    pub board: Memo<Board>,
    /// Where cards stand. A gesture does not touch it, nor what follows it: a thousand cards do.
    pub layout: Memo<Layout>,
    /// The card shown alone, likewise.
    pub full: Memo<Option<CardId>>,
    /// The colours of the theme.
    pub palette: Memo<Arc<Palette>>,
    /// Where the cursor stands in all charts.
    pub cursor: RwSignal<Option<Cursor>>,
    /// The run whose curve is nearest to the pointer.
    pub nearest: RwSignal<Option<RunKey>>,
    /// The card that is being dragged.
    pub dragged: RwSignal<Option<CardId>>,
    /// What the dialog for cards is open for.
    pub maker: RwSignal<Option<Maker>>,
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
    /// The chart that is pointed at.
    pub card: CardRef,
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
    smoothing: Option<Smoothing>,
}

/// A gesture that rests this long goes into the link.
const REST: Duration = Duration::from_millis(250);

impl Charts {
    /// The charts of the app's runs.
    pub fn new(app: App) -> Self {
        let App { view, runs, histories, prefs, notices, .. } = app;
        let live = RwSignal::new(Live::default());
        let kept = view.charts;
        // The cards do not depend on zoom and cursor: only what does is made anew in a gesture.
        let cards =
            Memo::new(move |_| Board { zoom: None, full: None, lines: Lines::default(), ..kept.get() });
        let facets = Memo::new(move |_| {
            let column = kept.with(|board| board.lines.group.facet.clone());
            column.map(|column| runs.shown.with(|shown| curves::facets(shown, &column))).unwrap_or_default()
        });
        let sheet = Memo::new(move |_| {
            let shown = runs.shown.get();
            let runs = shown.iter().map(|shown| &*shown.run.run);
            Arc::new(facets.with(|facets| cards.with(|board| Sheet::of(runs, board, facets))))
        });
        let board = Memo::new(move |_| {
            let mut board = kept.get();
            let live = live.get();
            if live.zooms {
                board.zoom = live.zoom.map(|range| (range.lo, range.hi));
            }
            board.lines.smoothing = live.smoothing.unwrap_or(board.lines.smoothing);
            board
        });
        let layout = Memo::new(move |_| kept.with(|board| board.layout.clone()));
        let full = Memo::new(move |_| kept.with(|board| board.full.clone()));
        let palette = Memo::new(move |_| {
            prefs.dark.track();
            Arc::new(web::theme::palette())
        });
        let charts = Self {
            view,
            runs,
            histories,
            notices,
            sheet,
            board,
            layout,
            full,
            palette,
            cursor: RwSignal::new(None),
            nearest: RwSignal::new(None),
            dragged: RwSignal::new(None),
            maker: RwSignal::new(None),
            spoken: RwSignal::new(String::new()),
            live,
            changes: StoredValue::new(0),
        };
        Effect::new(move |before: Option<()>| {
            view.put_back.track();
            if before.is_some() {
                charts.give_up_gesture();
            }
        });
        charts
    }

    /// What a line card shows.
    pub fn lines(&self, card: &CardRef) -> Lines {
        self.board.with(|board| board.lines_of(&card.id))
    }

    /// The choices of a line card as a chart; its size is the caller's.
    pub fn spec(&self, card: &CardRef) -> ChartSpec {
        let lines = self.lines(card);
        let zoom = self.board.with(|board| board.zoom_of(&card.id));
        let between = |(lo, hi)| Range::between(lo, hi);
        ChartSpec {
            x: lines.x,
            x_metric: lines.x_metric,
            x_scale: lines.x_scale,
            y_scale: lines.y_scale,
            smoothing: lines.smoothing,
            raw: lines.raw,
            x_zoom: zoom.and_then(between),
            y_zoom: lines.y_range.and_then(between),
            fit: lines.fit,
            marks: lines.marks,
            metric: self.metric_of(card),
            ..ChartSpec::default()
        }
    }

    /// The metric whose name tells what is better.
    fn metric_of(&self, card: &CardRef) -> String {
        match &card.id {
            CardId::Metric(metric) => metric.clone(),
            CardId::Made(_) => self.title(card),
        }
    }

    /// The heading of a card.
    pub fn title(&self, card: &CardRef) -> String {
        let title = match &card.id {
            CardId::Metric(metric) => metric.clone(),
            CardId::Made(_) => {
                self.board.with(|board| board.made(&card.id).map(MadeCard::heading)).unwrap_or_default()
            }
        };
        let facet = card.facet.iter().map(|facet| {
            let column = self.board.with(|board| board.lines.group.facet.clone());
            column.map_or_else(|| facet.clone(), |column| format!("{} {facet}", board::label(&column)))
        });
        facet.fold(title, |title, facet| format!("{title}, {facet}"))
    }

    /// The metrics that the runs on the charts logged.
    pub fn metrics(&self) -> BTreeSet<String> {
        self.runs.shown.with_untracked(|shown| {
            let metrics = shown.iter().flat_map(|shown| &shown.run.run.metrics);
            metrics.map(|metric| metric.key.clone()).collect()
        })
    }

    /// Whether a gesture lasts; follows that.
    pub fn is_moving(&self) -> bool {
        self.live.with(|live| *live != Live::default())
    }

    /// Whether two cards stand in one section.
    pub fn is_beside(&self, a: &CardId, b: &CardId) -> bool {
        let section = |sheet: &Sheet| sheet.section_of(a).map(Section::ids);
        a != b && self.sheet.with_untracked(|sheet| section(sheet)).is_some_and(|ids| ids.contains(b))
    }

    /// Whether x means the same in two cards.
    pub fn same_x(&self, a: &CardId, b: &CardId) -> bool {
        let x = |lines: Lines| (lines.x, lines.x_metric);
        a == b || self.board.with(|board| x(board.lines_of(a)) == x(board.lines_of(b)))
    }

    /// The curves of a line card; asks for histories that are not here. Make it where the chart is
    /// on screen, and drop it with the chart.
    pub fn curves(&self, card: CardRef) -> Memo<Arc<Curves>> {
        let (runs, histories, board) = (self.runs, self.histories, self.board);
        let wanted = Memo::new(move |_| board.with(|board| curves::Wanted::of(board, &card)));
        Memo::new_with_compare(
            move |before: Option<&Arc<Curves>>| {
                let wanted = wanted.get();
                Arc::new(runs.shown.with(|shown| Curves::of(&wanted, shown, histories, before)))
            },
            |before, after| before != after,
        )
    }

    /// The pointer left: the cursor goes unless it is pinned.
    pub fn leave(&self) {
        self.nearest.set(None);
        if self.cursor.with_untracked(|cursor| cursor.as_ref().is_some_and(|cursor| !cursor.pinned)) {
            self.cursor.set(None);
        }
    }
}
