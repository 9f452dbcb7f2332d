//! The file store: what MLflow of any age, git, editors and accidents leave behind.

mod damage;
mod discover;
mod models;
mod trees;

use std::rc::Rc;

use runatlas_core::{
    history::History,
    model::{ArtifactOwner, Experiment, Lifecycle, Note, NoteKind, Run, RunStatus},
    read::{
        ReadOptions, Record, Step, StoreReader, Tree,
        mlruns::{Layout, MlrunsReader},
        tree::MemoryTree,
    },
};

/// What a store gave, sorted out.
#[derive(Debug, Default)]
pub(crate) struct Read {
    pub(crate) experiments: Vec<Experiment>,
    pub(crate) runs: Vec<Run>,
    pub(crate) histories: Vec<(String, String, History)>,
    pub(crate) notes: Vec<Note>,
    pub(crate) others: Vec<Record>,
}

impl Read {
    fn run(&self, id: &str) -> &Run {
        self.runs.iter().find(|r| r.id == id).unwrap_or_else(|| panic!("no run {id}: {:?}", self.notes))
    }

    fn history(&self, key: &str) -> Vec<(i64, i64, f64)> {
        let found = self.histories.iter().find(|(_, k, _)| k == key);
        let points = found.map(|(_, _, h)| h.iter().map(|p| (p.step, p.timestamp, p.value)).collect());
        points.unwrap_or_default()
    }

    /// Whether a note about `path` says `part` of its reason.
    fn says(&self, path: &str, part: &str) -> bool {
        self.notes.iter().any(|n| n.path == path && n.reason.contains(part))
    }
}

pub(crate) fn read_all(mut reader: Box<dyn StoreReader>) -> Read {
    let (mut read, mut records) = (Read::default(), Vec::new());
    while let Step::More(progress) = reader.step(&mut records) {
        assert!(progress.done <= progress.total.unwrap(), "{progress:?}");
    }
    for record in records {
        match record {
            Record::Experiment(e) => read.experiments.push(e),
            Record::Run(r) => read.runs.push(*r),
            Record::History { run_id, key, history } => {
                assert!(read.runs.iter().all(|r| r.id != run_id), "a history after its run");
                read.histories.push((run_id, key, history));
            }
            Record::Note(n) => read.notes.push(n),
            other => read.others.push(other),
        }
    }
    read
}

pub(crate) fn tree(files: &[(&str, &str)]) -> Tree {
    Rc::new(MemoryTree::new(files.iter().map(|(path, text)| ((*path).to_owned(), text.as_bytes().to_vec()))))
}

fn store(files: &[(&str, &str)]) -> Read {
    read_all(Box::new(MlrunsReader::new(tree(files), "", Layout::Store, ReadOptions::default())))
}

pub(crate) const EXPERIMENT: (&str, &str) =
    ("1/meta.yaml", "experiment_id: '1'\nname: one\nartifact_location: a\n");
pub(crate) const RUN: (&str, &str) = (
    "1/r/meta.yaml",
    "artifact_uri: file:///x\nend_time: 20\nexperiment_id: '1'\nlifecycle_stage: active\nrun_id: r\nrun_name: first\n\
     start_time: 10\nstatus: 3\nuser_id: ada\n",
);

fn one_run(files: &[(&str, &str)]) -> Read {
    store(&[&[EXPERIMENT, RUN], files].concat())
}

#[test]
fn a_plain_run_is_read() {
    let read = one_run(&[
        ("1/r/params/optim/lr", "0.1\r\n"),
        ("1/r/params/with space %41", " padded "),
        ("1/r/tags/mlflow.note.content", "line\nline"),
        ("1/r/metrics/a/b c", "1 0.5 0\n2 0.25 1\n"),
        ("1/tags/team", "x"),
    ]);
    let run = read.run("r");
    assert_eq!((run.name.as_str(), run.status, run.user_id.as_str()), ("first", RunStatus::Finished, "ada"));
    assert_eq!((run.start_time, run.end_time, run.experiment_id.as_str()), (Some(10), Some(20), "1"));
    assert_eq!(run.param("optim/lr"), Some("0.1\r\n"), "MLflow's client strips nothing");
    assert_eq!(run.param("with space %41"), Some(" padded "));
    assert_eq!(run.tag("mlflow.note.content"), Some("line\nline"));
    assert_eq!(read.history("a/b c"), [(0, 1, 0.5), (1, 2, 0.25)]);
    assert_eq!(run.metric("a/b c").unwrap().last.value, 0.25);
    assert_eq!(read.experiments[0].tags, [("team".to_owned(), "x".to_owned())]);
    assert!(read.notes.is_empty() && !run.damaged);
}

