//! Two runs beside each other, file by file: by pointer, by keyboard, on a phone.

use std::fs;

use tempfile::TempDir;

use crate::harness::{Look, Page, Site};
use crate::stores::zip;

const FILES: &str = "input[aria-label='Files to open']";
const LEFT: &str = "0123456789abcdef0123456789abcdef";
const RIGHT: &str = "fedcba9876543210fedcba9876543210";

/// A store with two runs, "before" and "after", and files that differ in every way that is compared.
fn store() -> (TempDir, std::path::PathBuf) {
    let mut files: Vec<(String, Vec<u8>)> = vec![(
        "mlruns/1/meta.yaml".to_owned(),
        "artifact_location: a\nexperiment_id: '1'\nlifecycle_stage: active\nname: Pair\n".into(),
    )];
    for (run, name, side) in [(LEFT, "before", 0), (RIGHT, "after", 1)] {
        let meta = format!(
            "run_id: {run}\nrun_uuid: {run}\nrun_name: {name}\nexperiment_id: '1'\nstatus: 3\nstart_time: 1700000000000\n\
             end_time: 1700000060000\nlifecycle_stage: active\nartifact_uri: a\nuser_id: ada\n"
        );
        let mut add = |path: &str, bytes: Vec<u8>| files.push((format!("mlruns/1/{run}/{path}"), bytes));
        add("meta.yaml", meta.into());
        add("params/lr", if side == 0 { b"0.1".to_vec() } else { b"0.2".to_vec() });
        add("tags/mlflow.note.content", format!("A run that was {name}.\n").into());
        add("artifacts/requirements.txt", requirements(side).into());
        add(
            "artifacts/config.json",
            format!("{{\"model\": {{\"depth\": {}}}, \"seed\": 1}}", 3 + side).into(),
        );
        add("artifacts/rows.csv", format!("id,score\n1,0.5\n2,0.{}\n", 6 + side).into());
        add("artifacts/same.txt", b"equal on both sides\n".to_vec());
        add("artifacts/model.bin", vec![0, 1, 2, 3 + side]);
        add("artifacts/train.log", log(side).into());
        add("artifacts/dot.png", dot(side));
        if side == 0 {
            add("artifacts/gone.txt", b"only before\n".to_vec());
        }
    }
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("pair.zip");
    fs::write(&path, zip(&files)).unwrap();
    (folder, path)
}

fn requirements(side: u8) -> String {
    let packages: String = (0..30).map(|at| format!("package-{at:02}==1.{at}.0\n")).collect();
    let torch = if side == 0 { "torch==2.4.0+cu121\n" } else { "torch==2.4.1+cu124\ntorch-ema==0.3\n" };
    format!("{packages}{torch}")
}

/// Two megabytes, of which one line differs: too much for the page itself.
fn log(side: u8) -> String {
    let line = |at: u32| match (at, side) {
        (30_000, 1) => "step 30000 diverged: the loss is no number\n".to_owned(),
        _ => format!("step {at} loss {:.6} learning rate {:.8}\n", 1.0 / f64::from(at + 1), 0.001),
    };
    (0..45_000).map(line).collect()
}

/// A picture of two by two pixels, red or blue, uncompressed as far as PNG allows.
fn dot(side: u8) -> Vec<u8> {
    let pixel: [u8; 3] = if side == 0 { [200, 30, 30] } else { [30, 30, 200] };
    let row = [&[0_u8][..], &pixel, &pixel].concat();
    let raw = [row.clone(), row].concat();
    let length = raw.len() as u16;
    let mut data = vec![0x78, 0x01, 0x01];
    data.extend(length.to_le_bytes());
    data.extend((!length).to_le_bytes());
    data.extend(&raw);
    data.extend(adler(&raw).to_be_bytes());
    let chunk = |kind: &[u8; 4], body: &[u8]| {
        let named = [&kind[..], body].concat();
        [&(body.len() as u32).to_be_bytes()[..], &named, &crc(&named).to_be_bytes()].concat()
    };
    [
        b"\x89PNG\r\n\x1a\n".to_vec(),
        chunk(b"IHDR", &[0, 0, 0, 2, 0, 0, 0, 2, 8, 2, 0, 0, 0]),
        chunk(b"IDAT", &data),
        chunk(b"IEND", &[]),
    ]
    .concat()
}

fn adler(bytes: &[u8]) -> u32 {
    let (a, b) = bytes.iter().fold((1_u32, 0_u32), |(a, b), byte| {
        let a = (a + u32::from(*byte)) % 65_521;
        (a, (b + a) % 65_521)
    });
    b << 16 | a
}

fn crc(bytes: &[u8]) -> u32 {
    !bytes.iter().fold(!0_u32, |crc, byte| {
        (0..8).fold(crc ^ u32::from(*byte), |crc, _| (crc >> 1) ^ (0xedb8_8320 & (crc & 1).wrapping_neg()))
    })
}

