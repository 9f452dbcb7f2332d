//! Datasets, logged models and the registry.

use runatlas_core::{
    model::{Lifecycle, LoggedModel, ModelVersion, RegisteredModel},
    read::Record,
};

use super::{Read, one_run};

#[test]
fn inputs_and_outputs_are_read() {
    let read = one_run(&[
        (
            "1/datasets/d1/meta.yaml",
            "name: train\ndigest: abc\nsource_type: local\nsource: '{\"uri\": \"x\"}'\nschema: null\nprofile: ''\n",
        ),
        (
            "1/r/inputs/i1/meta.yaml",
            "source_type: DATASET\nsource_id: d1\ntags:\n  mlflow.data.context: 'yes'\n",
        ),
        ("1/r/inputs/i2/meta.yaml", "source_type: MODEL\nsource_id: m-1\ntags: {}\n"),
        ("1/r/outputs/o1/meta.yaml", "destination_type: MODEL_OUTPUT\ndestination_id: m-2\nstep: 7\n"),
    ]);
    let run = read.run("r");
    let input = &run.inputs[0];
    assert_eq!(
        (input.name.as_str(), input.digest.as_str(), input.source.as_str()),
        ("train", "abc", "{\"uri\": \"x\"}")
    );
    assert_eq!((input.schema.as_deref(), input.profile.as_deref()), (None, Some("")));
    assert_eq!(input.tags, [("mlflow.data.context".to_owned(), "yes".to_owned())]);
    assert_eq!(run.model_inputs[0].model_id, "m-1");
    assert_eq!((run.outputs[0].model_id.as_str(), run.outputs[0].step), ("m-2", 7));
}

fn logged(read: &Read) -> Vec<&LoggedModel> {
    let models = read.others.iter().map(|r| if let Record::LoggedModel(m) = r { Some(&**m) } else { None });
    models.flatten().collect()
}

#[test]
fn logged_models_are_read() {
    let meta =
        "model_id: m-1\nname: tree\nexperiment_id: '1'\nstatus: 2\nsource_run_id: r\nmodel_type: null\n";
    let read = one_run(&[
        ("1/models/m-1/meta.yaml", meta),
        ("1/models/m-1/params/depth", "3"),
        ("1/models/m-1/tags/t", "x\n"),
        (
            "1/models/m-1/metrics/acc",
            "1 0.5 0 r\n2 0.75 1 r\n3 0.25 1 r test data 0af\n4 0.1 0 r test data 0af\nbad\n1 2 3\n1 2 3 r x\n",
        ),
        ("1/models/m-1/artifacts/MLmodel", "flavors: {}"),
        ("1/models/m-2/meta.yaml", "model_id: m-2\nstatus: 3\nlifecycle_stage: deleted\n"),
        ("1/models/m-3/artifacts/MLmodel", "without meta.yaml"),
    ]);
    let models = logged(&read);
    assert_eq!(models.len(), 2);
    let [tree, deleted] = models[..] else { panic!() };
    assert_eq!(
        (tree.status.as_str(), tree.model_type.as_str(), tree.source_run_id.as_str()),
        ("READY", "", "r")
    );
    assert_eq!((&tree.params[0].1[..], &tree.tags[0].1[..]), ("3", "x\n"));
    let metrics: Vec<_> = tree
        .metrics
        .iter()
        .map(|m| (m.point.timestamp, m.point.value, m.dataset_name.as_str(), m.dataset_digest.as_str()))
        .collect();
    assert_eq!(metrics, [(2, 0.75, "", ""), (3, 0.25, "test data", "0af")]);
    assert!(read.says(
        "1/models/m-1/metrics/acc",
        "3 lines are no metric lines and were left out; the first is line 5"
    ));
    assert_eq!((deleted.status.as_str(), deleted.lifecycle), ("FAILED", Lifecycle::Deleted));
    let artifacts = read.others.iter().filter(|r| matches!(r, Record::Artifact(a) if a.owner.id() == "m-1"));
    assert_eq!(artifacts.count(), 1);
}

#[test]
fn the_registry_is_read() {
    let read = one_run(&[
        (
            "models/big one/meta.yaml",
            "name: big one\ndescription: null\ncreation_timestamp: 5\nlast_updated_timestamp: 6\n",
        ),
        ("models/big one/tags/t", "x"),
        ("models/big one/aliases/champion", "10\n"),
        (
            "models/big one/version-10/meta.yaml",
            "name: big one\nversion: 10\ncurrent_stage: Production\nstatus: READY\nrun_id: r\nsource: s\nmodel_id: m-1\n",
        ),
        ("models/big one/version-10/tags/v", "y"),
        ("models/big one/version-2/meta.yaml", "name: big one\nversion: 2\ncurrent_stage: None\n"),
        (
            "models/big one/version-3/meta.yaml",
            "name: big one\nversion: 3\ncurrent_stage: Deleted_Internal\n",
        ),
        ("models/broken/meta.yaml", "["),
        ("models/broken/version-1/meta.yaml", "version: 1\n"),
    ]);
    let registered: Vec<&RegisteredModel> = read
        .others
        .iter()
        .filter_map(|r| if let Record::RegisteredModel(m) = r { Some(m) } else { None })
        .collect();
    let versions: Vec<&ModelVersion> = read
        .others
        .iter()
        .filter_map(|r| if let Record::ModelVersion(v) = r { Some(&**v) } else { None })
        .collect();
    assert_eq!(registered.iter().map(|m| m.name.as_str()).collect::<Vec<_>>(), ["big one", "broken"]);
    assert_eq!(registered[0].aliases, [("champion".to_owned(), "10".to_owned())]);
    assert_eq!((registered[0].creation_timestamp, registered[0].tags.len()), (Some(5), 1));
    let told: Vec<_> =
        versions.iter().map(|v| (v.name.as_str(), v.version.as_str(), v.current_stage.as_str())).collect();
    assert_eq!(told, [("big one", "10", "Production"), ("big one", "2", "None"), ("broken", "1", "None")]);
    assert_eq!((versions[0].model_id.as_deref(), versions[0].tags.len()), (Some("m-1"), 1));
    assert!(read.says("models/broken", "named as its folder"));
}
