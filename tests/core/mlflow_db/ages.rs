//! The same content in schemas of every age.

use runatlas_core::model::{
    DatasetInput, Experiment, Lifecycle, ModelLink, ModelMetric, Pairs, Point, RunStatus,
};

use super::{BEFORE_1_0, OF_1_27, OF_2_4, OF_3_17, read, store};

/// What every age can hold.
const ALWAYS: &str = "
    INSERT INTO experiments (experiment_id, name, artifact_location, lifecycle_stage) VALUES
        (0, 'Default', './mlruns/0', 'active'), (123456789012345678, 'größer', 's3://b/x', 'deleted');
    INSERT INTO runs (run_uuid, experiment_id, name, status, start_time, end_time, lifecycle_stage, artifact_uri, user_id) VALUES
        ('r1', 0, 'first', 'FINISHED', 1000, 2000, 'active', './mlruns/0/r1/artifacts', 'me'),
        ('r2', 123456789012345678, '', 'RUNNING', 1500, NULL, 'deleted', '', '');
    INSERT INTO params (run_uuid, key, value) VALUES ('r1', 'lr', '0.1'), ('r1', 'a/b', ''), ('r2', 'lr', 'viele
Zeilen');
    INSERT INTO tags (run_uuid, key, value) VALUES ('r2', 'mlflow.runName', 'from its tag'), ('r1', 'none', NULL);
    INSERT INTO metrics (run_uuid, key, value, timestamp, step) VALUES
        ('r1', 'loss', 3, 12, 2), ('r2', 'loss', 0.5, 11, 0), ('r1', 'loss', 2.5, 11, 1), ('r1', 'loss', -1, 10, 0);";

const WITH_NAN: &str = "
    INSERT INTO metrics (run_uuid, key, value, timestamp, step, is_nan) VALUES
        ('r1', 'odd', 0, 1, -1, 1), ('r1', 'odd', 1.7976931348623157e308, 2, 0, 0), ('r1', 'odd', -1.7976931348623157e308, 3, 1, 0);
    INSERT INTO latest_metrics (run_uuid, key, value, timestamp, step, is_nan) VALUES
        ('r1', 'loss', 3, 12, 2, 0), ('r1', 'odd', 0, 9, 9, 1), ('r2', 'loss', 0.5, 11, 0, 0);
    INSERT INTO experiment_tags (experiment_id, key, value) VALUES (0, 'z', '1'), (0, 'note', 'text');
    INSERT INTO registered_models (name, creation_time, last_updated_time, description) VALUES ('m', 5, 6, 'about');
    INSERT INTO registered_model_tags (name, key, value) VALUES ('m', 'k', 'v');
    INSERT INTO model_versions (name, version, creation_time, last_updated_time, description, user_id, current_stage, source, run_id, status, status_message, run_link) VALUES
        ('m', 10, 8, 9, NULL, 'me', 'Production', './mlruns/0/r1/artifacts/model', 'r1', 'READY', NULL, ''),
        ('m', 2, 7, 7, 'second', NULL, 'Deleted_Internal', 'REDACTED', '', 'READY', NULL, NULL),
        ('m', 9, 8, 9, 'nine', 'me', 'None', 'models:/m-1', 'r1', 'READY', 'fine', 'http://h/r');
    INSERT INTO model_version_tags (name, version, key, value) VALUES ('m', 9, 'kind', 'test');";

const WITH_DATASETS: &str = "
    UPDATE experiments SET creation_time = 100, last_update_time = 200 WHERE experiment_id = 0;
    UPDATE runs SET deleted_time = 3000 WHERE run_uuid = 'r2';
    INSERT INTO datasets VALUES ('d1', 0, 'iris', 'abc', 'code', '{}', '{\"c\":1}', NULL), ('d2', 0, 'iris', 'def', 'local', '{}', NULL, '{}');
    INSERT INTO inputs (input_uuid, source_type, source_id, destination_type, destination_id) VALUES
        ('i1', 'DATASET', 'd1', 'RUN', 'r1'), ('i2', 'DATASET', 'd2', 'RUN', 'r1'), ('i3', 'DATASET', 'gone', 'RUN', 'r1');
    INSERT INTO input_tags VALUES ('i2', 'z', '1'), ('i2', 'mlflow.data.context', 'eval'), ('i9', 'x', 'y');
    INSERT INTO registered_model_aliases (name, alias, version) VALUES ('m', 'champion', 10), ('m', 'best', 9);";

const WITH_MODELS: &str = "
    INSERT INTO inputs VALUES ('i4', 'RUN_INPUT', 'r1', 'MODEL_INPUT', 'm-1', 0), ('i5', 'RUN_OUTPUT', 'r1', 'MODEL_OUTPUT', 'm-2', 7);
    INSERT INTO logged_models VALUES ('m-2', 0, 'clf', './m-2', 50, 60, 2, 'active', NULL, 'r1', NULL), ('m-1', 0, 'old', './m-1', 40, 41, 3, 'deleted', 'agent', NULL, 'broke');
    INSERT INTO logged_model_params VALUES ('m-2', 0, 'depth', '3');
    INSERT INTO logged_model_tags VALUES ('m-2', 0, 'b', '2'), ('m-2', 0, 'a', '1');
    INSERT INTO logged_model_metrics VALUES ('m-2', 'acc', 55, 1, 0.75, 0, 'r1', 'd1', 'iris', 'abc');";

#[test]
fn before_1_0() {
    check(BEFORE_1_0, &[ALWAYS]);
}

#[test]
fn of_1_27() {
    check(OF_1_27, &[ALWAYS, WITH_NAN]);
}

#[test]
fn of_2_4() {
    check(OF_2_4, &[ALWAYS, WITH_NAN, WITH_DATASETS]);
}

#[test]
fn of_3_17() {
    check(OF_3_17, &[ALWAYS, WITH_NAN, WITH_DATASETS, WITH_MODELS]);
}

fn pairs(of: &[(&str, &str)]) -> Pairs {
    of.iter().map(|&(key, value)| (key.to_owned(), value.to_owned())).collect()
}

fn point(step: i64, timestamp: i64, value: f64) -> Point {
    Point { step, timestamp, value }
}

/// Reads the first parts; what belongs to the later ones must not be there.
fn check(schema: &str, parts: &[&str]) {
    let given = read(&store(schema, &parts.concat()));
    assert_eq!(given.notes(), [] as [&str; 0]);
    check_runs(&given, parts.len());
    check_experiments(&given, parts.len());
    check_registry(&given, parts.len());
    check_models(&given, parts.len());
}

fn check_experiments(given: &super::Given, parts: usize) {
    let experiment = |id: &str, name: &str, location: &str, lifecycle| Experiment {
        id: id.to_owned(),
        name: name.to_owned(),
        artifact_location: location.to_owned(),
        lifecycle,
        ..Experiment::default()
    };
    let mut default = experiment("0", "Default", "./mlruns/0", Lifecycle::Active);
    if parts > 1 {
        default.tags = pairs(&[("note", "text"), ("z", "1")]);
    }
    if parts > 2 {
        (default.creation_time, default.last_update_time) = (Some(100), Some(200));
    }
    let other = experiment("123456789012345678", "größer", "s3://b/x", Lifecycle::Deleted);
    assert_eq!(given.experiments, [default, other]);
}

fn check_runs(given: &super::Given, parts: usize) {
    assert_eq!(given.runs.len(), 2);
    let (first, second) = (given.run("r1"), given.run("r2"));
    assert_eq!((first.experiment_id.as_str(), second.experiment_id.as_str()), ("0", "123456789012345678"));
    assert_eq!((first.name.as_str(), second.name.as_str()), ("first", "from its tag"));
    assert_eq!((first.status, second.status), (RunStatus::Finished, RunStatus::Running));
    assert_eq!((first.start_time, first.end_time, second.end_time), (Some(1000), Some(2000), None));
    assert_eq!((first.lifecycle, second.lifecycle), (Lifecycle::Active, Lifecycle::Deleted));
    assert_eq!((first.artifact_uri.as_str(), first.user_id.as_str()), ("./mlruns/0/r1/artifacts", "me"));
    assert_eq!(first.params, pairs(&[("a/b", ""), ("lr", "0.1")]));
    assert_eq!(second.params, pairs(&[("lr", "viele\nZeilen")]));
    // The client's upgrade of a database this old copies the user to a tag.
    let user: &[(&str, &str)] =
        if parts == 1 { &[("mlflow.user", "me"), ("none", "")] } else { &[("none", "")] };
    assert_eq!(first.tags, pairs(user));
    assert_eq!(second.tags, pairs(&[("mlflow.runName", "from its tag")]));
    assert_eq!(second.deleted_time, (parts > 2).then_some(3000));
    assert!(!first.damaged);

    let loss = vec![point(0, 10, -1.0), point(1, 11, 2.5), point(2, 12, 3.0)];
    assert!(given.histories.contains(&("r1".to_owned(), "loss".to_owned(), loss.clone())));
    assert!(given.histories.contains(&("r2".to_owned(), "loss".to_owned(), vec![point(0, 11, 0.5)])));
    let summary = first.metric("loss").unwrap();
    assert_eq!((summary.first, summary.last, summary.count), (loss[0], loss[2], 3));
    assert_eq!(given.histories.len(), if parts > 1 { 3 } else { 2 });
    if parts > 1 {
        let odd = &given.histories.iter().find(|(_, key, _)| key == "odd").unwrap().2;
        assert!(odd[0].value.is_nan());
        assert_eq!(odd[1..], [point(0, 2, f64::MAX), point(1, 3, f64::MIN)]);
        // What the client shows as latest is the row of latest_metrics, right or wrong.
        let last = first.metric("odd").unwrap().last;
        assert!(last.value.is_nan());
        assert_eq!((last.step, last.timestamp), (9, 9));
    }
    check_inputs(given, parts);
}

fn check_inputs(given: &super::Given, parts: usize) {
    let run = given.run("r1");
    let iris = |digest: &str, source_type: &str, schema: Option<&str>, profile: Option<&str>| DatasetInput {
        name: "iris".to_owned(),
        digest: digest.to_owned(),
        source_type: source_type.to_owned(),
        source: "{}".to_owned(),
        schema: schema.map(str::to_owned),
        profile: profile.map(str::to_owned),
        tags: Vec::new(),
    };
    let mut second = iris("def", "local", None, Some("{}"));
    second.tags = pairs(&[("mlflow.data.context", "eval"), ("z", "1")]);
    let inputs =
        if parts > 2 { vec![iris("abc", "code", Some("{\"c\":1}"), None), second] } else { Vec::new() };
    assert_eq!(run.inputs, inputs);
    let link = |model: &str, step| ModelLink { model_id: model.to_owned(), step };
    let links =
        if parts > 3 { (vec![link("m-1", 0)], vec![link("m-2", 7)]) } else { (Vec::new(), Vec::new()) };
    assert_eq!((run.model_inputs.clone(), run.outputs.clone()), links);
}

fn check_registry(given: &super::Given, parts: usize) {
    if parts < 2 {
        assert!(given.registered_models.is_empty() && given.versions.is_empty());
        return;
    }
    let [model] = &given.registered_models[..] else { panic!("{:?}", given.registered_models) };
    assert_eq!((model.name.as_str(), model.description.as_str()), ("m", "about"));
    assert_eq!((model.creation_timestamp, model.last_updated_timestamp), (Some(5), Some(6)));
    assert_eq!(model.tags, pairs(&[("k", "v")]));
    assert_eq!(
        model.aliases,
        if parts > 2 { pairs(&[("best", "9"), ("champion", "10")]) } else { Vec::new() }
    );
    let [nine, ten] = &given.versions[..] else { panic!("{:?}", given.versions) };
    assert_eq!((nine.version.as_str(), ten.version.as_str()), ("9", "10"));
    assert_eq!(
        (nine.run_id.as_str(), nine.model_id.as_deref(), ten.model_id.as_deref()),
        ("r1", Some("m-1"), None)
    );
    assert_eq!((ten.current_stage.as_str(), ten.description.as_str()), ("Production", ""));
    assert_eq!(
        (nine.status.as_str(), nine.status_message.as_str(), nine.run_link.as_str()),
        ("READY", "fine", "http://h/r")
    );
    assert_eq!((nine.creation_timestamp, nine.last_updated_timestamp), (Some(8), Some(9)));
    assert_eq!(nine.tags, pairs(&[("kind", "test")]));
}

fn check_models(given: &super::Given, parts: usize) {
    if parts < 4 {
        assert!(given.logged_models.is_empty());
        return;
    }
    let [first, second] = &given.logged_models[..] else { panic!("{:?}", given.logged_models) };
    assert_eq!(
        (first.id.as_str(), first.status.as_str(), first.lifecycle),
        ("m-1", "FAILED", Lifecycle::Deleted)
    );
    assert_eq!((first.status_message.as_str(), first.model_type.as_str()), ("broke", "agent"));
    assert_eq!(
        (second.id.as_str(), second.status.as_str(), second.source_run_id.as_str()),
        ("m-2", "READY", "r1")
    );
    assert_eq!((second.name.as_str(), second.artifact_location.as_str()), ("clf", "./m-2"));
    assert_eq!((second.creation_timestamp, second.last_updated_timestamp), (Some(50), Some(60)));
    assert_eq!(second.params, pairs(&[("depth", "3")]));
    assert_eq!(second.tags, pairs(&[("a", "1"), ("b", "2")]));
    let metric = ModelMetric {
        key: "acc".to_owned(),
        point: point(1, 55, 0.75),
        run_id: "r1".to_owned(),
        dataset_name: "iris".to_owned(),
        dataset_digest: "abc".to_owned(),
    };
    assert_eq!(second.metrics, [metric]);
}
