use super::{Limits, Preview, TextPreview};
use crate::format;

/// The beginning of a table file.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct TablePreview {
    /// The first record.
    pub header: Vec<String>,
    /// The records after it, as long as each is in the file.
    pub rows: Vec<Vec<String>>,
    /// For each column whether all its cells are numbers, which then stand at the right edge.
    pub numeric: Vec<bool>,
    /// What separates the cells.
    pub delimiter: char,
    /// `1,204 rows, 8 columns`
    pub summary: String,
    /// What a person should know: cut off, ragged, repaired. Sentences without full stop.
    pub notes: Vec<String>,
}

pub(super) fn preview(path: &str, bytes: &[u8], limits: &Limits) -> Preview {
    let source = TextPreview::new(bytes, limits);
    let delimiter = sniff(path, &source.text);
    let cut = bytes.len() > limits.text_bytes;
    let mut notes = source.notes.clone();
    let mut records = records(&source.text, delimiter);
    if cut {
        // The last record may have lost its end.
        records.pop();
    }
    let mut records = records.into_iter();
    let Some(header) = records.next() else { return Preview::Text(source) };
    let rows: Vec<Vec<String>> = records.collect();
    let width = rows.iter().map(Vec::len).chain([header.len()]).max().unwrap_or_default();
    let ragged = rows.iter().filter(|row| row.len() != header.len()).count() as u64;
    if ragged > 0 {
        let verb = if ragged == 1 { "has" } else { "have" };
        let rows = format::count(ragged, "row", "rows");
        notes.push(format!("{rows} {verb} another number of cells than the first line"));
    }
    let more = if cut { "at least " } else { "" };
    let (count, columns) = (rows.len() as u64, width as u64);
    let summary = format!(
        "{more}{}, {}",
        format::count(count, "row", "rows"),
        format::count(columns, "column", "columns")
    );
    if rows.len() > limits.rows {
        notes.push(format!("The first {} rows are shown", format::unsigned(limits.rows as u64)));
    }
    if width > limits.columns {
        notes.push(format!("The first {} columns are shown", format::unsigned(limits.columns as u64)));
    }
    let first = |row: Vec<String>| -> Vec<String> { row.into_iter().take(limits.columns).collect() };
    let rows: Vec<Vec<String>> = rows.into_iter().take(limits.rows).map(first).collect();
    let numeric = (0..width.min(limits.columns)).map(|column| is_numeric(&rows, column)).collect();
    Preview::Table(TablePreview {
        header: first(header),
        rows,
        numeric,
        delimiter: char::from(delimiter),
        summary,
        notes,
    })
}

/// The character that cuts the first lines into the most equal number of cells, above one.
pub(crate) fn sniff(path: &str, text: &str) -> u8 {
    if path.to_lowercase().ends_with(".tsv") {
        return b'\t';
    }
    let head: String = text.lines().take(20).flat_map(|line| [line, "\n"]).collect();
    let width = |delimiter: u8| {
        let widths: Vec<usize> = records(&head, delimiter).iter().map(Vec::len).collect();
        let first = widths.first().copied().unwrap_or_default();
        let equal = widths.iter().filter(|width| **width == first).count();
        (first > 1).then_some((equal, first))
    };
    // Of equals the last one wins: the comma.
    let candidates = [b'|', b';', b'\t', b','].into_iter();
    candidates
        .filter_map(|delimiter| Some((width(delimiter)?, delimiter)))
        .max_by_key(|(width, _)| *width)
        .map_or(b',', |(_, delimiter)| delimiter)
}

pub(crate) fn records(text: &str, delimiter: u8) -> Vec<Vec<String>> {
    let mut reader = csv::ReaderBuilder::new()
        .delimiter(delimiter)
        .flexible(true)
        .has_headers(false)
        .from_reader(text.as_bytes());
    let cells = |record: csv::StringRecord| record.iter().map(str::to_owned).collect();
    // The text is UTF-8 and records may have any length: no record fails.
    reader.records().filter_map(Result::ok).map(cells).collect()
}

/// Whether the cells that have anything are all numbers.
fn is_numeric(rows: &[Vec<String>], column: usize) -> bool {
    let cells = || rows.iter().filter_map(|row| row.get(column)).filter(|cell| !cell.trim().is_empty());
    cells().next().is_some() && cells().all(|cell| cell.trim().parse::<f64>().is_ok())
}
