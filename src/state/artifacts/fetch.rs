use leptos::prelude::*;
use runatlas_core::{
    mlflow::{
        FileFailure, FilePlace, FileTrouble, TransportError,
        call::{artifact_file, version},
    },
    model::{ArtifactEntry, ArtifactOwner, Source},
};

use super::{Artifacts, What};
use crate::web::http::{self, Abort};

/// Whatever a server lists, an answer above this is not read, in bytes: a file that is kept passes
/// through this page's memory twice.
const MOST: u64 = 1_000_000_000;
/// A file whose size is not known, or has changed, may have so many bytes.
const UNKNOWN: u64 = 64_000_000;
/// How long a server may take to say whether it is there at all.
const PROBE_MILLIS: u32 = 8_000;

impl Artifacts {
    /// The bytes of a file, from its server. `Err(None)` when a person stopped it.
    pub(super) async fn fetch(
        self,
        what: &What,
        source: &Source,
        abort: &Abort,
        on_part: impl FnMut(u64),
    ) -> Result<Vec<u8>, Option<FileTrouble>> {
        let access = self.servers.access(&source.path).await.map_err(|reason| Some(unusable(&reason)))?;
        let limit = what.size.saturating_mul(2).clamp(UNKNOWN, MOST);
        let request = artifact_file(&what.owner, &what.path, limit);
        let failure = match http::receive(&access, &request, abort, on_part).await {
            Err(TransportError::Aborted) => return Err(None),
            Err(error) => {
                // A page is not told whether nothing answers or the answer is hidden from it.
                let doubtful = error == TransportError::Unreachable;
                let server_answers = doubtful && http::send(&access, &version(), PROBE_MILLIS).await.is_ok();
                FileFailure::Silent { error, server_answers }
            }
            Ok(answer) => match FileFailure::of(&what.path, answer) {
                Ok(bytes) => return Ok(bytes),
                Err(failure) => failure,
            },
        };
        let place = FilePlace {
            owner: what.owner.clone(),
            path: what.path.clone(),
            root: self.root_of(what).await,
            host: access.server.host_and_port(),
        };
        Err(Some(failure.explain(&place)))
    }

    /// Where an owner's artifacts lie, as the server told; empty where that is not known.
    async fn root_of(self, what: &What) -> String {
        let Some(store) = self.library.store() else { return String::new() };
        match &what.owner {
            ArtifactOwner::Run(id) => {
                let run = store.run(&what.source, id).await.ok().flatten();
                run.map(|run| run.artifact_uri).unwrap_or_default()
            }
            ArtifactOwner::Model(id) => {
                let models = store.logged_models(&what.source).await.unwrap_or_default();
                let model = models.into_iter().find(|model| model.id == *id);
                model.map(|model| model.artifact_location).unwrap_or_default()
            }
        }
    }
}

fn unusable(reason: &str) -> FileTrouble {
    FileTrouble {
        title: "This server cannot be asked".to_owned(),
        text: runatlas_core::format::sentence(reason),
        command: None,
    }
}

impl Artifacts {
    /// Reads a file from its server and keeps it; why it did not come, for people.
    pub(in crate::state) async fn bring(self, source: &str, entry: &ArtifactEntry) -> Result<(), String> {
        let server = self.library.sources.with_untracked(|all| all.iter().find(|s| s.id == source).cloned());
        let server = server.ok_or("its source is gone")?;
        let what = What {
            source: source.to_owned(),
            server: Some(server.clone()),
            owner: entry.owner.clone(),
            path: entry.path.clone(),
            size: entry.size,
        };
        let abort = Abort::new().ok_or("this browser cannot read files")?;
        match self.fetch(&what, &server, &abort, |_| {}).await {
            Ok(bytes) => {
                self.keep(what, bytes).await;
                Ok(())
            }
            Err(trouble) => Err(trouble.map(|trouble| trouble.title).unwrap_or_default()),
        }
    }
}
