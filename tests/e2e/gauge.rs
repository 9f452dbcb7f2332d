//! Measures drawing in a page, whoever draws: what `gauge.js` sees from within, and Chromium's own account.

pub(crate) mod trace;

use std::time::Duration;

use serde_json::{Value, json};

use crate::harness::Page;
use trace::{Work, work};

/// How much longer than a script's own patience is waited, for a page that hangs.
const GRACE: Duration = Duration::from_secs(15);
/// How long `gauge.js` waits for a picture.
pub(crate) const PATIENCE: Duration = Duration::from_mins(1);

/// Makes `gauge` and `walk` known to every document that is loaded from now on.
pub(crate) async fn install(page: &Page) {
    for source in [include_str!("gauge/gauge.js"), include_str!("gauge/walk.js")] {
        page.cdp("Page.addScriptToEvaluateOnNewDocument", json!({ "source": source })).await;
    }
}

/// The body of an async function as a script.
pub(crate) fn in_async(script: &str) -> String {
    format!("return (async () => {{ {script} }})()")
}

/// What such a body returns, and what the main thread did between the first and the last mark. `None` if it takes
/// too long.
pub(crate) async fn measured(page: &Page, script: &str) -> Option<(Value, Work)> {
    trace::start(page).await;
    let found = page.eval_within(&in_async(script), PATIENCE + GRACE).await?;
    Some((found, work(&trace::end(page).await)))
}

/// Bytes of what a page holds: JavaScript's heap, what it holds outside, and the memory of WebAssembly.
pub(crate) async fn memory(page: &Page) -> f64 {
    page.cdp("HeapProfiler.collectGarbage", json!({})).await;
    let heap = page.cdp("Runtime.getHeapUsage", json!({})).await;
    let of = |key: &str| heap[key].as_f64().unwrap_or_default();
    let wasm =
        page.eval("return gauge.memories.reduce((sum, memory) => sum + memory.buffer.byteLength, 0)").await;
    of("usedSize") + of("backingStorageSize") + wasm.as_f64().unwrap_or_default()
}
