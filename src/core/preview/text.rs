/// How the bytes stand for characters.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Encoding {
    /// UTF-8, with or without mark.
    Utf8,
    /// UTF-16, by its mark.
    Utf16,
    /// Neither: read as Latin-1, so that every byte shows.
    Latin1,
}

/// Text as far as it is shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TextPreview {
    /// The text, line ends as `\n`.
    pub text: String,
    /// Lines in `text`.
    pub lines: usize,
    /// How the bytes were read.
    pub encoding: Encoding,
    /// What a person should know: cut off, not UTF-8, not valid JSON. Sentences without full stop.
    pub notes: Vec<String>,
}
