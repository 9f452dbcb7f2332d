//! What was seen so far, and what a single answer means.

use super::{Answer, ApiRoot, Outcome, ProbeKind};

/// Outcomes in the order in which they came, one a kind at most.
#[derive(Debug, Clone, Default)]
pub(super) struct Evidence(Vec<(ProbeKind, Outcome)>);

impl Evidence {
    pub(super) fn add(&mut self, kind: ProbeKind, outcome: Outcome) {
        if self.of(kind).is_none() {
            self.0.push((kind, outcome));
        }
    }

    pub(super) fn of(&self, kind: ProbeKind) -> Option<&Outcome> {
        self.0.iter().find(|(other, _)| *other == kind).map(|(_, outcome)| outcome)
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = &(ProbeKind, Outcome)> {
        self.0.iter()
    }

    /// The readable answer of a probe, judged.
    pub(super) fn reply(&self, kind: ProbeKind) -> Option<Reply> {
        match self.of(kind)? {
            Outcome::Answer(answer) => Some(judge(answer)),
            _ => None,
        }
    }

    /// The version, when `version` gave one, here or at another path.
    pub(super) fn version(&self) -> Option<String> {
        match self.reply(ProbeKind::Version)? {
            Reply::Version(version) => Some(version),
            _ => None,
        }
    }

    /// Which root has the API, as far as is known.
    pub(super) fn api_root(&self) -> ApiRoot {
        let is_there =
            |kind| self.reply(kind).is_some_and(|reply| reply.is_of_mlflow() || reply == Reply::Unauthorized);
        if !is_there(ProbeKind::Read) && is_there(ProbeKind::ReadAjax) {
            ApiRoot::AjaxApi
        } else {
            ApiRoot::Api
        }
    }

    /// The quickest answer of the probes that read something.
    pub(super) fn quickest_millis(&self) -> Option<u32> {
        self.0.iter().filter_map(|(_, outcome)| outcome.answer_millis()).min()
    }
}

impl Outcome {
    /// How long an answer took that came at all.
    pub(super) fn answer_millis(&self) -> Option<u32> {
        match self {
            Self::Answer(answer) => Some(answer.millis),
            Self::Opaque { millis } => Some(*millis),
            Self::Failed { .. } | Self::TimedOut => None,
        }
    }
}

/// What a readable answer is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Reply {
    /// 200 with nothing but a version number, as `version` answers.
    Version(String),
    /// 200 with a JSON object.
    Object,
    /// A JSON error of MLflow: `{"error_code": …}` with any status.
    MlflowError,
    /// 401.
    Unauthorized,
    /// 403 of the security middleware: `INVALID_HOST_MSG`.
    HostRefused,
    /// 403 of the security middleware: `CORS_BLOCKED_MSG`.
    PostRefused,
    /// 403 otherwise.
    Forbidden,
    /// 404 or 405, or 501.
    NotThere,
    /// 503 of `_disable_unless_serve_artifacts` (`server/handlers.py`).
    NoServeArtifacts,
    /// 503 of `_disable_if_artifacts_only`.
    ArtifactsOnly,
    /// 429.
    TooMany,
    /// 502, 503 or 504.
    BackendDown(u16),
    /// The other 5xx.
    ServerError(u16),
    /// An HTML page with a form or a word of signing in.
    LoginPage,
    /// Anything else.
    Else,
}

impl Reply {
    /// The endpoint is there, whatever it says.
    pub(super) fn is_of_mlflow(&self) -> bool {
        matches!(self, Self::Object | Self::MlflowError)
    }
}

pub(super) fn judge(answer: &Answer) -> Reply {
    let body = answer.body_start.trim();
    let begins = |text: &str| body.get(..text.len()).is_some_and(|start| start.eq_ignore_ascii_case(text));
    match answer.status {
        401 | 407 => Reply::Unauthorized,
        403 if begins("Invalid Host header") => Reply::HostRefused,
        403 if begins("Cross-origin request blocked") => Reply::PostRefused,
        403 => Reply::Forbidden,
        503 if body.contains("--no-serve-artifacts") => Reply::NoServeArtifacts,
        503 if body.contains("--artifacts-only") => Reply::ArtifactsOnly,
        404 if is_mlflow_error(body) => Reply::MlflowError,
        404 | 405 | 501 => Reply::NotThere,
        429 => Reply::TooMany,
        status @ 502..=504 => Reply::BackendDown(status),
        status @ 500..=599 => Reply::ServerError(status),
        _ if is_mlflow_error(body) => Reply::MlflowError,
        200..=299 => judge_success(answer, body),
        _ => Reply::Else,
    }
}

fn judge_success(answer: &Answer, body: &str) -> Reply {
    let is_page = answer.content_type.contains("html") && body.starts_with('<');
    if is_version(body) {
        Reply::Version(body.to_owned())
    } else if body.starts_with('{') && !answer.content_type.contains("html") {
        Reply::Object
    } else if is_page && is_login(body, answer.is_redirected) {
        Reply::LoginPage
    } else {
        Reply::Else
    }
}

/// `{"error_code": "RESOURCE_DOES_NOT_EXIST", …}`, of which the endpoint's being there follows. A
/// path that is not there gets Flask's HTML page instead (`ENDPOINT_NOT_FOUND` in newer handlers).
fn is_mlflow_error(body: &str) -> bool {
    body.starts_with('{') && body.contains("\"error_code\"") && !body.contains("ENDPOINT_NOT_FOUND")
}

/// `3.17.2`, `2.0.1rc0`, `3.1.0.dev0`.
fn is_version(body: &str) -> bool {
    let mut parts = body.split('.');
    let is_number = |part: Option<&str>| {
        part.is_some_and(|part| {
            (1..=3).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_digit())
        })
    };
    let is_rest = |part: &str| part.len() <= 8 && part.bytes().all(|byte| byte.is_ascii_alphanumeric());
    is_number(parts.next()) && is_number(parts.next()) && parts.clone().count() <= 2 && parts.all(is_rest)
}

/// A guess, so that it is told as one.
fn is_login(body: &str, is_redirected: bool) -> bool {
    const WORDS: [&str; 6] = ["sign in", "signin", "log in", "login", "password", "oauth"];
    let lower = body.to_ascii_lowercase();
    is_redirected || WORDS.iter().any(|word| lower.contains(word))
}
