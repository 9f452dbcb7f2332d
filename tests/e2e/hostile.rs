//! Files that are damaged, hostile, or something else: a message with the file and the reason, and the rest comes in.

use std::{fs, path::PathBuf};

use tempfile::TempDir;

use crate::harness::{Page, Site};
use crate::stores::{Golden, RUN, small, zip};

const FILES: &str = "input[aria-label='Files to open']";

fn file(name: &str, bytes: &[u8]) -> (TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join(name);
    fs::write(&path, bytes).unwrap();
    (folder, path)
}

#[tokio::test]
async fn paths_that_escape_cost_themselves() {
    let mut files = small();
    files.push(("../../etc/passwd".to_owned(), b"root".to_vec()));
    files.push((format!("mlruns/1/{RUN}/metrics/bad"), b"1700000000000 0.5 0\nnot a line\n".to_vec()));
    files.push((format!("mlruns/1/{RUN}/artifacts/../../../../up.txt"), b"up".to_vec()));
    let (_folder, path) = file("escape.zip", &zip(&files));
    let site = Site::start();
    let page = Page::open(&site, "").await;
    page.upload(FILES, &[path]).await;
    page.sees("1 run with 4 points").await;
    page.press("Import report").await;
    page.sees("../../etc/passwd").await;
    page.sees("ine 2 is no metric line").await;
    page.sees("metrics/bad").await;
    page.console_is_clean().await;
}

#[tokio::test]
async fn a_bomb_is_asked_about_and_can_be_left_out() {
    let mut bomb = small();
    bomb.push(("zeros".to_owned(), vec![0; 1000]));
    let mut bytes = zip(&bomb);
    // The directory says 4 GB. Real ones of that size would slow the journey, and are tested natively.
    let entry = bytes.windows(4).rposition(|four| four == b"PK\x01\x02").unwrap();
    bytes[entry + 24..entry + 28].copy_from_slice(&[0xff, 0xff, 0xff, 0xef]);
    let (folder, path) = file("bomb.zip", &bytes);
    let good = folder.path().join("good.zip");
    fs::write(&good, zip(&small())).unwrap();
    let site = Site::start();
    let page = Page::open(&site, "").await;
    page.upload(FILES, &[path, good]).await;
    page.sees("bomb.zip").await;
    page.sees("would unpack to").await;
    page.press("Leave it out").await;
    page.sees("1 run with 3 points").await;
    page.press("Import report").await;
    page.sees("eft out: it would unpack to").await;
    page.console_is_clean().await;
}

#[tokio::test]
async fn a_download_that_broke_off_gives_what_came() {
    let whole = fs::read(&Golden::of("2.22.0-file").files[0]).unwrap();
    let (_folder, path) = file("half.zip", &whole[..whole.len() / 2]);
    let site = Site::start();
    let page = Page::open(&site, "").await;
    page.upload(FILES, &[path]).await;
    page.press("Import report").await;
    page.sees("half.zip").await;
    page.sees("lost its table of contents").await;
    page.console_is_clean().await;
}

#[tokio::test]
async fn a_database_that_broke_off_gives_what_came() {
    let whole = fs::read(&Golden::of("1.30.1-db").files[0]).unwrap();
    let (_folder, path) = file("cut.db", &whole[..whole.len() * 3 / 4]);
    let site = Site::start();
    let page = Page::open(&site, "").await;
    page.upload(FILES, &[path]).await;
    page.press("Import report").await;
    page.sees("the database has").await;
    page.console_is_clean().await;
}

#[tokio::test]
async fn a_file_that_is_no_store_is_named_with_what_it_is() {
    let (folder, picture) = file("holiday.jpg", b"\xff\xd8\xff\xe0\0\x10JFIF\0");
    let site = Site::start();
    let page = Page::open(&site, "").await;
    page.upload(FILES, &[picture]).await;
    page.sees("o MLflow runs were found in holiday.jpg").await;
    page.press("Dismiss").await;

    let junk = folder.path().join("mlflow.db");
    fs::write(&junk, [b"SQLite format 3\0".as_slice(), &[7; 3000]].concat()).unwrap();
    page.upload(FILES, &[junk]).await;
    page.sees("mlflow.db").await;
    page.sees("Nothing yet.").await;
    page.console_is_clean().await;
}

#[tokio::test]
async fn a_full_disk_is_said_and_what_was_stored_stays() {
    let (_folder, path) = file("small.zip", &zip(&small()));
    let demo = std::path::PathBuf::from("public/demo/demo.zip");
    let site = Site::start();
    let page = Page::open(&site, "").await;
    page.is_ready_for_offline().await;
    // Before anything is stored: Chromium asks how much room there is only every half minute.
    let used = page.eval("return navigator.storage.estimate().then(it => it.usage)").await;
    page.has_disk_for(used.as_u64().unwrap() + 60_000).await;
    page.upload(FILES, &[path]).await;
    page.sees("1 run with 3 points").await;
    page.press("Dismiss").await;
    page.go("#1/home").await;
    page.sees("1 experiment, 1 run").await;

    page.upload(FILES, &[demo]).await;
    page.sees("delete a source").await;
    page.sees("1 experiment, 1 run").await;
    page.reload().await;
    page.sees("1 experiment, 1 run").await;
    page.screenshot("full-disk").await;
}