#[track_caller]
fn check_meta(meta: &str, expected: Run) {
    let read = store(&[EXPERIMENT, ("1/r/meta.yaml", meta)]);
    assert_eq!(read.run(&expected.id), &Run { experiment_id: "1".to_owned(), ..expected });
}

#[test]
fn runs_of_every_age_are_read() {
    let r = || Run { id: "r".to_owned(), ..Run::default() };
    // 0.x
    check_meta(
        "run_uuid: r\nname: ''\nsource_type: 4\nexperiment_id: 1\nstatus: 4\nstart_time: 5\nend_time: 6\n",
        Run { status: RunStatus::Failed, start_time: Some(5), end_time: Some(6), ..r() },
    );
    // 1.x: the name is a tag
    check_meta("run_uuid: r\nrun_id: r\nname: ''\nexperiment_id: '1'\nstatus: 1\nend_time: null\n", r());
    // 2.x, deleted, from Windows
    check_meta(
        "run_uuid: r\r\nrun_id: r\r\nrun_name: n\r\nexperiment_id: '1'\r\nstatus: 5\r\nlifecycle_stage: deleted\r\n\
         deleted_time: 9\r\nartifact_uri: file:///C:/x%20y\r\n",
        Run {
            name: "n".to_owned(),
            status: RunStatus::Killed,
            lifecycle: Lifecycle::Deleted,
            deleted_time: Some(9),
            artifact_uri: "file:///C:/x%20y".to_owned(),
            ..r()
        },
    );
    // 3.x has no run_uuid; a status of nothing is RUNNING
    check_meta(
        "run_id: r\nrun_name: '08'\nexperiment_id: '1'\nuser_id: 1e3\n",
        Run { name: "08".to_owned(), user_id: "1e3".to_owned(), ..r() },
    );
}

#[test]
fn metric_lines_of_every_shape_are_read() {
    let max = i64::MAX;
    let lines = format!(
        "5 nan 2\r\n1 -inf 0\n1 -0.0 0\n7 1e-310 {max}\n8 Infinity {min}\n9 0.1\n10 2.5 100 train data 0a1b2c\n\n-3 17 -2",
        min = i64::MIN
    );
    let read = one_run(&[("1/r/metrics/m", &lines)]);
    let history = read.history("m");
    let expected = [
        (i64::MIN, 8, f64::INFINITY),
        (-2, -3, 17.0),
        (0, 1, f64::NEG_INFINITY),
        (0, 1, -0.0),
        (0, 9, 0.1),
        (2, 5, f64::NAN),
        (100, 10, 2.5),
        (max, 7, 1e-310),
    ];
    let bits =
        |points: &[(i64, i64, f64)]| -> Vec<_> { points.iter().map(|p| (p.0, p.1, p.2.to_bits())).collect() };
    assert_eq!(bits(&history), bits(&expected));
    assert!(read.notes.is_empty(), "{:?}", read.notes);
}

#[test]
fn experiments_of_every_shape_are_read() {
    let read = store(&[
        ("0/meta.yaml", "experiment_id: 0\nname: Default\n"),
        (
            "123456789012345678/meta.yaml",
            "experiment_id: '123456789012345678'\nname: 'no'\ncreation_time: 7\n",
        ),
        (".trash/5/meta.yaml", "experiment_id: '5'\nname: old\nlifecycle_stage: deleted\n"),
        (".trash/6/meta.yaml", "experiment_id: '6'\nname: older\n"),
        ("7/meta.yml", "experiment_id: '7'\nname: odd\n"),
        ("8/r8/meta.yaml", "run_id: r8\nexperiment_id: '8'\n"),
        ("renamed/meta.yaml", "experiment_id: '9'\nname: nine\n"),
        ("renamed/r9/meta.yaml", "run_id: r9\nexperiment_id: '9'\n"),
        ("artifacts/model.pkl", "x"),
        (".ipynb_checkpoints/a", "x"),
        ("Citeste-ma.txt", "x"),
    ]);
    let told: Vec<_> =
        read.experiments.iter().map(|e| (e.id.as_str(), e.name.as_str(), e.lifecycle)).collect();
    let expected = [
        ("0", "Default", Lifecycle::Active),
        ("123456789012345678", "no", Lifecycle::Active),
        ("7", "odd", Lifecycle::Active),
        ("8", "8", Lifecycle::Active),
        ("9", "nine", Lifecycle::Active),
        ("5", "old", Lifecycle::Deleted),
        ("6", "older", Lifecycle::Deleted),
    ];
    assert_eq!(told, expected);
    assert_eq!(read.run("r9").experiment_id, "9");
    assert!(read.says("7/meta.yml", "in place of meta.yaml"));
    assert!(read.says("8", "no meta.yaml"));
    assert!(read.says("renamed", "experiment 9"));
    assert!(read.says(".ipynb_checkpoints", "2 such folders in all"), "{:?}", read.notes);
}

