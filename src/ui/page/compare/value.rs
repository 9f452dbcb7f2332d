use std::ops::Range;

use leptos::prelude::*;
use runatlas_core::compare::{TextOptions, words};

/// Characters of a line that are shown: a line of a megabyte would stop the browser.
const SHOWN: usize = 5_000;

/// A text with some of it marked.
pub(super) fn marked(text: &str, marks: &[Range<usize>]) -> AnyView {
    let end = text.floor_char_boundary(SHOWN.min(text.len()));
    let part = |range: Range<usize>| {
        text.get(range.start.min(end)..range.end.min(end)).unwrap_or_default().to_owned()
    };
    let mut parts = Vec::new();
    let mut at = 0;
    for mark in marks.iter().filter(|mark| mark.start < end) {
        parts.push(part(at..mark.start).into_any());
        parts.push(view! { <mark>{part(mark.clone())}</mark> }.into_any());
        at = mark.end;
    }
    parts.push(part(at..end).into_any());
    if end < text.len() {
        let more = format!("… {} more bytes", text.len() - end);
        parts.push(view! { <span class="t3">{more}</span> }.into_any());
    }
    parts.collect_view().into_any()
}

/// What was and what is, each with the words marked that differ.
pub(super) fn both(left: &str, right: &str, options: TextOptions) -> (AnyView, AnyView) {
    let (gone, come) = words(left, right, options).unwrap_or_default();
    (marked(left, &gone), marked(right, &come))
}
