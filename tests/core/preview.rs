//! Tests of preview: what a file is, and how it is shown.

mod files;
mod markdown;
mod tree;

use proptest::prelude::*;
use runatlas_core::preview::{FileKind, Limits, Preview, file_kind, preview};

#[test]
fn files_are_known_by_name_and_bytes() {
    let check =
        |path: &str, head: &[u8], expected: FileKind| assert_eq!(file_kind(path, head), expected, "{path}");
    check("a/MLmodel", b"flavors:\n", FileKind::Text);
    check("train.LOG", b"\x1b[32mok\x1b[0m", FileKind::Text);
    check("m.JSON", b"{}", FileKind::Json);
    check("t.csv", b"a,b", FileKind::Table);
    check("README.md", b"# x", FileKind::Markdown);
    check("p.html", b"<p>", FileKind::Html);
    check("p.svg", b"<?xml version='1.0'?><SVG>", FileKind::Image("image/svg+xml"));
    check("not.svg", b"hello", FileKind::Text);
    check("no-extension", b"\x89PNG\r\n\x1a\n....", FileKind::Image("image/png"));
    check("wrong.txt", b"\xff\xd8\xff\xe0", FileKind::Image("image/jpeg"));
    check("a.gif", b"GIF89a", FileKind::Image("image/gif"));
    check("a.webp", b"RIFF\0\0\0\0WEBPVP8 ", FileKind::Image("image/webp"));
    check("fake.png", b"hello", FileKind::Text);
    check("model.pkl", b"\x80\x04\x95\x00\x00", FileKind::Binary);
    check("broken.json", b"\0\0\0", FileKind::Binary);
    check("utf16.csv", b"\xff\xfea\0,\0", FileKind::Table);
    check("BMW.txt", b"BMW cars", FileKind::Text);
    check("x", b"", FileKind::Text);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]

    #[test]
    fn any_bytes_have_a_preview(
        bytes in prop_oneof![
            prop::collection::vec(any::<u8>(), 0..200),
            "[\\[\\]{}\",:0-9a-z \\\\\n|;\t\r]{0,80}".prop_map(String::into_bytes),
            ("\\PC{0,30}", prop::collection::vec(any::<u8>(), 0..40)).prop_map(|(text, tail)| [text.into_bytes(), tail].concat()),
            prop::collection::vec(any::<u8>(), 0..60).prop_map(|tail| [b"\xff\xd8\xff".to_vec(), tail].concat()),
            prop::collection::vec(any::<u8>(), 0..60).prop_map(|tail| [b"\x89PNG\r\n\x1a\n".to_vec(), tail].concat()),
        ],
        name in prop::sample::select(vec!["a.json", "a.csv", "a.tsv", "a.md", "a.html", "a.svg", "a", "a.png"]),
        (text_bytes, lines, rows, columns) in (0..100_usize, 0..9_usize, 0..9_usize, 0..9_usize),
    ) {
        let limits = Limits { text_bytes, lines, rows, columns };
        match preview(name, &bytes, &limits) {
            Preview::Empty => prop_assert!(bytes.is_empty()),
            Preview::Text(text) | Preview::Json(text) => {
                prop_assert!(text.lines <= lines && text.text.lines().count() <= lines);
                prop_assert!(!text.text.contains('\r'));
            }
            Preview::Table(table) => {
                prop_assert!(table.rows.len() <= rows && table.header.len() <= columns);
                prop_assert!(table.rows.iter().all(|row| row.len() <= columns && row.len() <= table.numeric.len()));
            }
            Preview::Html { document, .. } => prop_assert!(document.starts_with("<!doctype html><meta http-equiv=\"Content-Security-Policy\"")),
            Preview::Markdown { .. } | Preview::Image { .. } | Preview::Download { .. } => {}
        }
    }
}
