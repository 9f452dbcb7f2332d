//! What a person waits for on a live server, as a table for the README: `scripts/bench-live` runs it.
//!
//! A real MLflow server with a million points (50 runs x 4 metrics x 5,000 steps, RUNATLAS_BENCH names the folder of
//! `mlflow.db`) is read by the production build, by MLflow's own UI in the same Chromium, and by MLflow's Python client.
//! All go through the same relay, which counts bytes; the server's own log counts requests, pre-flights included.
//! MLflow's UI is measured at its second visit, when the browser has its files; ours come from elsewhere anyway.
#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a benchmark stops at what is not right"
)]
#![expect(clippy::print_stdout, reason = "the table is its result")]

#[expect(clippy::allow_attributes, reason = "see the next line")]
#[allow(dead_code, unused_imports, reason = "the journeys use the rest")]
mod harness;
#[expect(clippy::allow_attributes, reason = "see the next line")]
#[allow(dead_code, reason = "the journeys use the rest")]
mod mlflow;

use std::{
    io::{Read as _, Write as _},
    net::{TcpListener, TcpStream},
    path::{Path, PathBuf},
    process::Command,
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
    time::Duration,
};

use harness::{Look, Page, Site};
use mlflow::MlflowServer;
use serde_json::{Value, json};

const LONG: Duration = Duration::from_mins(5);
const POINTS: u64 = 1_000_000;

#[tokio::main]
async fn main() {
    let folder = std::env::var("RUNATLAS_BENCH").expect("RUNATLAS_BENCH: the folder of mlflow.db");
    let server = MlflowServer::start_on("3.17.2", &PathBuf::from(folder).join("mlflow.db"));
    let relay = Relay::before(server.port());
    let bench = Bench { server, relay };
    let site = Site::start();
    let (ours, warm) = bench.ours(&site).await;
    let (rows, charts) = bench.mlflow_ui().await;
    let client = bench.python_client();
    println!("| {POINTS} points of 50 runs, live | time | requests | bytes |\n|---|---|---|---|");
    println!("{}", line("Runatlas: Connect to first rows", ours.rows, None));
    println!("{}", line("Runatlas: Connect to all stored", ours.cost.took, Some(&ours.cost)));
    println!("{}", line("Runatlas: reload to all lines of ten runs, every point", warm.ten, None));
    println!("{}", line("Runatlas: reload to all lines of 50 runs, every point", warm.all, None));
    println!("{}", line("MLflow's UI: load to first rows", rows.took, Some(&rows)));
    println!("{}", line("MLflow's UI: load to its lines of ten runs, sampled", charts.took, Some(&charts)));
    println!("{}", line("MLflow's client: search_runs and every history", client.took, Some(&client)));
    println!();
    println!("All stored, of the client's time: {:.2}x", ratio(ours.cost.took, client.took));
    println!("First rows, of MLflow's UI: {:.2}x", ratio(ours.rows, rows.took));
    println!("Lines of ten runs after a reload, of MLflow's UI: {:.3}x", ratio(warm.ten, charts.took));
    println!(
        "Lines of all runs after a reload, of MLflow's UI for ten: {:.3}x",
        ratio(warm.all, charts.took)
    );
}

struct Bench {
    server: MlflowServer,
    relay: Relay,
}

/// What something took.
#[derive(Default)]
struct Cost {
    took: Duration,
    requests: usize,
    bytes: u64,
}

struct Ours {
    rows: Duration,
    cost: Cost,
}

struct Warm {
    ten: Duration,
    all: Duration,
}

impl Bench {
    async fn ours(&self, site: &Site) -> (Ours, Warm) {
        let page = Page::open(site, "").await;
        page.type_into("#conn-url", &self.relay.url()).await;
        let before = self.count();
        page.eval(
            "const start = performance.now(); const since = () => performance.now() - start; let began = false;
             const look = setInterval(() => {
                 const bar = !!document.querySelector('.importbar');
                 if (!window.rows && document.querySelector('.vrow a')) window.rows = since();
                 if (began && !bar) { window.done = since(); clearInterval(look); }
                 began = began || bar;
             }, 10);
             [...document.querySelectorAll('button')].find(button => button.innerText === 'Connect').click()",
        )
        .await;
        page.until_within("everything to be stored", "return !!window.done", vec![], LONG).await;
        page.sees("with 1,000,000 points").await;
        let cost = self.since(&before, millis(&page.eval("return window.done").await));
        let ours = Ours { rows: millis(&page.eval("return window.rows").await), cost };
        watch_drawing(&page).await;
        page.press("Charts").await;
        let ten = self.reload(&page).await;
        page.press("Table").await;
        page.press("Show all runs on charts").await;
        page.press("Charts").await;
        (ours, Warm { ten, all: self.reload(&page).await })
    }

    /// From the start of the load to the last stroke; the best of three.
    async fn reload(&self, page: &Page) -> Duration {
        let mut best = Duration::MAX;
        for _ in 0..3 {
            page.reload().await;
            page.until_within("the last line", DRAWN, vec![], LONG).await;
            best = best.min(millis(&page.eval("return window.lastDrawn").await));
        }
        best
    }

