//! What of the matrix is in sight.

use leptos::{ev, html, prelude::*};
use runatlas_core::diff::Lane;

/// Columns made beyond each edge, so that a quick flick does not show blank ground.
const SPARE_COLUMNS: usize = 2;

/// Height of the runs' names, in CSS pixels.
pub(super) const HEAD: f64 = 52.0;

/// What is in sight, in CSS pixels.
#[derive(Clone, Copy, PartialEq)]
pub(super) struct Sight {
    pub(super) left: f64,
    pub(super) top: f64,
    pub(super) width: f64,
    pub(super) height: f64,
}

impl Sight {
    /// Until it is measured.
    pub(super) const FIRST: Self = Self { left: 0.0, top: 0.0, width: 1200.0, height: 900.0 };
}

/// Widths of the key column and of a run, in CSS pixels.
#[derive(Clone, Copy, PartialEq)]
pub(super) struct Sizes {
    pub(super) key: f64,
    pub(super) run: f64,
}

impl Sizes {
    pub(super) fn new(width: f64, columns: usize) -> Self {
        let is_phone = width < 720.0;
        let key = if is_phone { 116.0 } else { 248.0 };
        let free = (width - key).max(0.0);
        // A phone has room for the baseline and one more.
        let run = if is_phone { free / 2.0 } else { (free / columns.max(1) as f64).clamp(176.0, 420.0) };
        Self { key, run: run.floor().max(96.0) }
    }

    /// The columns in sight beside the baseline, which always is.
    pub(super) fn in_sight(self, sight: Sight, columns: usize) -> std::ops::Range<usize> {
        let others = Lane::new((1..columns).map(|_| self.run));
        let room = sight.width - self.key - self.run;
        let range = others.in_sight(sight.left, sight.left + room.max(1.0), SPARE_COLUMNS);
        range.start + 1..range.end + 1
    }
}

pub(super) fn measure(node: NodeRef<html::Div>, sight: RwSignal<Sight>) {
    if let Some(node) = node.try_get_untracked().flatten() {
        sight.set(Sight {
            left: f64::from(node.scroll_left()),
            top: f64::from(node.scroll_top()),
            width: f64::from(node.client_width()),
            height: f64::from(node.client_height()),
        });
    }
}

/// Measures at first, and whenever the window or what shares it with the matrix changes its size.
pub(super) fn watch(node: NodeRef<html::Div>, sight: RwSignal<Sight>, changes: impl Fn() + 'static) {
    let resized = window_event_listener(ev::resize, move |_| measure(node, sight));
    on_cleanup(move || resized.remove());
    Effect::new(move |_| {
        node.track();
        changes();
        request_animation_frame(move || measure(node, sight));
    });
}

/// Scrolls as little as needed to show a line below the head, and a column beside the baseline.
pub(super) fn reveal(
    node: &leptos::web_sys::HtmlDivElement,
    lane: &Lane,
    sizes: Sizes,
    (line, column): (usize, usize),
) {
    let (top, bottom) = (lane.start(line), lane.start(line) + lane.size(line));
    let view_top = f64::from(node.scroll_top());
    let view_height = f64::from(node.client_height()) - HEAD;
    if top < view_top {
        node.set_scroll_top(top as i32);
    } else if bottom > view_top + view_height {
        node.set_scroll_top((bottom - view_height).ceil() as i32);
    }
    // Keys and baseline always are in sight.
    let Some(other) = column.checked_sub(2) else { return };
    let (left, right) = (other as f64 * sizes.run, (other + 1) as f64 * sizes.run);
    let view_left = f64::from(node.scroll_left());
    let view_width = f64::from(node.client_width()) - sizes.key - sizes.run;
    if left < view_left {
        node.set_scroll_left(left as i32);
    } else if right > view_left + view_width {
        node.set_scroll_left((right - view_width).ceil() as i32);
    }
}
