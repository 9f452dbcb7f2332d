//! The clipboard.

/// Puts text on the clipboard; the error is for people.
pub async fn copy(text: &str) -> Result<(), String> {
    todo!()
}
