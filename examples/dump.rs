//! Prints any MLflow store that Runatlas reads as JSON, in the format of `truth.json` (see
//! `tests/golden/README.md`), so that anyone can compare it with what MLflow's own client reads.
//!
//! `cargo run --release --example dump -- PATH`, where PATH is a folder, a zip or a database. One
//! store is printed as an object, several as a list of objects with a `path` each.

#[path = "dump/json.rs"]
mod json;
mod open;
#[path = "dump/python.rs"]
mod python;

use std::{error::Error, io::Write as _, process::ExitCode};

use runatlas_core::read::ReadOptions;
use serde_json::{Value, json};

#[expect(clippy::print_stderr, reason = "a command line tells its errors there")]
fn main() -> ExitCode {
    let Some(path) = std::env::args_os().nth(1) else {
        eprintln!("usage: dump PATH, where PATH is an mlruns folder, a zip or an mlflow.db");
        return ExitCode::FAILURE;
    };
    match dump(path.as_ref()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}

fn dump(path: &std::path::Path) -> Result<(), Box<dyn Error>> {
    let (stores, mut notes) = open::stores(path)?;
    let mut dumps = Vec::new();
    for store in &stores {
        let reader = store.open(ReadOptions { keep_artifacts_up_to: 0 })?;
        let mut value = json::of_store(reader);
        if let Some(Value::Array(all)) = value.get_mut("notes") {
            all.splice(0..0, notes.drain(..).map(|note| json::of_note(&note)));
        }
        if let (Value::Object(fields), true) = (&mut value, stores.len() > 1) {
            fields.insert("path".to_owned(), json!(store.path));
        }
        dumps.push(value);
    }
    let value = if dumps.len() == 1 { dumps.remove(0) } else { Value::Array(dumps) };
    let mut out = std::io::stdout().lock();
    serde_json::to_writer_pretty(&mut out, &value)?;
    out.write_all(b"\n")?;
    Ok(())
}
