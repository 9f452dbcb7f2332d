//! Stores to open in a journey, and the truth about them.

use std::{
    fs,
    io::{Cursor, Write as _},
    path::{Path, PathBuf},
};

use serde_json::Value;
use tempfile::TempDir;
use zip::{CompressionMethod, ZipWriter, write::SimpleFileOptions};

/// A golden store, and what MLflow's own client counts in it.
pub(crate) struct Golden {
    pub(crate) files: Vec<PathBuf>,
    pub(crate) runs: usize,
    pub(crate) points: u64,
}

impl Golden {
    /// The store of that name below `tests/golden`.
    pub(crate) fn of(name: &str) -> Self {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden").join(name);
        let truth: Value = serde_json::from_slice(&fs::read(folder.join("truth.json")).unwrap()).unwrap();
        let runs = truth["runs"].as_object().unwrap();
        let histories = runs.values().flat_map(|run| run["history"].as_object().unwrap().values());
        let points = histories.map(|history| history["n"].as_u64().unwrap()).sum();
        let names = ["store.zip", "mlflow.db", "mlflow.db-wal"].map(|name| folder.join(name));
        Self { files: names.into_iter().filter(|path| path.is_file()).collect(), runs: runs.len(), points }
    }

    /// "25 runs".
    pub(crate) fn runs(&self) -> String {
        format!("{} runs", self.runs)
    }

    /// "3,602 points".
    pub(crate) fn points(&self) -> String {
        format!("{} points", grouped(self.points))
    }
}

/// 1234567 as 1,234,567.
pub(crate) fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let groups: Vec<&str> =
        digits.as_bytes().rchunks(3).rev().map(|group| str::from_utf8(group).unwrap()).collect();
    groups.join(",")
}

pub(crate) const RUN: &str = "0123456789abcdef0123456789abcdef";

/// The files of a store with one experiment, "Small", and one run, "only", of three points.
pub(crate) fn small() -> Vec<(String, Vec<u8>)> {
    let experiment = "artifact_location: a\nexperiment_id: '1'\nlifecycle_stage: active\nname: Small\n";
    let run = format!(
        "run_id: {RUN}\nrun_uuid: {RUN}\nrun_name: only\nexperiment_id: '1'\nstatus: 3\nstart_time: 1700000000000\n\
         end_time: 1700000060000\nlifecycle_stage: active\nartifact_uri: a\nuser_id: ada\n"
    );
    vec![
        ("mlruns/1/meta.yaml".to_owned(), experiment.into()),
        (format!("mlruns/1/{RUN}/meta.yaml"), run.into()),
        (
            format!("mlruns/1/{RUN}/metrics/loss"),
            b"1700000000000 3.5 0\n1700000001000 2.5 1\n1700000002000 1.5 2\n".to_vec(),
        ),
        (format!("mlruns/1/{RUN}/params/lr"), b"0.1".to_vec()),
    ]
}

/// An archive of these files, in this order.
pub(crate) fn zip(files: &[(String, Vec<u8>)]) -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default().compression_method(CompressionMethod::Deflated);
    for (path, bytes) in files {
        writer.start_file(path.clone(), options).unwrap();
        writer.write_all(bytes).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

/// Puts files into a new folder.
pub(crate) fn on_disk(files: &[(String, Vec<u8>)]) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (path, bytes) in files {
        let path = folder.path().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
    }
    folder
}
