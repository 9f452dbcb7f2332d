//! Live servers: what is read over REST is what MLflow's own client counts, it stays when the server is
//! gone, and what is in the way is named.

use crate::harness::{Page, Site};
use crate::mlflow::MlflowServer;
use crate::stores::Golden;

async fn connect(page: &Page, url: &str) {
    page.type_into("#conn-url", url).await;
    page.press("Connect").await;
}

async fn is_read_and_stays(version: &str, arguments: &[&str]) {
    let golden = Golden::of(&format!("{version}-db"));
    let server = MlflowServer::start(version, arguments);
    let report = format!("Report, name and deletion of {}", server.host());
    let site = Site::start();
    let page = Page::open(&site, "").await;
    connect(&page, &server.url()).await;
    page.sees(&format!("{} with {}", golden.runs(), golden.points())).await;
    page.screenshot(&format!("live-{version}")).await;

    drop(server);
    page.go("#1/home").await;
    page.sees(&golden.runs()).await;
    page.press(&report).await;
    page.sees("Import report").await;
    page.press("Refresh").await;
    page.sees("could not be reached").await;
    page.go("#1/home").await;
    page.sees(&golden.runs()).await;
}

#[tokio::test]
async fn a_server_of_mlflow_3_is_read_and_stays() {
    is_read_and_stays("3.17.2", &["--cors-allowed-origins", "*"]).await;
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
