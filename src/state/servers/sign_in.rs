//! How to talk to servers that were connected once: kept for the tab, and in this browser only if the
//! person wants to be remembered.

use runatlas_core::mlflow::{Access, ServerUrl, SignIn, Ways};

use crate::{state::Library, web::session};

/// Keeps how a server was reached. The sign-in outlives the tab only with `remember`; one that was
/// remembered before is forgotten without.
pub(super) async fn keep(library: Library, access: &Access, remember: bool) {
    let (server, sign_in) = (access.server.to_string(), access.credentials.sign_in());
    let text = (*sign_in != SignIn::None).then(|| serde_json::to_string(sign_in).ok()).flatten();
    session::set(&sign_in_key(&server), text.as_deref());
    let Some(store) = library.store() else { return };
    // What cannot be kept is asked for again in the next tab.
    let _ = store.set_setting(&sign_in_key(&server), text.as_deref().filter(|_| remember)).await;
    let ways = serde_json::to_string(&access.ways).ok();
    let _ = store.set_setting(&ways_key(&server), ways.as_deref()).await;
}

/// How to reach a server; why not, for people.
pub(super) async fn access(library: Library, server: &str) -> Result<Access, String> {
    let store = library.store().ok_or("the browser's storage is not open")?;
    let setting = async |key: String| store.setting(&key).await.ok().flatten();
    let sign_in = match session::get(&sign_in_key(server)) {
        Some(text) => Some(text),
        None => setting(sign_in_key(server)).await,
    };
    let sign_in: SignIn = sign_in.and_then(|text| serde_json::from_str(&text).ok()).unwrap_or_default();
    let ways = setting(ways_key(server)).await;
    let ways: Ways = ways.and_then(|text| serde_json::from_str(&text).ok()).unwrap_or_default();
    let server: ServerUrl = server.parse().map_err(|error| format!("{error}"))?;
    Access::new(server, sign_in, ways).map_err(|error| error.to_string())
}

/// Forgets the sign-in of a server, in the tab and in this browser.
pub(super) async fn forget(library: Library, server: &str) {
    session::set(&sign_in_key(server), None);
    if let Some(store) = library.store() {
        // Nothing to forget where nothing can be kept.
        let _ = store.set_setting(&sign_in_key(server), None).await;
    }
}

/// Never part of a link, a bundle or a report.
fn sign_in_key(server: &str) -> String {
    format!("sign-in:{server}")
}

fn ways_key(server: &str) -> String {
    format!("ways:{server}")
}