/// Opens the store and the comparison of its two runs.
async fn open(site: &Site, look: Look, path: std::path::PathBuf) -> Page {
    let page = Page::open_with(&site.url(), "", look).await;
    page.upload(FILES, &[path]).await;
    page.sees("2 runs").await;
    let find = "return [...document.querySelectorAll('a[href]')].map(link => link.getAttribute('href')
        .match(/^#1\\/(?:source\\/|runs\\/[a-z]+\\/)([^:?/]+)/)?.[1]).find(Boolean)";
    page.until("a link to the source", find).await;
    let source = page.eval(find).await;
    let source = source.as_str().unwrap().to_owned();
    page.go(&format!("#1/compare/{source}/{LEFT}/{source}/{RIGHT}")).await;
    page.sees("Only what differs").await;
    page
}

async fn choose(page: &Page, name: &str) {
    page.click(&format!(".cmp-e[title^='{name}']")).await;
    page.until_with(
        "the file in the pane",
        "return document.querySelector('.cmp-t h2')?.innerText === arguments[0]",
        vec![name.into()],
    )
    .await;
}

#[tokio::test]
async fn every_kind_of_file_is_compared_by_pointer() {
    let (_folder, path) = store();
    let site = Site::start();
    let page = open(&site, Look::DESKTOP, path).await;
    choose(&page, "requirements.txt").await;
    page.sees("1 version changed, 1 package added, 30 equal").await;
    page.sees("27 equal lines").await;
    assert_eq!(page.texts(".cmp-cell.del mark").await, ["2.4.0+cu121"]);
    assert_eq!(page.texts(".cmp-cell.add mark").await, ["2.4.1+cu124"]);
    page.click(".cmp-fold").await;
    page.does_not_see("27 equal lines").await;
    page.press("Packages").await;
    page.sees("↑ later").await;

    choose(&page, "config.json").await;
    page.sees("1 value changed, 1 equal").await;
    assert_eq!(page.text(".cmp-sr.chg .cmp-path b").await, ".depth");

    choose(&page, "rows.csv").await;
    page.sees("1 row changed, 1 equal").await;
    page.sees("Rows belong together by id").await;

    choose(&page, "model.bin").await;
    page.sees("The first byte that differs is number 4").await;

    choose(&page, "gone.txt").await;
    page.sees("Only before, on the left, has this.").await;

    choose(&page, "train.log").await;
    page.sees("30000 diverged").await;
    assert_eq!(page.texts(".cmp-t .chip").await, ["+1", "−1"]);

    page.press("Only what differs").await;
    choose(&page, "same.txt").await;
    page.sees("Both are equal, byte by byte.").await;

    page.press("Swap sides").await;
    choose(&page, "gone.txt").await;
    page.sees("Only before, on the right, has this.").await;
    page.console_is_clean().await;
}

#[tokio::test]
async fn pictures_are_swiped_blended_and_subtracted() {
    let (_folder, path) = store();
    let site = Site::start();
    let page = open(&site, Look::DESKTOP, path).await;
    choose(&page, "dot.png").await;
    page.sees_count(".cmp-pic img", 2).await;
    page.sees("2 × 2 pixels").await;
    page.press("Swipe").await;
    page.click(".cmp-slider").await;
    let before =
        page.eval("return document.querySelector('.cmp-stage').style.getPropertyValue('--part')").await;
    page.key("ArrowRight").await;
    page.until_with(
        "the line further right",
        "return parseFloat(document.querySelector('.cmp-stage').style.getPropertyValue('--part')) > parseFloat(arguments[0])",
        vec![before],
    )
    .await;
    page.press("Difference").await;
    page.sees("the brighter, the more they differ").await;
    page.console_is_clean().await;
}

#[tokio::test]
async fn the_keyboard_walks_files_and_differences() {
    let (_folder, path) = store();
    let site = Site::start();
    let page = open(&site, Look::DESKTOP, path).await;
    choose(&page, "requirements.txt").await;
    page.key("]").await;
    page.sees("1 of 1").await;
    page.sees_count(".cmp-row.at", 1).await;
    page.eval("document.querySelector('.cmp-rows').focus()").await;
    page.key("ArrowUp").await;
    page.until(
        "the file above",
        "return document.querySelector('.cmp-t h2')?.innerText !== 'requirements.txt'",
    )
    .await;
    page.key("ArrowDown").await;
    page.until(
        "the file again",
        "return document.querySelector('.cmp-t h2')?.innerText === 'requirements.txt'",
    )
    .await;
    page.key("x").await;
    page.until("the other side first", "return document.querySelector('.cmp-run a')?.innerText === 'after'")
        .await;
    // The link holds all of it.
    page.reload().await;
    page.until(
        "the same file",
        "return document.querySelector('.cmp-t h2')?.innerText === 'requirements.txt'",
    )
    .await;
    page.until("the same sides", "return document.querySelector('.cmp-run a')?.innerText === 'after'").await;
    page.console_is_clean().await;
}

#[tokio::test]
async fn the_drawer_shows_files_below_the_matrix() {
    let (_folder, path) = store();
    let site = Site::start();
    let page = open(&site, Look::DESKTOP, path).await;
    page.press("Params and metrics").await;
    page.sees("keys differ").await;
    page.press("Files below the matrix").await;
    page.until("the drawer", "return document.querySelector('.cmp-drawer')?.offsetHeight === 208").await;
    page.click(".cmp-handle").await;
    page.key("ArrowUp").await;
    page.until("a higher drawer", "return document.querySelector('.cmp-drawer')?.offsetHeight === 232").await;
    page.key("Escape").await;
    page.sees_count(".cmp-drawer", 0).await;
    page.console_is_clean().await;
}

#[tokio::test]
async fn a_phone_shows_one_column() {
    let (_folder, path) = store();
    let site = Site::start();
    let page = open(&site, Look::PHONE, path).await;
    choose(&page, "requirements.txt").await;
    page.sees_count(".cmp-x.uni", 1).await;
    let overflow = page.eval("return document.documentElement.scrollWidth - innerWidth").await;
    assert_eq!(overflow, 0, "the page does not scroll sideways");
    page.console_is_clean().await;
}
