//! Environments, models and artifacts, from what the files of runs say.

use std::{collections::HashMap, sync::Arc};

use runatlas_core::{
    diff::{ArtifactOf, Diff, ReadOfRun, RunFiles, SectionKind, to_hash},
    environment::{packages, requirement},
    mlmodel::ModelFile,
    model::{ArtifactEntry, ArtifactOwner, LoggedModel, Run},
};

use super::{row, rows, texts};
use crate::table::make::{Make, run};

fn pairs(found: &[(String, String)]) -> Vec<String> {
    found.iter().map(|(key, value)| format!("{key}={value}")).collect()
}

#[test]
fn lines_of_requirements() {
    let read = |line: &str| requirement(line).map(|found| format!("{} {}", found.name, found.version));
    for (line, expected) in [
        ("numpy==1.26.4", "numpy 1.26.4"),
        (
            "Scikit_Learn[all] >= 1.0, <2 ; python_version < \"3.9\"",
            "scikit-learn >=1.0,<2 (python_version < \"3.9\")",
        ),
        ("torch===2.4.0+cu121  # the card", "torch 2.4.0+cu121"),
        ("x @ git+https://a/b#egg=x", "x git+https://a/b#egg=x"),
        ("tqdm", "tqdm any version"),
        ("a==1.* --hash=sha256:00", "a ==1.*"),
    ] {
        assert_eq!(read(line).as_deref(), Some(expected), "{line}");
    }
    for line in ["", "# numpy==1", "-r other.txt", "--index-url x", "./wheel.whl file", "two words", "a[b"] {
        assert_eq!(read(line), None, "{line}");
    }
}

#[test]
fn files_of_one_model_say_one_thing() {
    let conda = "name: e\nchannels: [conda-forge]\ndependencies:\n- python=3.10.4\n- pip<=22.1\n- conda-forge::blas=1.0=mkl\n- pip:\n  - mlflow==2.2.1\n  - torch>=2\n";
    let env =
        "python: 3.10.4\nbuild_dependencies:\n- pip==22.1\n- wheel\ndependencies:\n- -r requirements.txt\n";
    let files = [
        ("model/conda.yaml", conda.as_bytes()),
        ("model/python_env.yaml", env.as_bytes()),
        ("model/requirements.txt", b"mlflow==2.2.1\ntorch==2.4.0\n\\\n".as_slice()),
        ("other/requirements.txt", b"torch==2.3.0"),
        ("notes.txt", b"numpy==1"),
    ];
    let found: Vec<String> =
        packages(files).into_iter().map(|(name, version)| format!("{name} {version}")).collect();
    assert_eq!(
        found,
        ["blas 1.0", "mlflow 2.2.1", "pip 22.1", "python 3.10.4", "torch 2.4.0, 2.3.0", "wheel any version"]
    );
    assert!(packages([("conda.yaml", b"\xff{{:".as_slice()), ("requirements.txt", b"\xff\xfe")]).is_empty());
}

const MLMODEL: &str = r#"
artifact_path: model
flavors:
  python_function:
    loader_module: mlflow.sklearn
    python_version: 3.11.9
  sklearn:
    code: null
    serialization_format: cloudpickle
    sklearn_version: 1.5.0
mlflow_version: 2.22.0
model_size_bytes: 1204
run_id: 0a
signature:
  inputs: '[{"type": "long", "name": "age", "required": true}, {"type": "double", "name": "fare", "required": false}]'
  outputs: '[{"type": "tensor", "tensor-spec": {"dtype": "float32", "shape": [-1, 2]}}]'
  params: null
utc_time_created: '2025-12-27 05:35:45.664285'
"#;

#[test]
fn an_mlmodel_is_its_flavours_and_its_signature() {
    let model = ModelFile::read(MLMODEL.as_bytes()).unwrap();
    assert_eq!(model.artifact_path, "model");
    assert_eq!(
        pairs(&model.facts),
        [
            "python=3.11.9",
            "loader=mlflow.sklearn",
            "flavor sklearn=1.5.0",
            "sklearn serialization format=cloudpickle",
            "mlflow=2.22.0",
            "inputs.age=long",
            "inputs.fare=double (optional)",
            "outputs[0]=float32 (−1, 2)",
            "size=1.2 KB"
        ]
    );
    let tag = r#"[{"artifact_path": "m", "flavors": {"pytorch": {"pytorch_version": "2.4"}}, "run_id": "1"}, {"x": 1}, 3]"#;
    let history = ModelFile::history(tag);
    assert_eq!(
        (history.len(), pairs(&history[0].facts)),
        (1, vec!["flavor pytorch=2.4".to_owned(), "signature=none".to_owned()])
    );
    for broken in ["", "[]", "flavors: 1", "\u{0}", "flavors: {a: [}"] {
        assert_eq!(ModelFile::read(broken.as_bytes()), None);
        assert!(ModelFile::history(broken).is_empty());
    }
}

fn entry(owner: &ArtifactOwner, path: &str, size: u64) -> ArtifactEntry {
    ArtifactEntry { owner: owner.clone(), path: path.to_owned(), size, kept: true }
}