    /// Its table, and its charts.
    async fn mlflow_ui(&self) -> (Cost, Cost) {
        let page = Page::open_raw(&self.relay.url(), Look::DESKTOP).await;
        watch_drawing(&page).await;
        let table = format!("{}/#/experiments/1/runs?compareRunsMode=TABLE", self.relay.url());
        let charts = format!("{}/#/experiments/1/runs?compareRunsMode=CHART", self.relay.url());
        let mut costs = Vec::new();
        for (url, end) in [(table, "return !!window.rowsAt"), (charts, DRAWN)] {
            for _ in 0..3 {
                page.visit("about:blank").await;
                let before = self.count();
                page.visit(&url).await;
                page.until_within("MLflow's UI", end, vec![], LONG).await;
                let at = if end == DRAWN { "return window.lastDrawn" } else { "return window.rowsAt" };
                costs.push(self.since(&before, millis(&page.eval(at).await)));
            }
            page.screenshot(if end == DRAWN { "mlflow-charts" } else { "mlflow-table" }).await;
        }
        let mut charts = costs.split_off(3);
        // The first visit fetches the UI's own files.
        let best = |of: &mut Vec<Cost>| {
            of.remove(0);
            of.drain(..).min_by_key(|cost| cost.took).unwrap()
        };
        (best(&mut costs), best(&mut charts))
    }

    fn python_client(&self) -> Cost {
        let before = self.count();
        let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/bench/read_live.py");
        let said = Command::new(mlflow::python("3.17.2")).arg(script).arg(self.relay.url()).output().unwrap();
        let said: Value = serde_json::from_slice(&said.stdout).expect("the client says what it read");
        assert_eq!(said["points"], json!(POINTS), "the client read something else");
        self.since(&before, Duration::from_secs_f64(said["seconds"].as_f64().unwrap()))
    }

    fn count(&self) -> (usize, u64) {
        (self.server.requests(), self.relay.received.load(Ordering::SeqCst))
    }

    fn since(&self, before: &(usize, u64), took: Duration) -> Cost {
        let (requests, bytes) = self.count();
        Cost { took, requests: requests - before.0, bytes: bytes - before.1 }
    }
}

/// Something was drawn, and then nothing more for a while.
const DRAWN: &str = "return window.lastDrawn > 0 && performance.now() - window.lastDrawn > 2500";

/// In every document from now on: notes when the first of the runs is written, and when last something was drawn, by
/// the methods of canvases and by changes of the charts' elements, the same for both.
async fn watch_drawing(page: &Page) {
    let script = "
        window.lastDrawn = 0; window.rowsAt = 0;
        const drawn = () => { window.lastDrawn = performance.now() };
        const wrap = (type, names) => { for (const name of names) {
            const method = type.prototype[name];
            type.prototype[name] = function (...given) { const back = method.apply(this, given); drawn(); return back };
        } };
        wrap(CanvasRenderingContext2D, ['stroke', 'fill', 'fillRect', 'putImageData', 'drawImage']);
        wrap(WebGLRenderingContext, ['drawArrays', 'drawElements']);
        wrap(WebGL2RenderingContext, ['drawArrays', 'drawElements']);
        new MutationObserver(changes => {
            if (changes.some(change => change.target.closest?.('.js-plotly-plot .scatterlayer'))) drawn();
        }).observe(document, { subtree: true, childList: true, attributes: true });
        const look = setInterval(() => {
            if (document.evaluate(\"//*[text()='bench-49']\", document, null, XPathResult.ANY_UNORDERED_NODE_TYPE).singleNodeValue) {
                window.rowsAt = performance.now(); clearInterval(look);
            }
        }, 20);";
    page.cdp("Page.addScriptToEvaluateOnNewDocument", json!({ "source": script })).await;
}

/// Passes bytes on, and counts those of the answers.
struct Relay {
    port: u16,
    received: Arc<AtomicU64>,
}

impl Relay {
    fn before(server: u16) -> Self {
        let listener = TcpListener::bind(("127.0.0.1", 0)).unwrap();
        let relay = Self { port: listener.local_addr().unwrap().port(), received: Arc::default() };
        let received = Arc::clone(&relay.received);
        std::thread::spawn(move || {
            for client in listener.incoming().flatten() {
                let Ok(upstream) = TcpStream::connect(("127.0.0.1", server)) else { continue };
                for stream in [&client, &upstream] {
                    stream.set_nodelay(true).unwrap();
                }
                let (from, to) = (client.try_clone().unwrap(), upstream.try_clone().unwrap());
                std::thread::spawn(move || pass(from, to, None));
                let received = Arc::clone(&received);
                std::thread::spawn(move || pass(upstream, client, Some(&received)));
            }
        });
        relay
    }

    fn url(&self) -> String {
        format!("http://127.0.0.1:{}", self.port)
    }
}

fn pass(mut from: TcpStream, mut to: TcpStream, count: Option<&AtomicU64>) {
    let mut part = vec![0; 1 << 16];
    while let Ok(length) = from.read(&mut part) {
        if length == 0 || to.write_all(&part[..length]).is_err() {
            break;
        }
        count.map(|count| count.fetch_add(length as u64, Ordering::SeqCst));
    }
    let _ = to.shutdown(std::net::Shutdown::Both);
}

fn line(what: &str, took: Duration, cost: Option<&Cost>) -> String {
    let (requests, bytes) = cost.map_or((String::new(), String::new()), |cost| {
        (cost.requests.to_string(), format!("{:.1} MB", cost.bytes as f64 / 1e6))
    });
    format!("| {what} | {:.2} s | {requests} | {bytes} |", took.as_secs_f64())
}

fn ratio(ours: Duration, theirs: Duration) -> f64 {
    ours.as_secs_f64() / theirs.as_secs_f64()
}

fn millis(value: &Value) -> Duration {
    Duration::from_secs_f64(value.as_f64().unwrap_or_else(|| panic!("not a time: {value}")) / 1e3)
}
