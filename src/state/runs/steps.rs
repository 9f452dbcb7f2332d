//! Reads what only histories tell: values at a step, for the rows that need them.

use std::{ops::Range, sync::Arc};

use leptos::{prelude::*, task::spawn_local};
use runatlas_core::table::{Column, Columns, Line, RunRef, SharedSteps, SortBy, StepValues};

use crate::{
    state::{HistoryKey, Library},
    web,
};

/// So many histories are read and decoded in one go: a few milliseconds.
const AT_ONCE: usize = 24;
/// Milliseconds between two looks at what came in: each one sorts and draws the table anew.
const TELL_EVERY: i64 = 300;

/// Values at steps, and the reading of more.
#[derive(Clone, Copy)]
pub(super) struct Steps {
    /// What is read so far, as the table shows it.
    pub(super) shown: RwSignal<SharedSteps>,
    /// How many values are still to be read.
    pub(super) left: RwSignal<usize>,
    library: Library,
    read: StoredValue<StepValues>,
    queue: StoredValue<Queue>,
}

#[derive(Default)]
struct Queue {
    wanted: Vec<(Column, RunRef)>,
    reading: bool,
}

impl Steps {
    pub(super) fn new(library: Library) -> Self {
        Self {
            shown: RwSignal::new(SharedSteps::default()),
            left: RwSignal::new(0),
            library,
            read: StoredValue::new(StepValues::default()),
            queue: StoredValue::new(Queue::default()),
        }
    }

    /// Reads for the lines in sight; for all runs where they are sorted or grouped, which needs all.
    pub(super) fn follow(
        self,
        columns: Memo<Arc<Columns>>,
        sort: Memo<Vec<SortBy>>,
        sight: RwSignal<Range<usize>>,
    ) {
        Effect::new(move |_| {
            let columns = columns.get();
            let at_step: Vec<&Column> = columns.all().iter().filter(|column| column.is_at_step()).collect();
            if at_step.is_empty() {
                self.queue.update_value(|queue| queue.wanted.clear());
                return self.left.set(0);
            }
            let by = sort.with(|sort| sort.iter().any(|by| by.column.is_at_step()));
            let needs_all = by || !columns.rows().groups.is_empty();
            let runs = if needs_all { all(&columns) } else { in_sight(&columns, sight.get()) };
            let wanted: Vec<(Column, RunRef)> = self.read.with_value(|read| {
                let of = |run: RunRef| {
                    let wants = at_step.iter().filter(|column| read.wants(column, &run));
                    wants.map(|column| ((*column).clone(), run.clone())).collect::<Vec<_>>()
                };
                runs.into_iter().flat_map(of).collect()
            });
            self.want(wanted);
        });
    }

    fn want(self, wanted: Vec<(Column, RunRef)>) {
        self.left.set(wanted.len());
        let begin = self.queue.try_update_value(|queue| {
            queue.wanted = wanted;
            !queue.wanted.is_empty() && !std::mem::replace(&mut queue.reading, true)
        });
        if begin == Some(true) {
            spawn_local(self.read_all());
        }
    }

    async fn read_all(self) {
        let mut told = web::now();
        while let Some(batch) = self.next() {
            self.read(&batch).await;
            self.left.try_update(|left| *left = left.saturating_sub(batch.len()));
            let is_last = self.queue.with_value(|queue| queue.wanted.is_empty());
            let now = web::now();
            if is_last || now.saturating_sub(told) >= TELL_EVERY {
                told = now;
                let read = self.read.with_value(StepValues::clone);
                self.shown.set(SharedSteps(Arc::new(read)));
            }
        }
    }

    fn next(self) -> Option<Vec<(Column, RunRef)>> {
        self.queue.try_update_value(|queue| {
            let batch: Vec<_> = queue.wanted.drain(..queue.wanted.len().min(AT_ONCE)).collect();
            queue.reading = !batch.is_empty();
            queue.reading.then_some(batch)
        })?
    }

    async fn read(self, batch: &[(Column, RunRef)]) {
        let key = |(column, run): &(Column, RunRef)| HistoryKey {
            source: run.source.as_ref().to_owned(),
            run: run.run.id.clone(),
            metric: column.metric_key().unwrap_or_default().to_owned(),
        };
        let keys: Vec<HistoryKey> = batch.iter().map(key).collect();
        let found = match self.library.store() {
            Some(store) => store.histories(&keys).await.unwrap_or_default(),
            None => Vec::new(),
        };
        let mut found = found.into_iter();
        self.read.update_value(|read| {
            for (column, run) in batch {
                read.put(column, run, found.next().flatten().as_ref());
            }
        });
    }
}

fn all(columns: &Columns) -> Vec<RunRef> {
    let runs = columns.table().runs();
    columns.rows().order.iter().filter_map(|&index| runs.get(index as usize)).cloned().collect()
}

fn in_sight(columns: &Columns, lines: Range<usize>) -> Vec<RunRef> {
    let rows = columns.rows();
    let run = |line: &Line| match *line {
        Line::Run(row) => columns.table().run(rows.rows.get(row)?).cloned(),
        _ => None,
    };
    let end = lines.end.min(rows.lines.len());
    rows.lines.get(lines.start.min(end)..end).unwrap_or_default().iter().filter_map(run).collect()
}
