use std::sync::Arc;

use runatlas_core::{board::Y, history::History};

use crate::state::{Histories, HistoryKey, ShownRun};

/// The histories that a curve of a run is made of.
pub(super) struct Sources<'a> {
    pub(super) y: &'a Y,
    /// The metric on x, if there is one.
    pub(super) x_metric: Option<&'a str>,
}

/// What is known of them.
pub(super) enum Found {
    /// They are being read: so many points of y.
    Coming(u64),
    /// The run did not log one of them.
    Absent,
    /// Why one could not be read.
    Failed(String),
    /// Those of y, then the one on x.
    Here(Vec<Arc<History>>),
}

impl Sources<'_> {
    pub(super) fn find(&self, shown: &ShownRun, histories: Histories) -> Found {
        let metrics: Vec<&str> = self.y.metrics().into_iter().chain(self.x_metric).collect();
        let run = &shown.run.run;
        if metrics.iter().any(|metric| run.metric(metric).is_none()) {
            return Found::Absent;
        }
        let key = |metric: &&str| HistoryKey {
            source: shown.key.source.clone(),
            run: shown.key.run.clone(),
            metric: (*metric).to_owned(),
        };
        let keys: Vec<HistoryKey> = metrics.iter().map(key).collect();
        let mut here = Vec::new();
        let mut coming = 0;
        for (key, found) in keys.iter().zip(histories.get(&keys)) {
            match found {
                None => coming += run.metric(&key.metric).map_or(0, |metric| metric.count).max(1),
                Some(None) => {
                    let reason = histories.failure(key);
                    return Found::Failed(reason.unwrap_or_else(|| NOT_HERE.to_owned()));
                }
                Some(Some(history)) => here.push(history),
            }
        }
        if coming > 0 { Found::Coming(coming) } else { Found::Here(here) }
    }
}

const NOT_HERE: &str = "its points are not in this browser";
