//! Bytes that released versions wrote must be read for ever.
//!
//! `tests/fixtures/stored/v1.txt` holds one entity of each kind as version 1 writes it, every
//! field filled. A change that fails here needs a new version (see `model::stored`), unless
//! version 1 is not released yet.

use std::{collections::BTreeMap, fmt::Debug};

use runatlas_core::{
    history::{History, codec},
    model::{
        ArtifactEntry, ArtifactOwner, Counts, DatasetInput, Experiment, ImportReport, Lifecycle, LoggedModel,
        MetricSummary, ModelLink, ModelMetric, ModelVersion, Note, NoteGroup, NoteKind, Pairs, Point,
        RegisteredModel, Run, RunStatus, Source, SourceKind, SourceState,
        stored::{StoredError, decode, encode},
    },
};
use serde::{Serialize, de::DeserializeOwned};

const VERSION_1: &str = include_str!("../fixtures/stored/v1.txt");

fn kept(name: &str) -> Option<Vec<u8>> {
    let lines: BTreeMap<&str, &str> = VERSION_1.lines().filter_map(|line| line.split_once(' ')).collect();
    let hex = lines.get(name)?;
    (0..hex.len() / 2).map(|at| u8::from_str_radix(&hex[2 * at..2 * at + 2], 16).ok()).collect()
}

fn hex(bytes: &[u8]) -> String {
    bytes
        .iter()
        .flat_map(|byte| [byte >> 4, byte & 15])
        .filter_map(|half| char::from_digit(half.into(), 16))
        .collect()
}

#[track_caller]
fn check<T: Serialize + DeserializeOwned + Debug + PartialEq>(name: &str, entity: T) {
    let written = encode(&entity).unwrap();
    assert_eq!(decode::<T>(&written).unwrap(), entity);
    let kept = kept(name).unwrap_or_else(|| panic!("no fixture, add:\n{name} {}", hex(&written)));
    assert_eq!(decode::<T>(&kept).unwrap(), entity, "{name} of version 1");
    assert_eq!(hex(&written), hex(&kept), "{name} as it is written now");
}

fn pairs(pairs: &[(&str, &str)]) -> Pairs {
    pairs.iter().map(|&(k, v)| (k.to_owned(), v.to_owned())).collect()
}

const POINT: Point = Point { step: -3, timestamp: 1_700_000_000_000, value: -0.0 };

fn run() -> Run {
    Run {
        id: "0123456789abcdef0123456789abcdef".into(),
        experiment_id: "423456789012345678".into(),
        name: "größe 1".into(),
        status: RunStatus::Failed,
        start_time: Some(1_700_000_000_001),
        end_time: Some(-1),
        lifecycle: Lifecycle::Deleted,
        deleted_time: Some(5),
        artifact_uri: "s3://b/k".into(),
        user_id: "u".into(),
        params: pairs(&[("lr", "1e-3")]),
        tags: pairs(&[("mlflow.note.content", "a\nb")]),
        metrics: vec![MetricSummary {
            key: "loss/train".into(),
            last: POINT,
            first: Point { step: i64::MIN, timestamp: i64::MAX, value: f64::INFINITY },
            count: 300,
            min: Some((0.5, 1)),
            max: None,
            sum: 1.5,
            non_finite: 7,
            first_non_finite_step: Some(2),
        }],
        inputs: vec![DatasetInput {
            name: "d".into(),
            digest: "x".into(),
            source_type: "local".into(),
            source: "{}".into(),
            schema: Some("s".into()),
            profile: None,
            tags: pairs(&[("mlflow.data.context", "eval")]),
        }],
        model_inputs: vec![ModelLink { model_id: "m-1".into(), step: 0 }],
        outputs: vec![ModelLink { model_id: "m-2".into(), step: 9 }],
        damaged: true,
    }
}

fn source() -> Source {
    Source {
        id: "s1".into(),
        name: "Mine".into(),
        kind: SourceKind::Database,
        demo: true,
        file_name: "a.zip".into(),
        path: "x/mlflow.db".into(),
        added: 1,
        updated: 2,
        state: SourceState::Cancelled,
        counts: Counts {
            experiments: 1,
            runs: 2,
            metrics: 3,
            points: 4,
            artifacts: 5,
            logged_models: 6,
            registered_models: 7,
            model_versions: 8,
        },
        bytes: 1 << 40,
        imports: 3,
        report: ImportReport {
            read: Counts { runs: 9, ..Counts::default() },
            skipped: 1,
            repaired: 2,
            infos: 3,
            groups: vec![NoteGroup {
                kind: NoteKind::Repaired,
                reason: "r".into(),
                count: 2,
                paths: vec!["p".into()],
            }],
        },
    }
}

