use leptos::{ev, html, prelude::*};
use runatlas_core::diff::{Lane, Line};

use super::{
    Shared,
    head::RunHead,
    row::{KeyRow, SectionHead},
    values::FullValues,
};
use crate::ui::{app::app, part::EmptyState};

/// Rows made beyond each edge, so that a quick flick does not show blank ground.
const SPARE_ROWS: usize = 8;
const SPARE_RUNS: usize = 2;

/// Height of the runs' names, in CSS pixels.
const HEAD: f64 = 52.0;

/// The matrix: keys down, runs across, both only as far as they are in sight.
#[component]
pub(super) fn Matrix(shared: Shared) -> impl IntoView {
    let node = NodeRef::<html::Div>::new();
    let sight = RwSignal::new(Sight { left: 0.0, top: 0.0, width: 1200.0, height: 900.0 });
    watch(node, sight);
    let count = Memo::new(move |_| runs_of(shared));
    let lane = Memo::new(move |_| {
        shared.lines.with(|lines| Lane::new(lines.iter().map(|line| height(shared, *line))))
    });
    let sizes = Memo::new(move |_| Sizes::new(sight.with(|sight| sight.width), count.get()));
    let rows = Memo::new(move |_| {
        let Sight { top, height, .. } = sight.get();
        lane.with(|lane| lane.in_sight(top, top + height - HEAD, SPARE_ROWS))
    });
    let columns = Memo::new(move |_| sizes.get().in_sight(sight.get(), count.get()));
    Effect::new(move |_| {
        if let (Some(at), Some(node)) = (shared.at.get(), node.get_untracked()) {
            lane.with_untracked(|lane| reveal(&node, lane, at));
        }
    });
    // Of lines that are no longer the same, none was stepped to.
    Effect::new(move |_| {
        shared.lines.track();
        shared.at.set(None);
    });
    let visible = move || {
        let number = shared.comparison.with(|comparison| comparison.as_ref().map_or(0, |c| c.number));
        let lines = shared.lines.get();
        let line = |at: usize| lines.get(at).map(|line| Place::new(number, *line));
        rows.get().filter_map(line).collect::<Vec<_>>()
    };
    let label = move || format!("{} runs compared", count.get());
    view! {
        <div
            class="dmx"
            node_ref=node
            role="table"
            tabindex="0"
            aria-label=label
            aria-rowcount=move || (shared.lines.with(|lines| lines.len()) + 1).to_string()
            aria-colcount=move || (count.get() + 1).to_string()
            style:--k=move || format!("{}px", sizes.get().key)
            style:--w=move || format!("{}px", sizes.get().run)
            style:--n=move || count.get().to_string()
            style:--sight=move || format!("{}px", sight.with(|sight| sight.width))
            on:scroll=move |_| measure(node, sight)
        >
            <div class="dhead" role="row">
                <div class="dk" role="columnheader"><span class="fs11 t3">"Key"</span></div>
                {move || {
                    let comparison = shared.comparison.get()?;
                    let diff = comparison.diff;
                    let base = diff.runs().first()?.clone();
                    let heads = move || columns.get().map(|at| (at, diff.runs().get(at).cloned())).collect::<Vec<_>>();
                    Some(view! {
                        <RunHead at=0 run=base sizes=sizes />
                        <For
                            each=heads
                            key=|(at, _)| *at
                            children=move |(at, run)| run.map(|run| view! { <RunHead at=at run=run sizes=sizes /> })
                        />
                    })
                }}
            </div>
            <div class="dbody" style:height=move || format!("{}px", lane.with(Lane::total))>
                <For
                    each=visible
                    key=|place| *place
                    children=move |place| {
                        let at = place.at(shared);
                        let top = Memo::new(move |_| at.get().map_or(0.0, |at| lane.with(|lane| lane.start(at))));
                        match place {
                            Place::Head { section, .. } => {
                                view! { <SectionHead shared=shared section=section top=top /> }.into_any()
                            }
                            Place::Row { section, row, .. } => {
                                view! { <KeyRow shared=shared at=at section=section row=row top=top columns=columns /> }.into_any()
                            }
                        }
                    }
                />
            </div>
            <Nothing shared=shared />
        </div>
        <FullValues shared=shared />
    }
}

