use super::{Diff, DiffCell, DiffFilter, DiffRow, RunsOfColumn, view};
use crate::{
    export::{latex as latex_text, markdown as markdown_text},
    format::{Clock, safe_cell},
};

/// A text format for the matrix.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// A Markdown table a section, as people read it: rounded, with deltas.
    Markdown,
    /// A LaTeX table a section, with what a person reads.
    Latex,
    /// Tabs between cells, to paste into a spreadsheet: exact values.
    Tsv,
    /// Commas between cells, exact values.
    Csv,
}

pub(super) fn export(
    diff: &Diff,
    filter: &DiffFilter,
    columns: &[RunsOfColumn],
    format: Format,
    clock: &Clock,
) -> String {
    let rows = |index: usize| -> Vec<DiffRow> {
        let rows = view::rows(diff, index, filter);
        rows.iter().filter_map(|(row, _)| named(diff, index, *row, columns, clock)).collect()
    };
    let sections = diff.sections.iter().enumerate();
    let tables = sections.map(|(index, section)| (section.kind.title(), rows(index)));
    let matrix =
        Matrix { names: names(diff, columns), tables: tables.filter(|(_, rows)| !rows.is_empty()).collect() };
    match format {
        Format::Markdown => markdown(&matrix),
        Format::Latex => latex(&matrix),
        Format::Tsv => delimited(&matrix, b'\t'),
        Format::Csv => delimited(&matrix, b','),
    }
}

/// What is written, whatever the format.
struct Matrix {
    /// What the columns are called; the baseline is the first.
    names: Vec<String>,
    /// Title and rows of each section.
    tables: Vec<(&'static str, Vec<DiffRow>)>,
}

/// A row whose key says where it is, also without the one above.
fn named(
    diff: &Diff,
    section: usize,
    row: usize,
    columns: &[RunsOfColumn],
    clock: &Clock,
) -> Option<DiffRow> {
    let key = diff.id_of(section, row)?.words();
    Some(DiffRow { key, ..super::row::whole(diff, section, row, columns, clock)? })
}

fn names(diff: &Diff, columns: &[RunsOfColumn]) -> Vec<String> {
    let name = |column: &RunsOfColumn| {
        let first = column.first().and_then(|run| diff.runs.get(*run));
        let first = first.map(|run| run.run.display_name()).unwrap_or_default();
        match column.len() {
            0 | 1 => first.to_owned(),
            many => format!("{first} and {} more", many - 1),
        }
    };
    columns.iter().map(name).collect()
}

fn markdown(matrix: &Matrix) -> String {
    let name = |(index, name): (usize, &String)| {
        let baseline = if index == 0 { " (baseline)" } else { "" };
        format!("{}{baseline}", markdown_text(name))
    };
    let names: Vec<String> = matrix.names.iter().enumerate().map(name).collect();
    let line = |first: &str, cells: Vec<String>| format!("| {first} | {} |", cells.join(" | "));
    let mut lines = Vec::new();
    for (title, rows) in &matrix.tables {
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
    let text = markdown_text(&cell.text);
    if cell.missing || cell.empty {
        return format!("*{text}*");
    }
    let text = if cell.best { format!("**{text}**") } else { text };
    match (&cell.delta, &cell.bad) {
        (Some(delta), _) => format!("{text} ({})", delta.text),
        (None, Some(bad)) => format!("{text} ({bad})"),
        (None, None) => text,
    }
}

/// One `longtable` a section, for the packages `longtable` and `booktabs`.
fn latex(matrix: &Matrix) -> String {
    let columns = format!("l{}", "l".repeat(matrix.names.len()));
    let line = |first: String, cells: Vec<String>| {
        let cells: Vec<String> = std::iter::once(first).chain(cells).collect();
        format!("{} \\\\", cells.join(" & "))
    };
    let name = |(index, name): (usize, &String)| {
        let baseline = if index == 0 { " (baseline)" } else { "" };
        format!("{}{baseline}", latex_text(name))
    };
    let mut lines = vec!["% \\usepackage{booktabs, longtable}".to_owned()];
    for (title, rows) in &matrix.tables {
        lines.push(format!("\\begin{{longtable}}{{{columns}}}"));
        lines.push(format!("\\caption{{{}}} \\\\", latex_text(title)));
        lines.push("\\toprule".to_owned());
        lines.push(line("Key".to_owned(), matrix.names.iter().enumerate().map(name).collect()));
        lines.push("\\midrule\n\\endhead".to_owned());
        let row = |row: &DiffRow| line(latex_text(&row.key), row.cells.iter().map(latex_cell).collect());
        lines.extend(rows.iter().map(row));
        lines.push("\\bottomrule\n\\end{longtable}".to_owned());
    }
    lines.push(String::new());
    lines.join("\n")
}

fn latex_cell(cell: &DiffCell) -> String {
    let text = latex_text(&cell.text);
    if cell.missing || cell.empty {
        return format!("\\textit{{{text}}}");
    }
    let text = if cell.best { format!("\\textbf{{{text}}}") } else { text };
    match (&cell.delta, &cell.bad) {
        (Some(delta), _) => format!("{text} ({})", latex_text(&delta.text)),
        (None, Some(bad)) => format!("{text} ({})", latex_text(bad)),
        (None, None) => text,
    }
}

fn delimited(matrix: &Matrix, delimiter: u8) -> String {
    let one_line = delimiter == b'\t';
    let mut writer = csv::WriterBuilder::new().delimiter(delimiter).from_writer(Vec::new());
    let mut write = |cells: Vec<String>| {
        let safe = cells.iter().map(|cell| plain(cell, one_line));
        // Into memory, and every record has as many cells as the first: this does not fail.
        let _ = writer.write_record(safe);
    };
    write(["Section", "Key"].map(str::to_owned).into_iter().chain(matrix.names.iter().cloned()).collect());
    for (title, rows) in &matrix.tables {
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
