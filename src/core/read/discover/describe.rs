//! What to say when there is no store: what was seen instead, and what is expected.

use std::collections::BTreeMap;

use super::paths::extension;
use crate::{model::Note, read::tree::FileTree};

const EXPECTED: &str =
    "Runatlas reads an mlruns folder, a zip that holds one, or an SQLite database such as mlflow.db";

/// Says what a file is that is no store, from its name and its first bytes (512 are enough):
/// "a PDF document", "an image", "a Git LFS pointer …".
pub fn describe_file(name: &str, head: &[u8], size: u64) -> String {
    let known = if size == 0 {
        Some("an empty file")
    } else {
        by_content(head).or_else(|| by_name(&extension(name)))
    };
    match known {
        Some(known) => known.to_owned(),
        None if std::str::from_utf8(head).is_ok() => "a text file".to_owned(),
        None => "a file of an unknown kind".to_owned(),
    }
}

/// The note for a tree without any store.
pub(super) fn nothing_found(tree: &dyn FileTree) -> Note {
    let seen = match tree.files() {
        [] => return Note::skipped("", format!("there are no files here; {EXPECTED}")),
        [file] => {
            let head = tree.head(&file.path, 512).unwrap_or_default();
            let what = describe_file(&file.path, &head, file.size);
            return Note::skipped(&file.path, format!("this is {what}; {EXPECTED}"));
        }
        files => files,
    };
    let mut kinds = BTreeMap::<String, u64>::new();
    for file in seen {
        *kinds.entry(extension(&file.path)).or_default() += 1;
    }
    let mut kinds: Vec<(String, u64)> = kinds.into_iter().collect();
    kinds.sort_by_key(|(name, count)| (std::cmp::Reverse(*count), name.clone()));
    let shown: Vec<String> =
        kinds.iter().take(4).map(|(end, count)| format!("{count} {}", plural(end))).collect();
    let more = if kinds.len() > 4 { " and others" } else { "" };
    Note::skipped(
        "",
        format!("no MLflow data among {} files ({}{more}); {EXPECTED}", seen.len(), shown.join(", ")),
    )
}

fn plural(extension: &str) -> String {
    if extension.is_empty() { "without an ending".to_owned() } else { format!(".{extension}") }
}

fn by_content(head: &[u8]) -> Option<&'static str> {
    const KNOWN: [(&[u8], &str); 19] = [
        (
            b"version https://git-lfs.github.com/spec",
            "a Git LFS pointer, not the file itself: run \"git lfs pull\" first",
        ),
        (b"SQLite format 3\0", "an SQLite database that is not MLflow's"),
        (b"%PDF-", "a PDF document"),
        (b"\x89PNG", "a PNG image"),
        (b"\xff\xd8\xff", "a JPEG image"),
        (b"GIF8", "a GIF image"),
        (b"PAR1", "a Parquet file"),
        (b"ARROW1", "an Arrow file"),
        (b"\x89HDF", "an HDF5 file"),
        (b"\x93NUMPY", "a NumPy array"),
        (b"\x1f\x8b", "a gzip archive: unpack it first and drop the folder"),
        (b"BZh", "a bzip2 archive: unpack it first and drop the folder"),
        (b"\xfd7zXZ", "an xz archive: unpack it first and drop the folder"),
        (b"\x28\xb5\x2f\xfd", "a Zstandard archive: unpack it first and drop the folder"),
        (b"7z\xbc\xaf", "a 7-Zip archive: unpack it first and drop the folder"),
        (b"Rar!", "a RAR archive: unpack it first and drop the folder"),
        (b"PK\x05\x06", "an empty zip archive"),
        (b"PK\x03\x04", "a zip archive without MLflow data"),
        (b"\x80\x04\x95", "a Python pickle"),
    ];
    if let Some((_, what)) = KNOWN.iter().find(|(magic, _)| head.starts_with(magic)) {
        return Some(what);
    }
    head.get(257..262)
        .filter(|&magic| magic == b"ustar")
        .map(|_| "a tar archive: unpack it first and drop the folder")
}

fn by_name(extension: &str) -> Option<&'static str> {
    Some(match extension {
        "csv" | "tsv" => "a table of text (CSV)",
        "json" | "jsonl" => "a JSON file",
        "yaml" | "yml" => "a YAML file",
        "ipynb" => "a notebook",
        "py" => "a Python program",
        "md" | "txt" | "log" => "a text file",
        "html" | "htm" => "a web page",
        "svg" => "an SVG image",
        "db" | "sqlite" | "sqlite3" => "not an SQLite database, in spite of its name",
        _ => return None,
    })
}
