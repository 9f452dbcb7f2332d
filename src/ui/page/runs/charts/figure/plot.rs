use std::sync::Arc;

use leptos::{html, prelude::*};
use runatlas_core::{
    board::CardId,
    figure::{self, Brush, Figure, FigureSpec, Prepared},
    link::RunKey,
};

use crate::{
    state::{Charts, FigureRuns, Marked},
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
    /// Marked parts of the axes of parallel coordinates; the runs within are marked everywhere when
    /// the gesture ends, see [`FigurePlot::publish`].
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
        let marked = app().runs.marked;
        let mine = {
            let card = card.clone();
            move |marked: &Option<Arc<Marked>>| {
                marked.as_ref().filter(|it| it.card == card).map(|it| it.brushes.clone()).unwrap_or_default()
            }
        };
        let brushes = RwSignal::new(marked.with_untracked(&mine));
        let plot = Self {
            charts,
            card: StoredValue::new(card),
            runs,
            figure,
            pointed,
            pinned,
            brushes,
            brushing: RwSignal::new(false),
            trouble: RwSignal::new(None),
            size,
        };
        // Another figure has other items, and other runs within its marks.
        Effect::new(move |before: Option<()>| {
            if figure.with(Option::is_none) {
                return;
            }
            if before.is_some() {
                pointed.set(None);
                pinned.set(false);
            }
            if brushes.with_untracked(|brushes| !brushes.is_empty()) {
                plot.publish();
            }
        });
        // Marks that are cleared elsewhere are cleared here.
        Effect::new(move |_| {
            let now = marked.with(&mine);
            if now.is_empty() && brushes.with_untracked(|brushes| !brushes.is_empty()) {
                brushes.set(now);
            }
        });
        plot
    }

    /// Marks the runs within the brushes everywhere; none without brushes.
    pub(super) fn publish(self) {
        let found = self.figure.with_untracked(|figure| {
            let figure = figure.as_ref()?;
            self.brushes.update(|brushes| brushes.retain(|brush| brush.rail(&figure.rails).is_some()));
            figure.within(&self.brushes.get_untracked())
        });
        let everywhere = app().runs.marked;
        let card = self.card.get_value();
        let next = found.map(|meant| {
            let items = meant.iter().enumerate().filter(|(_, meant)| **meant).map(|(item, _)| item);
            let runs = items.filter_map(|item| self.runs_of(item)).flatten().collect();
            Arc::new(Marked { card: card.clone(), brushes: self.brushes.get_untracked(), runs })
        });
        everywhere.maybe_update(|before| {
            let is_other = before.as_ref().is_some_and(|before| before.card != card);
            // Marks of another chart stay until this one has some.
            let changes = *before != next && (next.is_some() || !is_other);
            if changes {
                *before = next;
            }
            changes
        });
    }

    /// Takes all marks away.
    pub(super) fn unmark(self) {
        self.brushes.set(Vec::new());
        self.publish();
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
        // A figure that goes while it has the focus loses it when nothing of it is left.
        if self.pinned.try_get_untracked() == Some(false) {
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

    /// For each item whether it lies within all brushes, or has a run that is marked elsewhere;
    /// `None` without marks.
    pub(super) fn meant(self) -> Option<Vec<bool>> {
        let brushes = self.brushes.get();
        if !brushes.is_empty() {
            return self.figure.with(|figure| figure.as_ref().and_then(|figure| figure.within(&brushes)));
        }
        let marked = app().runs.marked.get()?;
        self.runs.with(|runs| {
            let is_marked: Vec<bool> =
                runs.runs.iter().map(|(run, _)| marked.runs.contains(&run.key())).collect();
            let has = |run: &usize| is_marked.get(*run).copied().unwrap_or_default();
            self.figure.with(|figure| {
                let items = figure.as_ref()?.items.iter();
                // What is of no run, as a param's importance, is of none that is not marked.
                Some(items.map(|item| item.runs.is_empty() || item.runs.iter().any(has)).collect())
            })
        })
    }

    /// Whether parts of this figure's own axes are marked.
    pub(super) fn is_marked(self) -> bool {
        self.brushes.with(|brushes| !brushes.is_empty())
    }
}
