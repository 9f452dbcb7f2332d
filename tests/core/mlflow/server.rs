//! Addresses as people paste them.

use proptest::prelude::*;
use runatlas_core::mlflow::{Reach, ServerUrl, ServerUrlError};

fn check(pasted: &str, expected: &str) {
    let found = ServerUrl::paste(pasted).unwrap_or_else(|error| panic!("{pasted}: {error}"));
    assert_eq!(found.server.to_string(), expected, "{pasted}");
}

fn check_refused(pasted: &str, expected: ServerUrlError) {
    assert_eq!(ServerUrl::paste(pasted).map(|found| found.server), Err(expected), "{pasted}");
}

#[test]
fn with_and_without_a_scheme() {
    check("http://localhost:5000", "http://localhost:5000");
    check("localhost:5000", "http://localhost:5000");
    check("  \"http://localhost:5000/\"\n", "http://localhost:5000");
    check("127.0.0.1:5000", "http://127.0.0.1:5000");
    check("mlflow:5000", "http://mlflow:5000");
    check("192.168.1.20", "http://192.168.1.20");
    check("mlflow.example.com", "https://mlflow.example.com");
    check("mlflow.example.com:443", "https://mlflow.example.com");
    check("mlflow.example.com:8080", "http://mlflow.example.com:8080");
    check("mlflow.lab.internal", "http://mlflow.lab.internal");
    check("//mlflow.example.com/x", "https://mlflow.example.com/x");
    assert!(ServerUrl::paste("localhost:5000").unwrap().is_scheme_guessed);
    assert!(!ServerUrl::paste("http://localhost:5000").unwrap().is_scheme_guessed);
}

#[test]
fn one_form_for_one_origin() {
    check("HTTP://MLflow.Example.COM:80/", "http://mlflow.example.com");
    check("https://mlflow.example.com.:443", "https://mlflow.example.com");
    check("http://host:", "http://host");
    check("http://[0:0:0:0:0:0:0:1]:5000", "http://[::1]:5000");
    check("[::1]:5000", "http://[::1]:5000");
    check("http://[::FFFF:1.2.3.4]", "http://[::ffff:102:304]");
    check("http://mlflow_server:5000", "http://mlflow_server:5000");
    check("http:///host/", "http://host");
}

#[test]
fn pages_and_endpoints_are_cut_off() {
    check("http://localhost:5000/#/experiments/1/runs/abc", "http://localhost:5000");
    check("http://localhost:5000/#/experiments/1?searchFilter=a@b", "http://localhost:5000");
    check("http://localhost:5000?x=https://y", "http://localhost:5000");
    check("http://localhost:5000/api/2.0/mlflow/experiments/search?max_results=1", "http://localhost:5000");
    check("http://localhost:5000/api/2.0", "http://localhost:5000");
    check("http://localhost:5000/ajax-api/3.0/mlflow/server-info", "http://localhost:5000");
    check("http://h/team/tracking/", "http://h/team/tracking");
    check("http://h/tracking/#/models", "http://h/tracking");
    check("http://h/tracking/ajax-api/2.0/mlflow/runs/search", "http://h/tracking");
    check("http://h/tracking/static-files/index.html", "http://h/tracking");
    check("http://h/tracking/health", "http://h/tracking");
    check("http://h//tracking/./a/../", "http://h/tracking");
    check("http://h/api/mlflow", "http://h/api/mlflow");
    check("http://h/müll", "http://h/m%C3%BCll");
}

#[test]
fn what_is_no_server_is_refused_with_what_to_do() {
    check_refused("", ServerUrlError::Empty);
    check_refused("sqlite:///mlflow.db", ServerUrlError::Database);
    check_refused("postgresql://u:p@h/db", ServerUrlError::Database);
    check_refused("mysql+pymysql://u:p@h/db", ServerUrlError::Database);
    check_refused("s3://bucket/path", ServerUrlError::ArtifactStore);
    check_refused("mlflow-artifacts:/x", ServerUrlError::ArtifactStore);
    check_refused("databricks", ServerUrlError::Databricks);
    check_refused("databricks://profile", ServerUrlError::Databricks);
    check_refused("databricks-uc", ServerUrlError::Databricks);
    check_refused("file:///home/me/mlruns", ServerUrlError::Folder);
    check_refused("./mlruns", ServerUrlError::Folder);
    check_refused("/home/me/mlruns", ServerUrlError::Folder);
    check_refused("C:\\mlruns", ServerUrlError::Folder);
    check_refused("runs:/abc/model", ServerUrlError::InsideServer);
    check_refused("ftps://h", ServerUrlError::Scheme);
    check_refused("javascript:alert(1)", ServerUrlError::Port);
    check_refused("http://", ServerUrlError::Host);
    check_refused("http://ho st", ServerUrlError::Character);
    check_refused("http://good\\@evil", ServerUrlError::Character);
    check_refused("http://a..b", ServerUrlError::Host);
    check_refused("http://127.1", ServerUrlError::Host);
    check_refused("http://0x7f.1", ServerUrlError::Host);
    check_refused("http://1.2.3.400", ServerUrlError::Host);
    check_refused("http://[::1", ServerUrlError::Host);
    check_refused("http://::1", ServerUrlError::Port);
    check_refused("http://mülheim.de", ServerUrlError::HostBeyondAscii);
    check_refused("http://h:0", ServerUrlError::Port);
    check_refused("http://h:65536", ServerUrlError::Port);
    check_refused("http://h:5000x", ServerUrlError::Port);
}

