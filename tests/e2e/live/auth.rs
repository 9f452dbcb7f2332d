//! MLflow's basic-auth app: who may read, and that the password is nowhere but where a person wants it.

use std::time::{Duration, Instant};

use serde_json::json;

use super::{LONG, connect, console_has_only_failed_requests, holds, is_over, open_source};
use crate::{
    harness::{Page, Site},
    mlflow::{MlflowServer, PASSWORD, USER},
    stores::Golden,
};

/// All that lies in this browser, and the page itself, as one text.
const EVERYTHING_KEPT: &str = "
    const seen = [location.href, document.documentElement.outerHTML, JSON.stringify(localStorage)];
    const add = value => {
        if (value instanceof ArrayBuffer) value = new Uint8Array(value);
        if (ArrayBuffer.isView(value)) seen.push(new TextDecoder('latin1').decode(value));
        else if (Array.isArray(value)) value.forEach(add);
        else if (value && typeof value === 'object') Object.entries(value).forEach(add);
        else seen.push(String(value));
    };
    const done = request => new Promise((well, ill) => { request.onsuccess = () => well(request.result); request.onerror = ill; });
    for (const { name } of await indexedDB.databases()) {
        const database = await done(indexedDB.open(name));
        for (const store of database.objectStoreNames) {
            const open = database.transaction(store).objectStore(store);
            const [keys, values] = [open.getAllKeys(), open.getAll()].map(done);
            add([await keys, await values]);
        }
        database.close();
    }
    for (const name of await caches.keys()) {
        const cache = await caches.open(name);
        for (const request of await cache.keys()) seen.push(request.url);
    }
    return seen.join('\\n');";

async fn everything_kept(page: &Page) -> String {
    let text = page.eval(&format!("return (async () => {{ {EVERYTHING_KEPT} }})()")).await;
    text.as_str().unwrap().to_owned()
}

/// As it is, and as the header carries it: both in base64.
fn has_secret(text: &str) -> bool {
    text.contains(PASSWORD) || text.contains("YWRtaW46b25seSBmb3IgdGhpcyBqb3VybmV5")
}

async fn sign_in(page: &Page, password: &str) {
    page.press("Password").await;
    page.fill("[aria-label=User]", USER).await;
    page.fill("[aria-label=Password]", password).await;
    page.press("Connect").await;
}

async fn report_of_doctor(page: &Page) -> String {
    page.eval("navigator.clipboard.writeText = text => { window.copied = text; return Promise.resolve() }")
        .await;
    page.press("Copy the report").await;
    page.until("the report to be copied", "return !!window.copied").await;
    page.eval("return window.copied").await.as_str().unwrap().to_owned()
}

/// Reads anew what is there; the words for that nothing has changed are another journey's.
async fn refreshes(page: &Page, server: &MlflowServer) {
    let answered = server.answered("runs/search");
    page.press("Refresh").await;
    let began = Instant::now();
    while server.answered("runs/search") == answered {
        assert!(began.elapsed() < LONG, "the server was not asked, or refused");
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    is_over(page).await;
}

// The app checks a password slowly, as it should: one server for all of it.
#[tokio::test]
async fn a_password_opens_a_server_and_is_kept_only_where_a_person_wants_it() {
    let server = MlflowServer::start_signed("3.17.2");
    let site = Site::start();
    let page = Page::open(&site, "").await;
    is_asked_for(&page, &server).await;
    is_kept_by_the_tab_alone(&page, &server).await;
    is_remembered_until_it_is_forgotten(&page, &server).await;
}

async fn is_asked_for(page: &Page, server: &MlflowServer) {
    connect(page, &server.url()).await;
    page.sees("asks who you are").await;
    page.sees("It answered 401").await;
    page.sees("Choose a way to sign in and check again").await;
    page.screenshot("live-401").await;

    sign_in(page, &format!("not {PASSWORD}")).await;
    page.sees("does not accept this sign-in").await;
    let report = report_of_doctor(page).await;
    assert!(report.contains("signed in: 401") && !has_secret(&report), "{report}");
    assert!(!has_secret(&everything_kept(page).await));
}

async fn is_kept_by_the_tab_alone(page: &Page, server: &MlflowServer) {
    let golden = Golden::of("3.17.2-db");
    sign_in(page, PASSWORD).await;
    page.sees_within(&format!("{} with {}", golden.runs(), golden.points()), LONG).await;
    assert!(!has_secret(&everything_kept(page).await));
    page.go("#1/home").await;
    let report = report_of_doctor(page).await;
    assert!(report.contains("accepted") && !has_secret(&report), "{report}");

    open_source(page, &server.host()).await;
    page.reload().await;
    refreshes(page, server).await;
    open_source(page, &server.host()).await;
    holds(page, golden.runs, golden.points).await;
    // As in another tab.
    page.eval("sessionStorage.clear()").await;
    page.press("Refresh").await;
    page.sees("asks for credentials (401)").await;
    let console = page.console().await.join("\n");
    assert!(!has_secret(&console), "{console}");
}

async fn is_remembered_until_it_is_forgotten(page: &Page, server: &MlflowServer) {
    page.reload().await;
    page.go("#1/home").await;
    page.fill("#conn-url", &server.url()).await;
    page.press("Password").await;
    page.click(".conn-r input").await;
    sign_in(page, PASSWORD).await;
    // It was read before.
    page.sees_within("Nothing is new on", LONG).await;
    assert!(has_secret(&everything_kept(page).await), "it is remembered, and this journey sees what is kept");

    page.eval("sessionStorage.clear()").await;
    open_source(page, &server.host()).await;
    page.reload().await;
    refreshes(page, server).await;
    open_source(page, &server.host()).await;
    page.press("Forget the sign-in").await;
    let gone = format!(
        "return (async () => {{ const all = await (async () => {{ {EVERYTHING_KEPT} }})(); return !all.includes(arguments[0]) }})()"
    );
    page.until_with(
        "the password to be gone",
        &gone.replace("arguments[0]", &json!(PASSWORD).to_string()),
        vec![],
    )
    .await;
    page.press("Refresh").await;
    page.sees("asks for credentials (401)").await;
    console_has_only_failed_requests(page).await;
}
