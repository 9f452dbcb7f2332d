//! Two files, notes or configs beside each other: by line, by structure, by package, by cell, as pictures.
//!
//! [`compare`] decides from the path and the content which ways there are and prepares each; [`Comparison`] crosses
//! from the worker as it is. What a row shows, and which words of a line differ, is made when the row is shown
//! ([`Rows`], [`words`]).
//!
//! Whatever the files hold, work and memory are bounded; what was left out for that is said in words.

mod align;
mod cells;
mod grid;
mod listing;
mod packages;
mod patch;
mod rows;
mod structure;
mod subject;
mod text;
mod value;
mod words;

use std::{fmt::Write as _, sync::Arc};

use serde::{Deserialize, Serialize};

pub use cells::{ColumnPair, RowKey, RowPair, TableDiff};
pub use grid::Grid;
pub use listing::{Entry, Group, RunContent, Standing, listing};
pub use packages::{PackageChange, PackageDiff, PackageRow};
pub use rows::{CONTEXT, Layout, Opened, Row, Rows, next_of};
pub use structure::{StructureChange, StructureDiff, StructureRow};
pub use subject::Subject;
pub use text::{Block, BlockKind, Text, TextDiff, TextOptions};
pub use words::{Marks, words};

use crate::{
    environment::EnvironmentFile,
    format,
    preview::{Encoding, FileKind, decode_text, file_kind, image_size, pretty_json},
};
use value::Value;

/// Bytes of a text that are compared.
const MOST_BYTES: usize = 16_000_000;
/// Lines of a text that are compared: a browser's page can be so many rows high.
const MOST_LINES: usize = 400_000;
/// JSON with a longer line than this, in bytes, is compared indented.
const LONG_LINE: usize = 2_000;

/// A way to look at what differs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Lens {
    /// Pictures.
    Pictures,
    /// Tables, cell by cell.
    Cells,
    /// Configs, value by value.
    Structure,
    /// Packages and their versions.
    Packages,
    /// Text, line by line.
    Lines,
    /// Files that are no text: only whether they are equal.
    Bytes,
}

/// One of two files.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Side<'a> {
    /// Its path, or a name with the ending that says what it is.
    pub path: &'a str,
    /// All of it.
    pub bytes: &'a [u8],
}

/// What counts as equal.
#[derive(Debug, Clone, PartialEq, Eq, Default, Hash, Serialize, Deserialize)]
pub struct CompareOptions {
    /// In texts and cells.
    pub text: TextOptions,
    /// Which rows of tables belong together.
    pub key: RowKey,
}

/// Two files compared, in every way that fits both.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Comparison {
    /// Whether they are equal, byte by byte. A file that is not there is not equal to an empty one.
    pub same_bytes: bool,
    /// Their sizes in bytes; `None` for a side that is not there.
    pub sizes: (Option<u64>, Option<u64>),
    /// Where the first byte differs, counted from 0.
    pub first_difference: Option<u64>,
    /// As text.
    pub text: Option<Arc<TextDiff>>,
    /// As configs.
    pub structure: Option<StructureDiff>,
    /// As lists of packages.
    pub packages: Option<PackageDiff>,
    /// As tables.
    pub table: Option<Arc<TableDiff>>,
    /// As pictures.
    pub pictures: Option<PicturePair>,
    /// What a person should know, as sentences without full stop.
    pub notes: Vec<String>,
}

/// Two pictures.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct PicturePair {
    /// The one on the left.
    pub left: Option<Picture>,
    /// The one on the right.
    pub right: Option<Picture>,
}

/// A picture.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Picture {
    /// The media type.
    pub mime: String,
    /// Width and height in pixels, where the file says so at its beginning.
    pub size: Option<(u32, u32)>,
}

