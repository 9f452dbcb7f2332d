use std::sync::Arc;

use leptos::{html, prelude::*};
use runatlas_core::{
    board::CardId,
    figure::{self, Brush, Figure, FigureSpec, Prepared},
    link::RunKey,
};

use crate::{
    state::{Charts, FigureRuns},
    ui::app::app,
    web::{canvas::device_pixel_ratio, observe},
};

/// What the parts of one figure share. Made where the card is on screen.
#[derive(Clone, Copy)]
pub(super) struct FigurePlot {
    pub(super) charts: Charts,
    pub(super) card: StoredValue<CardId>,
    pub(super) runs: Memo<Arc<FigureRuns>>,
    /// What it looks like; `None` until its size is known.
    pub(super) figure: Memo<Option<Arc<Figure>>>,
    /// The item that the pointer or the keyboard is at.
    pub(super) pointed: RwSignal<Option<usize>>,
    /// It stays when the pointer leaves.
    pub(super) pinned: RwSignal<bool>,
    /// Marked parts of the axes of parallel coordinates.
    pub(super) brushes: RwSignal<Vec<Brush>>,
    /// A part is being marked.
    pub(super) brushing: RwSignal<bool>,
    /// Why it could not be painted.
    pub(super) trouble: RwSignal<Option<String>>,
    size: RwSignal<(f64, f64, f64)>,
}

impl FigurePlot {
    pub(super) fn new(charts: Charts, card: CardId) -> Self {
        let size = RwSignal::new((0.0, 0.0, 1.0));
        let runs = charts.figure_runs(card.clone());
        let id = card.clone();
        let kind = Memo::new(move |_| charts.board.with(|board| board.kind(&id)));
        let prepared = Memo::new(move |_| {
            let kind = kind.get();
            Arc::new(runs.with(|runs| kind.map(|kind| Prepared::of(&kind, &runs.core())).unwrap_or_default()))
        });
        let figure = Memo::new(move |_| {
            let (width, height, dpr) = size.get();
            if width < 1.0 || height < 1.0 {
                return None;
            }
            let (kind, prepared) = (kind.get()?, prepared.get());
            runs.with(|runs| {
                let utc_offset_minutes = runs.utc_offset_minutes();
                let spec = FigureSpec { width, height, dpr, utc_offset_minutes };
                figure::build(&kind, &runs.core(), &prepared, &spec).map(Arc::new)
            })
        });
        let pointed = RwSignal::new(None);
        let pinned = RwSignal::new(false);
        // Another figure has other items.
        Effect::new(move |before: Option<()>| {
            figure.track();
            if before.is_some() {
                pointed.set(None);
                pinned.set(false);
            }
        });
        Self {
            charts,
            card: StoredValue::new(card),
            runs,
            figure,
            pointed,
            pinned,
            brushes: RwSignal::new(Vec::new()),
            brushing: RwSignal::new(false),
            trouble: RwSignal::new(None),
            size,
        }
    }

    /// Follows the size of the box that the figure fills.
    pub(super) fn follow_size(self, area: NodeRef<html::Div>) {
        let watch = StoredValue::new_local(None);
        Effect::new(move |_| {
            let Some(area) = area.get() else { return };
            watch.set_value(observe::size(&area, move |(width, height)| {
                self.size.try_set((width, height, device_pixel_ratio()));
            }));
        });
    }

    /// Points at an item, and at its run everywhere.
    pub(super) fn point(self, item: Option<usize>) {
        if self.pointed.get_untracked() == item {
            return;
        }
        self.pointed.set(item);
        let run =
            item.and_then(|item| self.runs_of(item).and_then(|runs| <[RunKey; 1]>::try_from(runs).ok()));
        let run = run.map(|[run]| run);
        let everywhere = app().runs.pointed;
        if everywhere.with_untracked(|before| *before != run) {
            everywhere.set(run);
        }
    }

    /// The pointer or the keyboard left.
    pub(super) fn clear(self) {
        if !self.pinned.get_untracked() {
            self.point(None);
        }
    }

    /// The runs of an item.
    pub(super) fn runs_of(self, item: usize) -> Option<Vec<RunKey>> {
        let places = self.figure.with_untracked(|figure| {
            figure.as_ref().and_then(|figure| figure.items.get(item).map(|item| item.runs.clone()))
        })?;
        self.runs.with_untracked(|runs| Some(places.iter().filter_map(|&place| runs.key(place)).collect()))
    }

    /// The item that stands out: pointed at here, or its run elsewhere.
    pub(super) fn focused(self) -> Option<usize> {
        self.pointed.get().or_else(|| {
            let run = self.charts.nearest.get().or_else(|| app().runs.pointed.get())?;
            let place = self.runs.with(|runs| runs.place(&run))?;
            self.figure.with(|figure| figure.as_ref().and_then(|figure| figure.item_of(place)))
        })
    }

    /// For each item whether it lies within all brushes; `None` without brushes.
    pub(super) fn meant(self) -> Option<Vec<bool>> {
        let brushes = self.brushes.get();
        self.figure.with(|figure| figure.as_ref().and_then(|figure| figure.within(&brushes)))
    }
}
