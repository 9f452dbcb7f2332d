/// What a file is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FileKind {
    /// Plain text, source code, logs, YAML.
    Text,
    /// JSON.
    Json,
    /// Comma, tab or otherwise separated values.
    Table,
    /// Markdown.
    Markdown,
    /// A picture that browsers show, with its media type.
    Image(&'static str),
    /// A page.
    Html,
    /// Anything else.
    Binary,
}

/// What a file is, by its name and its first bytes (some 512 are enough). Pictures are known by
/// their bytes, whatever their name.
pub fn file_kind(path: &str, head: &[u8]) -> FileKind {
    let _ = (path, head);
    FileKind::Binary
}
