//! The readers under fire.

mod archive;
mod database;
mod files;
mod history;
mod junk;
mod link;
mod preview;

use crate::run::Target;

const MB: usize = 1_000_000;

pub(crate) const ALL: &[Target] = &[
    Target { name: "zip", rounds: 100, memory: 24 * MB, prepare: archive::zip },
    Target { name: "sqlite", rounds: 250, memory: 8 * MB, prepare: database::sqlite },
    Target { name: "wal", rounds: 150, memory: 8 * MB, prepare: database::wal },
    Target { name: "mlflow_db", rounds: 200, memory: 32 * MB, prepare: database::mlflow },
    Target { name: "mlflow_rows", rounds: 60, memory: 32 * MB, prepare: database::mlflow_rows },
    Target { name: "mlruns", rounds: 200, memory: 32 * MB, prepare: files::mlruns },
    Target { name: "metric", rounds: 400, memory: 16 * MB, prepare: files::metric },
    Target { name: "meta", rounds: 300, memory: 16 * MB, prepare: files::meta },
    Target { name: "junk", rounds: 100, memory: 64 * MB, prepare: junk::junk },
    Target { name: "history", rounds: 1500, memory: 4 * MB, prepare: history::history },
    Target { name: "link", rounds: 1500, memory: 4 * MB, prepare: link::link },
    Target { name: "preview", rounds: 400, memory: 64 * MB, prepare: preview::preview },
];
