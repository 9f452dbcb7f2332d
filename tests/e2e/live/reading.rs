//! What is read from servers of both generations, wherever they are, stays when they are gone.

use super::{connect, holds, open_source};
use crate::{
    harness::{Page, Site},
    mlflow::MlflowServer,
    server::Server,
    stores::Golden,
};

/// `url` is where the page finds the server; `before` goes down with it.
async fn is_read_and_stays(golden: &str, server: MlflowServer, url: &str, before: Option<Server>) {
    let golden = Golden::of(golden);
    let site = Site::start();
    let page = Page::open(&site, "").await;
    connect(&page, url).await;
    page.sees(&format!("{} with {}", golden.runs(), golden.points())).await;
    page.console_is_clean().await;

    drop((server, before));
    let host = url.trim_start_matches("http://").split('/').next().unwrap();
    open_source(&page, host).await;
    holds(&page, golden.runs, golden.points).await;
    page.press("Refresh").await;
    page.sees("could not be reached").await;
    page.go("#1/home").await;
    page.sees(&golden.runs()).await;
}

#[tokio::test]
async fn a_server_of_mlflow_3_is_read_and_stays() {
    let server = MlflowServer::start("3.17.2", &["--cors-allowed-origins", "*"]);
    let url = server.url();
    is_read_and_stays("3.17.2-db", server, &url, None).await;
}

#[tokio::test]
async fn a_server_of_mlflow_2_is_read_through_a_proxy_that_allows_the_page() {
    let server = MlflowServer::start("2.22.0", &[]);
    let proxy = Server::before(server.port());
    let url = proxy.url();
    is_read_and_stays("2.22.0-db", server, &url, Some(proxy)).await;
}

#[tokio::test]
async fn a_server_of_mlflow_2_below_a_prefix_is_read_where_its_own_page_asks() {
    let server = MlflowServer::start("2.22.0", &["--static-prefix", "/tracking"]);
    let proxy = Server::before(server.port());
    let url = format!("{}/tracking", proxy.url());
    is_read_and_stays("2.22.0-db", server, &url, Some(proxy)).await;
}

#[tokio::test]
async fn a_server_below_a_prefix_is_read_from_the_address_of_its_own_page() {
    let server = MlflowServer::start("3.17.2", &["--static-prefix", "/tracking"]);
    let url = format!("{}/tracking/#/experiments/0", server.url());
    is_read_and_stays("3.17.2-db", server, &url, None).await;
}

/// It has its interface below the prefix as `ajax-api` only.
#[tokio::test]
async fn a_server_of_mlflow_2_below_a_prefix_is_read() {
    let server = MlflowServer::start("2.22.0", &["--static-prefix", "/tracking"]);
    let proxy = Server::before(server.port());
    let url = format!("{}/tracking", proxy.url());
    is_read_and_stays("2.22.0-db", server, &url, Some(proxy)).await;
}
