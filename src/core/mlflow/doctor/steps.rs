//! The list on the screen: a line a step, always in the same order.

use serde::{Deserialize, Serialize};

use super::{
    Doctor, Outcome, ProbeKind, StepKind,
    cause::Cause,
    decide::Next,
    evidence::{Evidence, Reply},
};
use crate::format;

/// One line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Step {
    /// Which.
    pub kind: StepKind,
    /// `Reachable`, `CORS`, …
    pub title: &'static str,
    /// How it stands.
    pub state: StepState,
    /// A few words: `answers in 84 ms`, `blocks this origin`, `checked after CORS`.
    pub detail: String,
}

/// How a line stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum StepState {
    /// Its turn has not come.
    Waiting,
    /// Its probes are being made.
    Running,
    /// In order.
    Passed,
    /// Works with a limit.
    Limited,
    /// Needs a fix.
    Failed,
    /// Cannot be known before another line is mended.
    Skipped,
}

pub(super) fn steps(doctor: &Doctor) -> Vec<Step> {
    StepKind::ALL.iter().map(|&kind| step(kind, doctor)).collect()
}

pub(super) fn summary(steps: &[Step]) -> String {
    let count = |state| steps.iter().filter(|step| step.state == state).count();
    if count(StepState::Failed) > 0 {
        return format!("{} of {} needs a fix", count(StepState::Failed), steps.len());
    }
    if count(StepState::Running) + count(StepState::Waiting) > 0 {
        return "checking".to_owned();
    }
    match count(StepState::Limited) {
        0 => "all well".to_owned(),
        1 => "works, with 1 limit".to_owned(),
        more => format!("works, with {more} limits"),
    }
}

fn step(kind: StepKind, doctor: &Doctor) -> Step {
    let (state, detail) = match doctor.conclusion() {
        Some(conclusion) => {
            let at = |causes: &[Cause]| causes.iter().find(|cause| cause.step() == kind).map(Cause::label);
            // Of several causes the likeliest stands in the list.
            let likeliest = conclusion.causes.get(..1).unwrap_or_default();
            if let Some(label) = at(likeliest) {
                (StepState::Failed, label)
            } else if let Some(label) = at(&conclusion.limits) {
                (StepState::Limited, label)
            } else if is_proven(kind, &doctor.evidence) {
                (StepState::Passed, passed(kind, doctor))
            } else {
                let after = likeliest.first().map_or("", |cause| cause.step().title());
                (StepState::Skipped, format!("checked after {after}"))
            }
        }
        None if is_proven(kind, &doctor.evidence) => (StepState::Passed, passed(kind, doctor)),
        None if is_begun(kind, doctor) => (StepState::Running, "asking…".to_owned()),
        None => (StepState::Waiting, "waiting".to_owned()),
    };
    Step { kind, title: kind.title(), state, detail }
}

fn step_of(kind: ProbeKind) -> StepKind {
    match kind {
        ProbeKind::Reach | ProbeKind::OtherScheme => StepKind::Reachable,
        ProbeKind::Version | ProbeKind::Read | ProbeKind::Post | ProbeKind::PostSimple => StepKind::Cors,
        ProbeKind::SignIn => StepKind::SignIn,
        ProbeKind::ReadAjax | ProbeKind::OldList | ProbeKind::Elsewhere | ProbeKind::History => {
            StepKind::Version
        }
        ProbeKind::Artifacts => StepKind::Artifacts,
    }
}

fn is_begun(kind: StepKind, doctor: &Doctor) -> bool {
    let is_next = matches!(doctor.next, Next::Ask(next) if step_of(next) == kind);
    is_next || doctor.evidence.iter().any(|(asked, _)| step_of(*asked) == kind)
}

fn is_proven(kind: StepKind, evidence: &Evidence) -> bool {
    let is_mlflow = |probe| evidence.reply(probe).is_some_and(|reply| reply.is_of_mlflow());
    match kind {
        StepKind::Reachable => {
            matches!(evidence.of(ProbeKind::Reach), Some(Outcome::Answer(_) | Outcome::Opaque { .. }))
        }
        // A readable answer to a POST is proof whatever it says; an API that could be read but is
        // not MLflow's at least let this page read.
        StepKind::Cors => {
            evidence.reply(ProbeKind::Post).is_some()
                || (evidence.reply(ProbeKind::Read).is_some() && evidence.of(ProbeKind::Elsewhere).is_some())
        }
        StepKind::SignIn => is_mlflow(ProbeKind::SignIn) || evidence.of(ProbeKind::Post).is_some(),
        StepKind::Version => is_mlflow(ProbeKind::History) || evidence.of(ProbeKind::Artifacts).is_some(),
        StepKind::Artifacts => is_mlflow(ProbeKind::Artifacts),
    }
}

fn passed(kind: StepKind, doctor: &Doctor) -> String {
    let evidence = &doctor.evidence;
    match kind {
        StepKind::Reachable => {
            let millis = evidence.of(ProbeKind::Reach).and_then(Outcome::answer_millis).unwrap_or_default();
            format!("answers in {}", format::duration(i64::from(millis)))
        }
        StepKind::Cors => "allows this page".to_owned(),
        StepKind::SignIn if !doctor.situation.has_credentials => "not needed".to_owned(),
        // The server never asked, so that nothing was checked.
        StepKind::SignIn if evidence.reply(ProbeKind::Read) == Some(Reply::Object) => {
            "not asked for".to_owned()
        }
        StepKind::SignIn => "accepted".to_owned(),
        StepKind::Version => evidence
            .version()
            .map_or_else(|| "MLflow, version not told".to_owned(), |version| format!("MLflow {version}")),
        StepKind::Artifacts => "through the server".to_owned(),
    }
}
