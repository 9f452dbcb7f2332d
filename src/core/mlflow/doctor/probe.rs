//! What the doctor asks and what a browser can see of the answer.

use super::Situation;
use crate::mlflow::{Reach, ServerUrl};

/// One request that the doctor wants made. Performed with `credentials: "omit"` and `cache: "no-store"`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Probe {
    /// Which one.
    pub kind: ProbeKind,
    /// `GET` or `POST`.
    pub method: &'static str,
    /// The whole address; has no secret.
    pub url: String,
    /// Whether the page wants to read the answer, or only to know that there is one.
    pub mode: Mode,
    /// The `Content-Type` and body of a `POST`. `application/json` causes a pre-flight, `text/plain`
    /// does not.
    pub body: Option<(&'static str, &'static str)>,
    /// The person's credentials go with it, which causes a pre-flight. Redirects are then not
    /// followed (`redirect: "error"`): headers of a person's own would go along to another origin.
    pub with_credentials: bool,
    /// When to give up.
    pub timeout_millis: u32,
    /// `targetAddressSpace` of `fetch`, where the browser knows it: without it an https page may not
    /// call an http server of the local network. Later requests need it too.
    pub target_address_space: Option<&'static str>,
}

/// How a request is made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mode {
    /// The answer is wanted; the server must allow this page's origin.
    Cors,
    /// `no-cors`: any answer at all counts, none can be read.
    NoCors,
}

/// The probes, each asked once at most.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ProbeKind {
    /// Does anything answer: `health`, unread.
    Reach,
    /// Does the host answer in the other scheme.
    OtherScheme,
    /// `version`, read without a pre-flight. MLflow exempts it and `health` from its check of the
    /// `Host` header (`server/security_utils.py`, `HEALTH_ENDPOINTS`), the API not.
    Version,
    /// `experiments/search`, read without a pre-flight and without credentials.
    Read,
    /// The same under `ajax-api`: with a static prefix MLflow 2 has only that below the prefix
    /// (`server/handlers.py`, `_get_rest_path`).
    ReadAjax,
    /// `experiments/list`, which MLflow before 1.28 had instead.
    OldList,
    /// `version` at another path prefix.
    Elsewhere,
    /// `experiments/search` with the person's credentials.
    SignIn,
    /// `runs/search`: a `POST` of JSON, with its pre-flight.
    Post,
    /// The same as plain text, without a pre-flight: which of the two is refused?
    PostSimple,
    /// `metrics/get-history` of a run that is not there.
    History,
    /// A listing of the server's artifact proxy.
    Artifacts,
}

impl ProbeKind {
    /// Every kind: the doctor is done after this many probes at most.
    pub const ALL: [Self; 12] = [
        Self::Reach,
        Self::OtherScheme,
        Self::Version,
        Self::Read,
        Self::ReadAjax,
        Self::OldList,
        Self::Elsewhere,
        Self::SignIn,
        Self::Post,
        Self::PostSimple,
        Self::History,
        Self::Artifacts,
    ];
}

/// What the browser saw of one probe.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// An answer that the page may read.
    Answer(Answer),
    /// An answer of which the page may know nothing else: a `no-cors` request came back.
    Opaque {
        /// How long it took.
        millis: u32,
    },
    /// `fetch` failed with a `TypeError`; the browser says no more.
    Failed {
        /// How long it took.
        millis: u32,
    },
    /// Nothing came before the probe's time was up.
    TimedOut,
}

/// A readable answer. None of its text is ever shown: a server may echo what it was sent.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Answer {
    /// HTTP status.
    pub status: u16,
    /// The `Content-Type`, empty when there is none or it cannot be read.
    pub content_type: String,
    /// The first characters of the body, some hundred.
    pub body_start: String,
    /// `response.redirected`: the answer came from another address.
    pub is_redirected: bool,
    /// How long it took, body included.
    pub millis: u32,
}

/// Where the REST interface was found, below the path prefix.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum ApiRoot {
    /// `api/2.0/mlflow/…`.
    #[default]
    Api,
    /// `ajax-api/2.0/mlflow/…`.
    AjaxApi,
}

