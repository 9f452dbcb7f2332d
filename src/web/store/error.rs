use runatlas_core::{history::codec::CodecError, model::stored::StoredError};
use wasm_bindgen::{JsCast as _, JsValue};

use crate::web::words;

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
    /// This connection was closed: to let a newer release in another tab change the store, or by
    /// the browser when the site's data was cleared.
    #[error(
        "this page lost the store (a newer release runs in another tab, or the site's data was cleared): \
         reload this page"
    )]
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

impl StoreError {
    /// What a thrown value, or an error event's error, means.
    pub(super) fn from_thrown(thrown: &JsValue) -> Self {
        let name = thrown.dyn_ref::<web_sys::DomException>().map(web_sys::DomException::name);
        match name.as_deref() {
            Some("QuotaExceededError") => Self::Quota,
            Some("VersionError") => Self::Newer,
            _ => Self::Failed { reason: words(thrown) },
        }
    }

    pub(super) fn from_stored(what: &str, error: &StoredError) -> Self {
        match error {
            StoredError::Newer { .. } => Self::Newer,
            other => Self::Broken { what: what.to_owned(), reason: other.to_string() },
        }
    }

    pub(super) fn from_codec(what: &str, error: &CodecError) -> Self {
        match error {
            CodecError::Newer { .. } => Self::Newer,
            other => Self::Broken { what: what.to_owned(), reason: other.to_string() },
        }
    }
}
