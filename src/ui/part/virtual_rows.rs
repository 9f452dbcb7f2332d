use std::{hash::Hash, ops::Range};

use leptos::{ev, html, prelude::*};

/// Rows that exist only while they are visible: scrolling costs what is on screen.
///
/// The element scrolls in both directions; `header` stays on top, rows are laid out below it at a
/// fixed height.
#[component]
pub(crate) fn VirtualRows<K, H, R>(
    /// How many rows there are.
    #[prop(into)]
    count: Signal<usize>,
    /// Height of a row in CSS pixels.
    #[prop(into)]
    row_height: Signal<f64>,
    /// What identifies the row at an index, so that a row that stays is not made again.
    key: K,
    /// Makes the row at an index.
    row: R,
    /// Width of the widest row, as CSS.
    #[prop(into)]
    width: Signal<String>,
    /// The sticky header.
    #[prop(into)]
    header: ViewFn,
    /// Accessible name.
    #[prop(into)]
    label: Signal<String>,
    /// `treegrid`, `grid` or `table`.
    #[prop(default = "treegrid")]
    role: &'static str,
    /// More classes.
    #[prop(optional)]
    class: &'static str,
    /// Row to scroll into view when it changes.
    #[prop(optional, into)]
    reveal: Option<Signal<Option<usize>>>,
    /// Id of the row that has the keyboard, for screen readers.
    #[prop(optional, into)]
    active: Option<Signal<Option<String>>>,
    /// Keys pressed while the list itself has the focus; with the number of rows on screen.
    #[prop(optional)]
    on_key: Option<Callback<(ev::KeyboardEvent, usize)>>,
    /// Told which rows are in sight.
    #[prop(optional)]
    lines: Option<RwSignal<Range<usize>>>,
    /// Told how far the list is scrolled to the right, and how wide it is, in CSS pixels.
    #[prop(optional)]
    across: Option<RwSignal<(f64, f64)>>,
    /// The list itself, for whoever gives it the focus.
    #[prop(optional)]
    node: Option<NodeRef<html::Div>>,
) -> impl IntoView
where
    K: Fn(usize) -> H + Copy + Send + Sync + 'static,
    H: Eq + Hash + Clone + Send + Sync + 'static,
    R: Fn(usize) -> AnyView + Copy + Send + Sync + 'static,
{
    let node = node.unwrap_or_default();
    let seen = RwSignal::new(Seen { top: 0.0, height: 900.0 });
    let measure = move || {
        // The list may be gone when the frame comes.
        if let Some(node) = node.try_get_untracked().flatten() {
            seen.set(Seen { top: f64::from(node.scroll_top()), height: f64::from(node.client_height()) });
            let now = (f64::from(node.scroll_left()), f64::from(node.client_width()));
            if let Some(across) = across.filter(|across| across.get_untracked() != now) {
                across.set(now);
            }
        }
    };
    let resized = window_event_listener(ev::resize, move |_| measure());
    on_cleanup(move || resized.remove());
    Effect::new(move |_| {
        node.track();
        count.track();
        request_animation_frame(measure);
    });
    if let Some(reveal) = reveal {
        Effect::new(move |_| {
            if let (Some(row), Some(node)) = (reveal.get(), node.get()) {
                scroll_to(&node, row, row_height.get_untracked());
            }
        });
    }
    let range = Memo::new(move |_| seen.get().rows(count.get(), row_height.get()));
    if let Some(lines) = lines {
        Effect::new(move |_| lines.set(range.get()));
    }
    let visible = move || range.get().map(|at| (at, key(at))).collect::<Vec<(usize, H)>>();
    let place = move |at: usize| {
        let height = row_height.get();
        format!("top:{}px;height:{height}px", at as f64 * height)
    };
    let height = move || format!("{}px", count.get() as f64 * row_height.get());
    let on_keydown = move |event: ev::KeyboardEvent| {
        // Keys on a control inside are that control's, but ArrowDown leads from the header to the rows.
        let own = event.target().is_some() && event.target() == event.current_target();
        let enters = event.key() == "ArrowDown" && !event.default_prevented();
        if !own
            && enters
            && let Some(node) = node.get_untracked()
        {
            let _ = node.focus();
        }
        if let (true, Some(on_key)) = (own || enters, on_key) {
            let seen = seen.get_untracked().height / row_height.get_untracked();
            on_key.run((event, seen.floor() as usize));
        }
    };
    view! {
        <div
            class=format!("vrows {class}")
            node_ref=node
            role=role
            aria-label=move || label.get()
            aria-rowcount=move || (count.get() + 1).to_string()
            aria-activedescendant=move || active.and_then(|active| active.get())
            tabindex="0"
            on:keydown=on_keydown
            on:scroll=move |_| measure()
        >
            <div class="vrows-head" role="rowgroup" style:min-width=move || width.get()>{header.run()}</div>
            <div
                class="vrows-body"
                role="rowgroup"
                style:min-width=move || width.get()
                style:height=height
            >
                <For
                    each=visible
                    key=|entry| entry.clone()
                    children=move |(at, _)| {
                        view! {
                            <div class="vrow" role="presentation" style=move || place(at)>
                                {row(at)}
                            </div>
                        }
                    }
                />
            </div>
        </div>
    }
}

/// What of the list is on screen, in CSS pixels.
#[derive(Clone, Copy, PartialEq)]
struct Seen {
    top: f64,
    height: f64,
}

/// Rows made beyond each edge, so that a quick flick does not show blank ground.
const OVERSCAN: usize = 8;

impl Seen {
    fn rows(self, count: usize, row_height: f64) -> Range<usize> {
        let first = (self.top / row_height).floor().max(0.0) as usize;
        let visible = (self.height / row_height).ceil() as usize + 1;
        let start = first.saturating_sub(OVERSCAN).min(count);
        start..(first + visible + OVERSCAN).min(count)
    }
}

/// Scrolls as little as needed to show a row below the header.
fn scroll_to(node: &leptos::web_sys::HtmlDivElement, row: usize, row_height: f64) {
    let head = node.first_element_child().map_or(0.0, |head| f64::from(head.client_height()));
    let top = row as f64 * row_height;
    let view_top = f64::from(node.scroll_top());
    let view_height = f64::from(node.client_height()) - head;
    if top < view_top {
        node.set_scroll_top(top as i32);
    } else if top + row_height > view_top + view_height {
        node.set_scroll_top((top + row_height - view_height) as i32);
    }
}
