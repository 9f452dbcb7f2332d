//! The points that all draw: made once a run of the benchmark, as a store for Runatlas and as plain numbers for others.

use std::io::Write as _;
use std::path::{Path, PathBuf};

use zip::{CompressionMethod, ZipWriter, write::SimpleFileOptions};

/// So many lines of so many points each.
#[derive(Clone, Copy)]
pub(crate) struct Load {
    /// Names files, too.
    pub(crate) name: &'static str,
    pub(crate) lines: usize,
    pub(crate) steps: usize,
    /// Each line on a card of its own, rather than all in one chart.
    pub(crate) cards: bool,
}

pub(crate) const LOADS: [Load; 4] = [
    // What uPlot's own comparison draws.
    Load { name: "166,650 points in 3 lines", lines: 3, steps: 55_550, cards: false },
    Load { name: "1 M points in 20 lines", lines: 20, steps: 50_000, cards: false },
    Load { name: "10 M points in 50 lines", lines: 50, steps: 200_000, cards: false },
    Load { name: "1,000 cards of 1,000 points", lines: 1_000, steps: 1_000, cards: true },
];

const START: u64 = 1_700_000_000_000;

impl Load {
    pub(crate) const fn points(self) -> usize {
        self.lines * self.steps
    }

    /// `ID.zip`, a file store, and `ID.f64`, the values line by line; written unless they are there. Answers the path
    /// of the store.
    pub(crate) fn write(self, folder: &Path) -> PathBuf {
        let store = folder.join(format!("{}.zip", self.id()));
        let values = folder.join(self.values());
        if !store.exists() || !values.exists() {
            let part = folder.join("part");
            self.write_store(&part, &values);
            std::fs::rename(part, &store).unwrap();
        }
        store
    }

    /// The file of its values.
    pub(crate) fn values(self) -> String {
        format!("{}.f64", self.id())
    }

    fn id(self) -> String {
        format!("{}x{}", self.lines, self.steps)
    }

    fn write_store(self, path: &Path, values: &Path) {
        let mut values = std::io::BufWriter::new(std::fs::File::create(values).unwrap());
        let mut store = ZipWriter::new(std::fs::File::create(path).unwrap());
        let plain = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
        let mut file = |path: &str, text: &[u8]| {
            store.start_file(path, plain).unwrap();
            store.write_all(text).unwrap();
        };
        let experiment = "artifact_location: mlruns/0\nexperiment_id: '0'\nlifecycle_stage: active\nname: ";
        file("mlruns/0/meta.yaml", format!("{experiment}{}\n", self.id()).as_bytes());
        for line in 0..self.lines {
            // A run for each line of a chart; one run of many metrics for the cards.
            let run = if self.cards { 0 } else { line };
            let metric = if self.cards { format!("metric-{line:04}") } else { "loss".to_owned() };
            let id = format!("{run:032x}");
            if line == run {
                file(&format!("mlruns/0/{id}/meta.yaml"), meta(&id, run).as_bytes());
            }
            let mut text = Vec::with_capacity(self.steps * 32);
            for (step, value) in walk(line, self.steps).enumerate() {
                values.write_all(&value.to_le_bytes()).unwrap();
                writeln!(text, "{} {value} {step}", START + step as u64 * 100).unwrap();
            }
            file(&format!("mlruns/0/{id}/metrics/{metric}"), &text);
        }
        store.finish().unwrap();
        values.flush().unwrap();
    }
}

fn meta(id: &str, run: usize) -> String {
    format!(
        "artifact_uri: mlruns/0/{id}/artifacts\nend_time: {}\nexperiment_id: '0'\nlifecycle_stage: active\nrun_id: {id}\nrun_name: run-{run}\nstart_time: {}\nstatus: 3\nuser_id: someone\n",
        START + 60_000,
        START + run as u64
    )
}

/// A noisy curve that falls: exact as text, and nowhere twice the same.
fn walk(line: usize, steps: usize) -> impl Iterator<Item = f64> {
    let mut state = 0x9E37_79B9_7F4A_7C15_u64.wrapping_mul(line as u64 + 1);
    (0..steps).map(move |step| {
        // xorshift64
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        let noise = (state >> 40) as f64 / f64::from(1 << 24) - 0.5;
        let progress = step as f64 / steps as f64;
        let value = 0.2 + line as f64 * 0.02 + 2.0 / (1.0 + 8.0 * progress) + noise * 0.3;
        (value * 1e6).round() / 1e6
    })
}
