//! Sequences of outcomes and what follows from them: what no server on this machine can be made to show,
//! and every turn that the doctor can take. Real servers are in `recorded.rs`.

use runatlas_core::mlflow::doctor::{ApiRoot, Cause, LocalNetwork, Outcome, ProbeKind, Situation};

use super::{
    LOCAL_PAGE, PUBLIC_PAGE, answer, causes, examine, failed, json, limits, opaque, signed, situation,
};

use ProbeKind::{
    Artifacts, Elsewhere, History, OldList, OtherScheme, Post, PostSimple, Reach, Read, ReadAjax, SignIn,
    Version,
};

/// The probes must be asked in exactly this order, and this must follow.
fn check(situation: Situation, script: &[(ProbeKind, Outcome)], expected: &[Cause]) {
    let mut at = 0;
    let doctor = examine(situation, |probe| {
        let (kind, outcome) =
            script.get(at).unwrap_or_else(|| panic!("asked for {:?} beyond the script", probe.kind));
        assert_eq!(*kind, probe.kind, "probe {at}");
        at += 1;
        outcome.clone()
    });
    assert_eq!(at, script.len(), "not everything was asked");
    assert_eq!(causes(&doctor), expected);
}

fn version() -> (ProbeKind, Outcome) {
    (Version, answer(200, "text/html; charset=utf-8", "3.17.2"))
}

fn reached() -> (ProbeKind, Outcome) {
    (Reach, opaque())
}

fn not_found() -> Outcome {
    answer(404, "text/html", "<!doctype html><title>404 Not Found</title>")
}