impl Comparison {
    /// The ways to look at it, the best first.
    pub fn lenses(&self) -> Vec<Lens> {
        // What names packages is read as text first, by people too.
        let is_config = self.structure.is_some() && self.packages.is_none();
        let all = [
            (Lens::Pictures, self.pictures.is_some()),
            (Lens::Cells, self.table.is_some()),
            (Lens::Structure, is_config),
            (Lens::Lines, self.text.is_some()),
            (Lens::Packages, self.packages.is_some()),
            (Lens::Structure, self.structure.is_some() && !is_config),
        ];
        let found: Vec<Lens> = all.into_iter().filter(|(_, is)| *is).map(|(lens, _)| lens).collect();
        if found.is_empty() { vec![Lens::Bytes] } else { found }
    }

    /// The wanted way, if it fits, else the best.
    pub fn lens(&self, wanted: Option<Lens>) -> Lens {
        let lenses = self.lenses();
        wanted.filter(|lens| lenses.contains(lens)).or(lenses.first().copied()).unwrap_or(Lens::Bytes)
    }
}

/// Compares two files. A side that is `None` is not there; with both missing nothing differs.
pub fn compare(left: Option<Side>, right: Option<Side>, options: &CompareOptions) -> Comparison {
    let (a, b) = (left.map_or(&[][..], |side| side.bytes), right.map_or(&[][..], |side| side.bytes));
    let mut comparison = Comparison {
        same_bytes: a == b && left.is_some() == right.is_some(),
        sizes: (left.map(|side| side.bytes.len() as u64), right.map(|side| side.bytes.len() as u64)),
        first_difference: first_difference(a, b),
        ..Comparison::default()
    };
    let kinds = [left, right].map(|side| side.map(kind));
    match kinds {
        [a, b]
            if [a, b].iter().flatten().all(|kind| matches!(kind, FileKind::Image(_)))
                && (a.is_some() || b.is_some()) =>
        {
            comparison.pictures =
                Some(PicturePair { left: left.and_then(picture), right: right.and_then(picture) });
            // An SVG is text, too.
            let is_svg =
                |side: Option<Side>| side.is_none_or(|side| kind(side) == FileKind::Image("image/svg+xml"));
            if is_svg(left) && is_svg(right) {
                texts(left, right, options, &mut comparison);
            }
        }
        [a, b] => {
            let is_text = |kind: Option<FileKind>| {
                kind.is_none_or(|kind| !matches!(kind, FileKind::Binary | FileKind::Image(_)))
            };
            if is_text(a) && is_text(b) {
                texts(left, right, options, &mut comparison);
            }
        }
    }
    comparison
}

fn kind(side: Side) -> FileKind {
    const HEAD: usize = 4096;
    file_kind(side.path, side.bytes.get(..HEAD).unwrap_or(side.bytes))
}

fn picture(side: Side) -> Option<Picture> {
    let FileKind::Image(mime) = kind(side) else { return None };
    Some(Picture { mime: mime.to_owned(), size: image_size(mime, side.bytes) })
}

fn first_difference(left: &[u8], right: &[u8]) -> Option<u64> {
    let shorter = left.len().min(right.len());
    let found = left.iter().zip(right).position(|(a, b)| a != b);
    found.or((left.len() != right.len()).then_some(shorter)).map(|at| at as u64)
}

/// All ways to compare texts.
fn texts(left: Option<Side>, right: Option<Side>, options: &CompareOptions, out: &mut Comparison) {
    let path = right.or(left).map_or("", |side| side.path);
    let mut texts = [left, right].map(|side| text_of(side, &mut out.notes));
    let [a, b] = &texts;
    let read: Option<fn(&str) -> Option<Value>> = match ending(path).as_str() {
        "json" | "ipynb" | "geojson" => Some(Value::of_json),
        "yaml" | "yml" | "mlmodel" => Some(Value::of_yaml),
        _ => None,
    };
    let both = left.is_some() && right.is_some();
    if let Some(read) = read.filter(|_| both) {
        out.structure = read(a).zip(read(b)).map(|(a, b)| StructureDiff::new(&a, &b));
    }
    if let Some(file) = EnvironmentFile::of(path).filter(|_| both) {
        out.packages = Some(PackageDiff::new(&file.read(a.as_bytes()), &file.read(b.as_bytes())));
    }
    let grid: Option<fn(&str, &str) -> Option<Grid>> = match ending(path).as_str() {
        "csv" | "tsv" | "tab" => Some(Grid::of_text),
        "json" => Some(|_, text| Grid::of_json(text)),
        _ => None,
    };
    if let Some((a, b)) = grid.filter(|_| both).and_then(|grid| grid(path, a).zip(grid(path, b))) {
        rows_left_out(&a, &b, &mut out.notes);
        out.table = Some(Arc::new(TableDiff::new(a, b, &options.key, options.text)));
        out.structure = None;
    }
    indent(path, &mut texts, &mut out.notes);
    let [a, b] = texts.map(|text| lines(&text, &mut out.notes));
    if both && a.has_returns != b.has_returns {
        let (windows, unix) = if a.has_returns { ("left", "right") } else { ("right", "left") };
        out.notes.push(format!(
            "Lines end with CR LF on the {windows}, with LF on the {unix}; that is not marked"
        ));
    }
    out.notes.dedup();
    out.text = Some(Arc::new(TextDiff::new(a, b, options.text)));
}

