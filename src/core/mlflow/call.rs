//! The requests that are made, each with the decoder of its answer in [`super::wire`].
//!
//! Paths and limits: `server/handlers.py` and `protos/service.proto` of MLflow 2.22 and 3.17.

use base64::{Engine as _, prelude::BASE64_STANDARD};
use serde_json::json;

use super::request::{Request, encode_into};
use crate::model::ArtifactOwner;

/// Runs that one `metrics/get-history-bulk` may name (`MAX_RUN_IDS_PER_REQUEST`).
pub const BULK_RUNS: usize = 100;
/// Points that `metrics/get-history-bulk` answers at most, all runs together
/// (`MAX_HISTORY_RESULTS`); it says nothing of those it left out.
pub const BULK_POINTS: usize = 25_000;
/// Points in a page of `metrics/get-history`: what MLflow's own client asks for
/// (`GET_METRIC_HISTORY_MAX_RESULTS`).
pub const PAGE_POINTS: usize = 25_000;
/// Experiments, logged models, registered models and versions in a page. The registry refuses more.
const PAGE_ENTITIES: usize = 1000;
/// Experiments in a page that a person looks through.
const NAMED_AT_ONCE: usize = 200;

/// `GET version`: plain text, e.g. `3.17.2`.
pub fn version() -> Request {
    Request::get("version")
}

/// A page of all experiments, those in the bin included; GET, so that a browser needs no pre-flight.
/// `filter` is MLflow's grammar, e.g. `name ILIKE '%loss%'`; empty for all.
pub fn experiments(filter: &str, token: Option<&str>) -> Request {
    let mut request = Request::get("api/2.0/mlflow/experiments/search")
        .with("view_type", "ALL")
        .with("max_results", PAGE_ENTITIES.to_string());
    if !filter.is_empty() {
        request = request.with("filter", filter);
    }
    paged(request, token)
}

/// A page of the active experiments whose names have `search` in them, in any case; what changed last
/// comes first.
pub fn experiments_named(search: &str, token: Option<&str>) -> Request {
    let request = Request::get("api/2.0/mlflow/experiments/search")
        .with("view_type", "ACTIVE_ONLY")
        .with("max_results", NAMED_AT_ONCE.to_string())
        .with("order_by", "last_update_time DESC");
    // The grammar has no way to write both quotes in one text (`SearchExperimentsUtils`).
    let quote = if search.contains('\'') { '"' } else { '\'' };
    let text: String = search.trim().chars().filter(|&c| c != quote).collect();
    let filter = (!text.is_empty()).then(|| format!("name ILIKE {quote}%{text}%{quote}"));
    paged(filter.into_iter().fold(request, |request, filter| request.with("filter", filter)), token)
}

/// One experiment.
pub fn experiment(id: &str) -> Request {
    Request::get("api/2.0/mlflow/experiments/get").with("experiment_id", id)
}

/// A page of the runs of some experiments, newest first, those in the bin included. `filter` is
/// MLflow's grammar; empty for all.
pub fn runs(experiments: &[&str], filter: &str, page_size: u32, token: Option<&str>) -> Request {
    let mut body = json!({
        "experiment_ids": experiments,
        "run_view_type": "ALL",
        "max_results": page_size.clamp(1, 50_000),
    });
    if let Some(fields) = body.as_object_mut() {
        if !filter.is_empty() {
            fields.insert("filter".to_owned(), filter.into());
        }
        if let Some(token) = token {
            fields.insert("page_token".to_owned(), token.into());
        }
    }
    Request::post("api/2.0/mlflow/runs/search", body.to_string().into_bytes()).large()
}

/// One run.
pub fn run(id: &str) -> Request {
    Request::get("api/2.0/mlflow/runs/get").with("run_id", id).large()
}

/// A page of all points of one metric of one run. Servers before MLflow 3 know no pages here: they
/// ignore both limits and answer all at once.
pub fn history(run: &str, key: &str, token: Option<&str>) -> Request {
    let request = Request::get("api/2.0/mlflow/metrics/get-history")
        .with("run_id", run)
        .with("metric_key", key)
        .with("max_results", PAGE_POINTS.to_string());
    paged(request, token).large()
}

/// The points from `offset` on, in the server's order.
pub fn history_from(run: &str, key: &str, offset: u64) -> Request {
    // A token of offset 0 is refused.
    let token = (offset > 0).then(|| page_token(offset));
    history(run, key, token.as_deref())
}