impl ApiRoot {
    /// `api` or `ajax-api`.
    pub fn segment(self) -> &'static str {
        match self {
            Self::Api => "api",
            Self::AjaxApi => "ajax-api",
        }
    }
}

const SEARCH_BODY: &str = r#"{"experiment_ids":["0"],"max_results":1}"#;
const NO_RUN: &str = "00000000000000000000000000000000";

/// The request of one kind. `has_credentials` is whether the person gave any.
pub(super) fn probe(kind: ProbeKind, situation: &Situation, root: ApiRoot) -> Probe {
    let server = match kind {
        ProbeKind::OtherScheme => situation.server.with_other_scheme(),
        ProbeKind::Elsewhere => elsewhere(&situation.server),
        _ => situation.server.clone(),
    };
    let (path, query) = path_of(kind, root);
    Probe {
        kind,
        method: if body_of(kind).is_some() { "POST" } else { "GET" },
        url: server.join(&path, query),
        mode: match kind {
            ProbeKind::Reach | ProbeKind::OtherScheme => Mode::NoCors,
            _ => Mode::Cors,
        },
        body: body_of(kind),
        with_credentials: situation.has_credentials && is_signed(kind),
        timeout_millis: match kind {
            ProbeKind::OtherScheme => 5_000,
            ProbeKind::Reach => 10_000,
            _ => 15_000,
        },
        target_address_space: target_address_space(situation),
    }
}

/// Where else the server may be: at the root, or, when it was looked for there, at `/mlflow`.
pub(super) fn elsewhere(server: &ServerUrl) -> ServerUrl {
    server.with_prefix(if server.prefix().is_empty() { "/mlflow" } else { "" })
}

fn path_of(kind: ProbeKind, root: ApiRoot) -> (String, &'static [(&'static str, &'static str)]) {
    const ONE: &[(&str, &str)] = &[("max_results", "1")];
    const HISTORY: &[(&str, &str)] = &[("run_id", NO_RUN), ("metric_key", "m"), ("max_results", "1")];
    const LISTING: &[(&str, &str)] = &[("path", "runatlas-connection-check")];
    let api = |path: &str| format!("{}/2.0/{path}", root.segment());
    match kind {
        ProbeKind::Reach | ProbeKind::OtherScheme => ("health".to_owned(), &[]),
        ProbeKind::Version | ProbeKind::Elsewhere => ("version".to_owned(), &[]),
        ProbeKind::Read => ("api/2.0/mlflow/experiments/search".to_owned(), ONE),
        ProbeKind::ReadAjax => ("ajax-api/2.0/mlflow/experiments/search".to_owned(), ONE),
        ProbeKind::OldList => ("api/2.0/mlflow/experiments/list".to_owned(), &[]),
        ProbeKind::SignIn => (api("mlflow/experiments/search"), ONE),
        ProbeKind::Post | ProbeKind::PostSimple => (api("mlflow/runs/search"), &[]),
        ProbeKind::History => (api("mlflow/metrics/get-history"), HISTORY),
        ProbeKind::Artifacts => (api("mlflow-artifacts/artifacts"), LISTING),
    }
}

fn body_of(kind: ProbeKind) -> Option<(&'static str, &'static str)> {
    match kind {
        ProbeKind::Post => Some(("application/json", SEARCH_BODY)),
        ProbeKind::PostSimple => Some(("text/plain", SEARCH_BODY)),
        _ => None,
    }
}

fn is_signed(kind: ProbeKind) -> bool {
    matches!(kind, ProbeKind::SignIn | ProbeKind::Post | ProbeKind::History | ProbeKind::Artifacts)
}

/// Only where the request is mixed content otherwise: a wrong hint makes Chromium refuse (from 142 on
/// `loopback` and `local` are two), and addresses of this machine need none.
pub(super) fn target_address_space(situation: &Situation) -> Option<&'static str> {
    let is_mixed = situation.is_mixed_content() && situation.server.reach() != Reach::Loopback;
    is_mixed.then_some("local")
}
