use std::sync::Arc;

use leptos::{prelude::*, task::spawn_local};
use runatlas_core::{
    format,
    preview::{Limits, Preview, preview},
    run_page,
};

use super::{Library, Loadable};
use crate::web::download::{ObjectUrl, object_url, save};

/// A file as the preview pane shows it. The URL dies with the last clone.
#[derive(Debug, Clone)]
pub struct OpenFile {
    /// How it is shown.
    pub preview: Arc<Preview>,
    /// Its size in bytes.
    pub size: u64,
    /// A URL of the bytes, for pictures.
    pub url: Option<Arc<ObjectUrl>>,
}

/// Less than core's default: every cell is an element of the page.
const LIMITS: Limits = Limits { text_bytes: 1_000_000, lines: 20_000, rows: 500, columns: 60 };

impl Library {
    /// Reads an artifact and decides how it is shown. `address` is that of the tree on the page of
    /// `run`, see [`run_page::locate`].
    pub fn open_file(self, source: String, run: String, address: String) -> RwSignal<Loadable<OpenFile>> {
        let out = RwSignal::new(Loadable::Loading);
        spawn_local(async move {
            let read = self.read_file(&source, &run, &address).await;
            let file = read.and_then(|bytes| open(&address, &bytes));
            // Another file may have been chosen meanwhile; then this one is dropped, with its URL.
            let _ = out.try_set(file.map_or_else(Loadable::Failed, Loadable::Ready));
        });
        out
    }

    /// Saves an artifact as a file of its name.
    pub fn save_file(self, source: String, run: String, address: String) {
        spawn_local(async move {
            let name = address.rsplit('/').next().unwrap_or(&address).to_owned();
            let read = self.read_file(&source, &run, &address).await;
            if let Err(reason) = read.and_then(|bytes| save(&name, "application/octet-stream", &bytes)) {
                self.notices.bad(format!("{name} could not be saved: {reason}."));
            }
        });
    }

    async fn read_file(self, source: &str, run: &str, address: &str) -> Result<Vec<u8>, String> {
        let (owner, path) = run_page::locate(run, address);
        let bytes = self.artifact_bytes(source, &owner, path).await?;
        bytes.ok_or_else(|| "only its name and size are in this browser".to_owned())
    }
}

fn open(path: &str, bytes: &[u8]) -> Result<OpenFile, String> {
    let shown = preview(path, bytes, &LIMITS);
    let url = match &shown {
        Preview::Image { mime, .. } => {
            let size = format::bytes(bytes.len() as u64);
            let url =
                object_url(mime, bytes).ok_or(format!("the browser has no room for {size} of picture"))?;
            Some(Arc::new(url))
        }
        _ => None,
    };
    Ok(OpenFile { preview: Arc::new(shown), size: bytes.len() as u64, url })
}
