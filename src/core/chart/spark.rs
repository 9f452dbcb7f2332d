//! Sparklines: a history in a table cell.

use std::sync::Arc;

use super::axis::{full_x_range, full_y_range};
use super::reduce::{Plot, Reduced, reduce};
use super::series::Trace;
use super::{Range, Rect, Scale, ScaleKind, XAxis};
use crate::history::History;

/// The whole history within `width` x `height` pixels, less `margin` on all sides for the width of
/// the line. By step, or by time where all steps are the same.
pub fn spark(history: &Arc<History>, width: f64, height: f64, margin: f64) -> Reduced {
    let trace = Trace::new(Arc::clone(history), None);
    let x = if trace.curve(XAxis::Step).is_upright() { XAxis::RelativeTime } else { XAxis::Step };
    let curve = trace.curve(x);
    let Some(extent) = curve.extent(false) else {
        return Reduced::default();
    };
    let rect = Rect { left: margin, top: margin, right: width - margin, bottom: height - margin };
    let extent =
        if extent.lo < extent.hi { extent } else { full_x_range(Some(extent), x, ScaleKind::Linear) };
    let values = Range::of(curve.raw().values().iter().copied());
    let values = match values {
        Some(range) if range.lo < range.hi => range,
        other => full_y_range(other, ScaleKind::Linear),
    };
    let plot = Plot {
        x: Scale::new(ScaleKind::Linear, extent, rect.left, rect.right),
        y: Scale::new(ScaleKind::Linear, values, rect.bottom, rect.top),
        rect,
    };
    reduce(curve.xs(), curve.raw(), &plot)
}