#[test]
fn a_login_is_taken_out_and_never_shown() {
    let found = ServerUrl::paste("https://ada:s%40cr%3At@mlflow.example.com/t").unwrap();
    assert_eq!(found.server.to_string(), "https://mlflow.example.com/t");
    assert_eq!(found.login, Some(("ada".to_owned(), "s@cr:t".to_owned())));
    let shown = format!("{found:?} {} {:?}", found.server, found.server);
    assert!(!shown.contains("s@cr") && !shown.contains("ada"), "{shown}");
    // The last @ ends the login, as in browsers.
    let found = ServerUrl::paste("http://a:b@c@h").unwrap();
    assert_eq!(found.login, Some(("a".to_owned(), "b@c".to_owned())));
    // Half of a password must not be taken for a host.
    check_refused("http://ada:12/3@host", ServerUrlError::At);
    check_refused("http://ada:12#3@host", ServerUrlError::At);
}

#[test]
fn joins_paths_and_queries() {
    let check = |server: &str, path: &str, query: &[(&str, &str)], expected: &str| {
        let server: ServerUrl = server.parse().unwrap();
        assert_eq!(server.join(path, query), expected);
    };
    check("http://h:1", "/version", &[], "http://h:1/version");
    check("http://h/p", "version", &[], "http://h/p/version");
    check("https://h", "a", &[("k", "x y&ü/"), ("z", "")], "https://h/a?k=x%20y%26%C3%BC%2F&z=");
}

#[test]
fn says_how_far_away_a_host_is() {
    let check = |pasted: &str, expected| {
        assert_eq!(ServerUrl::paste(pasted).unwrap().server.reach(), expected, "{pasted}");
    };
    for host in
        ["localhost", "app.localhost", "127.0.0.1", "127.8.9.1", "[::1]", "0.0.0.0", "[::ffff:127.0.0.1]"]
    {
        check(host, Reach::Loopback);
    }
    for host in [
        "10.1.2.3",
        "172.31.0.1",
        "192.168.0.9",
        "100.64.0.1",
        "[fd00::1]",
        "[fe80::1]",
        "mlflow",
        "nas.local",
    ] {
        check(host, Reach::Private);
    }
    for host in
        ["172.32.0.1", "8.8.8.8", "100.128.0.1", "[2001:db8::1]", "mlflow.example.com", "localhost.example"]
    {
        check(host, Reach::Public);
    }
}

#[test]
fn another_scheme_keeps_an_explicit_port() {
    let check = |from: &str, to: &str| {
        let server: ServerUrl = from.parse().unwrap();
        assert_eq!(server.with_other_scheme().to_string(), to);
    };
    check("http://h:5000/p", "https://h:5000/p");
    check("https://h", "http://h");
    check("http://h:443", "https://h");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]

    /// What is shown and stored reads back as the same address.
    #[test]
    fn printed_addresses_read_back(text in r"(http://|https://|)([a-z]{1,3}@)?[a-z0-9.\[\]:]{1,12}(/[a-z%.ü]{0,4}){0,3}") {
        if let Ok(found) = ServerUrl::paste(&text) {
            let again: ServerUrl = found.server.to_string().parse().unwrap();
            prop_assert_eq!(&again, &found.server);
            let stored = serde_json::to_string(&found.server).unwrap();
            prop_assert_eq!(serde_json::from_str::<ServerUrl>(&stored).unwrap(), found.server);
        }
    }

    /// Whatever is pasted, nothing before an @ is shown, in the address or in the reason of its refusal.
    #[test]
    fn no_secret_is_shown(secret in r"Zq[A-Za-z0-9:/#?%\\ ]{0,10}9Zq", host in r"[a-z0-9.:/\[\]]{0,12}") {
        let shown = match ServerUrl::paste(&format!("http://me:{secret}@{host}")) {
            Ok(found) => format!("{} {found:?}", found.server),
            Err(error) => format!("{error} {error:?}"),
        };
        prop_assert!(!shown.contains("Zq") && !shown.contains("zq"), "{}", shown);
    }

    #[test]
    fn anything_at_all_is_read_or_refused(text in any::<String>()) {
        let _ = ServerUrl::paste(&text);
    }
}
