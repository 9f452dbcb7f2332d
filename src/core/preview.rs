//! What an artifact is and how it is shown: text, JSON, CSV, image, Markdown, or a download.
//!
//! Nothing here trusts the file: what is shown as markup was made here ([`SafeHtml`]), and HTML
//! and SVG files are only ever handed to a sandboxed frame or an image.

mod image;
mod json;
mod kind;
pub mod markdown;
pub(crate) mod table;
mod text;
pub mod tree;

pub use image::size as image_size;
pub use json::pretty as pretty_json;
pub use kind::{FileKind, file_kind};
pub use markdown::SafeHtml;
pub use table::TablePreview;
pub use text::{Encoding, TextPreview, decode as decode_text};

/// How much of a file is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Bytes of text.
    pub text_bytes: usize,
    /// Lines of text.
    pub lines: usize,
    /// Rows of a table.
    pub rows: usize,
    /// Columns of a table.
    pub columns: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self { text_bytes: 1_000_000, lines: 20_000, rows: 1_000, columns: 200 }
    }
}

/// How to show a file.
#[derive(Debug, Clone, PartialEq)]
pub enum Preview {
    /// There is nothing in it.
    Empty,
    /// As text, numbered by line, in mono.
    Text(TextPreview),
    /// Indented JSON, in mono. Numbers are exactly as in the file.
    Json(TextPreview),
    /// As a table.
    Table(TablePreview),
    /// As a rendered page, with the source beside it.
    Markdown {
        /// The page.
        html: SafeHtml,
        /// The text.
        source: TextPreview,
    },
    /// In an `<img>`, from a blob of this type. SVG too: in an `<img>` its scripts do not run.
    Image {
        /// The media type for the blob.
        mime: &'static str,
        /// In pixels, where the file says so at its beginning.
        size: Option<(u32, u32)>,
    },
    /// In a frame with `sandbox=""`: no scripts, no forms, no access to the page.
    Html {
        /// The document for `srcdoc`, with a policy in front that lets it load nothing.
        document: String,
        /// Its source, for those who prefer that.
        source: TextPreview,
    },
    /// Not shown.
    Download {
        /// Why, as a sentence without full stop.
        reason: String,
    },
}

/// How to show the file `path`, from its bytes.
pub fn preview(path: &str, bytes: &[u8], limits: &Limits) -> Preview {
    /// Enough to know a file by; an SVG may begin with a long comment.
    const HEAD: usize = 4096;
    if bytes.is_empty() {
        return Preview::Empty;
    }
    match file_kind(path, bytes.get(..HEAD).unwrap_or(bytes)) {
        FileKind::Text => Preview::Text(TextPreview::new(bytes, limits)),
        FileKind::Json => json::preview(bytes, limits),
        FileKind::Table => table::preview(path, bytes, limits),
        FileKind::Markdown => {
            let source = TextPreview::new(bytes, limits);
            Preview::Markdown { html: markdown::to_html(&source.text), source }
        }
        FileKind::Image(mime) => Preview::Image { mime, size: image::size(mime, bytes) },
        FileKind::Html => html(bytes, limits),
        FileKind::Binary => Preview::Download { reason: "This kind of file cannot be shown here".to_owned() },
    }
}

/// The policy comes first in the document, so that it holds for all of it: even where a frame
/// forgets its sandbox, nothing runs and nothing is fetched.
fn html(bytes: &[u8], limits: &Limits) -> Preview {
    const POLICY: &str = "<!doctype html><meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; \
                          img-src data:; font-src data:; style-src 'unsafe-inline'; form-action 'none'; \
                          base-uri 'none'\"><meta name=\"referrer\" content=\"no-referrer\">\n";
    let source = TextPreview::new(bytes, limits);
    Preview::Html { document: format!("{POLICY}{}", source.text), source }
}
