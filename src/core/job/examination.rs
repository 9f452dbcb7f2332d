use serde::{Deserialize, Serialize};

use crate::mlflow::{
    Access, Credentials, ServerUrl, Ways,
    doctor::{ApiRoot, Doctor, Finding, Fix, StepState, Verdict},
};

/// What the connection doctor has found so far, ready for a screen. The doctor lives in the worker,
/// with all its words; this is what it says.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Examination {
    /// Host and port.
    pub host: String,
    /// `1 of 5 needs a fix`, `checking`, …
    pub summary: String,
    /// Always all of them, in one order.
    pub steps: Vec<ExaminedStep>,
    /// The end; `None` while probes are being made.
    pub verdict: Option<Examined>,
}

/// A line of the list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ExaminedStep {
    /// `Reachable`, `CORS`, …
    pub title: String,
    /// How it stands.
    pub state: StepState,
    /// A few words.
    pub detail: String,
}

/// What came of it.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Examined {
    /// How the server is read from now on; `None` when it cannot be.
    pub access: Option<Access>,
    /// What keeps it from working, likeliest first, else what will not work although it does.
    pub findings: Vec<Advice>,
    /// The whole as text to send to whoever runs the server. No secret is in it.
    pub report: String,
}

/// A cause, in words.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Advice {
    /// What was seen.
    pub title: String,
    /// Why that is so.
    pub why: String,
    /// What mends it, the best way first.
    pub fixes: Vec<Fix>,
}

impl Examination {
    /// What the doctor can say now of this server.
    pub fn of(doctor: &Doctor, server: &ServerUrl, credentials: &Credentials) -> Self {
        let steps = doctor.steps().into_iter();
        let steps = steps.map(|step| ExaminedStep {
            title: step.title.to_owned(),
            state: step.state,
            detail: step.detail,
        });
        Self {
            host: server.host_and_port(),
            summary: doctor.summary(),
            steps: steps.collect(),
            verdict: doctor.verdict().map(|verdict| {
                let access = verdict.connection.as_ref().map(|connection| Access {
                    server: server.clone(),
                    credentials: credentials.clone(),
                    ways: Ways {
                        is_ajax_only: connection.api_root == ApiRoot::AjaxApi,
                        target_address_space: connection.target_address_space.map(str::to_owned),
                    },
                });
                examined(verdict, access, doctor)
            }),
        }
    }
}

fn examined(verdict: Verdict, access: Option<Access>, doctor: &Doctor) -> Examined {
    let findings = if access.is_some() { verdict.limits } else { verdict.findings };
    let mut findings: Vec<Advice> = findings.into_iter().map(advice).collect();
    if let (Some(first), Some(find_out)) = (findings.first_mut(), verdict.find_out) {
        first.fixes.insert(0, find_out);
    }
    Examined { access, findings, report: doctor.report_text() }
}

fn advice(finding: Finding) -> Advice {
    Advice { title: finding.title, why: finding.why, fixes: finding.fixes }
}
