use runatlas_core::{
    job::merge::{merge_artifacts, merge_experiment, merge_run},
    model::{ArtifactEntry, ArtifactOwner, Experiment, Lifecycle, MetricSummary, Pairs, Run, RunStatus},
};

fn pairs(text: &str) -> Pairs {
    text.split_whitespace()
        .filter_map(|pair| pair.split_once('='))
        .map(|(k, v)| (k.into(), v.into()))
        .collect()
}

fn run(status: RunStatus, params: &str, tags: &str, metrics: &str, damaged: bool) -> Run {
    let metrics = pairs(metrics);
    let metrics = metrics.into_iter().map(|(key, count)| MetricSummary {
        key,
        count: count.parse().unwrap(),
        ..MetricSummary::default()
    });
    Run {
        id: "r".into(),
        status,
        params: pairs(params),
        tags: pairs(tags),
        metrics: metrics.collect(),
        damaged,
        ..Run::default()
    }
}

#[track_caller]
fn check(stored: Run, read: Run, expected: Run) {
    assert_eq!(merge_run(stored, read), expected);
}

#[test]
fn a_whole_run_replaces_but_no_metric_is_lost() {
    use RunStatus::{Finished, Running};
    check(
        run(Running, "lr=1 old=1", "note=a gone=1", "acc=1 loss=5", false),
        run(Finished, "lr=2", "note=b", "loss=9 new=3", false),
        run(Finished, "lr=2", "note=b", "acc=1 loss=9 new=3", false),
    );
}

#[test]
fn a_whole_run_replaces_a_damaged_one() {
    use RunStatus::{Finished, Killed};
    check(
        run(Killed, "lr=1 junk=1", "", "loss=2", true),
        run(Finished, "lr=1", "", "loss=9", false),
        run(Finished, "lr=1", "", "loss=9", false),
    );
}

#[test]
fn a_damaged_run_only_adds_to_a_whole_one() {
    use RunStatus::{Finished, Running};
    let mut read = run(
        Running,
        "lr=WRONG seed=3",
        "note=WRONG z=1",
        "acc=1 loss=WRONG".replace("WRONG", "7").as_str(),
        true,
    );
    read.name = "lost name".into();
    let mut expected = run(Finished, "lr=1 seed=3", "note=a z=1", "acc=1 loss=9", false);
    expected.name = "lost name".into();
    check(run(Finished, "lr=1", "note=a", "loss=9", false), read, expected);
}

#[test]
fn two_damaged_runs_fill_each_other_and_stay_damaged() {
    use RunStatus::{Failed, Finished};
    let mut stored = run(Failed, "a=1 b=1", "", "m=1", true);
    (stored.start_time, stored.end_time) = (Some(5), Some(6));
    let mut read = run(Finished, "b=2 c=2", "", "n=2", true);
    read.start_time = Some(7);
    let mut expected = run(Finished, "a=1 b=2 c=2", "", "m=1 n=2", true);
    (expected.start_time, expected.end_time) = (Some(7), Some(6));
    check(stored, read, expected);
}

#[test]
fn an_experiment_without_its_meta_file_keeps_what_was_known() {
    let stored = Experiment {
        id: "12".into(),
        name: "Churn".into(),
        artifact_location: "s3://a".into(),
        creation_time: Some(1),
        tags: pairs("a=1"),
        ..Experiment::default()
    };
    let read = Experiment { id: "12".into(), name: "12".into(), tags: pairs("b=2"), ..Experiment::default() };
    let kept = merge_experiment(stored.clone(), read);
    assert_eq!(kept, Experiment { tags: pairs("a=1 b=2"), ..stored.clone() });

    let renamed = Experiment { name: "Churn 2".into(), lifecycle: Lifecycle::Deleted, ..stored.clone() };
    assert_eq!(merge_experiment(stored, renamed.clone()), renamed);
}

#[test]
fn artifacts_are_united_by_path_and_kept_bytes_stay() {
    let entry = |path: &str, size, kept| ArtifactEntry {
        owner: ArtifactOwner::Run("r".into()),
        path: path.into(),
        size,
        kept,
    };
    let merged = merge_artifacts(
        vec![entry("a", 1, true), entry("b", 2, true), entry("c", 3, false)],
        vec![entry("b", 20, true), entry("a", 10, false), entry("d", 4, true)],
    );
    assert_eq!(
        merged,
        [entry("a", 1, true), entry("b", 20, true), entry("c", 3, false), entry("d", 4, true)]
    );
}
