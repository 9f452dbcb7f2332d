use super::{Diff, DiffCell, DiffFilter, DiffRow, section::Section, view};
use crate::{
    export::markdown as markdown_text,
    format::{Clock, safe_cell},
    table::RunRef,
};

/// A text format for the matrix.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// A Markdown table a section, as people read it: rounded, with deltas.
    Markdown,
    /// Tabs between cells, to paste into a spreadsheet: exact values.
    Tsv,
    /// Commas between cells, exact values.
    Csv,
}

pub(super) fn export(diff: &Diff, filter: &DiffFilter, format: Format, clock: &Clock) -> String {
    let rows = |index: usize, section: &Section| -> Vec<DiffRow> {
        view::rows(section, filter).iter().filter_map(|(row, _)| diff.row(index, *row, clock)).collect()
    };
    let tables =
        diff.sections.iter().enumerate().map(|(index, section)| (section.kind.title(), rows(index, section)));
    let tables: Vec<_> = tables.filter(|(_, rows)| !rows.is_empty()).collect();
    match format {
        Format::Markdown => markdown(diff, &tables),
        Format::Tsv => delimited(diff, &tables, b'\t'),
        Format::Csv => delimited(diff, &tables, b','),
    }
}

type Tables = [(&'static str, Vec<DiffRow>)];

fn markdown(diff: &Diff, tables: &Tables) -> String {
    let name = |(index, run): (usize, &RunRef)| {
        let baseline = if index == diff.baseline { " (baseline)" } else { "" };
        format!("{}{baseline}", markdown_text(run.run.display_name()))
    };
    let names: Vec<String> = diff.runs.iter().enumerate().map(name).collect();
    let line = |first: &str, cells: Vec<String>| format!("| {first} | {} |", cells.join(" | "));
    let mut lines = Vec::new();
    for (title, rows) in tables {
        lines.extend([format!("### {title}"), String::new()]);
        lines.extend([line("Key", names.clone()), line("---", vec!["---".to_owned(); names.len()])]);
        lines.extend(
            rows.iter()
                .map(|row| line(&markdown_text(&row.key), row.cells.iter().map(markdown_cell).collect())),
        );
        lines.push(String::new());
    }
    lines.join("\n")
}

fn markdown_cell(cell: &DiffCell) -> String {
    if cell.missing {
        return "*not set*".to_owned();
    }
    let text = markdown_text(&cell.text);
    let text = if cell.best { format!("**{text}**") } else { text };
    match (&cell.delta, &cell.bad) {
        (Some(delta), _) => format!("{text} ({})", delta.text),
        (None, Some(bad)) => format!("{text} ({bad})"),
        (None, None) => text,
    }
}

fn delimited(diff: &Diff, tables: &Tables, delimiter: u8) -> String {
    let one_line = delimiter == b'\t';
    let mut writer = csv::WriterBuilder::new().delimiter(delimiter).from_writer(Vec::new());
    let mut write = |cells: Vec<String>| {
        let safe = cells.iter().map(|cell| plain(cell, one_line));
        // Into memory, and every record has as many cells as the first: this does not fail.
        let _ = writer.write_record(safe);
    };
    let names = diff.runs.iter().map(|run| run.run.display_name().to_owned());
    write(["Section", "Key"].map(str::to_owned).into_iter().chain(names).collect());
    for (title, rows) in tables {
        for row in rows {
            let head = [(*title).to_owned(), row.key.clone()];
            write(head.into_iter().chain(row.cells.iter().map(|cell| cell.exact.clone())).collect());
        }
    }
    let bytes = writer.into_inner().unwrap_or_default();
    String::from_utf8(bytes).unwrap_or_default()
}

/// A cell that no spreadsheet runs. In TSV, which is pasted, it has no tab and no line end either.
fn plain(text: &str, one_line: bool) -> String {
    if one_line {
        safe_cell(&text.replace(['\t', '\r', '\n'], " ")).into_owned()
    } else {
        safe_cell(text).into_owned()
    }
}
