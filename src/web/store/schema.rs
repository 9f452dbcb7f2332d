//! The object stores, and how a database of an older release becomes one of this release.

use runatlas_core::job::ingest::Place;
use wasm_bindgen::JsValue;
use web_sys::{IdbDatabase, IdbTransaction};

/// The database's name.
pub(super) const NAME: &str = "runatlas";
/// The source records, by id.
pub(super) const SOURCES: &str = "sources";
/// Texts by key.
pub(super) const SETTINGS: &str = "settings";
/// Texts by id.
pub(super) const VIEWS: &str = "views";

/// A step from one version of the schema to the next. It runs in the upgrade's transaction: if it
/// fails, or the tab is closed, the database stays as it was.
type Migration = fn(&IdbDatabase, &IdbTransaction) -> Result<(), JsValue>;

/// Step `n` leads from version `n` to `n + 1`. A released step never changes.
const MIGRATIONS: &[Migration] = &[make_version_1, make_version_2];

/// The version that this release reads and writes.
pub(super) const VERSION: u32 = MIGRATIONS.len() as u32;

/// Brings a database from `old_version` (0: new) to [`VERSION`].
pub(super) fn migrate(database: &IdbDatabase, tx: &IdbTransaction, old_version: u32) -> Result<(), JsValue> {
    MIGRATIONS.iter().skip(old_version as usize).try_for_each(|step| step(database, tx))
}

/// Every store keeps bytes under keys of its own: `[source, …]` for what belongs to a source.
fn make_version_1(database: &IdbDatabase, _tx: &IdbTransaction) -> Result<(), JsValue> {
    const NAMES: [&str; 13] = [
        "sources",
        "settings",
        "views",
        "experiments",
        "runs",
        "run_places",
        "histories",
        "artifacts",
        "artifact_files",
        "logged_models",
        "registered_models",
        "versions",
        "notes",
    ];
    NAMES.into_iter().try_for_each(|name| database.create_object_store(name).map(|_| ()))
}

/// Live sources remember where their sync stands.
fn make_version_2(database: &IdbDatabase, _tx: &IdbTransaction) -> Result<(), JsValue> {
    database.create_object_store(Place::Cursors.name()).map(|_| ())
}
