use std::sync::Arc;

use leptos::{html, prelude::*};
use runatlas_core::{
    board::{CardId, CardRef},
    chart::{
        ChartSpec, Direction, Scene, Slot, XAxis,
        pick::{ReadoutRow, readout_at},
    },
    link::RunKey,
};

use crate::{
    state::{Charts, Curves},
    ui::app::app,
    web::{canvas::device_pixel_ratio, observe, utc_offset_minutes},
};

/// What the parts of one chart share. Made where the chart is on screen: it asks for histories.
#[derive(Clone, Copy)]
pub(crate) struct Plot {
    /// The charts it is one of.
    pub(crate) charts: Charts,
    /// Which.
    pub(crate) card: StoredValue<CardRef>,
    /// Its curves.
    pub(crate) curves: Memo<Arc<Curves>>,
    /// What a person chose for it; its size is not in there.
    pub(crate) spec: Memo<ChartSpec>,
    /// What it looks like; `None` until its size is known and there is a curve.
    pub(crate) scene: Memo<Option<Arc<Scene>>>,
    /// Where the cursor stands, in the unit of x.
    pub(crate) x_of_cursor: Memo<Option<f64>>,
    /// The points under the cursor.
    pub(crate) rows: Memo<Vec<ReadoutRow>>,
    /// The selection that is being drawn, in CSS pixels.
    pub(crate) brush: RwSignal<Option<Brush>>,
    /// The picture is being dragged.
    pub(crate) panning: RwSignal<bool>,
    /// Why it could not be painted.
    pub(crate) trouble: RwSignal<Option<String>>,
    size: RwSignal<Size>,
}

/// A selection, in CSS pixels.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Brush {
    /// From and to.
    pub(crate) x: (f64, f64),
    /// From and to; `None` for the whole height.
    pub(crate) y: Option<(f64, f64)>,
}

/// In CSS pixels, with device pixels per CSS pixel.
#[derive(Clone, Copy, PartialEq, Default)]
struct Size {
    width: f64,
    height: f64,
    dpr: f64,
}

impl Plot {
    /// The chart of a line card.
    pub(crate) fn new(charts: Charts, card: CardRef) -> Self {
        let size = RwSignal::new(Size::default());
        let curves = charts.curves(card.clone());
        let spec = {
            let card = card.clone();
            Memo::new(move |_| charts.spec(&card))
        };
        let card = StoredValue::new(card);
        let scene = Memo::new_with_compare(
            move |_| {
                let Size { width, height, dpr } = size.get();
                let curves = curves.get();
                if width < 1.0 || height < 1.0 || curves.series.is_empty() {
                    return None;
                }
                let first = curves.series.iter().find_map(|s| s.trace.history().timestamps.first().copied());
                let mut spec = spec.get();
                (spec.width, spec.height, spec.dpr) = (width, height, dpr);
                spec.utc_offset_minutes = utc_offset_minutes(first.unwrap_or_default());
                Some(Arc::new(Scene::on_screen(&spec, &curves.series)))
            },
            |before, after| match (before, after) {
                (Some(Some(before)), Some(Some(after))) => !Arc::ptr_eq(before, after),
                (Some(None), Some(None)) => false,
                _ => true,
            },
        );
        let x_of_cursor = Memo::new(move |_| {
            let pointed = charts.cursor.with(|cursor| cursor.as_ref().map(|at| (at.x, at.card.id.clone())));
            // An x of another unit says nothing here.
            pointed.filter(|(_, id)| card.with_value(|card| charts.same_x(&card.id, id))).map(|(x, _)| x)
        });
        let rows = Memo::new(move |_| {
            let (Some(at), Some(scene)) = (x_of_cursor.get(), scene.get()) else { return Vec::new() };
            let x = spec.with(|spec| spec.x);
            curves.with(|curves| readout_at(&scene, &curves.series, x, at))
        });
        Self {
            charts,
            x_of_cursor,
            card,
            curves,
            spec,
            scene,
            rows,
            brush: RwSignal::new(None),
            panning: RwSignal::new(false),
            trouble: RwSignal::new(None),
            size,
        }
    }

    /// Follows the size of the box that the chart fills.
    pub(super) fn follow_size(self, area: NodeRef<html::Div>) {
        let watch = StoredValue::new_local(None);
        Effect::new(move |_| {
            let Some(area) = area.get() else { return };
            watch.set_value(observe::size(&area, move |(width, height)| {
                self.size.try_set(Size { width, height, dpr: device_pixel_ratio() });
            }));
        });
    }

    /// Whether the pointer or the keyboard is in this chart.
    pub(crate) fn is_pointed(self) -> bool {
        self.charts.cursor.with(|cursor| {
            cursor.as_ref().is_some_and(|cursor| self.card.with_value(|card| cursor.card == *card))
        })
    }

    /// What x means.
    pub(crate) fn x(self) -> XAxis {
        self.spec.with(|spec| spec.x)
    }

    /// What is better, as far as the name of its metric tells.
    pub(crate) fn direction(self) -> Direction {
        self.card.with_value(|card| match &card.id {
            CardId::Metric(metric) => Direction::of_metric(metric),
            CardId::Made(_) => Direction::of_metric(&self.charts.title(card)),
        })
    }

    /// Its heading.
    pub(crate) fn title(self) -> String {
        self.card.with_value(|card| self.charts.title(card))
    }

    /// The run that stands out: nearest to the pointer, or pointed at in a list.
    pub(crate) fn focused_run(self) -> Option<RunKey> {
        self.charts.nearest.get().or_else(|| app().runs.pointed.get())
    }

    /// Which of the series stands out.
    pub(crate) fn focused(self) -> Option<usize> {
        let run = self.focused_run()?;
        self.curves.with(|curves| curves.index_of(&run))
    }
}

/// The colour of a slot, as CSS.
pub(crate) fn color_of(slot: Slot) -> String {
    format!("var(--s{})", slot.index() + 1)
}
