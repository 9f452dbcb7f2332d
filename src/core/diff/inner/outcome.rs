use std::collections::BTreeSet;

use super::Inner;
use crate::{
    diff::{section::Key, values::is_machine},
    format,
    table::RunRef,
};

/// How many points each run logged, and since when a value is no number.
pub(super) fn points(inner: &mut Inner, runs: &[RunRef], keys: &mut Vec<Key>) {
    let total = |run: &RunRef| run.run.metrics.iter().map(|metric| metric.count).sum::<u64>();
    if runs.iter().any(|run| total(run) > 0) {
        let (key, row) = inner.key("Points", None);
        keys.push(key);
        for (at, run) in runs.iter().enumerate() {
            inner.texts.set(row, at, &total(run).to_string());
        }
    }
    if runs.iter().any(|run| bad(run).is_some()) {
        let (key, row) = inner.key("NaN or ∞", None);
        keys.push(key);
        for (at, run) in runs.iter().enumerate() {
            inner.texts.set(row, at, &bad(run).unwrap_or_else(|| "none".to_owned()));
        }
    }
}

/// `1,204 values in 3 metrics, first at step 13,300`
fn bad(run: &RunRef) -> Option<String> {
    let bad = || run.run.metrics.iter().filter(|metric| metric.non_finite > 0);
    let values = bad().map(|metric| metric.non_finite).sum::<u64>();
    if values == 0 {
        return None;
    }
    let first = bad().filter_map(|metric| metric.first_non_finite_step).min();
    let first = first.map(|step| format!(", first at step {}", format::integer(step))).unwrap_or_default();
    let metrics = format::count(bad().count() as u64, "metric", "metrics");
    Some(format!("{} in {metrics}{first}", format::count(values, "value", "values")))
}

/// What the metrics of the machine tell of it: how many graphics cards, disks and networks were
/// watched (`system/gpu_0_…` in `mlflow/system_metrics`).
pub(super) fn machine(inner: &mut Inner, runs: &[RunRef], keys: &mut Vec<Key>) {
    let numbered = |run: &RunRef| -> BTreeSet<String> {
        let device = |key: &str| {
            let rest = key.strip_prefix("system/")?.split_once("gpu_")?.1;
            let digits = rest.split(|c: char| !c.is_ascii_digit()).next()?;
            (!digits.is_empty()).then(|| digits.to_owned())
        };
        run.run.metrics.iter().filter_map(|metric| device(&metric.key)).collect()
    };
    machine_tags(inner, runs, keys);
    let counts: Vec<usize> = runs.iter().map(|run| numbered(run).len()).collect();
    if counts.iter().all(|count| *count == 0) {
        return;
    }
    let (key, row) = inner.key("GPUs", None);
    keys.push(key);
    for ((at, run), count) in runs.iter().enumerate().zip(counts) {
        // A run that watched its machine and has none differs from one that did not look.
        if run.run.metrics.iter().any(|metric| metric.key.starts_with("system/")) {
            inner.texts.set(row, at, &count.to_string());
        }
    }
}

/// MLflow's own tags of image, cluster and workspace.
fn machine_tags(inner: &mut Inner, runs: &[RunRef], keys: &mut Vec<Key>) {
    let tags = |run: &RunRef| -> Vec<(String, String)> {
        run.run.tags.iter().filter(|(key, _)| is_machine(key)).cloned().collect()
    };
    let mut rows = super::Rows::new();
    for (at, run) in runs.iter().enumerate() {
        for (key, text) in tags(run) {
            let name = key.strip_prefix("mlflow.").unwrap_or(&key).to_owned();
            rows.entry(name).or_default().push((at, text));
        }
    }
    super::flat(inner, keys, rows);
}
