//! Runs for tests, made in a line.

use std::sync::Arc;

use runatlas_core::{
    model::{DatasetInput, Lifecycle, MetricSummary, Pairs, Point, Run, RunStatus},
    table::{Rows, RunRef, Table},
};

/// A finished run called `name`, with id `id-NAME`.
pub(crate) fn run(name: &str) -> Make {
    Make(Run {
        id: format!("id-{name}"),
        name: name.to_owned(),
        status: RunStatus::Finished,
        ..Run::default()
    })
}

pub(crate) fn table(runs: impl IntoIterator<Item = Make>) -> Table {
    Table::new(runs.into_iter().map(Make::done).collect())
}

/// The names of the shown rows, indented by depth.
pub(crate) fn names(table: &Table, rows: &Rows) -> Vec<String> {
    let name = |row| table.run(row).unwrap().run.display_name();
    rows.rows.iter().map(|row| format!("{}{}", "  ".repeat(row.depth.into()), name(row))).collect()
}

#[derive(Debug)]
pub(crate) struct Make(pub(crate) Run);

impl Make {
    pub(crate) fn done(self) -> RunRef {
        self.at("source")
    }

    pub(crate) fn at(self, source: &str) -> RunRef {
        RunRef {
            source: Arc::from(source),
            source_name: Arc::from(source.to_uppercase()),
            experiment: Arc::from("experiment"),
            run: Arc::new(self.0),
            parent: None,
        }
    }

    pub(crate) fn param(mut self, key: &str, value: &str) -> Self {
        insert(&mut self.0.params, key, value);
        self
    }

    pub(crate) fn tag(mut self, key: &str, value: &str) -> Self {
        insert(&mut self.0.tags, key, value);
        self
    }

    pub(crate) fn metric(self, key: &str, last: f64) -> Self {
        let point = Point { step: 100, timestamp: 0, value: last };
        let finite = last.is_finite().then_some((last, 100));
        self.summary(MetricSummary {
            key: key.to_owned(),
            last: point,
            first: point,
            count: 1,
            min: finite,
            max: finite,
            sum: if last.is_finite() { last } else { 0.0 },
            non_finite: u64::from(!last.is_finite()),
            first_non_finite_step: (!last.is_finite()).then_some(100),
        })
    }

    pub(crate) fn summary(mut self, summary: MetricSummary) -> Self {
        self.0.metrics.push(summary);
        self.0.metrics.sort_by(|a, b| a.key.cmp(&b.key));
        self
    }

    pub(crate) fn start(mut self, at: i64) -> Self {
        self.0.start_time = Some(at);
        self
    }

    pub(crate) fn end(mut self, at: i64) -> Self {
        self.0.end_time = Some(at);
        self
    }

    pub(crate) fn status(mut self, status: RunStatus) -> Self {
        self.0.status = status;
        self
    }

    pub(crate) fn user(mut self, user: &str) -> Self {
        user.clone_into(&mut self.0.user_id);
        self
    }

    pub(crate) fn lifecycle(mut self, lifecycle: Lifecycle) -> Self {
        self.0.lifecycle = lifecycle;
        self
    }

    pub(crate) fn dataset(mut self, dataset: DatasetInput) -> Self {
        self.0.inputs.push(dataset);
        self
    }

    pub(crate) fn parent(self, name: &str) -> Self {
        self.tag("mlflow.parentRunId", &format!("id-{name}"))
    }
}

fn insert(pairs: &mut Pairs, key: &str, value: &str) {
    pairs.push((key.to_owned(), value.to_owned()));
    pairs.sort();
}
