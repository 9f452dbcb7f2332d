use leptos::{html, prelude::*};
use runatlas_core::diff::{Lane, Line};

use super::{
    Shared,
    head::RunHead,
    keys,
    row::KeyRow,
    section::{PinsHead, SectionHead},
    sight::{HEAD, Sight, Sizes, measure, reveal, watch},
    values::FullValues,
};
use crate::ui::{app::app, part::EmptyState};

/// Rows made beyond each edge, so that a quick flick does not show blank ground.
const SPARE_ROWS: usize = 8;

/// The matrix: keys down, runs across, both only as far as they are in sight.
#[component]
pub(super) fn Matrix(shared: Shared) -> impl IntoView {
    let app = app();
    let node = NodeRef::<html::Div>::new();
    let sight = RwSignal::new(Sight::FIRST);
    watch(node, sight, move || {
        app.view.diff.with(|diff| {
            let _ = diff.explain;
        });
    });
    let count = Memo::new(move |_| shared.columns());
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
        if let (Some(place), Some(node)) = (shared.cursor.get(), node.get_untracked()) {
            lane.with_untracked(|lane| reveal(&node, lane, sizes.get_untracked(), place));
        }
    });
    // Of lines that are no longer the same, none was stepped to; the keyboard stays where it was.
    Effect::new(move |_| {
        let last = shared.lines.with(|lines| lines.len()).saturating_sub(1);
        if let Some((line, column)) = shared.cursor.get_untracked().filter(|(line, _)| *line > last) {
            shared.cursor.set(Some((line.min(last), column)));
        }
    });
    let visible = move || {
        let number = shared.comparison.with(|comparison| comparison.as_ref().map_or(0, |c| c.number));
        let lines = shared.lines.get();
        let line = |at: usize| lines.get(at).map(|line| Spot::new(number, *line));
        rows.get().filter_map(line).collect::<Vec<_>>()
    };
    let label = move || {
        format!(
            "{} runs compared. Arrow keys move, Enter shows values in full",
            app.runs.shown.with(|shown| shown.len())
        )
    };
    let active = move || shared.cursor.get().map(|(line, column)| super::cell::id(line, column));
    view! {
        <div
            class="dmx"
            node_ref=node
            role="grid"
            tabindex="0"
            aria-label=label
            aria-activedescendant=active
            aria-rowcount=move || (shared.lines.with(|lines| lines.len()) + 1).to_string()
            aria-colcount=move || (count.get() + 1).to_string()
            style:--k=move || format!("{}px", sizes.get().key)
            style:--w=move || format!("{}px", sizes.get().run)
            style:--n=move || count.get().to_string()
            style:--sight=move || format!("{}px", sight.with(|sight| sight.width))
            on:scroll=move |_| measure(node, sight)
            on:keydown=keys::handler(shared, sight)
        >
            <div class="dhead" role="row">
                <div class="dk" role="columnheader"><span class="fs11 t3">"Key"</span></div>
                {move || {
                    let comparison = shared.comparison.get()?;
                    let heads = move || columns.get();
                    let head = move |at: usize| {
                        let runs = comparison.columns.get(at)?;
                        let run = comparison.diff.runs().get(*runs.first()?)?.clone();
                        Some(view! { <RunHead at=at run=run more=runs.len() - 1 sizes=sizes /> })
                    };
                    Some(view! {
                        {head(0)}
                        <For each=heads key=|at| *at children=head />
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
                            Spot::Pins => view! { <PinsHead at=at top=top /> }.into_any(),
                            Spot::Head { section, .. } => {
                                view! { <SectionHead shared=shared section=section at=at top=top /> }.into_any()
                            }
                            Spot::Row { section, row, .. } => {
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
            Line::Head { rows, .. } | Line::Pins { rows } => *rows,
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
            app.diff.edit(|diff| {
                diff.equal_rows = true;
                diff.search.clear();
            });
        };
        let (title, text) = if search.is_empty() {
            ("Nothing differs".to_owned(), "These runs are equal in everything that is compared here.")
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
enum Spot {
    Pins,
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

impl Spot {
    fn new(number: u64, line: Line) -> Self {
        match line {
            Line::Pins { .. } => Self::Pins,
            Line::Head { section, .. } => Self::Head { number, section },
            Line::Row { section, row, .. } => Self::Row { number, section, row },
        }
    }

    /// Where the line stands among all.
    fn at(self, shared: Shared) -> Memo<Option<usize>> {
        let is_here = move |line: &Line| match (self, *line) {
            (Self::Pins, Line::Pins { .. }) => true,
            (Self::Head { section, .. }, Line::Head { section: other, .. }) => section == other,
            (Self::Row { section, row, .. }, Line::Row { section: other, row: other_row, .. }) => {
                (section, row) == (other, other_row)
            }
            _ => false,
        };
        Memo::new(move |_| shared.lines.with(|lines| lines.iter().position(is_here)))
    }
}

fn height(shared: Shared, line: Line) -> f64 {
    let is_metric = |section: usize| {
        let of = |comparison: &super::Comparison| {
            comparison.diff.sections().get(section).is_some_and(|section| section.kind.is_metrics())
        };
        shared.comparison.with_untracked(|comparison| comparison.as_ref().is_some_and(of))
    };
    match line {
        Line::Head { .. } | Line::Pins { .. } => 28.0,
        Line::Row { section, .. } if is_metric(section) => 34.0,
        Line::Row { .. } => 26.0,
    }
}
