//! Our readers against MLflow's own client, over stores from public repositories.
//!
//! The stores lie outside of this repository: in `RUNATLAS_CORPUS`, or beside the project in
//! `shared/corpus/dev`. Without them these tests say so and pass.

use std::{
    env, fs,
    path::{Path, PathBuf},
};

use super::support::truth::{differences, dump, truth};

fn corpus() -> Option<PathBuf> {
    let beside = || Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/corpus/dev");
    let folder = env::var_os("RUNATLAS_CORPUS").map_or_else(beside, PathBuf::from);
    folder.is_dir().then_some(folder)
}

#[test]
#[expect(clippy::print_stderr, reason = "a skipped test says so")]
fn every_store_reads_as_the_client_reads_it() {
    let Some(corpus) = corpus() else {
        eprintln!("skipped: no corpus at ../shared/corpus/dev or RUNATLAS_CORPUS");
        return;
    };
    let mut folders: Vec<PathBuf> = fs::read_dir(corpus).unwrap().map(|e| e.unwrap().path()).collect();
    folders.sort();
    let mut all = Vec::new();
    for folder in &folders {
        let name = folder.file_name().unwrap().to_string_lossy();
        let truth = truth(folder);
        match dump(folder) {
            Some(ours) => {
                let found = differences(&ours, &truth);
                let found: Vec<String> = found.into_iter().map(|d| format!("{name} {d}")).collect();
                all.extend(found);
            }
            None => all.push(format!("{name}: no store found")),
        }
    }
    let shown: Vec<String> = all.iter().take(60).cloned().collect();
    assert!(all.is_empty(), "{} differences in {} stores\n{}", all.len(), folders.len(), shown.join("\n"));
}