/// One metric of up to [`BULK_RUNS`] runs: [`BULK_POINTS`] points at most, and for the server several
/// times cheaper a point than [`history`], which goes through protobuf. It is there since MLflow 2.0,
/// below `ajax-api` only.
pub fn bulk<'a>(key: &str, runs: impl IntoIterator<Item = &'a str>) -> Request {
    let request = Request::get("ajax-api/2.0/mlflow/metrics/get-history-bulk")
        .with("metric_key", key)
        .with("max_results", BULK_POINTS.to_string());
    runs.into_iter().fold(request, |request, run| request.with("run_id", run)).large()
}

/// A page of an experiment's logged models (MLflow 3).
pub fn logged_models(experiment: &str, token: Option<&str>) -> Request {
    let mut body = json!({ "experiment_ids": [experiment], "max_results": 100 });
    if let (Some(token), Some(fields)) = (token, body.as_object_mut()) {
        fields.insert("page_token".to_owned(), token.into());
    }
    Request::post("api/2.0/mlflow/logged-models/search", body.to_string().into_bytes()).large()
}

/// A page of all registered models.
pub fn registered_models(token: Option<&str>) -> Request {
    let request = Request::get("api/2.0/mlflow/registered-models/search")
        .with("max_results", PAGE_ENTITIES.to_string());
    paged(request, token).large()
}

/// A page of the versions of all registered models.
pub fn model_versions(token: Option<&str>) -> Request {
    let request =
        Request::get("api/2.0/mlflow/model-versions/search").with("max_results", PAGE_ENTITIES.to_string());
    paged(request, token).large()
}

/// A folder among the artifacts of a run or a logged model; empty for the root.
pub fn artifacts(owner: &ArtifactOwner, folder: &str, token: Option<&str>) -> Request {
    let (request, parameter) = match owner {
        ArtifactOwner::Run(id) => {
            (Request::get("api/2.0/mlflow/artifacts/list").with("run_id", id.as_str()), "path")
        }
        ArtifactOwner::Model(id) => {
            let mut path = "api/2.0/mlflow/logged-models/".to_owned();
            encode_into(&mut path, id);
            (Request::get(path + "/artifacts/directories"), "artifact_directory_path")
        }
    };
    let request = if folder.is_empty() { request } else { request.with(parameter, folder) };
    paged(request, token)
}

/// The bytes of one artifact. The server fetches it from wherever it lies and hands it on, proxied
/// (`mlflow-artifacts:`) or not, if it can: `get_artifact_handler` of MLflow 1 to 3 for runs,
/// `get_logged_model_artifact_handler` of MLflow 3, below `ajax-api` only, for logged models. An answer
/// above `limit` bytes is not read.
pub fn artifact_file(owner: &ArtifactOwner, path: &str, limit: u64) -> Request {
    let request = match owner {
        ArtifactOwner::Run(id) => {
            Request::get("get-artifact").with("path", path).with("run_uuid", id.as_str())
        }
        ArtifactOwner::Model(id) => {
            let mut route = "ajax-api/2.0/mlflow/logged-models/".to_owned();
            encode_into(&mut route, id);
            Request::get(route + "/artifacts/files").with("artifact_file_path", path)
        }
    };
    request.large().up_to(limit)
}

/// As `SearchUtils.create_page_token` in `utils/search_utils.py` makes them.
fn page_token(offset: u64) -> String {
    BASE64_STANDARD.encode(format!("{{\"offset\": {offset}}}"))
}

fn paged(request: Request, token: Option<&str>) -> Request {
    match token {
        Some(token) => request.with("page_token", token),
        None => request,
    }
}

#[cfg(test)]
mod tests {
    use super::{experiments_named, page_token};

    #[test]
    fn experiments_are_searched_by_part_of_their_names() {
        let check = |search: &str, expected: Option<&str>| {
            let request = experiments_named(search, None);
            let filter =
                request.query.iter().find(|(key, _)| key == "filter").map(|(_, value)| value.as_str());
            assert_eq!(filter, expected, "{search}");
        };
        check("", None);
        check("  ", None);
        check("loss v2", Some("name ILIKE '%loss v2%'"));
        check("it's", Some("name ILIKE \"%it's%\""));
        check("'\"", Some("name ILIKE \"%'%\""));
        check("\"", Some("name ILIKE '%\"%'"));
    }

    #[test]
    fn page_tokens_are_those_of_mlflow() {
        assert_eq!(page_token(5), "eyJvZmZzZXQiOiA1fQ==");
        assert_eq!(page_token(25), "eyJvZmZzZXQiOiAyNX0=");
        assert_eq!(page_token(250), "eyJvZmZzZXQiOiAyNTB9");
    }
}
