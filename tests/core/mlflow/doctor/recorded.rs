//! Verdicts on real servers: what pages in Chromium saw of each, recorded by
//! `tests/live/doctor_cases.py --record`. A probe that was not recorded fails the test, so that what the
//! doctor asks and what was asked cannot drift apart.

use std::collections::BTreeMap;

use runatlas_core::mlflow::{
    Credentials, ServerUrl, SignIn,
    doctor::{Answer, ApiRoot, Cause, Doctor, Mode, Outcome, Probe, Situation},
};
use serde::Deserialize;

use super::{causes, examine, limits};

const RECORDED: &str = include_str!("../../../fixtures/doctor/recorded.json");

#[derive(Deserialize)]
struct Case {
    page: String,
    #[serde(rename = "case")]
    name: String,
    server: String,
    asks: Vec<Ask>,
}

#[derive(Deserialize)]
struct Ask {
    url: String,
    method: String,
    mode: String,
    auth: String,
    body: Option<String>,
    content_type: Option<String>,
    outcome: Seen,
}

#[derive(Deserialize)]
struct Seen {
    saw: String,
    #[serde(default)]
    millis: u32,
    #[serde(default)]
    status: u16,
    content_type: Option<String>,
    #[serde(default)]
    body: String,
    #[serde(default)]
    redirected: bool,
}

impl Seen {
    fn outcome(&self) -> Outcome {
        match self.saw.as_str() {
            "opaque" => Outcome::Opaque { millis: self.millis },
            "failed" => Outcome::Failed { millis: self.millis },
            "timed-out" => Outcome::TimedOut,
            _ => Outcome::Answer(Answer {
                status: self.status,
                content_type: self.content_type.clone().unwrap_or_default(),
                body_start: self.body.clone(),
                is_redirected: self.redirected,
                millis: self.millis,
            }),
        }
    }
}

impl Case {
    fn answer(&self, probe: &Probe, auth: &str) -> Outcome {
        let mode = if probe.mode == Mode::NoCors { "no-cors" } else { "cors" };
        let auth = if probe.with_credentials { auth } else { "none" };
        let found = self.asks.iter().find(|ask| {
            ask.url == probe.url
                && ask.method == probe.method
                && ask.mode == mode
                && ask.auth == auth
                && ask.content_type.as_deref() == probe.body.map(|(content_type, _)| content_type)
                && ask.body.as_deref() == probe.body.map(|(_, body)| body)
        });
        found.unwrap_or_else(|| panic!("{}: not recorded: {auth} {probe:?}", self.name)).outcome.outcome()
    }
}

/// The examination of a recorded case from one page; `auth` is `none`, `right` or `wrong`.
fn doctor(page: &str, case: &str, auth: &str) -> Doctor {
    let pages: BTreeMap<String, Vec<Case>> = serde_json::from_str(RECORDED).unwrap();
    let case = pages[page].iter().find(|one| one.name == case).unwrap_or_else(|| panic!("no case {case}"));
    let server: ServerUrl = case.server.parse().unwrap();
    let sign_in = match auth {
        "none" => SignIn::None,
        _ => SignIn::Basic { user: "admin".to_owned(), password: auth.to_owned() },
    };
    let credentials = Credentials::new(&server, sign_in).unwrap();
    examine(Situation::new(&case.page, server, &credentials), |probe| case.answer(probe, auth))
}

#[track_caller]
fn check(page: &str, case: &str, auth: &str, expected: &[Cause]) -> Doctor {
    let doctor = doctor(page, case, auth);
    assert_eq!(causes(&doctor), expected, "{page} {case} {auth}\n{}", doctor.report_text());
    doctor
}

#[track_caller]
fn check_works(page: &str, case: &str, auth: &str, version: Option<&str>) -> Doctor {
    let doctor = check(page, case, auth, &[]);
    assert_eq!(doctor.verdict().unwrap().connection.unwrap().version.as_deref(), version, "{page} {case}");
    doctor
}

const NEW: Option<&str> = Some("3.17.2");
const OLD: Option<&str> = Some("2.22.0");

