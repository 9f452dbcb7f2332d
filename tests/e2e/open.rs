//! Opening files: what comes in is what MLflow's own client counts, and it is there again.

use std::fs;

use crate::harness::{Page, Site};
use crate::stores::{Golden, on_disk, small, zip};

const FILES: &str = "input[aria-label='Files to open']";
const FOLDER: &str = "input[aria-label='Folder to open']";

#[tokio::test]
async fn a_dropped_zip_is_there_again_without_its_server() {
    let golden = Golden::of("3.17.2-file");
    let mut site = Site::start();
    let page = Page::open(&site, "").await;
    page.is_ready_for_offline().await;
    page.drop_on(".drop", &golden.files).await;
    page.sees(&format!("{} with {}", golden.runs(), golden.points())).await;
    page.go("#1/home").await;
    page.sees(&golden.runs()).await;
    page.screenshot("open-zip-home").await;

    site.stop();
    page.reload().await;
    page.sees(&golden.runs()).await;
    page.press("Report, name and deletion of mlruns").await;
    page.sees("Import report").await;
    page.sees(&golden.points().replace(" points", "")).await;
    page.console_is_clean().await;
}

#[tokio::test]
async fn a_database_is_read_with_its_log() {
    let golden = Golden::of("3.17.2-db");
    let site = Site::start();
    let page = Page::open(&site, "").await;
    page.upload(FILES, &golden.files).await;
    page.sees(&format!("{} with {}", golden.runs(), golden.points())).await;
    page.console_is_clean().await;
}

#[tokio::test]
async fn a_folder_is_read() {
    let folder = on_disk(&small());
    let site = Site::start();
    let page = Page::open(&site, "").await;
    page.upload(FOLDER, &[folder.path().join("mlruns")]).await;
    page.sees("1 run with 3 points").await;
    page.console_is_clean().await;
}

#[tokio::test]
async fn read_again_nothing_is_doubled_and_what_is_new_is_added() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("small.zip");
    fs::write(&path, zip(&small())).unwrap();
    let site = Site::start();
    let page = Page::open(&site, "").await;
    page.upload(FILES, &[path.clone()]).await;
    page.sees("1 run with 3 points").await;
    page.press("Dismiss").await;

    page.go("#1/home").await;
    page.press("Report, name and deletion of small").await;
    let again = "input[aria-label='Files to read again']";
    page.upload(again, &[path.clone()]).await;
    page.sees("1 run with 3 points").await;
    page.press("Dismiss").await;
    page.go("#1/home").await;
    page.sees("1 experiment, 1 run").await;
    page.sees("1 source").await;

    let mut longer = small();
    longer[2].1.extend(b"1700000003000 0.5 3\n");
    fs::write(&path, zip(&longer)).unwrap();
    page.press("Report, name and deletion of small").await;
    page.upload(again, &[path]).await;
    page.sees("1 run with 4 points").await;
    page.go("#1/home").await;
    page.sees("1 experiment, 1 run").await;
    page.press("Report, name and deletion of small").await;
    page.until(
        "the source to have 4 points",
        "return /points\\s+4\\b/i.test(document.querySelector('main').innerText)",
    )
    .await;
    page.console_is_clean().await;
}

#[tokio::test]
async fn a_source_is_renamed_and_deleted_and_its_space_is_free() {
    let golden = Golden::of("2.22.0-file");
    let site = Site::start();
    let page = Page::open(&site, "").await;
    page.upload(FILES, &golden.files).await;
    page.sees(&golden.runs()).await;
    page.go("#1/home").await;
    page.press("Report, name and deletion of mlruns").await;
    let field = "input[aria-label='Name of this source']";
    page.click(field).await;
    page.key("Control+a").await;
    page.type_into(field, "Winter runs").await;
    page.press("Rename").await;
    page.until("the new name", "return document.querySelector('h1').innerText === 'Winter runs'").await;
    let full = used(&page).await;

    page.press("Delete this source…").await;
    page.sees("will be deleted from this browser").await;
    page.press("Keep it").await;
    page.sees("Winter runs").await;
    page.press("Delete this source…").await;
    page.press("Delete").await;
    page.go("#1/home").await;
    page.sees("Nothing yet.").await;
    page.does_not_see("Winter runs").await;
    page.reload().await;
    page.sees("Nothing yet.").await;
    // The browser's own figure lags behind and rounds up; what lies in the database does not.
    let left = used(&page).await;
    assert_eq!(left, 0, "{full} bytes before, {left} after");
    assert!(full > 50_000, "{full} bytes");
    page.console_is_clean().await;
}

/// The bytes of everything in the database, settings aside.
async fn used(page: &Page) -> u64 {
    let script = "const database = await new Promise((done, failed) => {
            const request = indexedDB.open('runatlas');
            request.onsuccess = () => done(request.result);
            request.onerror = () => failed(request.error);
        });
        let bytes = 0;
        for (const name of database.objectStoreNames) {
            if (name === 'settings' || name === 'views') continue;
            const all = await new Promise(done => {
                const request = database.transaction(name).objectStore(name).getAll();
                request.onsuccess = () => done(request.result);
            });
            for (const value of all) bytes += value.byteLength;
        }
        database.close();
        return bytes";
    page.eval(script).await.as_u64().unwrap()
}
