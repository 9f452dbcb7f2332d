//! A tracking server in memory, as MLflow 2 or 3 answers, from a database or from files.

use std::collections::BTreeMap;

use base64::{Engine as _, prelude::BASE64_STANDARD};
use runatlas_core::{
    history::History,
    mlflow::{Answer, Request},
    model::Point,
};
use serde_json::{Value, json};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// Pages of histories, points by (timestamp, step, value), none twice.
    Database3,
    /// Pages of histories, points as they were written.
    Files3,
    /// All points at once, no logged models.
    Database2,
}

#[derive(Debug, Clone)]
pub(super) struct FakeRun {
    pub(super) experiment: String,
    pub(super) status: &'static str,
    pub(super) start: i64,
    pub(super) metrics: BTreeMap<String, Vec<Point>>,
}

impl FakeRun {
    /// The two filters that are sent.
    fn is_found(&self, filter: &str) -> bool {
        match filter.strip_prefix("attributes.start_time > ") {
            Some(time) => self.start > time.parse().unwrap(),
            None => match filter {
                "" => true,
                "attributes.status = 'RUNNING'" => self.status == "RUNNING",
                other => panic!("searched for {other}"),
            },
        }
    }
}

#[derive(Debug, Clone)]
pub(super) struct Fake {
    pub(super) kind: Kind,
    pub(super) runs: BTreeMap<String, FakeRun>,
    /// Limits of the server's own, below what is asked for.
    pub(super) page_cap: usize,
    pub(super) bulk_cap: usize,
}

impl Fake {
    pub(super) fn new(kind: Kind) -> Self {
        Self { kind, runs: BTreeMap::new(), page_cap: usize::MAX, bulk_cap: usize::MAX }
    }

    pub(super) fn log(&mut self, run: &str, key: &str, points: impl IntoIterator<Item = Point>) {
        let run = self.runs.entry(run.to_owned()).or_insert_with(|| FakeRun {
            experiment: "1".to_owned(),
            status: "RUNNING",
            start: 1,
            metrics: BTreeMap::new(),
        });
        run.metrics.entry(key.to_owned()).or_default().extend(points);
    }

    /// All points as they lie in the server, in its order.
    pub(super) fn points(&self, run: &str, key: &str) -> Vec<Point> {
        let mut points = self.runs[run].metrics.get(key).cloned().unwrap_or_default();
        if self.kind != Kind::Files3 {
            points.sort_by(|a, b| {
                (a.timestamp, a.step).cmp(&(b.timestamp, b.step)).then(a.value.total_cmp(&b.value))
            });
            points.dedup_by(|a, b| same(a, b));
        }
        points
    }

    /// The truth: canonical, as it must be stored.
    pub(super) fn history(&self, run: &str, key: &str) -> History {
        let mut history: History = self.points(run, key).into_iter().collect();
        history.sort();
        history
    }

    pub(super) fn answer(&self, request: &Request) -> Answer {
        let body: Value =
            request.body.as_deref().map_or(Value::Null, |body| serde_json::from_slice(body).unwrap());
        let get = |key: &str| request.query.iter().find(|(k, _)| k == key).map(|(_, value)| value.as_str());
        let token = get("page_token").or(body["page_token"].as_str());
        match request.path.rsplit("mlflow/").next().unwrap() {
            "experiments/search" => ok(&json!({ "experiments": self.experiments() })),
            "experiments/get" => {
                let id = get("experiment_id").unwrap();
                match self.experiments().into_iter().find(|e| e["experiment_id"] == id) {
                    Some(found) => ok(&json!({ "experiment": found })),
                    None => error(404, "RESOURCE_DOES_NOT_EXIST", "No Experiment with that id exists"),
                }
            }
            "runs/search" => {
                let of: Vec<&str> = body["experiment_ids"]
                    .as_array()
                    .unwrap()
                    .iter()
                    .map(|id| id.as_str().unwrap())
                    .collect();
                let filter = body["filter"].as_str().unwrap_or_default();
                let runs: Vec<Value> = self
                    .runs
                    .iter()
                    .filter(|(_, run)| of.contains(&run.experiment.as_str()) && run.is_found(filter))
                    .map(|(id, run)| self.run(id, run))
                    .collect();
                let size = body["max_results"].as_u64().unwrap() as usize;
                let (items, next) = page(&runs, token, size.min(self.page_cap));
                ok(&paged("runs", items.to_vec(), next))
            }
            "runs/get" => {
                let id = get("run_id").unwrap();
                ok(&json!({ "run": self.run(id, &self.runs[id]) }))
            }
            "version" => Answer { status: 200, body: b"3.17.2".to_vec(), ..Answer::default() },
            "metrics/get-history" => {
                self.history_page(get("run_id").unwrap(), get("metric_key").unwrap(), token)
            }
            "metrics/get-history-bulk" => self.bulk(request),
            "logged-models/search" if self.kind == Kind::Database2 => html(404),
            "logged-models/search" => {
                let experiment = body["experiment_ids"][0].as_str().unwrap();
                let id = format!("m-{experiment}");
                let info =
                    json!({ "model_id": id, "experiment_id": experiment, "status": "LOGGED_MODEL_READY" });
                ok(&json!({ "models": [{ "info": info }] }))
            }
            "registered-models/search" => ok(&json!({ "registered_models": [{ "name": "best" }] })),
            "model-versions/search" => ok(&json!({ "model_versions": [{ "name": "best", "version": 3 }] })),
            path if path == "artifacts/list" || path.ends_with("/directories") => {
                match get("path").or(get("artifact_directory_path")) {
                    None => ok(&json!({ "files": [
                        { "path": "a.txt", "is_dir": false, "file_size": "7" },
                        { "path": "sub", "is_dir": true },
                    ] })),
                    Some("sub") => {
                        ok(&json!({ "files": [{ "path": "sub/b", "is_dir": false, "file_size": 9 }] }))
                    }
                    Some(other) => panic!("asked for the folder {other}"),
                }
            }
            path if path == "get-artifact" || path.ends_with("/artifacts/files") => {
                match get("path").or(get("artifact_file_path")) {
                    Some("a.txt") => file(b"7 bytes"),
                    Some("sub/b") => file(b"\0\xff9 bytes"),
                    other => panic!("asked for the file {other:?}"),
                }
            }
            other => panic!("asked for {other}"),
        }
    }

