//! Which experiments of a server a person wants here.

use std::collections::BTreeSet;

use crate::state::Library;

/// The chosen experiments, by id; `None` for all that the server has.
pub(super) async fn read(library: Library, source: &str) -> Option<BTreeSet<String>> {
    let text = library.store()?.setting(&key(source)).await.ok()??;
    serde_json::from_str(&text).ok()
}

/// Keeps a choice.
pub(super) async fn keep(library: Library, source: &str, chosen: Option<&BTreeSet<String>>) {
    let Some(store) = library.store() else { return };
    let text = chosen.and_then(|chosen| serde_json::to_string(chosen).ok());
    // A choice that cannot be kept is made again.
    let _ = store.set_setting(&key(source), text.as_deref()).await;
}

fn key(source: &str) -> String {
    format!("experiments:{source}")
}