pub(super) fn well() -> Vec<(ProbeKind, Outcome)> {
    vec![
        reached(),
        version(),
        (Read, json(r#"{"experiments": []}"#)),
        (Post, json("{}")),
        (History, json("{}")),
        (Artifacts, json("{}")),
    ]
}

/// `well` up to a kind, then what differs.
fn well_until(kind: ProbeKind, rest: &[(ProbeKind, Outcome)]) -> Vec<(ProbeKind, Outcome)> {
    let mut script: Vec<_> = well().into_iter().take_while(|(other, _)| *other != kind).collect();
    script.extend_from_slice(rest);
    script
}

pub(super) const SERVER: &str = "http://localhost:5000";

#[test]
fn all_well() {
    check(situation(LOCAL_PAGE, SERVER), &well(), &[]);
    let mut script = well();
    script.insert(3, (SignIn, json("{}")));
    check(signed(LOCAL_PAGE, SERVER), &script, &[]);
}

#[test]
fn nothing_answers() {
    let down = [(Reach, failed()), (OtherScheme, failed())];
    check(situation(LOCAL_PAGE, SERVER), &down, &[Cause::NothingListens]);
    check(
        situation(LOCAL_PAGE, "https://localhost:5000"),
        &down,
        &[Cause::NothingListens, Cause::Certificate],
    );
    check(situation(LOCAL_PAGE, SERVER), &[(Reach, Outcome::TimedOut)], &[Cause::NoAnswer]);
    check(
        situation(LOCAL_PAGE, SERVER),
        &[(Reach, failed()), (OtherScheme, opaque())],
        &[Cause::OtherScheme],
    );
    let offline = |server: &str| Situation { is_online: false, ..situation(LOCAL_PAGE, server) };
    check(offline("http://10.0.0.9:5000"), &down, &[Cause::Offline, Cause::NothingListens]);
    check(offline(SERVER), &down, &[Cause::NothingListens]);
}

#[test]
fn https_pages_and_http_servers() {
    for server in ["http://mlflow.example.com", "http://10.0.0.9:5000", "http://mlflow:5000"] {
        check(situation(PUBLIC_PAGE, server), &[(Reach, failed())], &[Cause::MixedContent]);
    }
    // Chromium lets local addresses pass once the person allows it.
    check(situation(PUBLIC_PAGE, "http://10.0.0.9:5000"), &well(), &[]);
    // An https page must not ask over http either, but may ask this machine.
    check(
        situation(PUBLIC_PAGE, "https://mlflow.example.com"),
        &[(Reach, failed())],
        &[Cause::NothingListens, Cause::Certificate],
    );
    check(
        situation(PUBLIC_PAGE, SERVER),
        &[(Reach, failed()), (OtherScheme, failed())],
        &[Cause::NothingListens, Cause::LocalNetwork, Cause::MixedContent],
    );
}

#[test]
fn the_local_network_has_to_be_allowed() {
    let page = |state| Situation { local_network: state, ..situation(PUBLIC_PAGE, "https://10.0.0.9:5000") };
    check(page(LocalNetwork::Denied), &[(Reach, failed())], &[Cause::LocalNetwork]);
    check(
        page(LocalNetwork::Prompt),
        &[(Reach, failed())],
        &[Cause::NothingListens, Cause::Certificate, Cause::LocalNetwork],
    );
    check(page(LocalNetwork::Granted), &[(Reach, failed())], &[Cause::NothingListens, Cause::Certificate]);
}

#[test]
fn origins_and_hosts() {
    let unread = [reached(), (Version, failed()), (Read, failed())];
    check(
        situation(PUBLIC_PAGE, "https://mlflow.example.com"),
        &unread,
        &[Cause::OriginRefused, Cause::HostRefused, Cause::NotMlflow, Cause::LoginPage],
    );
    check(
        situation(PUBLIC_PAGE, SERVER),
        &unread,
        &[Cause::OriginRefused, Cause::NotMlflow, Cause::LoginPage],
    );
    check(
        situation(LOCAL_PAGE, SERVER),
        &unread,
        &[Cause::OriginRefused, Cause::NotMlflow, Cause::PrefixWrong(None)],
    );
    let refused = "Invalid Host header - possible DNS rebinding attack detected";
    check(situation(LOCAL_PAGE, SERVER), &[reached(), version(), (Read, failed())], &[Cause::HostRefused]);
    check(
        situation(LOCAL_PAGE, SERVER),
        &[reached(), version(), (Read, answer(403, "text/plain", refused))],
        &[Cause::HostRefused],
    );
}

#[test]
fn posts_and_their_pre_flights() {
    let post = |simple: Outcome| well_until(Post, &[(Post, failed()), (PostSimple, simple)]);
    let bad_type = r#"{"error_code": "INVALID_PARAMETER_VALUE", "message": "Content-Type"}"#;
    let blocked = "Cross-origin request blocked";
    let page = || situation(PUBLIC_PAGE, SERVER);
    check(page(), &post(answer(400, "application/json", bad_type)), &[Cause::PreflightRefused]);
    check(page(), &post(answer(403, "text/plain", blocked)), &[Cause::PostRefused]);
    check(page(), &post(failed()), &[Cause::PreflightRefused, Cause::PostRefused]);
    check(page(), &well_until(Post, &[(Post, answer(403, "text/plain", blocked))]), &[Cause::PostRefused]);
    check(page(), &well_until(Post, &[(Post, Outcome::TimedOut)]), &[Cause::TooSlow]);
}

#[test]
fn signing_in() {
    let wants = (Read, answer(401, "text/html", "You are not authenticated."));
    let until = |rest: &[(ProbeKind, Outcome)]| [&[reached(), version(), wants.clone()], rest].concat();
    check(situation(LOCAL_PAGE, SERVER), &until(&[]), &[Cause::SignInNeeded]);
    let after = |outcome: Outcome| until(&[(SignIn, outcome)]);
    check(signed(LOCAL_PAGE, SERVER), &after(answer(401, "text/html", "")), &[Cause::SignInWrong]);
    check(signed(LOCAL_PAGE, SERVER), &after(answer(403, "text/html", "")), &[Cause::Forbidden]);
    check(
        signed(LOCAL_PAGE, SERVER),
        &after(failed()),
        &[Cause::PreflightWantsSignIn, Cause::PreflightRefused],
    );
    // The server does not want the sign-in, so that the pre-flight fails for the header alone.
    let script = well_until(Post, &[(SignIn, failed())]);
    check(signed(LOCAL_PAGE, SERVER), &script, &[Cause::PreflightRefused]);
    let login = "<!DOCTYPE html><h1>Sign in</h1>";
    check(
        situation(LOCAL_PAGE, SERVER),
        &[reached(), (Version, answer(200, "text/html", login)), (Read, answer(200, "text/html", login))],
        &[Cause::LoginPage],
    );
}

#[test]
fn another_path_or_another_program() {
    let nowhere = |elsewhere: Outcome| {
        [
            reached(),
            (Version, not_found()),
            (Read, not_found()),
            (ReadAjax, not_found()),
            (OldList, not_found()),
            (Elsewhere, elsewhere),
        ]
    };
    check(
        situation(LOCAL_PAGE, SERVER),
        &nowhere(answer(200, "text/html", "2.22.0")),
        &[Cause::PrefixWrong(Some("http://localhost:5000/mlflow".to_owned()))],
    );
    check(
        situation(LOCAL_PAGE, "http://localhost:5000/x"),
        &nowhere(answer(200, "text/html", "2.22.0")),
        &[Cause::PrefixWrong(Some(SERVER.to_owned()))],
    );
    check(
        situation(LOCAL_PAGE, SERVER),
        &nowhere(not_found()),
        &[Cause::NotMlflow, Cause::PrefixWrong(None)],
    );
    check(situation(LOCAL_PAGE, SERVER), &nowhere(json("{}")), &[Cause::NotMlflow, Cause::PrefixWrong(None)]);
}

#[test]
fn what_is_missing() {
    let old = [
        reached(),
        version(),
        (Read, not_found()),
        (ReadAjax, not_found()),
        (OldList, json(r#"{"experiments": []}"#)),
    ];
    check(situation(LOCAL_PAGE, SERVER), &old, &[Cause::MissingEndpoint("experiments/search")]);
    check(
        situation(LOCAL_PAGE, SERVER),
        &well_until(History, &[(History, not_found())]),
        &[Cause::MissingEndpoint("metrics/get-history")],
    );
    check(
        situation(LOCAL_PAGE, SERVER),
        &well_until(Post, &[(Post, not_found())]),
        &[Cause::MissingEndpoint("runs/search")],
    );
}

#[test]
fn servers_in_trouble() {
    let read = |status, body: &str| [reached(), version(), (Read, answer(status, "text/html", body))];
    let check_read = |status, body: &str, cause: Cause| {
        check(situation(LOCAL_PAGE, SERVER), &read(status, body), &[cause]);
    };
    check_read(403, "<h1>Forbidden</h1>", Cause::Forbidden);
    check_read(429, "", Cause::TooManyRequests);
    check_read(500, "", Cause::ServerError(500));
    check_read(502, "", Cause::BackendDown(502));
    check_read(503, "in `--artifacts-only` mode", Cause::ArtifactsOnly);
    check(
        situation(LOCAL_PAGE, SERVER),
        &[reached(), version(), (Read, Outcome::TimedOut)],
        &[Cause::TooSlow],
    );
}

#[test]
fn limits_do_not_keep_from_connecting() {
    let run = |outcome: Outcome| {
        let script = well_until(Artifacts, &[(Artifacts, outcome)]);
        examine(situation(LOCAL_PAGE, SERVER), |probe| {
            script.iter().find(|(kind, _)| *kind == probe.kind).unwrap().1.clone()
        })
    };
    let disabled = "Endpoint: … disabled due to the mlflow server running with `--no-serve-artifacts`.";
    let doctor = run(answer(503, "text/html", disabled));
    assert_eq!(limits(&doctor), [Cause::ArtifactsNotProxied]);
    let connection = doctor.verdict().unwrap().connection.unwrap();
    assert_eq!((connection.version.as_deref(), connection.is_artifacts_proxied), (Some("3.17.2"), false));
    assert_eq!(doctor.summary(), "works, with 1 limit");
    assert_eq!(limits(&run(not_found())), [Cause::ArtifactsNotProxied]);
    assert_eq!(limits(&run(failed())), [Cause::ArtifactsUnclear]);
}

#[test]
fn slow_answers_are_a_limit() {
    let doctor = examine(situation(LOCAL_PAGE, SERVER), |probe| {
        match well().into_iter().find(|(kind, _)| *kind == probe.kind).unwrap().1 {
            Outcome::Answer(answer) => {
                Outcome::Answer(runatlas_core::mlflow::doctor::Answer { millis: 4_000, ..answer })
            }
            _ => Outcome::Opaque { millis: 4_000 },
        }
    });
    assert_eq!(limits(&doctor), [Cause::Slow]);
    assert!(doctor.verdict().unwrap().connection.is_some());
}

#[test]
fn the_other_root_is_used_when_only_it_is_there() {
    let server = "http://localhost:5000/tracking";
    let mut urls = Vec::new();
    let doctor = examine(situation(LOCAL_PAGE, server), |probe| {
        urls.push(probe.url.clone());
        match probe.kind {
            Reach => opaque(),
            Version => version().1,
            Read => not_found(),
            _ => json("{}"),
        }
    });
    assert_eq!(doctor.verdict().unwrap().connection.unwrap().api_root, ApiRoot::AjaxApi);
    assert!(urls.contains(&format!("{server}/ajax-api/2.0/mlflow/runs/search")), "{urls:?}");
}
