//! Files that came from a server are kept by the worker, which knows how to write.

use futures::channel::oneshot;
use leptos::prelude::*;
use runatlas_core::{
    job::{KeepJob, Request},
    model::{ArtifactFile, Source},
};

use super::Servers;

/// Whom to tell.
pub(super) type OnKept = oneshot::Sender<Result<Box<Source>, String>>;

impl Servers {
    /// Keeps a file of a source; the source as it is then, or why not, for people.
    pub(in crate::state) async fn keep_file(
        self,
        source: String,
        file: ArtifactFile,
    ) -> Result<Box<Source>, String> {
        let id = self.next_question.get_value();
        self.next_question.set_value(id + 1);
        let (sender, kept) = oneshot::channel();
        self.keeps.update_value(|keeps| keeps.push((id, sender)));
        self.ask(Request::Keep(Box::new(KeepJob { id, source, file })));
        kept.await.unwrap_or_else(|_| Err("the worker that writes has ended".to_owned()))
    }

    pub(super) fn kept(self, id: u64, result: Result<Box<Source>, String>) {
        let asked = self.keeps.try_update_value(|keeps| {
            let at = keeps.iter().position(|(of, _)| *of == id)?;
            Some(keeps.remove(at).1)
        });
        if let Some(sender) = asked.flatten() {
            // Whoever asked may be gone.
            let _ = sender.send(result);
        }
    }
}
