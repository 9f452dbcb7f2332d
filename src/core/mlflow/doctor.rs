//! The connection doctor: why a page cannot talk to a tracking server, and what mends it.
//!
//! A browser tells a page next to nothing of a request that failed: nothing listening, a bad
//! certificate, a refused origin and a refused `Host` header are all one `TypeError`. So the doctor
//! asks several questions that fail in different ways, and concludes from which of them did.
//!
//! ```text
//! let mut doctor = Doctor::new(situation);
//! while let Some(probe) = doctor.next_probe() { doctor.saw(ask(probe).await); }
//! ```
//!
//! It is a state machine without a clock or a network: the same outcomes always lead to the same
//! verdict. Each kind of probe is asked once at most, so it ends after [`ProbeKind::ALL`] of them.
//! Where the browser cannot tell two causes apart, the verdict names both, the likelier first, and
//! how a person finds out. Nothing that it prints holds a credential or a server's own text.

mod advice;
mod cause;
mod decide;
mod evidence;
mod probe;
mod report;
mod situation;
mod steps;

use decide::{Conclusion, Next};
use evidence::Evidence;

pub use advice::{Finding, Fix};
pub use cause::{Cause, StepKind};
pub use probe::{Answer, ApiRoot, Mode, Outcome, Probe, ProbeKind};
pub use situation::{LocalNetwork, Situation};
pub use steps::{Step, StepState};

/// One examination of one server.
#[derive(Debug, Clone)]
pub struct Doctor {
    situation: Situation,
    evidence: Evidence,
    next: Next,
}

/// The end of an examination.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Verdict {
    /// How to talk to the server; `None` when it does not work.
    pub connection: Option<Connection>,
    /// Why not, likeliest first; empty when it works. More than one where the browser cannot tell them
    /// apart.
    pub findings: Vec<Finding>,
    /// How a person tells several findings apart.
    pub find_out: Option<Fix>,
    /// What will not work although the connection does.
    pub limits: Vec<Finding>,
}

/// How to talk to a server that works.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Connection {
    /// What `version` said, such as `3.17.2`; old and hidden servers say nothing.
    pub version: Option<String>,
    /// Where the REST interface is.
    pub api_root: ApiRoot,
    /// `targetAddressSpace` that every request needs.
    pub target_address_space: Option<&'static str>,
    /// Whether artifacts pass through the server.
    pub is_artifacts_proxied: bool,
}

impl Doctor {
    /// Begins; nothing was asked yet.
    pub fn new(situation: Situation) -> Self {
        let evidence = Evidence::default();
        let next = decide::decide(&situation, &evidence);
        Self { situation, evidence, next }
    }

    /// The probe to make now; `None` when there is a verdict. The same one until [`Self::saw`].
    pub fn next_probe(&self) -> Option<Probe> {
        match self.next {
            Next::Ask(kind) => Some(probe::probe(kind, &self.situation, self.evidence.api_root())),
            Next::Done(_) => None,
        }
    }

    /// Takes what the browser saw of the probe; after the verdict it changes nothing.
    pub fn saw(&mut self, outcome: Outcome) {
        if let Next::Ask(kind) = self.next {
            self.evidence.add(kind, outcome);
            self.next = decide::decide(&self.situation, &self.evidence);
        }
    }

    /// The list for the screen, always all of its lines.
    pub fn steps(&self) -> Vec<Step> {
        steps::steps(self)
    }

    /// `1 of 5 needs a fix`, `all well`, `checking`: beside the list's title.
    pub fn summary(&self) -> String {
        steps::summary(&self.steps())
    }

    /// The verdict, once there is one.
    pub fn verdict(&self) -> Option<Verdict> {
        let conclusion = self.conclusion()?;
        let explain = |causes: &[Cause]| {
            causes.iter().map(|cause| advice::explain(cause, &self.situation, &self.evidence)).collect()
        };
        let is_many = conclusion.causes.len() > 1;
        Some(Verdict {
            connection: conclusion.causes.is_empty().then(|| self.connection(conclusion)),
            findings: explain(&conclusion.causes),
            find_out: is_many.then(|| advice::find_out(&conclusion.causes, &self.situation)),
            limits: explain(&conclusion.limits),
        })
    }

    /// The whole examination as text to send to whoever runs the server. Holds no credential and
    /// nothing of an answer's text.
    pub fn report_text(&self) -> String {
        report::report_text(self)
    }

    fn conclusion(&self) -> Option<&Conclusion> {
        match &self.next {
            Next::Ask(_) => None,
            Next::Done(conclusion) => Some(conclusion),
        }
    }

    fn connection(&self, conclusion: &Conclusion) -> Connection {
        Connection {
            version: self.evidence.version(),
            api_root: self.evidence.api_root(),
            target_address_space: probe::target_address_space(&self.situation),
            is_artifacts_proxied: conclusion.limits.iter().all(|cause| cause.step() != StepKind::Artifacts),
        }
    }
}
