mod line;
mod scroll;

use std::{collections::BTreeMap, sync::Arc};

use leptos::{ev, html, prelude::*};
use line::{LineRow, Lined};
use runatlas_core::compare::{Layout, Opened, Rows, TextDiff};
use scroll::{Heights, Sight};

use super::Shared;
use crate::ui::part::is_narrow;

/// Folds of up to so many lines open at once; longer ones from both ends.
const AT_ONCE: u32 = 200;
/// How many lines a long fold opens at each end.
const STEP: u32 = 100;
/// Texts with more lines than this do not wrap: each would have to be measured.
const MOST_WRAPPED: u32 = 60_000;
/// Height of a line, in CSS pixels.
const LINE: f64 = 20.0;

/// Two texts, line by line, side by side or in one column.
#[component]
pub(super) fn LinesView(
    shared: Shared,
    diff: Arc<TextDiff>,
    /// What is compared, for people.
    name: String,
    /// Both texts are equal: all of it is shown.
    is_equal: bool,
) -> impl IntoView {
    let narrow = is_narrow();
    let opened = RwSignal::new(BTreeMap::<u32, Opened>::new());
    let unified = Memo::new(move |_| narrow.get() || shared.choices.with(|choices| choices.unified));
    let of_rows = diff.clone();
    let rows = Memo::new(move |_| {
        let unfolded = is_equal || shared.choices.with(|choices| choices.unfolded);
        Arc::new(Rows::new(&of_rows, &Layout { unified: unified.get(), unfolded, opened: opened.get() }))
    });
    shared.steps.follow(Memo::new(move |_| Arc::new(rows.with(|rows| rows.changes().to_vec()))));
    let can_wrap = diff.left.len().max(diff.right.len()) <= MOST_WRAPPED;
    let wrap = Memo::new(move |_| can_wrap && shared.choices.with(|choices| choices.wrap));
    let open = Callback::new(move |(block, hidden): (u32, u32)| {
        opened.update(|opened| {
            let opened = opened.entry(block).or_default();
            let step = if hidden <= AT_ONCE { hidden } else { STEP };
            opened.above = opened.above.saturating_add(step);
            opened.below = opened.below.saturating_add(if hidden <= AT_ONCE { 0 } else { step });
        });
    });
    let lined = Lined { diff: StoredValue::new(diff), shared, unified, wrap, open };
    view! { <Scroller lined=lined rows=rows name=name /> }
}

/// Shows the rows in sight.
#[component]
fn Scroller(lined: Lined, rows: Memo<Arc<Rows>>, name: String) -> impl IntoView {
    let node = NodeRef::<html::Div>::new();
    let bar = NodeRef::<html::Div>::new();
    let sight = RwSignal::new(Sight::default());
    scroll::watch(node, sight);
    let columns = Memo::new(move |_| scroll::columns(sight.get().width, lined.unified.get()));
    let heights = Memo::new(move |_| {
        let rows = rows.get();
        if !lined.wrap.get() {
            return Arc::new(Heights::even(rows.len(), LINE));
        }
        let columns = columns.get();
        let of = |at: usize| rows.get(at).map_or(LINE, |row| LINE * f64::from(lined.lines_of(row, columns)));
        Arc::new(Heights::each((0..rows.len()).map(of)))
    });
    let range = Memo::new(move |_| heights.with(|heights| heights.in_sight(sight.get())));
    Effect::new(move |_| {
        if let (Some(at), Some(node)) = (lined.shared.steps.at.get(), node.get_untracked()) {
            heights.with_untracked(|heights| scroll::reveal(&node, heights, at));
        }
    });
    let visible = move || {
        let rows = rows.get();
        range.get().filter_map(|at| Some((at, rows.get(at)?))).collect::<Vec<_>>()
    };
    let longest = lined.diff.with_value(|diff| diff.left.longest().max(diff.right.longest()).min(5_000));
    // Both sides move together: the bar below says how far.
    let on_wheel = move |event: ev::WheelEvent| {
        let by = if event.shift_key() && event.delta_x() == 0.0 { event.delta_y() } else { event.delta_x() };
        if let Some(bar) = bar.get_untracked().filter(|_| by != 0.0 && !lined.wrap.get_untracked()) {
            bar.set_scroll_left(bar.scroll_left() + by as i32);
        }
    };
    let moved = RwSignal::new(0);
    let digits = lined.diff.with_value(|diff| diff.left.len().max(diff.right.len())).to_string().len().max(3);
    view! {
        <div
            class="cmp-x"
            class:uni=move || lined.unified.get()
            class:wrap=move || lined.wrap.get()
            style:--digits=digits.to_string()
            style:--x=move || format!("{}px", moved.get())
        >
            <div
                class="cmp-lines"
                node_ref=node
                role="table"
                tabindex="0"
                aria-label=format!("Lines of {name}")
                aria-rowcount=move || rows.with(|rows| rows.len()).to_string()
                on:scroll=move |_| scroll::measure(node, sight)
                on:wheel=on_wheel
            >
                <div class="cmp-all" role="rowgroup" style:height=move || format!("{}px", heights.with(|heights| heights.total()))>
                    <For
                        each=visible
                        key=|(at, row)| (*at, *row)
                        children=move |(at, row)| {
                            let top = Memo::new(move |_| heights.with(|heights| (heights.start(at), heights.size(at))));
                            view! { <LineRow lined=lined at=at row=row place=top /> }
                        }
                    />
                </div>
            </div>
            <div
                class="cmp-bar"
                class:off=move || lined.wrap.get() || longest <= columns.get()
                node_ref=bar
                aria-hidden="true"
                on:scroll=move |_| moved.set(bar.get_untracked().map_or(0, |bar| bar.scroll_left()))
            >
                <div style:width=move || format!("calc(100% + {}ch)", longest.saturating_sub(columns.get()) + 2)></div>
            </div>
        </div>
    }
}