#[test]
fn servers_that_let_a_page_of_this_machine_in() {
    for case in
        ["all_well", "origins_set", "origins_star", "gunicorn", "prefix_given", "proxy_before_new_mlflow"]
    {
        assert_eq!(limits(&check_works("local", case, "none", NEW)), [], "{case}");
    }
    check_works("local", "all_well", "right", NEW);
    check_works("local", "proxy_full", "none", OLD);
    check_works("local", "proxy_full", "right", OLD);
}

#[test]
fn servers_that_let_a_page_of_another_site_in() {
    for case in ["origins_set", "origins_star"] {
        check_works("foreign", case, "none", NEW);
    }
    check_works("foreign", "origins_star", "right", NEW);
    check_works("foreign", "proxy_full", "none", OLD);
    check_works("https", "origins_set", "none", NEW);
}

#[test]
fn origins_that_are_not_allowed() {
    let unread = [Cause::OriginRefused, Cause::NotMlflow, Cause::LoginPage];
    for case in ["all_well", "gunicorn", "wrong_host", "basic_auth"] {
        check("foreign", case, "none", &unread);
    }
    check("https", "all_well", "none", &unread);
    let of_this_machine = [Cause::OriginRefused, Cause::NotMlflow, Cause::PrefixWrong(None)];
    check("local", "old_without_cors", "none", &of_this_machine);
    // Nothing lets a page tell a server without CORS from one that is no MLflow.
    check("local", "not_mlflow", "none", &of_this_machine);
}

#[test]
fn the_host_is_refused() {
    check("local", "wrong_host", "none", &[Cause::HostRefused]);
}

#[test]
fn signing_in() {
    for case in ["basic_auth", "basic_auth_gunicorn"] {
        check("local", case, "none", &[Cause::SignInNeeded]);
    }
    check("local", "basic_auth", "wrong", &[Cause::SignInWrong]);
    check_works("local", "basic_auth", "right", None);
    check("local", "forbidden", "none", &[Cause::Forbidden]);
}

#[test]
fn pre_flights_and_posts_behind_a_proxy() {
    check("foreign", "proxy_without_preflight", "none", &[Cause::PreflightRefused]);
    check("foreign", "proxy_before_new_mlflow", "none", &[Cause::PostRefused]);
    check("foreign", "origins_pattern", "none", &[Cause::PreflightRefused]);
}

#[test]
fn paths() {
    let at = |doctor: &Doctor| doctor.verdict().unwrap().findings[0].fixes[0].code.clone().unwrap();
    let found = doctor("local", "prefix_missing", "none");
    assert!(at(&found).ends_with("/mlflow"), "{}", found.report_text());
    let found = doctor("local", "prefix_too_much", "none");
    assert!(!at(&found).ends_with("/mlflow"), "{}", found.report_text());
    check("local", "prefix_unknown", "none", &[Cause::NotMlflow, Cause::PrefixWrong(None)]);
    check("local", "not_mlflow_readable", "none", &[Cause::NotMlflow, Cause::PrefixWrong(None)]);
    // There `version` has no prefix, so that it is not found below it.
    let found = check_works("local", "prefix_of_2_22", "none", None);
    assert_eq!(found.verdict().unwrap().connection.unwrap().api_root, ApiRoot::AjaxApi);
}

#[test]
fn servers_that_lack_something() {
    check("local", "too_old", "none", &[Cause::MissingEndpoint("experiments/search")]);
    check("local", "artifacts_only", "none", &[Cause::ArtifactsOnly]);
    check("local", "backend_down", "none", &[Cause::BackendDown(502)]);
    assert_eq!(
        limits(&check_works("local", "no_serve_artifacts", "none", NEW)),
        [Cause::ArtifactsNotProxied]
    );
    assert_eq!(limits(&check_works("local", "slow", "none", OLD)), [Cause::Slow]);
}

#[test]
fn nothing_that_answers() {
    check("local", "nothing_there", "none", &[Cause::NothingListens]);
    check("local", "never_answers", "none", &[Cause::NoAnswer]);
    check("local", "https_on_http", "none", &[Cause::OtherScheme]);
    check("local", "self_signed", "none", &[Cause::NothingListens, Cause::Certificate]);
}

/// The page was taken for one of the public internet: Chromium asks nobody and refuses.
#[test]
fn the_local_network() {
    check("public", "all_well", "none", &[Cause::NothingListens, Cause::LocalNetwork]);
    check("public", "origins_set", "none", &[Cause::NothingListens, Cause::LocalNetwork]);
}
