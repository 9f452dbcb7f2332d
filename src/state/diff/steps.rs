//! Reads what metrics were at a step.

use std::{collections::BTreeMap, sync::Arc};

use leptos::{prelude::*, task::spawn_local};
use runatlas_core::{
    diff::{StepValues, at_step},
    table::RunRef,
};

use super::{Comparison, ForRuns};
use crate::{state::HistoryKey, web::tick::yield_now};

impl Comparison {
    /// Reads the values of these runs at a step, run by run.
    pub(super) fn read_step(self, step: i64, runs: Arc<Vec<RunRef>>) {
        let is_wanted = move || {
            self.view.diff.with_untracked(|diff| diff.at) == runatlas_core::diff::MetricAt::Step(step)
        };
        let is_here = self.at_step.with_untracked(|read| {
            read.as_ref().is_some_and(|(of, values)| *of == step && values.of(&runs).is_some())
        });
        if is_here {
            return;
        }
        spawn_local(async move {
            let Some(store) = self.library.store() else { return };
            let mut values = StepValues::with_capacity(runs.len());
            for (at, run) in runs.iter().enumerate() {
                if !is_wanted() {
                    return;
                }
                self.reading.set(Some((at, runs.len())));
                yield_now().await;
                let key = |metric: &String| HistoryKey {
                    source: run.source.to_string(),
                    run: run.run.id.clone(),
                    metric: metric.clone(),
                };
                let names: Vec<String> = run.run.metrics.iter().map(|metric| metric.key.clone()).collect();
                let keys: Vec<HistoryKey> = names.iter().map(key).collect();
                // A history that cannot be read has no value at any step; the charts say why.
                let found = store.histories(&keys).await.unwrap_or_default();
                let points = names.into_iter().zip(found);
                let points: BTreeMap<_, _> =
                    points.filter_map(|(name, history)| Some((name, at_step(&history?, step)?))).collect();
                values.push(points);
            }
            self.reading.set(None);
            self.at_step.set(Some((step, ForRuns(runs, Arc::new(values)))));
        });
    }
}
