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
/// their bytes, whatever their name, and text is text only if its bytes are.
pub fn file_kind(path: &str, head: &[u8]) -> FileKind {
    if let Some(mime) = picture(head) {
        return FileKind::Image(mime);
    }
    let name = path.rsplit(['/', '\\']).next().unwrap_or(path).to_lowercase();
    let extension = name.rsplit_once('.').map_or("", |(_, extension)| extension);
    if !is_text(head) {
        return FileKind::Binary;
    }
    match extension {
        "json" | "ipynb" | "geojson" | "webmanifest" | "vl" => FileKind::Json,
        "csv" | "tsv" | "tab" => FileKind::Table,
        "md" | "markdown" | "mdown" => FileKind::Markdown,
        "html" | "htm" | "xhtml" => FileKind::Html,
        "svg" if mentions(head, b"<svg") => FileKind::Image("image/svg+xml"),
        _ => FileKind::Text,
    }
}

/// The media type of a picture, by its signature.
fn picture(head: &[u8]) -> Option<&'static str> {
    let at = |start: usize, bytes: &[u8]| head.get(start..start + bytes.len()) == Some(bytes);
    let riff = at(0, b"RIFF") && at(8, b"WEBP");
    let known = [
        (at(0, b"\x89PNG\r\n\x1a\n"), "image/png"),
        (at(0, b"\xff\xd8\xff"), "image/jpeg"),
        (at(0, b"GIF87a") || at(0, b"GIF89a"), "image/gif"),
        (riff, "image/webp"),
        (at(4, b"ftypavif"), "image/avif"),
        // A bitmap's header has zeros where text would have letters.
        (at(0, b"BM") && at(6, &[0, 0, 0, 0]), "image/bmp"),
    ];
    known.into_iter().find(|(is, _)| *is).map(|(_, mime)| mime)
}

/// Whether bytes could be text: UTF-16 says so by its mark, anything else has no NUL and almost
/// none of the other control characters.
fn is_text(head: &[u8]) -> bool {
    if head.starts_with(&[0xff, 0xfe]) || head.starts_with(&[0xfe, 0xff]) {
        return true;
    }
    let odd =
        head.iter().filter(|byte| **byte < 0x20 && !matches!(byte, b'\t' | b'\n' | b'\r' | 0x0c | 0x1b));
    !head.contains(&0) && odd.count() * 50 <= head.len()
}

fn mentions(head: &[u8], word: &[u8]) -> bool {
    head.windows(word.len()).any(|window| window.eq_ignore_ascii_case(word))
}
