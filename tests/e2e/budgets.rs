//! What a person waits for, measured in Chromium on the production build beside uPlot in the same browser, as a table
//! for the README: `scripts/bench` runs it.
//!
//! RUNATLAS_BENCH names the folder with `mlruns.zip` (a million points: 50 runs x 4 metrics x 5,000 steps), UPLOT the
//! file `uPlot.iife.min.js`. Each figure is the best of some rounds. "Drawn" is the end of the frame with the last stroke
//! on any canvas; a frame is what the main thread was busy for, by Chromium's own account, rasterising included.
#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a benchmark stops at what is not right"
)]
#![expect(clippy::print_stdout, reason = "the table is its result")]

#[expect(clippy::allow_attributes, reason = "see the next line")]
#[allow(dead_code, reason = "the other benchmark uses the rest")]
mod gauge;
#[expect(clippy::allow_attributes, reason = "see the next line")]
#[allow(dead_code, unused_imports, reason = "the journeys use the rest")]
mod harness;
#[expect(clippy::allow_attributes, reason = "see the next line")]
#[allow(dead_code, reason = "the other benchmark uses the rest")]
#[path = "../bench/report.rs"]
mod report;

use std::path::{Path, PathBuf};
use std::time::Duration;

use gauge::in_async;
use harness::{Look, Page, Site};
use report::Row;
use serde_json::{Value, json};

const ROUNDS: usize = 5;
const FRAMES: u32 = 40;

#[tokio::main]
async fn main() {
    let stores =
        PathBuf::from(std::env::var("RUNATLAS_BENCH").expect("RUNATLAS_BENCH: the folder of the stores"));
    let uplot = std::env::var("UPLOT").expect("UPLOT: the file uPlot.iife.min.js");
    let uplot = std::fs::read_to_string(uplot).unwrap();
    let site = Site::start();
    let page = Page::blank(&site.url(), Look::DESKTOP).await;
    gauge::install(&page).await;
    page.go("").await;
    page.has_started().await;
    let (opened, zoomed) = million_points(&page, &stores).await;
    let (peer_opened, peer_zoomed) = uplot_figures(&page, &uplot).await;
    let beside = |took: Duration| format!("uPlot {:.0} ms, points in memory", took.as_secs_f64() * 1e3);
    let mut first = Row::time(
        "1 M points of 50 runs, stored data to every line drawn",
        opened,
        Duration::from_millis(400),
    );
    first.peer = beside(peer_opened);
    let mut frame = Row::time("zoom frame with 1 M points in four charts", zoomed, Duration::from_millis(8));
    frame.peer =
        format!("uPlot {:.1} ms ({:.2}x)", peer_zoomed.as_secs_f64() * 1e3, ratio(zoomed, peer_zoomed));
    let table = warm_start(&site).await;
    let rows =
        [first, frame, Row::time("reload to a table of 1,000 runs", table, Duration::from_millis(300))];
    println!("{}", report::table(&rows));
}

fn ratio(ours: Duration, peer: Duration) -> f64 {
    ours.as_secs_f64() / peer.as_secs_f64()
}

/// From the press on "Charts" to the picture, and the frame of a zoom.
async fn million_points(page: &Page, stores: &Path) -> (Duration, Duration) {
    import(page, &stores.join("mlruns.zip"), "50 runs").await;
    page.press("Show all runs on charts").await;
    let mut opened = Duration::MAX;
    for _ in 0..ROUNDS {
        // Anew, so that no history is decoded already.
        page.reload().await;
        page.sees("50 runs").await;
        let script = "const tab = name => [...document.querySelectorAll('[role=tab]')].find(tab => tab.innerText.includes(name)).click();
            const took = await gauge.first(() => tab('Charts')); tab('Table'); return took";
        opened = opened.min(millis(&page.eval(&in_async(script)).await));
    }
    page.press("Charts").await;
    page.sees_count(".card canvas", 8).await;
    let script = format!(
        "await gauge.still();
         const plot = document.querySelector('.card [tabindex=\"0\"]'); plot.focus();
         await gauge.frames(i => plot.dispatchEvent(new KeyboardEvent('keydown', {{ key: i % 2 ? '-' : '+', bubbles: true }})), {FRAMES})"
    );
    (opened, busy(page, &script).await)
}

async fn uplot_figures(page: &Page, uplot: &str) -> (Duration, Duration) {
    page.eval("document.body.innerHTML = ''; document.body.style.overflow = 'auto'").await;
    page.eval(&format!("{uplot}; window.uPlot = uPlot")).await;
    page.eval(PEER).await;
    let mut opened = Duration::MAX;
    for _ in 0..ROUNDS {
        opened = opened.min(millis(&page.eval(&in_async("return gauge.first(window.draw)")).await));
    }
    let script = format!(
        "await gauge.frames(i => {{
            for (const plot of window.plots) plot.setScale('x', i % 2 ? {{ min: 0, max: 4999 }} : {{ min: 500, max: 4500 }});
         }}, {FRAMES})"
    );
    (opened, busy(page, &script).await)
}

