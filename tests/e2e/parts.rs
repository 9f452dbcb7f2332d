//! Screens whose code is loaded when needed: not before the first picture, all of it without a network, and once more
//! when it did not come.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use crate::harness::{Page, Site};
use crate::offline::{copy_folder, digest, dist};

#[test]
fn every_part_is_kept_for_offline_use() {
    let kept = fs::read_to_string(dist().join("sw.js")).unwrap();
    let parts = parts(&dist());
    assert!(parts.len() >= 6, "the program has parts: {parts:?}");
    for part in &parts {
        let line = format!("\"{part}\": \"{}\"", digest(&dist().join(part)));
        assert!(kept.contains(&line), "sw.js lists {line}");
    }
    let loaders = file(&dist(), "app-", "_parts.js");
    let loaders = fs::read_to_string(loaders).unwrap();
    let loaded: BTreeSet<String> =
        loaders.split('"').filter(|word| word.starts_with("part-")).map(ToOwned::to_owned).collect();
    assert_eq!(loaded, parts, "what is loaded is what there is");
}

#[tokio::test]
async fn the_first_picture_does_not_wait_for_other_screens() {
    let site = Site::start();
    let page = Page::open(&site, "").await;
    let all =
        "performance.getEntriesByType('resource').filter(entry => /\\/part-.*\\.wasm$/.test(entry.name))";
    let count = parts(&dist()).len();
    page.until("every part to be there before it is asked for", &format!("return {all}.length === {count}"))
        .await;
    // Milliseconds between the program and the first part.
    let gap = page
        .eval(&format!(
            "const program = performance.getEntriesByType('resource').find(entry => entry.name.endsWith('_bg.wasm'));
             return Math.min(...{all}.map(entry => entry.startTime)) - program.responseEnd",
        ))
        .await;
    assert!(gap.as_f64().unwrap() > 1000.0, "parts come when the page has long been shown: after {gap} ms");
    page.console_is_clean().await;
}

#[tokio::test]
async fn every_screen_opens_without_the_server() {
    let mut site = Site::start();
    let page = Page::open(&site, "#/demo").await;
    page.sees("standardised-inputs").await;
    page.is_ready_for_offline().await;
    site.stop();

    page.reload().await;
    page.press("Diff").await;
    page.sees("Differences only").await;
    page.press("Charts").await;
    page.sees("train/loss").await;
    page.press("Table").await;
    page.click("[role=rowheader] a").await;
    page.sees("Artifacts").await;
    page.reload().await;
    page.sees("Artifacts").await;
    page.go("#1/home").await;
    page.press("Report, name and deletion of demo").await;
    page.sees("Import report").await;
    page.reload().await;
    page.sees("Import report").await;
    page.click(".side a[href*='models']").await;
    page.sees("All models").await;
    page.reload().await;
    page.sees("All models").await;
    page.console_is_clean().await;
}

#[tokio::test]
async fn a_screen_that_did_not_come_can_be_tried_again() {
    let folder = tempfile::tempdir().unwrap();
    copy_folder(&dist(), folder.path());
    let charts = file(folder.path(), "part-charts-", ".wasm");
    let away = folder.path().join("away");
    let site = Site::start_folder(folder.path().to_owned());
    fs::rename(&charts, &away).unwrap();

    let page = Page::open(&site, "#/demo").await;
    page.sees("standardised-inputs").await;
    page.press("Charts").await;
    page.sees("This screen could not be loaded").await;
    page.screenshot("part-missing").await;
    page.press("Try again").await;
    page.sees("This screen could not be loaded").await;
    page.press("Table").await;
    page.sees("standardised-inputs").await;

    fs::rename(&away, &charts).unwrap();
    page.press("Charts").await;
    page.sees("train/loss").await;
}

/// Names of the files that hold parts of the program.
fn parts(dist: &Path) -> BTreeSet<String> {
    let names = fs::read_dir(dist).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap());
    names.filter(|name| name.starts_with("part-") && name.ends_with(".wasm")).collect()
}

/// The first file, in order of names, that begins and ends so.
fn file(folder: &Path, begin: &str, end: &str) -> PathBuf {
    let names = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap());
    let fits = |name: &String| name.starts_with(begin) && name.ends_with(end);
    folder.join(names.filter(fits).min().unwrap_or_else(|| panic!("no file {begin}*{end}")))
}
