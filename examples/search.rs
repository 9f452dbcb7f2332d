//! Finds runs in any MLflow store that Runatlas reads, as MLflow's own `search_runs` finds them, so
//! that anyone can compare the two.
//!
//! `cargo run --release --example search -- PATH [--experiment ID]... [--filter TEXT]
//! [--order-by TEXT]... [--view active|deleted|all] [--extended]`
//!
//! PATH is a folder, a zip or a database. The ids of the runs found are printed one a line, in order;
//! an error goes to standard error, as MLflow words it, and the exit code is 1.
//!
//! Without `--experiment` all active experiments are searched, as with MLflow's
//! `search_all_experiments=True`; an experiment in the bin is searched when it is named. An `mlruns`
//! folder is answered as MLflow's file store answers, a database as its SQLAlchemy store on SQLite.
//! Where PATH holds several stores, each is searched in turn, and standard error names them.
//!
//! The filter is MLflow's grammar alone; with `--extended` also OR, NOT, brackets, `=~` and `!~`.

#[path = "search/arguments.rs"]
mod arguments;
mod open;

use std::{error::Error, fmt::Write as _, io::Write as _, process::ExitCode};

use arguments::Arguments;
use runatlas_core::{
    model::{Experiment, Run},
    query::StoreKind,
    read::{
        ReadOptions, Record, Step,
        discover::{FoundStore, StoreKind as Found},
    },
};

#[expect(clippy::print_stderr, reason = "a command line tells its errors there")]
fn main() -> ExitCode {
    let arguments = match Arguments::read(std::env::args_os().skip(1)) {
        Ok(arguments) => arguments,
        Err(reason) => {
            eprintln!("{reason}\n{}", arguments::USAGE);
            return ExitCode::from(2);
        }
    };
    match search(&arguments) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}

#[expect(clippy::print_stderr, reason = "a command line tells beside its output what that is of")]
fn search(arguments: &Arguments) -> Result<(), Box<dyn Error>> {
    let (stores, _) = open::stores(&arguments.path)?;
    let mut lines = String::new();
    for store in &stores {
        if stores.len() > 1 {
            eprintln!("searching {}", store.path);
        }
        let (experiments, runs) = read(store)?;
        let kind = match store.kind {
            Found::Files => StoreKind::File,
            Found::Database => StoreKind::Sql,
        };
        for run in arguments.search.run(&experiments, &runs, kind)? {
            writeln!(lines, "{}", run.id)?;
        }
    }
    // A reader that has seen enough closes the pipe, which is no failure.
    std::io::stdout().write_all(lines.as_bytes()).ok();
    Ok(())
}

fn read(store: &FoundStore) -> Result<(Vec<Experiment>, Vec<Run>), Box<dyn Error>> {
    let mut reader = store.open(ReadOptions { keep_artifacts_up_to: 0 })?;
    let (mut experiments, mut runs) = (Vec::new(), Vec::new());
    let mut records = Vec::new();
    loop {
        let step = reader.step(&mut records);
        for record in records.drain(..) {
            match record {
                Record::Experiment(experiment) => experiments.push(experiment),
                Record::Run(run) => runs.push(*run),
                _ => {}
            }
        }
        if let Step::Done = step {
            return Ok((experiments, runs));
        }
    }
}
