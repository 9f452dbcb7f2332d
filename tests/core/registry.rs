//! Tests of registry: what the page of a source's models shows.

use runatlas_core::{
    model::{Lifecycle, LoggedModel, ModelLink, ModelMetric, ModelVersion, Point, RegisteredModel, Run},
    registry::{SourceRun, StatusTone, logged_rows, registered_rows, status_words, version_rows},
};

fn pair(key: &str, value: &str) -> (String, String) {
    (key.to_owned(), value.to_owned())
}

fn model(name: &str, aliases: &[(&str, &str)]) -> RegisteredModel {
    RegisteredModel {
        name: name.to_owned(),
        description: format!("About {name}."),
        aliases: aliases.iter().map(|(alias, version)| pair(alias, version)).collect(),
        ..RegisteredModel::default()
    }
}

fn version(name: &str, number: &str, stage: &str, run: &str) -> ModelVersion {
    ModelVersion {
        name: name.to_owned(),
        version: number.to_owned(),
        run_id: run.to_owned(),
        status: "READY".to_owned(),
        current_stage: stage.to_owned(),
        ..ModelVersion::default()
    }
}

fn run(id: &str, name: &str) -> Run {
    Run { id: id.to_owned(), name: name.to_owned(), ..Run::default() }
}

fn logged(id: &str, name: &str, created: i64) -> LoggedModel {
    LoggedModel {
        id: id.to_owned(),
        name: name.to_owned(),
        creation_timestamp: Some(created),
        status: "READY".to_owned(),
        ..LoggedModel::default()
    }
}

#[test]
fn models_are_listed_by_name_with_their_latest_version() {
    let models = [model("Zebra", &[]), model("ant", &[("champion", "9"), ("next", "10")])];
    let versions = [
        version("ant", "9", "Production", ""),
        version("ant", "10", "None", ""),
        version("ant", "2", "Archived", ""),
        // Its model is lost: MLflow trees in git may have versions only.
        version("lost", "1", "", ""),
        version("lost", "2", "", ""),
    ];
    let rows = registered_rows(&models, &versions, "");
    let short: Vec<_> =
        rows.iter().map(|row| (row.name.as_str(), row.latest.as_deref(), row.versions)).collect();
    assert_eq!(short, [("ant", Some("10"), 3), ("lost", Some("2"), 2), ("Zebra", None, 0)]);
    assert_eq!(rows[0].stages, [pair("Production", "9"), pair("Archived", "2")]);
    assert_eq!(rows[0].aliases, [pair("champion", "9"), pair("next", "10")]);
    let names = |search: &str| -> Vec<String> {
        registered_rows(&models, &versions, search).into_iter().map(|row| row.name).collect()
    };
    assert_eq!(names("CHAMP"), ["ant"]);
    assert_eq!(names("about zebra"), ["Zebra"]);
    assert_eq!(names("production ant"), ["ant"]);
    assert!(names("production zebra").is_empty());
}

#[test]
fn a_summary_is_the_first_line() {
    let check = |description: &str, expected: &str| {
        let model = RegisteredModel { description: description.to_owned(), ..model("m", &[]) };
        assert_eq!(registered_rows(&[model], &[], "")[0].summary(), expected);
    };
    check("Reads a digit.\n\n**Input** 64 numbers", "Reads a digit.");
    check("\n  ## The model\nmore", "The model");
    check("", "");
}

#[test]
fn versions_are_newest_first_with_aliases_and_runs() {
    let models = [model("ant", &[("a", "10"), ("b", "10"), ("c", "1")])];
    let mut failed = version("ant", "10", "None", "r-gone");
    failed.status = "FAILED_REGISTRATION".to_owned();
    failed.model_id = Some(String::new());
    let versions = [
        version("ant", "1", "", ""),
        failed,
        version("ant", "9", "Staging", "r1"),
        version("bee", "3", "", ""),
        version("ant", "odd", "", ""),
    ];
    let rows = version_rows("ant", &models, &versions, &[run("r1", "first")]);
    let numbers: Vec<_> = rows.iter().map(|row| row.version.as_str()).collect();
    assert_eq!(numbers, ["10", "9", "1", "odd"]);
    assert_eq!(rows[0].aliases, ["a", "b"]);
    assert_eq!((rows[0].stage.as_str(), rows[1].stage.as_str()), ("", "Staging"));
    assert_eq!((rows[0].status.as_str(), rows[0].tone), ("Failed", StatusTone::Bad));
    assert_eq!(rows[0].model_id, None);
    assert_eq!(rows[0].run, SourceRun::Elsewhere("r-gone".to_owned()));
    assert_eq!(rows[1].run, SourceRun::Here { id: "r1".to_owned(), name: "first".to_owned() });
    assert_eq!(rows[2].run, SourceRun::Unnamed);
}

#[test]
fn status_in_words() {
    let check = |status, words: &str, tone| assert_eq!(status_words(status), (words.to_owned(), tone));
    check("READY", "Ready", StatusTone::Good);
    check("PENDING", "Pending", StatusTone::Pending);
    check("PENDING_REGISTRATION", "Pending", StatusTone::Pending);
    check("FAILED", "Failed", StatusTone::Bad);
    check("LOGGED_MODEL_UPLOAD_FAILED", "Logged model upload failed", StatusTone::Plain);
    check("", "", StatusTone::Plain);
}

#[test]
fn logged_models_hide_the_bin_and_know_step_versions_and_datasets() {
    let mut old = logged("m-1", "model", 100);
    old.source_run_id = "r1".to_owned();
    old.params = vec![pair("depth", "3")];
    old.tags = vec![pair("mlflow.note", "x"), pair("team", "vision")];
    old.metrics = vec![ModelMetric {
        key: "acc".to_owned(),
        point: Point { step: 1200, timestamp: 0, value: 0.123_456_789 },
        dataset_name: "digits".to_owned(),
        dataset_digest: "ab12".to_owned(),
        ..ModelMetric::default()
    }];
    let mut binned = logged("m-2", "gone", 300);
    binned.lifecycle = Lifecycle::Deleted;
    let models = [old, binned, logged("m-3", "", 200)];
    let mut source = run("r1", "first");
    source.outputs = vec![ModelLink { model_id: "m-1".to_owned(), step: 40 }];
    let mut made = version("ant", "4", "", "r1");
    made.model_id = Some("m-1".to_owned());
    let rows = |search: &str, deleted| {
        logged_rows(&models, std::slice::from_ref(&made), std::slice::from_ref(&source), search, deleted)
    };

    let active = rows("", false);
    let names: Vec<_> = active.rows.iter().map(|row| row.name.as_str()).collect();
    assert_eq!((names, active.deleted), (vec!["m-3", "model"], 1));
    let all = rows("", true);
    assert_eq!((all.rows[0].name.as_str(), all.rows[0].deleted, all.rows.len()), ("gone", true, 3));

    let row = &active.rows[1];
    assert_eq!((row.step, row.versions.as_slice()), (Some(40), [pair("ant", "4")].as_slice()));
    assert_eq!(row.tags, [pair("team", "vision")]);
    let metric = &row.metrics[0];
    assert_eq!((metric.value.as_str(), metric.dataset.as_str()), ("0.1235", "digits (ab12)"));
    assert_eq!(metric.title, "0.123456789 at step 1,200");

    let count = |search| rows(search, false).rows.len();
    assert_eq!(
        (count("depth 3"), count("FIRST"), count("vision ant"), count("m-"), count("none")),
        (1, 1, 1, 2, 0)
    );
}
