//! Fetching what lies beside the page: the bundled example.

/// Fetches a file beside the page (`demo.zip`); `on_progress` gets (bytes so far, bytes in all
/// where known). The error is for people.
pub async fn fetch_beside(path: &str, on_progress: impl FnMut(u64, Option<u64>)) -> Result<Vec<u8>, String> {
    todo!()
}
