//! The connection doctor: verdicts from what browsers see.

mod properties;
mod recorded;
mod steps;
mod verdicts;
mod words;

use runatlas_core::mlflow::{
    Credentials, ServerUrl, SignIn,
    doctor::{Answer, Cause, Doctor, Outcome, Probe, ProbeKind, Situation},
};

const LOCAL_PAGE: &str = "http://localhost:8080";
const PUBLIC_PAGE: &str = "https://runatlas.example";
const SECRET: &str = "Zq-s3cret-9Zq";

fn situation(page: &str, server: &str) -> Situation {
    let server: ServerUrl = server.parse().unwrap();
    let none = Credentials::none(&server);
    Situation::new(page, server, &none)
}

fn signed(page: &str, server: &str) -> Situation {
    let server: ServerUrl = server.parse().unwrap();
    let token = SignIn::Bearer { token: SECRET.to_owned() };
    let credentials = Credentials::new(&server, token).unwrap();
    Situation::new(page, server, &credentials)
}

/// Runs the doctor to its end in a world that answers each probe.
fn examine(situation: Situation, mut world: impl FnMut(&Probe) -> Outcome) -> Doctor {
    let mut doctor = Doctor::new(situation);
    for _ in ProbeKind::ALL {
        let Some(probe) = doctor.next_probe() else { break };
        doctor.saw(world(&probe));
    }
    assert!(doctor.verdict().is_some(), "no verdict after every kind of probe");
    doctor
}

fn causes(doctor: &Doctor) -> Vec<Cause> {
    doctor.verdict().unwrap().findings.into_iter().map(|finding| finding.cause).collect()
}

fn limits(doctor: &Doctor) -> Vec<Cause> {
    doctor.verdict().unwrap().limits.into_iter().map(|finding| finding.cause).collect()
}

fn answer(status: u16, content_type: &str, body: &str) -> Outcome {
    Outcome::Answer(Answer {
        status,
        content_type: content_type.to_owned(),
        body_start: body.to_owned(),
        is_redirected: false,
        millis: 20,
    })
}

fn json(body: &str) -> Outcome {
    answer(200, "application/json", body)
}

fn opaque() -> Outcome {
    Outcome::Opaque { millis: 12 }
}

fn failed() -> Outcome {
    Outcome::Failed { millis: 7 }
}