#[test]
fn an_experiment_in_the_bin_and_at_the_root_is_one() {
    let read = store(&[
        EXPERIMENT,
        RUN,
        (".trash/1/meta.yaml", "experiment_id: '1'\nname: the other\n"),
        (".trash/1/lost/meta.yaml", "run_id: lost\nexperiment_id: '1'\n"),
    ]);
    assert_eq!(read.experiments.len(), 1);
    assert_eq!(read.experiments[0].name, "one", "the root wins");
    assert_eq!(read.run("lost").experiment_id, "1");
    assert!(read.says(".trash/1", "twice"));
}

#[test]
fn a_copied_run_is_left_out() {
    let read = one_run(&[("1/r copy/meta.yaml", RUN.1), ("1/r copy/params/x", "1")]);
    assert_eq!(read.runs.len(), 1);
    assert!(read.run("r").params.is_empty(), "the folder with the run's own name is the run");
    assert!(read.says("1/r copy", "twice"));
}

#[test]
fn folders_without_a_run_are_counted_in_one_note() {
    let mut files = vec![EXPERIMENT, RUN];
    let paths: Vec<String> = (0..3000).map(|i| format!("1/{i:032x}/artifacts/model.pkl")).collect();
    files.extend(paths.iter().map(|p| (p.as_str(), "x")));
    files.push(("1/lost/params/a", "1"));
    let read = store(&files);
    assert_eq!(read.runs.len(), 1);
    assert_eq!(read.notes.len(), 2, "{:?}", read.notes);
    assert!(read.says(&paths[0][..34], "3000 such folders that hold only artifacts in all"));
    assert!(read.says("1/lost", "lost its meta.yaml"));
}

#[test]
fn artifacts_are_listed_and_kept_up_to_a_size() {
    let files =
        [EXPERIMENT, RUN, ("1/r/artifacts/plots/a.txt", "12345"), ("1/r/artifacts/big.bin", "123456")];
    let options = ReadOptions { keep_artifacts_up_to: 5 };
    let read = read_all(Box::new(MlrunsReader::new(tree(&files), "", Layout::Store, options)));
    let mut told = Vec::new();
    for record in &read.others {
        match record {
            Record::Artifact(e) => told.push(format!("{} {} {} {}", e.owner.id(), e.path, e.size, e.kept)),
            Record::ArtifactFile(f) => {
                assert_eq!(f.owner, ArtifactOwner::Run("r".to_owned()));
                told.push(format!("{} holds {}", f.path, String::from_utf8_lossy(&f.bytes)));
            }
            other => panic!("{other:?}"),
        }
    }
    assert_eq!(told, ["r big.bin 6 false", "plots/a.txt holds 12345", "r plots/a.txt 5 true"]);
}

#[test]
fn a_large_store_is_read_in_many_steps() {
    let line: String = (0..20_000).map(|i| format!("{i} 0.5 {i}")).collect::<Vec<_>>().join("\n");
    let paths: Vec<String> = (0..20).map(|i| format!("1/r/metrics/m{i}")).collect();
    let files: Vec<_> =
        [EXPERIMENT, RUN].into_iter().chain(paths.iter().map(|p| (p.as_str(), line.as_str()))).collect();
    let mut reader = MlrunsReader::new(tree(&files), "", Layout::Store, ReadOptions::default());
    let (mut steps, mut most) = (0, 0);
    loop {
        let mut out = Vec::new();
        let step = reader.step(&mut out);
        let points = |r: &Record| if let Record::History { history, .. } = r { history.len() } else { 0 };
        most = most.max(out.iter().map(points).sum());
        steps += 1;
        if step == Step::Done {
            break;
        }
    }
    assert!(steps > 4 && most <= 120_000, "{steps} steps, up to {most} points");
}

#[test]
fn traces_are_counted_in_one_note() {
    let read =
        one_run(&[("1/traces/tr-1/trace_info.yaml", "a: 1"), ("1/traces/tr-2/trace_info.yaml", "a: 1")]);
    assert_eq!(read.notes, [Note::info("1/traces", "this store has 2 traces, which are not read")]);
    assert_eq!(read.notes[0].kind, NoteKind::Info);
}
