//! What to do about a cause: in words, and as blocks to copy with this page's origin and the server's
//! address filled in.

mod fixes;
mod words;

use serde::{Deserialize, Serialize};

use super::{Cause, Situation, StepKind, evidence::Evidence};

/// A cause, explained.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// The cause.
    pub cause: Cause,
    /// The line of the list that it belongs to.
    pub step: StepKind,
    /// What was seen, one sentence.
    pub title: String,
    /// Why that is so.
    pub why: String,
    /// What mends it, the best way first.
    pub fixes: Vec<Fix>,
}

/// One way to mend it, or to find out more.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Fix {
    /// What to do.
    pub label: String,
    /// A command, a setting or an address to copy.
    pub code: Option<String>,
    /// What else to know.
    pub note: Option<String>,
}

pub(super) fn explain(cause: &Cause, situation: &Situation, evidence: &Evidence) -> Finding {
    let (title, why) = words::words(cause, situation, evidence);
    let mut fixes = fixes::fixes(cause, situation, evidence.version().as_deref());
    if let Some(first) = fixes.first_mut() {
        first.label = without_or(&first.label);
    }
    Finding { cause: cause.clone(), step: cause.step(), title, why, fixes }
}

/// What is a second way elsewhere may be the first one here.
fn without_or(label: &str) -> String {
    let mut rest = label.strip_prefix("Or ").unwrap_or(label).chars();
    rest.next().map_or_else(String::new, |first| first.to_uppercase().chain(rest).collect())
}

/// How a person tells what a browser cannot.
pub(super) fn find_out(causes: &[Cause], situation: &Situation) -> Fix {
    let server = &situation.server;
    if causes.contains(&Cause::NothingListens) {
        return Fix::new("Open the server's address in a new tab")
            .code(server.join("", &[]))
            .note(
                "\"Refused to connect\" or \"cannot be reached\": nothing listens there. A warning about the \
                 certificate: the certificate. MLflow's own page: this browser keeps this page from the server",
            );
    }
    if causes.contains(&Cause::PreflightRefused) {
        return Fix::new("Ask for the pre-flight in a terminal").code(preflight_command(situation)).note(
            "An answer of 200 or 204 with access-control-allow-origin and access-control-allow-headers passes. \
             401: a sign-in is asked for before the pre-flight is answered. 400: the origin is not allowed",
        );
    }
    Fix::new("Ask in a terminal that reaches the server")
        .code(format!(
            "curl -i -H \"Origin: {}\" \"{}\"",
            situation.page_origin,
            server.join("api/2.0/mlflow/experiments/search", &[("max_results", "1")])
        ))
        .note(
            "JSON without an access-control-allow-origin line: the origin is not allowed. \"Invalid Host header\": the \
             host. A page of HTML or 404: not MLflow, or another path. A redirect (3xx): a sign-in page stands before it",
        )
}

fn preflight_command(situation: &Situation) -> String {
    let mut headers = vec!["content-type".to_owned()];
    headers.extend(situation.credential_headers.iter().map(|name| name.to_ascii_lowercase()));
    format!(
        "curl -i -X OPTIONS -H \"Origin: {}\" -H \"Access-Control-Request-Method: POST\" \\\n  -H \
         \"Access-Control-Request-Headers: {}\" \"{}\"",
        situation.page_origin,
        headers.join(","),
        situation.server.join("api/2.0/mlflow/runs/search", &[])
    )
}

impl Fix {
    fn new(label: impl Into<String>) -> Self {
        Self { label: label.into(), code: None, note: None }
    }

    fn code(mut self, code: impl Into<String>) -> Self {
        self.code = Some(code.into());
        self
    }

    fn note(mut self, note: impl Into<String>) -> Self {
        self.note = Some(note.into());
        self
    }
}