#[test]
fn a_run_is_read_with_the_models_that_it_wrote() {
    let (of_run, of_model) = (ArtifactOwner::Run("r".to_owned()), ArtifactOwner::Model("m-1".to_owned()));
    let logged = LoggedModel {
        id: "m-1".to_owned(),
        name: "net".to_owned(),
        source_run_id: "r".to_owned(),
        status: "READY".to_owned(),
        params: vec![("depth".to_owned(), "3".to_owned())],
        ..LoggedModel::default()
    };
    let entries = [entry(&of_run, "cfg.yaml", 9), entry(&of_model, "MLmodel", 10)];
    let contents = HashMap::from([((of_model.clone(), "MLmodel".to_owned()), MLMODEL.as_bytes().to_vec())]);
    let hashes = HashMap::from([((of_run.clone(), "cfg.yaml".to_owned()), "ab".repeat(32))]);
    let run = Run { id: "r".to_owned(), ..Run::default() };
    let read =
        ReadOfRun { run: &run, models: &[logged], entries: &entries, contents: &contents, hashes: &hashes };
    let files = RunFiles::new(&read);
    assert_eq!(
        files.artifacts.iter().map(|file| file.path.as_str()).collect::<Vec<_>>(),
        ["cfg.yaml", "net/MLmodel"]
    );
    assert_eq!(files.models.len(), 1);
    assert_eq!(files.models[0].name, "net");
    let facts = pairs(&files.models[0].facts);
    assert!(
        facts.contains(&"inputs.age=long".to_owned()) && facts.contains(&"logged params.depth=3".to_owned()),
        "{facts:?}"
    );
}

/// Two runs and what their files say.
fn with_files(runs: [Make; 2], files: [RunFiles; 2]) -> Diff {
    let diff = Diff::new(runs.into_iter().map(Make::done).collect(), 0);
    diff.with_files(&files.map(|files| Some(Arc::new(files))))
}

#[test]
fn packages_models_and_files_are_sections() {
    let file = |path: &str, size, hash: Option<&str>| ArtifactOf {
        path: path.to_owned(),
        size,
        hash: hash.map(str::to_owned),
    };
    let files = |torch: &str, hash: &str| RunFiles {
        packages: packages([("requirements.txt", format!("torch=={torch}\nnumpy==1.26.4").as_bytes())]),
        models: Vec::new(),
        artifacts: vec![file("a-2.txt", 5, Some(hash)), file("a-10.txt", 7, None)],
    };
    let gpus = run("a")
        .metric("system/gpu_0_utilization_percentage", 1.0)
        .metric("system/gpu_1_power_usage_watts", 1.0);
    let pending = Diff::new(vec![run("a").done(), run("b").done()], 0);
    let words = |diff: &Diff| {
        let waiting = diff.sections().iter().filter(|section| section.pending);
        waiting.map(|section| section.kind).collect::<Vec<_>>()
    };
    assert_eq!(words(&pending), [SectionKind::Environment, SectionKind::Models, SectionKind::Artifacts]);
    let (one, other) = ("0123456789abcdef", "0123456789ff");
    let diff = with_files([gpus, run("b")], [files("2.4.0", one), files("2.4.1", other)]);
    assert!(
        words(&diff).is_empty() && diff.sections().iter().all(|section| section.kind != SectionKind::Models)
    );
    let keys = |kind| rows(&diff, kind).into_iter().map(|row| row.key).collect::<Vec<_>>();
    assert_eq!(keys(SectionKind::Environment), ["GPUs", "numpy", "torch"]);
    assert_eq!(texts(&row(&diff, SectionKind::Environment, "GPUs")), ["2", "not listed"]);
    assert_eq!(texts(&row(&diff, SectionKind::Environment, "torch")), ["2.4.0", "2.4.1"]);
    assert_eq!(keys(SectionKind::Artifacts), ["a-2.txt", "a-10.txt"]);
    let first = row(&diff, SectionKind::Artifacts, "a-2.txt");
    assert!(first.differs);
    assert_eq!(texts(&first), ["5 B · 0123456789abcdef", "5 B · 0123456789ff"]);
    assert!(!row(&diff, SectionKind::Artifacts, "a-10.txt").differs);
}

#[test]
fn only_files_that_size_does_not_tell_apart_are_hashed() {
    let run = |id: &str, files: &[(&str, u64)]| -> Vec<ArtifactEntry> {
        let owner = ArtifactOwner::Run(id.to_owned());
        files.iter().map(|(path, size)| entry(&owner, path, *size)).collect()
    };
    let lists = [
        run("a", &[("x", 5), ("y", 6), ("big", 900)]),
        run("b", &[("x", 5), ("y", 7), ("big", 900), ("z", 1)]),
    ];
    let wanted = |most| -> Vec<String> {
        to_hash(&lists, most).into_iter().map(|(run, (_, path))| format!("{run}{path}")).collect()
    };
    assert_eq!(wanted(10_000), ["0x", "1x", "0big", "1big"]);
    assert_eq!(wanted(100), ["0x", "1x"], "the small ones first");
}
