//! Artifacts and notes as a stranger may have written them.

use runatlas_core::preview::{Limits, Preview, file_kind, markdown::to_html, preview as look};

use crate::{chance::Chance, mutate, run::Round};

const FILES: &[(&str, &[u8])] = &[
    ("a.md", b"# Title\n\nText with *stars*, `code`, [a link](https://example.org) and <b>markup</b>.\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\n- [ ] one\n  - two\n\n> quote\n\n```py\nx\n```\n![p](p.png)\n"),
    ("a.csv", b"a,b,c\n1,2.5,\"x, y\"\n2,nan,\"say \"\"so\"\"\"\n3,,z\n"),
    ("a.tsv", b"a\tb\n1\t2\n"),
    ("a.json", b"{\"a\": [1, 2.50, -0, 1e999, null, true, \"x\\u00e9\"], \"b\": {\"c\": {}}}"),
    ("a.yaml", b"a: 1\nb:\n  - c\n"),
    ("a.png", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x10\0\0\0\x10\x08\x06\0\0\0"),
    ("a.jpg", b"\xff\xd8\xff\xe0\0\x10JFIF\0\x01\x01\0\0\x01\0\x01\0\0\xff\xc0\0\x11\x08\0\x10\0\x10\x03\x01\x22\0"),
    ("a.gif", b"GIF89a\x10\0\x10\0\x80\0\0"),
    ("a.webp", b"RIFF\x24\0\0\0WEBPVP8 \x18\0\0\0\x30\x01\0\x9d\x01\x2a\x10\0\x10\0"),
    ("a.svg", b"<svg xmlns='http://www.w3.org/2000/svg' width='10' height='10'><script>x</script></svg>"),
    ("a.html", b"<html><body onload='x'>hello</body></html>"),
    ("a.txt", b"\xff\xfeh\0i\0"),
];

/// Small, so that every limit is met.
const LIMITS: Limits = Limits { text_bytes: 2000, lines: 50, rows: 20, columns: 10 };

pub(super) fn preview() -> Round {
    Box::new(|chance| {
        let (mut name, mut bytes) = {
            let (name, bytes) = chance.pick(FILES);
            (*name, bytes.to_vec())
        };
        let (other_name, other) = chance.pick(FILES);
        mutate::text(chance, &mut bytes, other);
        if chance.one_in(2) {
            mutate::bytes(chance, &mut bytes, other);
        }
        if chance.one_in(8) {
            name = other_name;
        }
        deepen(chance, &mut bytes);
        let _ = file_kind(name, &bytes);
        let preview = look(name, &bytes, &LIMITS);
        check(&preview);
        check_html(to_html(&String::from_utf8_lossy(&bytes)).as_str());
        !matches!(preview, Preview::Empty | Preview::Download { .. })
    })
}

/// Nesting as deep as the file is long.
fn deepen(chance: &mut Chance, bytes: &mut Vec<u8>) {
    const PAIRS: &[&[u8]] = &[b"[", b"{\"a\":", b"> ", b"- ", b"**", b"![", b"<", b"1. ", b"`", b"| "];
    if chance.one_in(12) {
        let piece = chance.pick(PAIRS).repeat(1 + chance.below(4000));
        bytes.splice(0..0, piece);
    }
}

fn check(preview: &Preview) {
    match preview {
        Preview::Text(text) | Preview::Json(text) => {
            assert!(text.text.lines().count() <= LIMITS.lines + 1, "{} lines", text.text.lines().count());
        }
        Preview::Table(table) => {
            assert!(table.rows.len() <= LIMITS.rows && table.header.len() <= LIMITS.columns);
            assert!(table.rows.iter().all(|row| row.len() <= LIMITS.columns));
        }
        Preview::Markdown { html, .. } => check_html(html.as_str()),
        Preview::Html { document, .. } => assert!(document.contains("default-src 'none'"), "{document:.200}"),
        _ => {}
    }
}

/// Markup comes only from us: nothing runs, and nothing is fetched.
fn check_html(html: &str) {
    let small = html.to_ascii_lowercase();
    for tag in ["<script", "<style", "<iframe", "<object", "<form", "<img", "<svg", "<link", "<meta"] {
        assert!(!small.contains(tag), "{tag} in {html:.500}");
    }
    for at in small.match_indices("href=\"").map(|(at, found)| at + found.len()) {
        let to = &small[at..];
        assert!(
            ["http://", "https://", "mailto:", "#"].iter().any(|scheme| to.starts_with(scheme)),
            "a link to {to:.60}"
        );
    }
}
