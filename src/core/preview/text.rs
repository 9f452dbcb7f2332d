use super::Limits;
use crate::format;

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

impl TextPreview {
    /// Reads a file as text, as far as the limits go.
    pub(super) fn new(bytes: &[u8], limits: &Limits) -> Self {
        let shown = bytes.get(..limits.text_bytes).unwrap_or(bytes);
        let (text, encoding) = decode(shown, shown.len() < bytes.len());
        let mut preview = Self { text: unix_lines(text), lines: 0, encoding, notes: Vec::new() };
        if encoding == Encoding::Latin1 {
            preview.notes.push("Not valid UTF-8, read as Latin-1".to_owned());
        }
        if shown.len() < bytes.len() {
            let (first, all) = (format::bytes(shown.len() as u64), format::bytes(bytes.len() as u64));
            preview.notes.push(format!("The first {first} of {all} are shown"));
        }
        preview.limit_lines(limits.lines);
        preview
    }

    /// The same file with its text put in another form.
    pub(super) fn with_text(mut self, text: String, limits: &Limits) -> Self {
        self.text = text;
        self.limit_lines(limits.lines);
        self
    }

    fn limit_lines(&mut self, most: usize) {
        self.lines = self.text.lines().count();
        if self.lines <= most {
            return;
        }
        let (first, all) = (format::unsigned(most as u64), format::count(self.lines as u64, "line", "lines"));
        self.notes.push(format!("The first {first} of {all} are shown"));
        let last = most.checked_sub(1).and_then(|most| self.text.match_indices('\n').nth(most));
        let end = last.map_or(0, |(at, _)| at);
        self.text.truncate(end);
        self.lines = most;
    }
}

/// Bytes to text; `cut` says that the bytes end where they should not.
pub fn decode(bytes: &[u8], cut: bool) -> (String, Encoding) {
    match bytes {
        [0xff, 0xfe, rest @ ..] => return (utf16(rest, u16::from_le_bytes), Encoding::Utf16),
        [0xfe, 0xff, rest @ ..] => return (utf16(rest, u16::from_be_bytes), Encoding::Utf16),
        _ => {}
    }
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    match std::str::from_utf8(bytes) {
        Ok(text) => (text.to_owned(), Encoding::Utf8),
        // The cut may have gone through a character: that alone is no fault of the file.
        Err(error) if cut && error.error_len().is_none() => {
            let whole = bytes.get(..error.valid_up_to()).unwrap_or_default();
            (String::from_utf8_lossy(whole).into_owned(), Encoding::Utf8)
        }
        Err(_) => (bytes.iter().map(|byte| char::from(*byte)).collect(), Encoding::Latin1),
    }
}

fn utf16(bytes: &[u8], unit: fn([u8; 2]) -> u16) -> String {
    let pairs = bytes.chunks_exact(2).filter_map(|pair| pair.try_into().ok());
    char::decode_utf16(pairs.map(unit)).map(|c| c.unwrap_or(char::REPLACEMENT_CHARACTER)).collect()
}

fn unix_lines(text: String) -> String {
    if text.contains('\r') { text.replace("\r\n", "\n").replace('\r', "\n") } else { text }
}