/// A file as text, as far as it is compared.
fn text_of(side: Option<Side>, notes: &mut Vec<String>) -> String {
    let Some(side) = side else { return String::new() };
    let shown = side.bytes.get(..MOST_BYTES).unwrap_or(side.bytes);
    if shown.len() < side.bytes.len() {
        let (first, all) = (format::bytes(shown.len() as u64), format::bytes(side.bytes.len() as u64));
        notes.push(format!("The first {first} of {all} are compared"));
    }
    let (text, encoding) = decode_text(shown, shown.len() < side.bytes.len());
    if encoding == Encoding::Latin1 {
        notes.push("Not valid UTF-8, read as Latin-1".to_owned());
    }
    text
}

fn lines(text: &str, notes: &mut Vec<String>) -> Text {
    let lines = Text::new(text, MOST_LINES);
    if lines.len() as usize == MOST_LINES {
        let all = text.lines().count() as u64;
        if all > MOST_LINES as u64 {
            let first = format::unsigned(MOST_LINES as u64);
            notes.push(format!("The first {first} of {} are compared", format::count(all, "line", "lines")));
        }
    }
    lines
}

fn rows_left_out(left: &Grid, right: &Grid, notes: &mut Vec<String>) {
    for grid in [left, right].into_iter().filter(|grid| grid.left_out > 0) {
        let first = format::unsigned(u64::from(grid.rows()));
        notes.push(format!(
            "The first {first} rows are compared, {} are not",
            format::unsigned(grid.left_out.into())
        ));
    }
}

/// JSON that is one long line is compared as it would be written for people.
fn indent(path: &str, texts: &mut [String; 2], notes: &mut Vec<String>) {
    let is_long = |text: &String| text.lines().any(|line| line.len() > LONG_LINE);
    if ending(path) != "json" || !texts.iter().any(is_long) {
        return;
    }
    let pretty = |text: &String| if text.is_empty() { Some(String::new()) } else { pretty_json(text) };
    let [a, b] = &*texts;
    if let (Some(a), Some(b)) = (pretty(a), pretty(b)) {
        *texts = [a, b];
        notes.push("Compared as indented JSON, since the file has very long lines".to_owned());
    }
}

/// The ending of a path in lower case; of a name without one, the name.
fn ending(path: &str) -> String {
    let name = path.rsplit(['/', '\\']).next().unwrap_or(path).to_lowercase();
    name.rsplit_once('.').map_or(name.clone(), |(_, ending)| ending.to_owned())
}

/// `3 values changed, 1 added, 38 equal`: what is 0 is left out, and the first carries the noun.
fn count_words(parts: &[(u64, &str)], one: &str, many: &str) -> String {
    let mut out = String::new();
    for (count, what) in parts.iter().filter(|(count, _)| *count > 0) {
        if out.is_empty() {
            out = format!("{} {what}", format::count(*count, one, many));
        } else {
            let _ = write!(out, ", {} {what}", format::unsigned(*count));
        }
    }
    if out.is_empty() { format!("No {many}") } else { out }
}
