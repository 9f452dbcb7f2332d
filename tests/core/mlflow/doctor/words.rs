//! Fixes carry this page and this server, ready to copy.

use runatlas_core::mlflow::doctor::{Cause, Outcome, ProbeKind};

use super::{LOCAL_PAGE, PUBLIC_PAGE, SECRET, answer, examine, failed, json, opaque, signed, situation};

/// The blocks to copy of a server that refuses this page's origin.
fn codes(page: &str, server: &str) -> Vec<String> {
    let doctor = examine(situation(page, server), |probe| match probe.kind {
        ProbeKind::Reach => opaque(),
        _ => failed(),
    });
    let verdict = doctor.verdict().unwrap();
    let first = verdict.findings.first().unwrap();
    assert_eq!(first.cause, Cause::OriginRefused);
    first.fixes.iter().filter_map(|fix| fix.code.clone()).collect()
}

#[test]
fn flags_name_this_page_and_where_needed_the_host() {
    let found = codes(PUBLIC_PAGE, "http://localhost:5000");
    assert_eq!(found[0], "mlflow server \\\n  --cors-allowed-origins \"https://runatlas.example\"");
    assert_eq!(found[1], "MLFLOW_SERVER_CORS_ALLOWED_ORIGINS=\"https://runatlas.example\"");
    let found = codes(PUBLIC_PAGE, "https://mlflow.example.com:8443/t");
    assert_eq!(
        found[0],
        "mlflow server \\\n  --cors-allowed-origins \"https://runatlas.example\" \\\n  \
         --allowed-hosts \"mlflow.example.com:8443,localhost:*,127.0.0.1:*\""
    );
    assert!(
        found[1].contains("MLFLOW_SERVER_ALLOWED_HOSTS=\"mlflow.example.com:8443,localhost:*,127.0.0.1:*\"")
    );
}

/// `get_default_allowed_hosts` of 3.17.2; a private IPv6 address is meant to be on it and is not.
#[test]
fn hosts_that_mlflow_allows_by_default_need_no_flag() {
    let needs_flag = |server: &str| codes(PUBLIC_PAGE, server)[0].contains("--allowed-hosts");
    for server in [
        "http://127.0.0.1:5000",
        "http://[::1]:5000",
        "https://10.1.2.3",
        "https://192.168.0.2",
        "https://172.20.0.1",
    ] {
        assert!(!needs_flag(server), "{server}");
    }
    for server in
        ["https://172.32.0.1", "https://[fd00::1]:5000", "https://mlflow:5000", "https://mlflow.example.com"]
    {
        assert!(needs_flag(server), "{server}");
    }
}

#[test]
fn nginx_answers_the_pre_flight_for_the_headers_that_are_sent() {
    let found = codes(PUBLIC_PAGE, "https://mlflow.example.com/team");
    let expected = "\
location /team/ {
    if ($request_method = OPTIONS) {
        add_header Access-Control-Allow-Origin \"https://runatlas.example\" always;
        add_header Access-Control-Allow-Methods \"GET, POST, PATCH, DELETE, OPTIONS\" always;
        add_header Access-Control-Allow-Headers \"Content-Type, Authorization\" always;
        add_header Access-Control-Max-Age 600 always;
        return 204;
    }
    add_header Access-Control-Allow-Origin \"https://runatlas.example\" always;
    add_header Vary Origin always;
    proxy_hide_header Access-Control-Allow-Origin;
    proxy_hide_header Access-Control-Allow-Credentials;
    proxy_set_header Origin \"\";
    proxy_pass http://127.0.0.1:5000;  # where MLflow itself listens
}";
    assert_eq!(found[2], expected);
}

#[test]
fn a_page_of_this_machine_is_told_to_upgrade_the_server() {
    let found = codes(LOCAL_PAGE, "http://localhost:5000");
    assert_eq!(found[0], "pip install --upgrade mlflow");
    assert!(
        !found.iter().any(|code| code.contains("--cors-allowed-origins")),
        "3.5 allows it without: {found:?}"
    );
    // A page from a file has no origin that could be allowed.
    let found = codes("null", "http://localhost:5000");
    assert!(found[0].starts_with("python3 -m http.server"), "{found:?}");
}

#[test]
fn the_report_as_a_whole() {
    let doctor = examine(signed(PUBLIC_PAGE, "https://mlflow.example.com"), |probe| match probe.kind {
        ProbeKind::Reach => opaque(),
        ProbeKind::Version => answer(200, "text/html", "3.17.2"),
        ProbeKind::Read => json(r#"{"experiments": []}"#),
        _ => Outcome::Failed { millis: 9 },
    });
    let expected = "\
Runatlas connection report
Server:  https://mlflow.example.com
Page:    https://runatlas.example
Sign-in: token
Result:  1 of 5 needs a fix

[ok] Reachable: answers in 12 ms
[fix] CORS: blocks the pre-flight
[-] Sign-in: checked after CORS
[-] Version: checked after CORS
[-] Artifacts: checked after CORS

Asked and seen
GET https://mlflow.example.com/health, unread: some answer, 12 ms
GET https://mlflow.example.com/version: 200, a version number, 20 ms
GET https://mlflow.example.com/api/2.0/mlflow/experiments/search?max_results=1: 200, a JSON object, 20 ms
GET https://mlflow.example.com/api/2.0/mlflow/experiments/search?max_results=1, signed in: failed after 9 ms, \
the browser does not say why

https://mlflow.example.com lets";
    let report = doctor.report_text();
    let expected = expected.replace("https://mlflow.example.com lets", "mlflow.example.com lets");
    assert!(report.starts_with(&expected), "{report}");
    assert!(report.contains("Access-Control-Allow-Headers \"Content-Type, Authorization\""), "{report}");
    assert!(!report.contains(SECRET));
}

/// MLflow from 3.5 on has flags of its own; before that only a proxy helps.
#[test]
fn a_refused_pre_flight_is_mended_where_it_can_be() {
    let first_fix = |version: &str| {
        let doctor = examine(situation(PUBLIC_PAGE, "http://localhost:5000"), |probe| match probe.kind {
            ProbeKind::Reach => opaque(),
            ProbeKind::Version => answer(200, "text/html", version),
            ProbeKind::Read => json("{}"),
            ProbeKind::PostSimple => answer(400, "application/json", r#"{"error_code": "X"}"#),
            _ => failed(),
        });
        let finding = doctor.verdict().unwrap().findings.remove(0);
        assert_eq!(finding.cause, Cause::PreflightRefused);
        finding.fixes[0].label.clone()
    };
    for version in ["3.5.0", "3.17.2", "3.5.0rc0", "4.0"] {
        assert!(first_fix(version).starts_with("Restart MLflow with this origin in full"), "{version}");
    }
    for version in ["3.4.9", "2.22.0", "1.30"] {
        assert!(first_fix(version).starts_with("In nginx before MLflow"), "{version}");
    }
}
