//! The app opens without a network, and a new release is offered, not forced.

use std::path::Path;

use crate::harness::{Page, Site};

#[tokio::test]
async fn the_app_opens_with_its_server_gone() {
    let mut site = Site::start();
    let page = Page::open(&site, "").await;
    page.is_ready_for_offline().await;
    site.stop();
    page.reload().await;
    page.console_is_clean().await;
}

#[tokio::test]
async fn a_new_release_waits_until_it_is_asked_in() {
    let folder = tempfile::tempdir().unwrap();
    copy_folder(&dist(), folder.path());
    let site = Site::start_folder(folder.path().to_owned());
    let page = Page::open(&site, "").await;
    page.is_ready_for_offline().await;
    let old = build_of(&page).await;

    release_anew(folder.path(), &old);
    page.eval("return navigator.serviceWorker.getRegistration().then(registration => registration.update())")
        .await;
    let waits =
        "return navigator.serviceWorker.getRegistration().then(registration => !!registration.waiting)";
    page.until("the new release to wait", waits).await;
    page.reload().await;
    assert_eq!(build_of(&page).await, old, "the old release is still in use");

    let accept = "return navigator.serviceWorker.getRegistration()
        .then(registration => registration.waiting.postMessage({ type: 'skip-waiting' }))";
    page.eval(accept).await;
    page.until(
        "the old release to be cleared away",
        "return caches.keys().then(names => names.length === 1 && names[0].endsWith(' new'))",
    )
    .await;
    page.reload().await;
    assert_eq!(build_of(&page).await, "new");
}

async fn build_of(page: &Page) -> String {
    let build = page.eval("return document.querySelector('meta[name=\"runatlas:build\"]').content").await;
    build.as_str().unwrap().to_owned()
}

/// Rewrites the release's id in index.html and sw.js, and index.html's digest with it.
fn release_anew(folder: &Path, old: &str) {
    let edit = |name: &str, from: &str, to: &str| {
        let text = std::fs::read_to_string(folder.join(name)).unwrap();
        assert!(text.contains(from), "{name} holds {from}");
        std::fs::write(folder.join(name), text.replacen(from, to, 1)).unwrap();
    };
    let before = digest(&folder.join("index.html"));
    edit("index.html", &format!("content=\"{old}\""), "content=\"new\"");
    edit("sw.js", old, "new");
    edit("sw.js", &before, &digest(&folder.join("index.html")));
}

pub(crate) fn digest(path: &Path) -> String {
    use sha2::{Digest as _, Sha256};
    use std::fmt::Write as _;
    Sha256::digest(std::fs::read(path).unwrap()).iter().fold(String::new(), |mut hex, byte| {
        write!(hex, "{byte:02x}").unwrap();
        hex
    })
}

pub(crate) fn dist() -> std::path::PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join(std::env::var("RUNATLAS_DIST").unwrap_or_else(|_| "dist".to_owned()))
}

pub(crate) fn copy_folder(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).unwrap();
    for entry in std::fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let target = to.join(entry.file_name());
        if entry.file_type().unwrap().is_dir() {
            copy_folder(&entry.path(), &target);
        } else {
            std::fs::copy(entry.path(), &target).unwrap();
        }
    }
}