/// From the start of the load to the first rows that can be used.
async fn warm_start(site: &Site) -> Duration {
    let page = Page::open(site, "").await;
    let folder = tempfile::tempdir().unwrap();
    import(&page, &thousand_runs(folder.path()), "1,000 runs").await;
    let script = "const look = () => { if (document.querySelector('.vrow a')) window.rowsAt = performance.now(); else requestAnimationFrame(look); }; look()";
    page.cdp("Page.addScriptToEvaluateOnNewDocument", json!({ "source": script })).await;
    let mut best = Duration::MAX;
    for _ in 0..ROUNDS {
        page.reload().await;
        page.sees("1,000 runs").await;
        best = best.min(millis(&page.eval("return window.rowsAt").await));
    }
    best
}

async fn import(page: &Page, path: &Path, then: &str) {
    page.upload("input[aria-label='Files to open']", &[path.to_owned()]).await;
    page.sees(then).await;
}

/// A file store of 1,000 finished runs with four params and four metrics each.
fn thousand_runs(folder: &Path) -> PathBuf {
    let experiment = folder.join("mlruns/0");
    let write = |path: PathBuf, text: &str| {
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
    };
    write(
        experiment.join("meta.yaml"),
        "artifact_location: mlruns/0\nexperiment_id: '0'\nlifecycle_stage: active\nname: Default\n",
    );
    for run in 0..1000_u64 {
        let id = format!("{run:032x}");
        let start = 1_700_000_000_000 + run * 60_000;
        let meta = format!(
            "artifact_uri: mlruns/0/{id}/artifacts\nend_time: {}\nexperiment_id: '0'\nlifecycle_stage: active\nrun_id: {id}\nrun_name: run-{run}\nstart_time: {start}\nstatus: 3\nuser_id: someone\n",
            start + 30_000
        );
        write(experiment.join(&id).join("meta.yaml"), &meta);
        for key in 0..4_u64 {
            write(experiment.join(&id).join(format!("params/p{key}")), &(run * key).to_string());
            write(experiment.join(&id).join(format!("metrics/m{key}")), &format!("{start} 0.{run}{key} 0\n"));
        }
    }
    let path = folder.join("thousand.zip");
    let mut archive = zip::ZipWriter::new(std::fs::File::create(&path).unwrap());
    add(&mut archive, folder, &folder.join("mlruns"));
    archive.finish().unwrap();
    path
}

fn add(archive: &mut zip::ZipWriter<std::fs::File>, root: &Path, folder: &Path) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            add(archive, root, &path);
        } else {
            let name = path.strip_prefix(root).unwrap().to_str().unwrap();
            archive.start_file(name, zip::write::SimpleFileOptions::default()).unwrap();
            std::io::copy(&mut std::fs::File::open(&path).unwrap(), archive).unwrap();
        }
    }
}

/// Four charts of 50 lines x 5,000 points, of the size of ours.
const PEER: &str = "
    const xs = Float64Array.from({ length: 5000 }, (_, i) => i);
    const walk = seed => { let y = seed; return Float64Array.from(xs, (_, i) => (y += Math.sin(i * seed) * 0.1 + (((i * 7919 + seed * 104729) % 1000) / 1000 - 0.5))); };
    const data = [xs, ...Array.from({ length: 50 }, (_, i) => walk(i + 1))];
    const series = [{}, ...Array.from({ length: 50 }, (_, i) => ({ stroke: `hsl(${i * 7} 70% 45%)`, width: 1.5, points: { show: false } }))];
    window.plots = [];
    window.draw = () => {
        window.plots.splice(0).forEach(plot => plot.destroy());
        for (let i = 0; i < 4; i++) window.plots.push(new uPlot({ width: 420, height: 190, series, scales: { x: { time: false } }, legend: { show: false } }, data, document.body));
    };";

/// What the main thread was busy for in the middle one of the frames that the script makes.
async fn busy(page: &Page, script: &str) -> Duration {
    let mut best = f64::MAX;
    for _ in 0..3 {
        let (_, work) = gauge::measured(page, script).await.expect("the frames do not hang");
        best = best.min(work.quantiles().0);
    }
    Duration::from_secs_f64(best / 1e3)
}

fn millis(value: &Value) -> Duration {
    Duration::from_secs_f64(value.as_f64().unwrap_or_else(|| panic!("not a time: {value}")) / 1e3)
}
