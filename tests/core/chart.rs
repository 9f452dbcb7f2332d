//! Tests of charts.

mod axis;
mod bitmap;
mod colors;
mod direction;
mod draw;
mod export;
mod facts;
mod pick;
mod pyramid;
mod raster;
mod reduce;
mod scene;
mod series;
mod words;

use std::sync::Arc;

use runatlas_core::chart::{Plot, Range, Rect, Scale, ScaleKind, Series, Slot, Trace};
use runatlas_core::history::History;
use runatlas_core::model::Point;

fn history(points: impl IntoIterator<Item = (i64, f64)>) -> Arc<History> {
    let point = |(step, value)| Point { step, timestamp: 1_700_000_000_000 + step * 1000, value };
    Arc::new(points.into_iter().map(point).collect())
}

fn series(points: impl IntoIterator<Item = (i64, f64)>) -> Series {
    Series {
        id: "run".to_owned(),
        label: "run".to_owned(),
        slot: Slot::default(),
        dash: runatlas_core::chart::Dash::Whole,
        band: None,
        running: false,
        trace: Arc::new(Trace::new(history(points), None)),
    }
}

fn plot(width: f64, height: f64, x: (ScaleKind, Range), y: (ScaleKind, Range)) -> Plot {
    let rect = Rect { left: 0.0, top: 0.0, right: width, bottom: height };
    Plot { x: Scale::new(x.0, x.1, 0.0, width), y: Scale::new(y.0, y.1, height, 0.0), rect }
}
