//! Whatever a browser sees, the doctor ends, says what to do, and tells no secret.

use proptest::prelude::*;
use runatlas_core::mlflow::{
    Credentials, ServerUrl, SignIn,
    doctor::{Answer, Doctor, LocalNetwork, Outcome, ProbeKind, Situation, StepState},
};

use super::SECRET;

fn outcome() -> impl Strategy<Value = Outcome> {
    let status = prop::sample::select(vec![200u16, 204, 301, 400, 401, 403, 404, 405, 429, 500, 502, 503]);
    let content_type = prop::sample::select(vec!["", "application/json", "text/html", "text/plain", SECRET]);
    let body = prop::sample::select(vec![
        "",
        "{}",
        "3.17.2",
        "<!doctype html>",
        "<form>password",
        "Invalid Host header",
        "Cross-origin request blocked",
        "{\"error_code\": \"X\"}",
        "--no-serve-artifacts",
        "--artifacts-only",
        SECRET,
        "[1]",
    ]);
    let answer = (status, content_type, body, any::<bool>(), 0u32..9_000).prop_map(
        |(status, content_type, body, is_redirected, millis)| {
            Outcome::Answer(Answer {
                status,
                content_type: content_type.to_owned(),
                body_start: body.to_owned(),
                is_redirected,
                millis,
            })
        },
    );
    prop_oneof![
        6 => answer,
        1 => any::<u32>().prop_map(|millis| Outcome::Opaque { millis }),
        1 => any::<u32>().prop_map(|millis| Outcome::Failed { millis }),
        1 => Just(Outcome::TimedOut),
    ]
}

fn sign_in() -> impl Strategy<Value = SignIn> {
    let secret = || SECRET.to_owned();
    prop_oneof![
        Just(SignIn::None),
        Just(SignIn::Basic { user: "ada".to_owned(), password: secret() }),
        Just(SignIn::Bearer { token: secret() }),
        Just(SignIn::Headers(vec![("X-Api-Key".to_owned(), secret())])),
    ]
}

fn situation() -> impl Strategy<Value = (Situation, Vec<String>)> {
    let page = prop::sample::select(vec![
        "http://localhost:8080",
        "https://runatlas.example",
        "http://192.168.1.4",
        "null",
    ]);
    let server = prop::sample::select(vec![
        "http://localhost:5000",
        "https://10.0.0.9/x",
        "https://mlflow.example.com",
        "http://mlflow.example.com:8080",
        "http://[fd00::1]",
    ]);
    let network = prop::sample::select(vec![
        LocalNetwork::Unknown,
        LocalNetwork::Prompt,
        LocalNetwork::Granted,
        LocalNetwork::Denied,
    ]);
    (page, server, sign_in(), any::<bool>(), network).prop_map(
        |(page, server, sign_in, is_online, local_network)| {
            let pasted = ServerUrl::paste(&server.replace("://", &format!("://ada:{SECRET}@"))).unwrap();
            let credentials = Credentials::new(&pasted.server, sign_in).unwrap();
            let sent = credentials
                .headers_for(&pasted.server)
                .unwrap()
                .into_iter()
                .map(|(_, value)| value)
                .collect();
            let situation = Situation::new(page, pasted.server, &credentials);
            (Situation { is_online, local_network, ..situation }, sent)
        },
    )
}

fn everything_shown(doctor: &Doctor) -> String {
    let probes = doctor.next_probe();
    format!(
        "{}{:?}{:?}{probes:?}{}",
        doctor.report_text(),
        doctor.steps(),
        doctor.verdict(),
        doctor.summary()
    )
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn it_ends_helps_and_keeps_secrets((situation, sent) in situation(), outcomes in prop::collection::vec(outcome(), ProbeKind::ALL.len())) {
        let mut doctor = Doctor::new(situation);
        let mut asked = Vec::new();
        for outcome in outcomes {
            let shown = everything_shown(&doctor);
            prop_assert!(!shown.contains(SECRET), "{}", shown);
            prop_assert!(sent.iter().all(|value| !shown.contains(value.as_str())), "{}", shown);
            let Some(probe) = doctor.next_probe() else { break };
            prop_assert!(!asked.contains(&probe.kind), "asked twice: {:?}", probe.kind);
            prop_assert!(doctor.steps().iter().any(|step| step.state == StepState::Running), "{:?}", doctor.steps());
            asked.push(probe.kind);
            doctor.saw(outcome);
        }
        prop_assert!(doctor.next_probe().is_none(), "did not end");
        let verdict = doctor.verdict().unwrap();
        prop_assert_eq!(verdict.connection.is_some(), verdict.findings.is_empty());
        prop_assert_eq!(verdict.find_out.is_some(), verdict.findings.len() > 1);
        for finding in verdict.findings.iter().chain(&verdict.limits) {
            prop_assert!(!finding.title.is_empty() && !finding.why.is_empty(), "{:?}", finding);
        }
        let failed: Vec<_> = doctor.steps().into_iter().filter(|step| step.state == StepState::Failed).collect();
        prop_assert_eq!(failed.len(), usize::from(!verdict.findings.is_empty()));
        prop_assert!(doctor.steps().iter().all(|step| !matches!(step.state, StepState::Running | StepState::Waiting)));
        let shown = everything_shown(&doctor);
        prop_assert!(!shown.contains(SECRET) && sent.iter().all(|value| !shown.contains(value.as_str())), "{}", shown);
    }
}
