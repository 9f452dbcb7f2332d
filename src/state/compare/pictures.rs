use std::sync::Arc;

use leptos::{prelude::*, task::spawn_local};
use runatlas_core::compare::{Picture, PicturePair};

use super::{Content, OpenPair, OpenSide};
use crate::{
    state::{App, FileState, Loadable, artifacts::picture_url},
    web::download::ObjectUrl,
};

/// The pictures of both sides as URLs, which die with the last clone; `None` where a side has none.
#[derive(Debug, Clone)]
pub struct Pictures {
    /// On the left.
    pub left: Option<Arc<ObjectUrl>>,
    /// On the right.
    pub right: Option<Arc<ObjectUrl>>,
}

impl OpenPair {
    /// Makes URLs of both pictures.
    pub fn pictures(self, pair: &PicturePair) -> RwSignal<Loadable<Pictures>> {
        let out = RwSignal::new(Loadable::Loading);
        let pair = pair.clone();
        spawn_local(async move {
            let left = url(self.app, self.left, pair.left).await;
            let right = url(self.app, self.right, pair.right).await;
            let both = left.and_then(|left| right.map(|right| Pictures { left, right }));
            let _ = out.try_set(both.map_or_else(Loadable::Failed, Loadable::Ready));
        });
        out
    }
}

async fn url(app: App, side: OpenSide, picture: Option<Picture>) -> Result<Option<Arc<ObjectUrl>>, String> {
    let Some(picture) = picture else { return Ok(None) };
    let here = side.file.and_then(|file| {
        file.state.try_with_untracked(|state| match state {
            FileState::Ready(Content::Here(bytes)) => Some(bytes.clone()),
            _ => None,
        })
    });
    if let Some(bytes) = here.flatten() {
        return picture_url(&picture.mime, &bytes).map(Some);
    }
    let entry = side.entry.try_get_value().flatten().ok_or("the screen was left")?;
    let source = side.source.try_get_value().ok_or("the screen was left")?;
    let bytes = app.library.artifact_bytes(&source, &entry.owner, &entry.path).await?;
    let bytes = bytes.ok_or_else(|| format!("{} is no longer in this browser", entry.path))?;
    picture_url(&picture.mime, &bytes).map(Some)
}
