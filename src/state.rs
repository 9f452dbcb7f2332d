//! What the screens show, as signals, and the commands that change it.
//!
//! This is the only floor that starts asynchronous work for the ui, and the only one that turns an
//! error into words for a person. It touches no DOM.

mod app;
mod artifacts;
mod charts;
mod clock;
mod commands;
mod compare;
mod diff;
mod exports;
mod histories;
mod imports;
mod library;
mod models;
mod notices;
mod part;
mod prefs;
mod run;
mod runs;
mod servers;
mod undo;
mod view;
mod views;
pub mod words;

pub use app::{App, provide_app};
pub use artifacts::{Artifacts, FileRuleOf, FileState, OpenArtifact, OpenAs, OpenFile};
pub use charts::{Charts, Cursor, Curves, FigureRuns, Maker, Take};
pub use clock::Clock;
pub use commands::{Command, CommandGroup, Commands, Naming, Overlay, Palette, PaletteItem, PaletteRow};
pub use compare::{Asked, Compared, Comparing, Content, OpenPair, OpenSide, Pair, Pictures};
pub use diff::{Comparison, Offer, diff_filter};
pub use exports::{ExportStatus, ExportTo, Exports};
pub use histories::{Histories, HistoryKey};
pub use imports::{ImportStatus, Imports};
pub use library::{Library, ListedExperiment, Listing, Loadable};
pub use models::SourceModels;
pub use notices::{Notice, NoticeAction, Notices, Tone};
pub use part::{Fetching, Part, load_when_idle};
pub use prefs::{Prefs, ThemeChoice};
pub use run::{Neighbours, RunData};
pub use runs::{CursorMove, LineKey, Marked, RunTable, ShownRun};
pub use servers::{Catalog, Servers, Standing, SyncStatus, Syncs};
pub use view::{PageKind, ViewState};
pub use views::SavedViews;
