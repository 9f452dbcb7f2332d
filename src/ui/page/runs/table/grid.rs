use std::{ops::Range, sync::Arc};

use leptos::{html, prelude::*};
use runatlas_core::{
    link::RunKey,
    table::{GroupKey, Line, Part},
};

use super::{
    groups::{GroupRow, PartRow},
    head::Head,
    keys,
    row::RunRow,
};
use crate::ui::{
    app::app,
    part::{VirtualRows, is_narrow},
};

/// The run whose eye was pressed last: a range starts there.
pub(super) type Anchor = StoredValue<Option<RunKey>>;

/// Which columns are made: those that are pinned and those in sight.
#[derive(Clone, Copy)]
pub(super) struct Across {
    /// How far the table is scrolled to the right, and how wide it is, in CSS pixels.
    scrolled: RwSignal<(f64, f64)>,
    /// The columns in sight that are not pinned.
    pub(super) columns: Memo<Range<usize>>,
}

impl Across {
    fn new() -> Self {
        let runs = app().runs;
        let scrolled = RwSignal::new((0.0, 1440.0));
        let columns = Memo::new(move |_| {
            let (left, width) = scrolled.get();
            // The names and the pinned columns cover a part.
            runs.shape.with(|shape| shape.in_sight(left, width - LEAST_RUN_COLUMN - shape.pinned_width()))
        });
        Self { scrolled, columns }
    }
}

/// The column of names is at least so wide, in CSS pixels.
const LEAST_RUN_COLUMN: f64 = 180.0;

/// The rows and what moves in them.
#[component]
pub(super) fn Grid() -> impl IntoView {
    let app = app();
    let runs = app.runs;
    let across = Across::new();
    provide_context(across);
    let anchor: Anchor = StoredValue::new(None);
    let node = NodeRef::<html::Div>::new();
    keys::add_commands(&app, node);
    let narrow = is_narrow();
    let row_height = Signal::derive(move || if narrow.get() { 44.0 } else { 28.0 });
    let count = Signal::derive(move || runs.lines());
    let width = Signal::derive(move || {
        runs.shape.with(|shape| format!("calc(var(--run-col) + {}px)", shape.total()))
    });
    let label = Signal::derive(move || runs.rows.with(|rows| rows.count_words()));
    let cursor_line = Memo::new(move |_| runs.cursor.get().and_then(|key| runs.line_of(&key)));
    let active = Signal::derive(move || cursor_line.get().map(row_id));
    // Where the cursor was before another page was open; later only the keyboard scrolls.
    let reveal = RwSignal::new(cursor_line.get_untracked());
    let on_key = Callback::new(move |(event, page)| {
        if keys::press(&app, &event, page, reveal) {
            event.prevent_default();
        }
    });
    let row = move |at: usize| match untrack(|| runs.line(at)) {
        Some(Line::Part(part, count)) => view! { <PartRow at=at part=part runs=count /> }.into_any(),
        Some(Line::Group(group)) => view! { <GroupRow at=at group=group /> }.into_any(),
        Some(Line::Run(_)) => view! { <RunRow at=at anchor=anchor /> }.into_any(),
        None => ().into_any(),
    };
    view! {
        <div class="rt-wrap">
            <VirtualRows
                class="rt"
                count=count
                row_height=row_height
                key=made_of
                row=row
                width=width
                header=|| view! { <Head /> }
                label=label
                reveal=reveal
                active=active
                on_key=on_key
                node=node
                lines=runs.sight
                across=across.scrolled
            />
        </div>
    }
}

/// What a line is made of: it is made anew where this changed.
#[derive(Clone, PartialEq, Eq, Hash)]
enum Made {
    Part(Part, usize),
    Group(GroupKey, Vec<u32>, usize),
    /// Which, its data, its place in the tree.
    Run(RunKey, usize, u16, u32),
}

fn made_of(at: usize) -> Option<Made> {
    let runs = app().runs;
    // The rows may stay the same while a running run goes on.
    runs.table.track();
    runs.rows.track();
    untrack(|| {
        Some(match runs.line(at)? {
            Line::Part(part, count) => Made::Part(part, count),
            Line::Group(at) => {
                let table =
                    runs.table.with(|table| table.ready().map_or(0, |table| Arc::as_ptr(table) as usize));
                let group = runs.group(at)?;
                Made::Group(group.key, group.members, table)
            }
            Line::Run(row) => {
                let (run, row) = (runs.at(row)?, runs.row(row)?);
                Made::Run(run.key(), Arc::as_ptr(&run.run) as usize, row.depth, row.children)
            }
        })
    })
}

/// The element id of a line, by which a screen reader is told where the cursor is.
pub(super) fn row_id(line: usize) -> String {
    format!("run-row-{line}")
}
