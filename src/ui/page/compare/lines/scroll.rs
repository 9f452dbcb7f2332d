use std::ops::Range;

use leptos::{ev, html, prelude::*, web_sys};
use runatlas_core::diff::Lane;

/// Rows made beyond each edge, so that a quick flick does not show blank ground.
const SPARE: usize = 12;
/// Width of a letter of the mono face at 12 px, and of what stands beside a line, in CSS pixels.
const LETTER: f64 = 7.25;
const GUTTER: f64 = 84.0;

/// What of the lines is in sight, in CSS pixels.
#[derive(Clone, Copy, PartialEq)]
pub(super) struct Sight {
    pub(super) top: f64,
    pub(super) height: f64,
    pub(super) width: f64,
}

impl Default for Sight {
    fn default() -> Self {
        Self { top: 0.0, height: 900.0, width: 1000.0 }
    }
}

/// The heights of rows: all the same, or each its own.
#[derive(Clone, PartialEq)]
pub(super) enum Heights {
    Even { count: usize, height: f64 },
    Each(Lane),
}

impl Heights {
    pub(super) fn even(count: usize, height: f64) -> Self {
        Self::Even { count, height }
    }

    pub(super) fn each(heights: impl IntoIterator<Item = f64>) -> Self {
        Self::Each(Lane::new(heights))
    }

    pub(super) fn start(&self, at: usize) -> f64 {
        match self {
            Self::Even { height, .. } => at as f64 * height,
            Self::Each(lane) => lane.start(at),
        }
    }

    pub(super) fn size(&self, at: usize) -> f64 {
        match self {
            Self::Even { height, .. } => *height,
            Self::Each(lane) => lane.size(at),
        }
    }

    pub(super) fn total(&self) -> f64 {
        match self {
            Self::Even { count, height } => *count as f64 * height,
            Self::Each(lane) => lane.total(),
        }
    }

    pub(super) fn in_sight(&self, sight: Sight) -> Range<usize> {
        match self {
            Self::Even { count, height } => {
                let first = (sight.top / height).floor().max(0.0) as usize;
                let seen = (sight.height / height).ceil() as usize + 1;
                first.saturating_sub(SPARE).min(*count)..(first + seen + SPARE).min(*count)
            }
            Self::Each(lane) => lane.in_sight(sight.top, sight.top + sight.height, SPARE),
        }
    }
}

/// How many letters fit beside each other.
pub(super) fn columns(width: f64, unified: bool) -> usize {
    let side = if unified { width } else { width / 2.0 };
    ((side - GUTTER) / LETTER).floor().max(8.0) as usize
}

pub(super) fn measure(node: NodeRef<html::Div>, sight: RwSignal<Sight>) {
    if let Some(node) = node.try_get_untracked().flatten() {
        let now = Sight {
            top: f64::from(node.scroll_top()),
            height: f64::from(node.client_height()),
            width: f64::from(node.client_width()),
        };
        if sight.try_get_untracked() != Some(now) {
            let _ = sight.try_set(now);
        }
    }
}

pub(super) fn watch(node: NodeRef<html::Div>, sight: RwSignal<Sight>) {
    let resized = window_event_listener(ev::resize, move |_| measure(node, sight));
    on_cleanup(move || resized.remove());
    Effect::new(move |_| {
        node.track();
        request_animation_frame(move || measure(node, sight));
    });
}

/// Shows a row with what stands above it, unless it is well in sight.
pub(super) fn reveal(node: &web_sys::HtmlDivElement, heights: &Heights, at: usize) {
    let (top, height) = (heights.start(at), f64::from(node.client_height()));
    let from = f64::from(node.scroll_top());
    if top < from + 20.0 || top + heights.size(at) > from + height - 40.0 {
        node.set_scroll_top((top - height / 3.0).max(0.0) as i32);
    }
}