    fn experiments(&self) -> Vec<Value> {
        let mut ids: Vec<&String> = self.runs.values().map(|run| &run.experiment).collect();
        ids.sort();
        ids.dedup();
        ids.iter().map(|id| json!({ "experiment_id": id, "name": format!("experiment {id}") })).collect()
    }

    fn run(&self, id: &str, run: &FakeRun) -> Value {
        let latest = run.metrics.keys().filter_map(|key| {
            let points = self.points(id, key);
            let last = points.into_iter().max_by(runatlas_core::history::compare_latest)?;
            Some(metric(key, &last))
        });
        let end = (run.status != "RUNNING").then_some(5);
        json!({
            "info": { "run_id": id, "experiment_id": run.experiment, "status": run.status,
                      "start_time": run.start, "end_time": end, "lifecycle_stage": "active" },
            "data": { "metrics": latest.collect::<Vec<_>>(), "tags": [{ "key": "k", "value": id }] },
        })
    }

    fn history_page(&self, run: &str, key: &str, token: Option<&str>) -> Answer {
        let points: Vec<Value> = self.points(run, key).iter().map(|point| metric(key, point)).collect();
        if self.kind == Kind::Database2 {
            return ok(&json!({ "metrics": points }));
        }
        let (items, next) = page(&points, token, self.page_cap.min(25_000));
        ok(&paged("metrics", items.to_vec(), next))
    }

    /// As `json.dumps` writes it: NaN and the infinities bare.
    fn bulk(&self, request: &Request) -> Answer {
        let mut runs: Vec<&str> =
            request.query.iter().filter(|(key, _)| key == "run_id").map(|(_, run)| run.as_str()).collect();
        assert!(runs.len() <= 100);
        runs.sort_unstable();
        let key = &request.query.iter().find(|(key, _)| key == "metric_key").unwrap().1;
        let all =
            runs.iter().flat_map(|run| self.points(run, key).into_iter().map(move |point| (run, point)));
        let written: Vec<String> = all
            .take(self.bulk_cap.min(25_000))
            .map(|(run, p)| {
                let value = match p.value {
                    v if v.is_nan() => "NaN".to_owned(),
                    f64::INFINITY => "Infinity".to_owned(),
                    f64::NEG_INFINITY => "-Infinity".to_owned(),
                    v => json!(v).to_string(),
                };
                let (step, timestamp) = (p.step, p.timestamp);
                let run = json!(run);
                format!(
                    r#"{{"run_id":{run},"key":"NaN","step":{step},"timestamp":{timestamp},"value":{value}}}"#
                )
            })
            .collect();
        Answer {
            status: 200,
            body: format!(r#"{{"metrics":[{}]}}"#, written.join(",")).into(),
            ..Answer::default()
        }
    }
}

/// As protobuf writes it: NaN and the infinities as text.
fn metric(key: &str, point: &Point) -> Value {
    let value = match point.value {
        v if v.is_nan() => json!("NaN"),
        f64::INFINITY => json!("Infinity"),
        f64::NEG_INFINITY => json!("-Infinity"),
        v => json!(v),
    };
    json!({ "key": key, "value": value, "timestamp": point.timestamp, "step": point.step, "new_field": [1] })
}

fn page<'a>(items: &'a [Value], token: Option<&str>, size: usize) -> (&'a [Value], Option<String>) {
    let from = token.map_or(0, |token| {
        let text = BASE64_STANDARD.decode(token).expect("a token that the server gave");
        serde_json::from_slice::<Value>(&text).unwrap()["offset"].as_u64().unwrap() as usize
    });
    let from = from.min(items.len());
    let to = (from + size.max(1)).min(items.len());
    let next = (to < items.len()).then(|| BASE64_STANDARD.encode(json!({ "offset": to }).to_string()));
    (&items[from..to], next)
}

fn paged(name: &str, items: Vec<Value>, next: Option<String>) -> Value {
    let mut value = json!({});
    // Empty lists are left out, as protobuf does.
    if !items.is_empty() {
        value[name] = items.into();
    }
    if let Some(next) = next {
        value["next_page_token"] = next.into();
    }
    value
}

pub(super) fn ok(value: &Value) -> Answer {
    Answer { status: 200, body: value.to_string().into(), ..Answer::default() }
}

pub(super) fn file(bytes: &[u8]) -> Answer {
    Answer { status: 200, content_type: "text/plain".to_owned(), body: bytes.to_vec(), ..Answer::default() }
}

pub(super) fn error(status: u16, code: &str, message: &str) -> Answer {
    let body = json!({ "error_code": code, "message": message }).to_string().into();
    Answer { status, body, ..Answer::default() }
}

pub(super) fn html(status: u16) -> Answer {
    let body = b"<!doctype html><title>Sign in</title>".to_vec();
    Answer { status, content_type: "text/html".into(), body, ..Answer::default() }
}

/// Equal bit by bit, all NaN alike.
pub(super) fn same(a: &Point, b: &Point) -> bool {
    let value = a.value.to_bits() == b.value.to_bits() || (a.value.is_nan() && b.value.is_nan());
    value && (a.step, a.timestamp) == (b.step, b.timestamp)
}
