//! The store: all sources, in the browser's IndexedDB.

use std::rc::Rc;

use runatlas_core::{
    history::History,
    model::{
        ArtifactEntry, ArtifactOwner, Experiment, LoggedModel, ModelVersion, Note, RegisteredModel, Run,
        Source,
    },
};
use send_wrapper::SendWrapper;

/// The connection to the store. Cheap to clone; belongs to the thread that opened it.
#[derive(Clone)]
pub struct Store {
    inner: SendWrapper<Rc<()>>,
}

/// Which history: (source, run, metric).
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct HistoryKey {
    /// The source's id.
    pub source: String,
    /// The run's id.
    pub run: String,
    /// The metric's key.
    pub metric: String,
}

/// The browser's word on space, in bytes, for everything that this site keeps.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Space {
    /// In use.
    pub used: u64,
    /// At most.
    pub quota: u64,
    /// Whether the browser promised not to clear it on its own.
    pub persisted: bool,
}

/// Why the store did not do what was asked.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum StoreError {
    /// There is no IndexedDB here: private mode of some browsers, or storage switched off.
    #[error(
        "this browser keeps no data for this site ({reason}): allow site data, or leave private browsing"
    )]
    Unavailable {
        /// In the browser's words.
        reason: String,
    },
    /// Another tab holds an older release's connection open.
    #[error("another tab runs an older release of Runatlas and holds the store: close or reload that tab")]
    Blocked,
    /// A newer release has already changed the store.
    #[error("a newer release of Runatlas has changed the store: reload this page to get it")]
    Newer,
    /// This connection was closed to let a newer release in another tab change the store.
    #[error("a newer release in another tab took over the store: reload this page")]
    Closed,
    /// The disk, or what the browser grants this site, is full. Nothing of the failed write is in.
    #[error(
        "the browser has no more space for this site: delete a source that you no longer need, or free disk \
         space, then import again; what was stored before is untouched"
    )]
    Quota,
    /// The source was deleted meanwhile.
    #[error("the source was deleted meanwhile")]
    Gone,
    /// What lies in the store is not what this release writes.
    #[error("{what} in the store cannot be read: {reason}")]
    Broken {
        /// Which entry.
        what: String,
        /// Why.
        reason: String,
    },
    /// Anything else, in the browser's words.
    #[error("the store failed: {reason}")]
    Failed {
        /// In the browser's words.
        reason: String,
    },
}

type Result<T> = std::result::Result<T, StoreError>;

impl Store {
    /// Opens the store, making or migrating it where needed.
    pub async fn open() -> Result<Self> {
        todo!()
    }

    /// Calls back when this connection was closed for a newer release in another tab; from then on
    /// every call answers [`StoreError::Closed`].
    pub fn on_closed(&self, callback: impl FnMut() + 'static) {
        todo!()
    }

    /// Calls back with a source's id whenever another tab or the worker changed that source
    /// (added, renamed, written, deleted).
    pub fn on_changed(&self, callback: impl FnMut(String) + 'static) -> crate::web::Listener {
        todo!()
    }

    /// All sources, by the time they were added.
    pub async fn sources(&self) -> Result<Vec<Source>> {
        todo!()
    }

    /// One source.
    pub async fn source(&self, source: &str) -> Result<Option<Source>> {
        todo!()
    }

    /// Gives a source another name.
    pub async fn rename_source(&self, source: &str, name: &str) -> Result<()> {
        todo!()
    }

    /// Deletes a source with all that it holds, in one transaction.
    pub async fn delete_source(&self, source: &str) -> Result<()> {
        todo!()
    }

    /// The experiments of a source, those in the bin included, by id.
    pub async fn experiments(&self, source: &str) -> Result<Vec<Experiment>> {
        todo!()
    }

    /// How many runs an experiment has.
    pub async fn run_count(&self, source: &str, experiment: &str) -> Result<u64> {
        todo!()
    }

    /// All runs of an experiment, by id.
    pub async fn runs(&self, source: &str, experiment: &str) -> Result<Vec<Run>> {
        todo!()
    }

    /// One run, wherever it is in its source.
    pub async fn run(&self, source: &str, run: &str) -> Result<Option<Run>> {
        todo!()
    }

    /// Histories, read in one transaction, in the order of `keys`; `None` where there is none.
    pub async fn histories(&self, keys: &[HistoryKey]) -> Result<Vec<Option<History>>> {
        todo!()
    }

    /// The artifact entries of a run or a logged model, by path.
    pub async fn artifacts(&self, source: &str, owner: &ArtifactOwner) -> Result<Vec<ArtifactEntry>> {
        todo!()
    }

    /// The bytes of an artifact; `None` if they were not kept.
    pub async fn artifact_file(
        &self,
        source: &str,
        owner: &ArtifactOwner,
        path: &str,
    ) -> Result<Option<Vec<u8>>> {
        todo!()
    }

    /// The logged models of a source, by id.
    pub async fn logged_models(&self, source: &str) -> Result<Vec<LoggedModel>> {
        todo!()
    }

    /// The registered models of a source, by name.
    pub async fn registered_models(&self, source: &str) -> Result<Vec<RegisteredModel>> {
        todo!()
    }

    /// The versions of all registered models of a source, by (name, number).
    pub async fn model_versions(&self, source: &str) -> Result<Vec<ModelVersion>> {
        todo!()
    }

    /// Every note of the last import of a source, in the order in which they came.
    pub async fn notes(&self, source: &str) -> Result<Vec<Note>> {
        todo!()
    }

    /// What the browser says about space.
    pub async fn space(&self) -> Space {
        todo!()
    }

    /// Asks the browser not to clear the store on its own; whether it agreed.
    pub async fn persist(&self) -> bool {
        todo!()
    }

    /// A setting's text.
    pub async fn setting(&self, key: &str) -> Result<Option<String>> {
        todo!()
    }

    /// Keeps a setting's text; `None` forgets it.
    pub async fn set_setting(&self, key: &str, text: Option<&str>) -> Result<()> {
        todo!()
    }

    /// Saved views: (id, text), by id.
    pub async fn views(&self) -> Result<Vec<(String, String)>> {
        todo!()
    }

    /// Keeps a saved view's text; `None` deletes it.
    pub async fn set_view(&self, id: &str, text: Option<&str>) -> Result<()> {
        todo!()
    }
}
