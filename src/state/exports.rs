//! Tables to take away: written in pieces, so that the page goes on, and stopped when a person says so.

use leptos::{prelude::*, task::spawn_local};
use runatlas_core::{
    export::Dialect,
    format,
    table::{Column, TableExport},
};

use super::{App, Notices};
use crate::web::{
    self, clipboard,
    download::{self, Parts},
    tick,
};

/// An export under way.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ExportStatus {
    /// `3,000 of 10,000 runs`.
    pub words: String,
    /// From 0 to 100.
    pub percent: u8,
}

/// What is being exported.
#[derive(Clone, Copy)]
pub struct Exports {
    /// The export under way, once it has lasted long enough to be worth a word.
    pub status: RwSignal<Option<ExportStatus>>,
    /// Raised by each export, and when one is stopped: an older one sees that it is over.
    turn: StoredValue<u64>,
    notices: Notices,
}

/// Where an export goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ExportTo {
    /// A file.
    File,
    /// The clipboard.
    Clipboard,
}

/// Cells between two looks at the clock.
const CELLS: usize = 500;
/// So long the page may not answer, in milliseconds; far less than a person notices.
const TURN_MS: i64 = 12;
/// What is done by then needs no progress.
const QUICK_MS: i64 = 300;
/// A part of a file, in bytes: then it leaves the program's memory.
const PART: usize = 1 << 20;

impl Exports {
    pub(super) fn new(notices: Notices) -> Self {
        Self { status: RwSignal::new(None), turn: StoredValue::new(0), notices }
    }

    /// Stops what is under way; nothing of it is kept.
    pub fn stop(self) {
        self.next_turn();
        self.status.set(None);
        self.notices.plain("The export was stopped. No file was made.");
    }

    fn next_turn(self) -> u64 {
        self.turn
            .try_update_value(|turn| {
                *turn += 1;
                *turn
            })
            .unwrap_or_default()
    }

    fn show(self, export: &TableExport) {
        let (done, total) = export.progress();
        let done = done.min(total);
        let words =
            format!("{} of {}", format::unsigned(done as u64), format::count(total as u64, "run", "runs"));
        let percent = (done * 100 / total.max(1)) as u8;
        self.status.set(Some(ExportStatus { words, percent }));
    }

    /// Writes all of it, a piece at a time; `None` when it was stopped.
    async fn write(self, mut export: TableExport, mut take: impl FnMut(String)) -> Option<()> {
        let turn = self.next_turn();
        let clock = format::Clock { now: web::now(), offset_at: &web::utc_offset_minutes };
        let (started, mut pause) = (web::now(), web::now() + TURN_MS);
        while let Some(piece) = export.step(CELLS, &clock) {
            take(piece);
            let now = web::now();
            if now < pause {
                continue;
            }
            if now - started > QUICK_MS {
                self.show(&export);
            }
            tick::yield_now().await;
            if self.turn.get_value() != turn {
                return None;
            }
            pause = web::now() + TURN_MS;
        }
        self.status.set(None);
        Some(())
    }

    async fn to_file(self, export: TableExport, dialect: Dialect, name: String) -> Option<()> {
        let mut parts = Parts::default();
        let mut part = String::new();
        self.write(export, |piece| {
            part.push_str(&piece);
            if part.len() >= PART {
                parts.push(&std::mem::take(&mut part));
            }
        })
        .await?;
        parts.push(&part);
        if let Err(reason) = download::save_parts(&name, dialect.media_type(), &parts) {
            self.notices.bad(format!("{name} could not be saved: {reason}."));
        }
        Some(())
    }

    async fn to_clipboard(self, export: TableExport, dialect: Dialect) -> Option<()> {
        let mut text = String::new();
        let (_, runs) = export.progress();
        self.write(export, |piece| text.push_str(&piece)).await?;
        let runs = format::count(runs as u64, "run", "runs");
        match clipboard::copy(&text).await {
            Ok(()) => self.notices.good(format!("{runs} are on the clipboard as {}.", dialect.name())),
            Err(reason) => self.notices.bad(format!("Nothing was copied: {reason}.")),
        }
        Some(())
    }
}

impl App {
    /// Takes the table away as it is shown: its rows in order, its columns; or all columns that there are.
    pub fn export_table(self, dialect: Dialect, to: ExportTo, all_columns: bool) {
        let Some(table) = self.runs.table.with_untracked(|table| table.ready().cloned()) else { return };
        let columns = if all_columns {
            table.columns().iter().map(|info| info.column.clone()).collect()
        } else {
            // The name heads every row, whether it was chosen or not.
            let shown = self.runs.grid.with_untracked(|grid| grid.all().to_vec());
            std::iter::once(Column::Name).chain(shown).collect()
        };
        let rows = self.runs.rows.with_untracked(|rows| rows.rows.clone());
        let export = TableExport::new(table, rows, columns, dialect);
        let name = format!("{}.{}", self.export_name(), dialect.extension());
        spawn_local(async move {
            match to {
                ExportTo::File => self.exports.to_file(export, dialect, name).await,
                ExportTo::Clipboard => self.exports.to_clipboard(export, dialect).await,
            };
        });
    }

    /// The experiment's name as a file's, or "runs".
    fn export_name(self) -> String {
        let scope = self.view.runs.with_untracked(|runs| runs.scope.clone());
        let [only] = scope.as_slice() else { return "runs".to_owned() };
        let name = untrack(|| self.library.experiment_name(only));
        let letter = |c: char| if c.is_alphanumeric() || "-_.".contains(c) { c } else { '-' };
        let name: String = name.trim_matches(['.', '/', ' ']).chars().map(letter).take(60).collect();
        if name.is_empty() { "runs".to_owned() } else { name }
    }
}