/// Why there is no row, if there is none.
#[component]
fn Nothing(shared: Shared) -> impl IntoView {
    let app = app();
    let state = Memo::new(move |_| {
        let rows = |line: &Line| match line {
            Line::Head { rows, .. } => *rows,
            Line::Row { .. } => 0,
        };
        let any = shared.lines.with(|lines| lines.iter().map(rows).sum::<usize>() > 0);
        let search = app.view.diff.with(|diff| diff.search.clone());
        (!any).then_some(search)
    });
    move || {
        let search = state.get()?;
        let equal = app.view.diff.with_untracked(|diff| diff.equal_rows);
        let all = move |_| {
            app.view.edit_runs(|runs| {
                runs.diff.equal_rows = true;
                runs.diff.search.clear();
            });
        };
        let (title, text) = if search.is_empty() {
            (
                "Nothing differs".to_owned(),
                "These runs have the same attributes, params, latest metrics, tags and datasets.",
            )
        } else if equal {
            (format!("No key contains “{search}”"), "Every section was searched.")
        } else {
            (
                format!("No key that differs contains “{search}”"),
                "Keys that are equal in all runs are hidden.",
            )
        };
        Some(view! {
            <div class="dnone">
                <EmptyState icon="git-compare" title=title text=text>
                    <button class="btn" on:click=all>"Show all keys"</button>
                </EmptyState>
            </div>
        })
    }
}

/// A line, as far as it decides which element shows it.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
enum Place {
    /// It stays while lines above it come and go, so that the focus stays on its button.
    Head {
        number: u64,
        section: usize,
    },
    Row {
        number: u64,
        section: usize,
        row: usize,
    },
}

impl Place {
    fn new(number: u64, line: Line) -> Self {
        match line {
            Line::Head { section, .. } => Self::Head { number, section },
            Line::Row { section, row, .. } => Self::Row { number, section, row },
        }
    }

    /// Where the line stands among all.
    fn at(self, shared: Shared) -> Memo<Option<usize>> {
        let is_here = move |line: &Line| match (self, *line) {
            (Self::Head { section, .. }, Line::Head { section: other, .. }) => section == other,
            (Self::Row { section, row, .. }, Line::Row { section: other, row: other_row, .. }) => {
                (section, row) == (other, other_row)
            }
            _ => false,
        };
        Memo::new(move |_| shared.lines.with(|lines| lines.iter().position(is_here)))
    }
}

/// What is in sight, in CSS pixels.
#[derive(Clone, Copy, PartialEq)]
struct Sight {
    left: f64,
    top: f64,
    width: f64,
    height: f64,
}

/// Widths of the key column and of a run, in CSS pixels.
#[derive(Clone, Copy, PartialEq)]
pub(super) struct Sizes {
    pub(super) key: f64,
    pub(super) run: f64,
}

impl Sizes {
    fn new(width: f64, runs: usize) -> Self {
        let is_phone = width < 720.0;
        let key = if is_phone { 116.0 } else { 224.0 };
        let free = (width - key).max(0.0);
        // A phone has room for the baseline and one more.
        let run = if is_phone { free / 2.0 } else { (free / runs.max(1) as f64).clamp(168.0, 420.0) };
        Self { key, run: run.floor().max(96.0) }
    }

    /// The runs in sight beside the baseline, which always is.
    fn in_sight(self, sight: Sight, runs: usize) -> std::ops::Range<usize> {
        let others = Lane::new((1..runs).map(|_| self.run));
        let room = sight.width - self.key - self.run;
        let range = others.in_sight(sight.left, sight.left + room.max(1.0), SPARE_RUNS);
        range.start + 1..range.end + 1
    }
}

fn runs_of(shared: Shared) -> usize {
    shared.comparison.with(|comparison| comparison.as_ref().map_or(0, |c| c.diff.runs().len()))
}

fn height(shared: Shared, line: Line) -> f64 {
    match line {
        Line::Head { .. } => 28.0,
        Line::Row { section, .. } => {
            if super::row::is_metrics(shared, section) {
                34.0
            } else {
                26.0
            }
        }
    }
}

fn measure(node: NodeRef<html::Div>, sight: RwSignal<Sight>) {
    if let Some(node) = node.try_get_untracked().flatten() {
        sight.set(Sight {
            left: f64::from(node.scroll_left()),
            top: f64::from(node.scroll_top()),
            width: f64::from(node.client_width()),
            height: f64::from(node.client_height()),
        });
    }
}

fn watch(node: NodeRef<html::Div>, sight: RwSignal<Sight>) {
    let resized = window_event_listener(ev::resize, move |_| measure(node, sight));
    on_cleanup(move || resized.remove());
    Effect::new(move |_| {
        node.track();
        request_animation_frame(move || measure(node, sight));
    });
}

/// Scrolls as little as needed to show a line below the head.
fn reveal(node: &leptos::web_sys::HtmlDivElement, lane: &Lane, at: usize) {
    let (top, bottom) = (lane.start(at), lane.start(at) + lane.size(at));
    let view_top = f64::from(node.scroll_top());
    let view_height = f64::from(node.client_height()) - HEAD;
    if top < view_top {
        node.set_scroll_top(top as i32);
    } else if bottom > view_top + view_height {
        node.set_scroll_top((bottom - view_height).ceil() as i32);
    }
}