#[test]
fn runs_and_experiments() {
    check("run", run());
    check(
        "experiment",
        Experiment {
            id: "1".into(),
            name: "E".into(),
            artifact_location: "a".into(),
            lifecycle: Lifecycle::Active,
            creation_time: Some(1),
            last_update_time: None,
            tags: pairs(&[("k", "v")]),
        },
    );
}

#[test]
fn models() {
    check(
        "logged_model",
        LoggedModel {
            id: "m-1".into(),
            experiment_id: "1".into(),
            name: "n".into(),
            artifact_location: "a".into(),
            creation_timestamp: Some(1),
            last_updated_timestamp: Some(2),
            source_run_id: "r".into(),
            status: "READY".into(),
            status_message: "ok".into(),
            model_type: "agent".into(),
            lifecycle: Lifecycle::Deleted,
            params: pairs(&[("a", "b")]),
            tags: pairs(&[("c", "d")]),
            metrics: vec![ModelMetric {
                key: "k".into(),
                point: POINT,
                run_id: "r".into(),
                dataset_name: "d".into(),
                dataset_digest: "x".into(),
            }],
        },
    );
    check(
        "registered_model",
        RegisteredModel {
            name: "R".into(),
            description: "d".into(),
            tags: pairs(&[("a", "b")]),
            aliases: pairs(&[("champion", "2")]),
            creation_timestamp: Some(1),
            last_updated_timestamp: None,
        },
    );
    check(
        "model_version",
        ModelVersion {
            name: "R".into(),
            version: "2".into(),
            run_id: "r".into(),
            source: "s".into(),
            status: "READY".into(),
            status_message: "m".into(),
            current_stage: "Production".into(),
            description: "d".into(),
            user_id: "u".into(),
            tags: pairs(&[("a", "b")]),
            run_link: "l".into(),
            creation_timestamp: Some(1),
            last_updated_timestamp: Some(2),
            model_id: Some("m-1".into()),
        },
    );
}

#[test]
fn sources_artifacts_notes() {
    check("source", source());
    let entry = |owner, path: &str, kept| ArtifactEntry { owner, path: path.into(), size: 1 << 33, kept };
    check(
        "artifacts",
        vec![
            entry(ArtifactOwner::Run("r".into()), "a/b.txt", true),
            entry(ArtifactOwner::Model("m-1".into()), "MLmodel", false),
        ],
    );
    check("notes", vec![Note::skipped("p", "s"), Note::repaired("p", "r"), Note::info("", "i")]);
}

#[test]
fn history_blocks() {
    let history: History =
        [POINT, Point { value: f64::NAN, ..POINT }, Point { step: 1 << 40, ..POINT }, POINT]
            .into_iter()
            .collect();
    let written = codec::encode(&history);
    let kept = kept("history").unwrap_or_else(|| panic!("no fixture, add:\nhistory {}", hex(&written)));
    let read = codec::decode(&kept).unwrap();
    assert_eq!((&read.steps, &read.timestamps), (&history.steps, &history.timestamps));
    let bits = |history: &History| history.values.iter().map(|value| value.to_bits()).collect::<Vec<_>>();
    assert_eq!(bits(&read), bits(&history));
}

#[test]
fn a_small_pack_of_histories() {
    let pack: BTreeMap<String, Vec<u8>> = [("a".to_owned(), vec![1, 2]), ("b".to_owned(), vec![])].into();
    check("pack", pack);
}

#[test]
fn other_bytes_are_refused_with_the_reason() {
    assert!(matches!(decode::<Run>(&[]), Err(StoredError::Empty)));
    assert!(matches!(decode::<Run>(&[2, 0]), Err(StoredError::Newer { found: 2 })));
    let mut cut = encode(&run()).unwrap();
    while cut.pop().is_some_and(|_| cut.len() > 1) {
        assert!(matches!(decode::<Run>(&cut), Err(StoredError::Broken(_))), "{} bytes", cut.len());
    }
}
