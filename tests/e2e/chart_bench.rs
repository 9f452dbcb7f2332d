//! Charts of Runatlas beside those of uPlot, ECharts and Plotly, on the same points in the same Chromium, as tables for
//! the README: `scripts/bench-charts` runs it.
//!
//! RUNATLAS_PEERS names the folder of npm's packages, RUNATLAS_BENCH one for the points, which are made if missing.
//! Arguments choose loads by their number (1 to 4) and contenders by name, all if there are none. A picture is there
//! at the end of the frame with the last stroke, painting included; a frame is what the main thread was busy for, by
//! Chromium's trace. A page that hangs is closed, and the next contender gets a new one.
#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a benchmark stops at what is not right"
)]
#![expect(clippy::print_stdout, clippy::print_stderr, reason = "the tables are its result")]

mod contest;
mod gauge;
#[expect(clippy::allow_attributes, reason = "see the next line")]
#[allow(dead_code, unused_imports, reason = "the journeys use the rest")]
mod harness;

use std::path::{Path, PathBuf};
use std::process::Command;

use contest::{Figures, LOADS, Load, Ours, PEERS, Peer, Peers, table};
use harness::{Look, Page, Site};

const LIBRARIES: [&str; 4] = [
    "uplot/dist/uPlot.iife.min.js",
    "uplot/dist/uPlot.min.css",
    "echarts/dist/echarts.min.js",
    "plotly.js-dist-min/plotly.min.js",
];

#[tokio::main]
async fn main() {
    let (packages, folder) = (folder_of("RUNATLAS_PEERS"), folder_of("RUNATLAS_BENCH"));
    let wanted: Vec<String> = std::env::args().skip(1).collect();
    let bench = Bench { app: Site::start(), libraries: libraries(&packages, &folder), folder };
    let mut page = bench.page().await;
    let mut code = None;
    for (number, load) in LOADS.into_iter().enumerate() {
        if wants(&wanted, |word| word.parse() == Ok(number + 1), |word| word.parse::<usize>().is_ok()) {
            let (rows, loaded) = bench.compete(load, &mut page, &wanted).await;
            println!("{}", table(load, &rows));
            code.get_or_insert(loaded);
        }
    }
    println!("| code, brotli | bytes |\n|---|---|");
    for (name, files) in bench.code(code.unwrap_or_default(), &packages) {
        println!("| {name} | {} KB |", brotli(&files) / 1000);
    }
}

struct Bench {
    app: Site,
    libraries: Site,
    folder: PathBuf,
}

impl Bench {
    async fn page(&self) -> Page {
        let page = Page::blank(&self.app.url(), Look::DESKTOP).await;
        gauge::install(&page).await;
        page
    }

    /// What a browser loads to draw charts.
    fn code(&self, ours: Vec<String>, packages: &Path) -> Vec<(&'static str, Vec<PathBuf>)> {
        let ours = ours.into_iter().map(|name| self.app.folder().join(name)).collect();
        let peers = [("uPlot", 0), ("ECharts", 2), ("Plotly", 3)];
        let mut code = vec![("**Runatlas**, all of the app that a link to charts loads", ours)];
        code.extend(peers.map(|(name, library)| (name, vec![packages.join(LIBRARIES[library])])));
        code
    }

    async fn compete(
        &self,
        load: Load,
        page: &mut Page,
        wanted: &[String],
    ) -> (Vec<(&'static str, Figures)>, Vec<String>) {
        let store = load.write(&self.folder);
        page.visit(&self.app.url()).await;
        page.has_started().await;
        let (ours, place) = Ours(page).measure(load, &store).await;
        let code = Ours(page).code(&place).await;
        let mut rows = vec![("**Runatlas**", ours)];
        eprint!("{}", table(load, &rows));
        let chosen = |peer: &Peer| {
            peer.takes(load)
                && wants(wanted, |word| peer.id == word, |word| PEERS.iter().any(|peer| peer.id == word))
        };
        for peer in PEERS.into_iter().filter(chosen) {
            let peers = Peers { page, site: &self.libraries };
            let (figures, page_lives) = peers.measure(peer, load, &place).await;
            rows.push((peer.name, figures));
            eprint!("{}", table(load, &rows[rows.len() - 1..]));
            if !page_lives {
                *page = self.page().await;
            }
        }
        (rows, code)
    }
}

/// Bytes of the files as hosts send them; Node knows the compression.
fn brotli(files: &[PathBuf]) -> u64 {
    let script = "const { readFileSync } = require('fs'), { brotliCompressSync } = require('zlib');
        console.log(process.argv.slice(1).reduce((sum, file) => sum + brotliCompressSync(readFileSync(file)).length, 0))";
    let node = Command::new("node").args(["-e", script]).args(files).output().expect("node runs");
    let [said, wrong] = [&node.stdout, &node.stderr].map(|text| String::from_utf8_lossy(text));
    said.trim().parse().unwrap_or_else(|_| panic!("node says {said}{wrong}"))
}

/// Whether a word says so, or no word says anything of the kind.
fn wants(words: &[String], says: impl Fn(&str) -> bool, is_kind: impl Fn(&str) -> bool) -> bool {
    words.iter().any(|word| says(word)) || !words.iter().any(|word| is_kind(word))
}

/// Puts the libraries and the page that drives them beside the points, and serves them.
fn libraries(packages: &Path, folder: &Path) -> Site {
    for path in LIBRARIES {
        let path = packages.join(path);
        std::fs::copy(&path, folder.join(path.file_name().unwrap()))
            .unwrap_or_else(|cause| panic!("{}: {cause}", path.display()));
    }
    for (name, text) in
        [("peers.html", include_str!("contest/peers.html")), ("peers.js", include_str!("contest/peers.js"))]
    {
        std::fs::write(folder.join(name), text).unwrap();
    }
    Site::start_folder(folder.to_owned())
}

fn folder_of(variable: &str) -> PathBuf {
    let path = PathBuf::from(std::env::var_os(variable).unwrap_or_else(|| panic!("{variable}: a folder")));
    std::fs::create_dir_all(&path).expect("the folder can be made");
    path
}
