//! The doctor before servers that are really misconfigured; `tests/core/mlflow/doctor` has all cases of them as recorded.

use std::{
    collections::BTreeMap,
    io::{BufRead as _, BufReader},
    process::{Child, ChildStdin, Command, Stdio},
};

use super::connect;
use crate::{
    harness::{Page, Site},
    mlflow::{MlflowServer, in_tests},
};

/// Misconfigured servers of `tests/live/doctor_cases.py`, each under the name of its case.
struct Cases {
    process: Child,
    // Their end is the end of its input.
    input: Option<ChildStdin>,
    urls: BTreeMap<String, String>,
}

impl Cases {
    fn start(names: &[&str]) -> Self {
        let mut process = Command::new("python3")
            .arg(in_tests("live/doctor_cases.py"))
            .args(names)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut said = String::new();
        let mut lines = BufReader::new(process.stdout.take().unwrap());
        while !said.ends_with("}\n") {
            assert!(lines.read_line(&mut said).unwrap() > 0, "the servers did not start: {said}");
        }
        let input = process.stdin.take();
        Self { process, input, urls: serde_json::from_str(&said).unwrap() }
    }

    fn url(&self, name: &str) -> &str {
        &self.urls[name]
    }
}

impl Drop for Cases {
    fn drop(&mut self) {
        drop(self.input.take());
        let _ = self.process.wait();
    }
}

/// Connects to the server of a case, and waits for what the doctor says.
async fn check(page: &Page, url: &str, expected: &[&str]) {
    page.go("#1/home").await;
    connect(page, url).await;
    for words in expected {
        page.sees(words).await;
    }
}

#[tokio::test]
async fn servers_that_keep_a_page_out_are_understood() {
    let cases = Cases::start(&["wrong_host", "prefix_missing", "no_serve_artifacts"]);
    let site = Site::start();
    let page = Page::open(&site, "").await;
    check(&page, cases.url("wrong_host"), &["does not accept the name 127.0.0.1", "--allowed-hosts"]).await;
    page.screenshot("live-host").await;
    let prefix = format!("MLflow is at {}/mlflow", cases.url("prefix_missing"));
    check(&page, cases.url("prefix_missing"), &[&prefix]).await;
    // Reading works: it goes on to the runs, of which there are none.
    check(&page, cases.url("no_serve_artifacts"), &["Read 0 runs with 0 points"]).await;
    page.go("#1/home").await;
    page.sees("works, with 1 limit").await;
    page.sees("Artifacts do not pass through the server").await;
}

#[tokio::test]
async fn proxies_and_strangers_are_understood() {
    let cases = Cases::start(&[
        "proxy_without_preflight",
        "self_signed",
        "backend_down",
        "not_mlflow",
        "not_mlflow_readable",
    ]);
    let site = Site::start();
    let page = Page::open(&site, "").await;
    check(&page, cases.url("proxy_without_preflight"), &["but refuses the pre-flight", "nginx"]).await;
    check(
        &page,
        cases.url("self_signed"),
        &["does not trust the certificate", "Open the server's address in a new tab"],
    )
    .await;
    check(&page, cases.url("backend_down"), &["answered 502"]).await;
    check(&page, cases.url("not_mlflow"), &["is not an MLflow server"]).await;
    check(&page, cases.url("not_mlflow_readable"), &["is not an MLflow server"]).await;
    let other = cases.url("not_mlflow").replace("http:", "https:");
    check(&page, &other, &["speaks http, not https"]).await;
    page.screenshot("live-scheme").await;
}

#[tokio::test]
async fn a_server_that_does_not_allow_the_page_is_understood() {
    // MLflow 2 sends no CORS headers; later ones allow every page of this machine.
    let server = MlflowServer::start("2.22.0", &[]);
    let site = Site::start();
    let page = Page::open(&site, "").await;
    connect(&page, &server.url()).await;
    page.sees("nginx").await;
    page.screenshot("live-cors").await;
}

#[tokio::test]
async fn an_address_where_nothing_listens_is_understood() {
    let port = std::net::TcpListener::bind(("127.0.0.1", 0)).unwrap().local_addr().unwrap().port();
    let site = Site::start();
    let page = Page::open(&site, "").await;
    connect(&page, &format!("127.0.0.1:{port}")).await;
    page.sees("Nothing").await;
    page.screenshot("live-nothing").await;
}
