//! The page's end of the reading worker.

use runatlas_core::job::{Event, ImportJob};

use super::files::Dropped;

/// A running import.
#[derive(Debug)]
pub struct ImportHandle {}

impl ImportHandle {
    /// Asks it to stop. [`Event::Cancelled`] follows when what is complete is stored.
    pub fn cancel(&self) {
        todo!()
    }
}

/// Imports files: in the worker, or on the page itself where no worker starts. `on_event` gets
/// every event up to one that [is the end](Event::is_end); [`Event::Ready`] is not among them.
/// The import goes on if the handle is dropped.
pub fn start_import(files: Dropped, job: ImportJob, on_event: impl FnMut(Event) + 'static) -> ImportHandle {
    todo!()
}
