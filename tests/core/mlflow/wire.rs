//! Answers as every version writes them.

use runatlas_core::{
    mlflow::{
        call,
        wire::{self, WireError},
    },
    model::{Point, RunStatus},
};

#[track_caller]
fn points(body: &str) -> Vec<(i64, i64, u64)> {
    let page = wire::history(body.as_bytes()).unwrap();
    page.history.iter().map(|p| (p.step, p.timestamp, p.value.to_bits())).collect()
}

#[test]
fn numbers_come_as_numbers_and_as_text() {
    let check = |one: &str, step: i64, timestamp: i64, value: f64| {
        let found = points(&format!("{{\"metrics\": [{one}], \"other\": {{\"metrics\": 1}}}}"));
        assert_eq!(found, [(step, timestamp, value.to_bits())], "{one}");
    };
    check(r#"{"key": "k", "value": 0.1, "timestamp": 5, "step": 2}"#, 2, 5, 0.1);
    check(r#"{"value": "0.30000000000000004", "timestamp": "5", "step": "-2"}"#, -2, 5, 0.1 + 0.2);
    check(
        r#"{"value": 1, "timestamp": 9223372036854775807, "step": -9223372036854775808}"#,
        i64::MIN,
        i64::MAX,
        1.0,
    );
    check(r#"{"value": NaN, "timestamp": 0}"#, 0, 0, f64::NAN);
    check(r#"{"value":"NaN"}"#, 0, 0, f64::NAN);
    check(r#"{"value":-Infinity,"step":1.0}"#, 1, 0, f64::NEG_INFINITY);
    check(r#"{"value":"Infinity","step":1e3}"#, 1000, 0, f64::INFINITY);
    check(r#"{"value":-0.0}"#, 0, 0, -0.0);
    check(r#"{"value":5e-324}"#, 0, 0, 5e-324);
    check(r#"{"value":1.7976931348623157e+308}"#, 0, 0, f64::MAX);
    check(r#"{"value":2.2250738585072011e-308}"#, 0, 0, 2.225_073_858_507_201e-308);
    check(r#"{"value":9007199254740993}"#, 0, 0, 9_007_199_254_740_992.0);
    check(r#"{"key":"NaN, \"Infinity: -Infinity \\","value":2.5}"#, 0, 0, 2.5);
}

#[test]
fn pages_tell_of_the_next() {
    let next = |body: &str| wire::history(body.as_bytes()).unwrap().next;
    assert_eq!(next(r#"{"next_page_token": "abc", "metrics": []}"#).as_deref(), Some("abc"));
    assert_eq!(next(r#"{"next_page_token": ""}"#), None);
    assert_eq!(next(r#"{"metrics": null, "next_page_token": null}"#), None);
    assert_eq!(next("{}"), None);
}

#[test]
fn bulk_answers_come_by_run() {
    let body = r#"{"metrics":[{"run_id":"a","value":1,"step":0,"timestamp":1},{"key":"k","value":NaN,"step":1,"timestamp":2,"run_id":"a"},{"run_id":"b","value":3,"step":0,"timestamp":1}]}"#;
    let found = wire::bulk(body.as_bytes()).unwrap();
    let told: Vec<_> = found.iter().map(|(run, history)| (run.as_str(), history.len())).collect();
    assert_eq!(told, [("a", 2), ("b", 1)]);
    assert!(found[0].1.values[1].is_nan());
}

#[test]
fn what_is_wrong_with_a_body_is_told_apart() {
    let check = |body: &str, expected: &WireError| {
        assert_eq!(&wire::history(body.as_bytes()).unwrap_err(), expected, "{body}");
    };
    check("", &WireError::Empty);
    check("  \n", &WireError::Empty);
    check("<html>", &WireError::WebPage);
    check("\n <!doctype html>", &WireError::WebPage);
    check(r#"{"metrics": [{"value": 1"#, &WireError::CutOff { bytes: 24 });
    for body in [
        "[]",
        "7",
        r#"{"metrics": 7}"#,
        r#"{"metrics": [7]}"#,
        "{} {}",
        "hello",
        r#"{"metrics":[{"step":0.5}]}"#,
        r#"{"metrics":[{"step":9223372036854775808}]}"#,
    ] {
        assert!(matches!(wire::history(body.as_bytes()), Err(WireError::Malformed { .. })), "{body}");
    }
}

#[test]
fn a_run_with_all_that_it_may_have() {
    let body = r#"{"runs": [{
        "info": {"run_uuid": "old", "experiment_id": 123456789012345678, "status": "FINISHED", "start_time": "5",
                 "end_time": 6, "lifecycle_stage": "deleted", "artifact_uri": "s3://b/a", "user_id": "me"},
        "data": {"metrics": [{"key": "z", "value": "NaN", "step": "4", "timestamp": 3}, {"key": "a", "value": 1.5}],
                 "params": [{"key": "p"}, {"key": "b", "value": "2"}],
                 "tags": [{"key": "mlflow.runName", "value": "named"}]},
        "inputs": {"dataset_inputs": [{"tags": [{"key": "mlflow.data.context", "value": "train"}],
                    "dataset": {"name": "d", "digest": "x", "source_type": "local", "source": "{}", "schema": "s"}}],
                   "model_inputs": [{"model_id": "m-1"}]},
        "outputs": {"model_outputs": [{"model_id": "m-2", "step": 7}]},
        "news": {"of": ["a", "later", "version"]}
    }, {"info": {"run_id": "bare", "run_uuid": "other", "status": "PAUSED"}}, {"info": {}}], "next_page_token": "n"}"#;
    let page = wire::runs(body.as_bytes()).unwrap();
    assert_eq!((page.items.len(), page.next.as_deref()), (2, Some("n")), "the one without an id is left out");
    let run = &page.items[0].run;
    assert_eq!(
        (run.id.as_str(), run.experiment_id.as_str(), run.name.as_str()),
        ("old", "123456789012345678", "named")
    );
    assert_eq!((run.start_time, run.end_time, run.lifecycle.as_str()), (Some(5), Some(6), "deleted"));
    assert_eq!(run.params, [("b".to_owned(), "2".to_owned()), ("p".to_owned(), String::new())]);
    let keys: Vec<_> = run.metrics.iter().map(|m| (m.key.as_str(), m.count)).collect();
    assert_eq!(keys, [("a", 0), ("z", 0)]);
    assert_eq!(run.metrics[0].last, Point { step: 0, timestamp: 0, value: 1.5 });
    assert_eq!((run.metrics[1].last.step, run.metrics[1].last.timestamp), (4, 3));
    assert_eq!((run.inputs[0].schema.as_deref(), run.inputs[0].profile.as_deref()), (Some("s"), None));
    assert_eq!((run.model_inputs[0].model_id.as_str(), run.outputs[0].step), ("m-1", 7));
    let bare = &page.items[1];
    assert_eq!(
        (bare.run.id.as_str(), bare.run.status, bare.run.end_time),
        ("bare", RunStatus::Running, None)
    );
    assert!(bare.note.as_ref().unwrap().reason.contains("PAUSED"));
}

#[test]
fn errors_are_read_from_json_and_from_text() {
    let check = |body: &str, code: &str, message: &str| {
        let found = wire::server_error(body.as_bytes());
        assert_eq!((found.code.as_str(), found.message.as_str()), (code, message), "{body}");
    };
    check(
        r#"{"error_code": "RESOURCE_DOES_NOT_EXIST", "message": "No run\nat all", "new": 1}"#,
        "RESOURCE_DOES_NOT_EXIST",
        "No run",
    );
    check("Invalid Host header", "", "Invalid Host header");
    check("<html><body>secret</body>", "", "a web page instead of JSON");
    check("", "", "");
    check(r#"{"detail": "x"}"#, "", r#"{"detail": "x"}"#);
    assert_eq!(wire::server_error("ü".repeat(100_000).as_bytes()).message.chars().count(), 500);
}

#[test]
fn addresses_are_encoded() {
    let check = |target: String, expected: &str| assert_eq!(target, expected);
    check(
        call::history("r 1", "a/b ü&=+?#", None).target(),
        "api/2.0/mlflow/metrics/get-history?run_id=r%201&metric_key=a%2Fb%20%C3%BC%26%3D%2B%3F%23&max_results=25000",
    );
    check(call::version().target(), "version");
    let model = runatlas_core::model::ArtifactOwner::Model("m-1/../x".into());
    check(
        call::artifacts(&model, "in ner", None).target(),
        "api/2.0/mlflow/logged-models/m-1%2F..%2Fx/artifacts/directories?artifact_directory_path=in%20ner",
    );
}

/// 50 MB of points, as the largest answers are: straight into columns.
#[test]
fn a_large_answer_is_read_into_columns() {
    let one = |at: usize| {
        format!(
            "{{\"key\": \"loss\", \"value\": {}, \"timestamp\": {}, \"step\": {at}}}",
            at as f64 / 7.0,
            1_700_000_000_000_u64 + at as u64
        )
    };
    let all: Vec<String> = (0..20_000).map(one).collect();
    let body = format!("{{\"metrics\": [{}]}}", all.join(", "));
    let page = wire::history(body.as_bytes()).unwrap();
    assert_eq!(page.history.len(), 20_000);
    assert!(
        page.history
            .iter()
            .enumerate()
            .all(|(at, point)| point.step == at as i64 && point.value == at as f64 / 7.0)
    );
}
