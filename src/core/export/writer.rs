use std::fmt::Write as _;

use super::{Dialect, Entry, Heading, json, latex, markdown};
use crate::format::safe_cell;

/// Writes a table row by row.
#[derive(Debug)]
pub struct Writer {
    dialect: Dialect,
    headings: Vec<Heading>,
    rows: u64,
    out: Out,
}

#[derive(Debug)]
enum Out {
    Delimited(Box<csv::Writer<Vec<u8>>>),
    Text(String),
}

impl Writer {
    /// Begins a table with these columns.
    pub fn new(dialect: Dialect, headings: Vec<Heading>) -> Self {
        let out = delimited(dialect).unwrap_or_else(|| Out::Text(String::new()));
        let mut writer = Self { dialect, headings, rows: 0, out };
        writer.begin();
        writer
    }

    /// Adds a row; it has a cell for each column.
    pub fn row(&mut self, cells: &[Entry]) {
        let dialect = self.dialect;
        match &mut self.out {
            Out::Delimited(out) => record(out, dialect, cells.iter().map(|cell| &*cell.exact)),
            Out::Text(out) => match dialect {
                Dialect::Json => {
                    out.push_str(if self.rows == 0 { "\n  " } else { ",\n  " });
                    json::object(&self.headings, cells, out);
                }
                Dialect::Latex => latex_row(cells.iter().map(|cell| &*cell.shown), out),
                _ => markdown_row(cells.iter().map(|cell| markdown(&cell.shown)), out),
            },
        }
        self.rows += 1;
    }

    /// What was written since this was last asked for.
    pub fn take(&mut self) -> String {
        match &mut self.out {
            Out::Text(out) => std::mem::take(out),
            Out::Delimited(_) => {
                let next = delimited(self.dialect).unwrap_or_else(|| Out::Text(String::new()));
                match std::mem::replace(&mut self.out, next) {
                    // Into memory, and of texts: neither step fails.
                    Out::Delimited(out) => {
                        out.into_inner().ok().and_then(|bytes| String::from_utf8(bytes).ok())
                    }
                    Out::Text(out) => Some(out),
                }
                .unwrap_or_default()
            }
        }
    }

    /// Ends the table, and gives what was written since [`Self::take`].
    pub fn end(mut self) -> String {
        if let Out::Text(out) = &mut self.out {
            match self.dialect {
                Dialect::Json => out.push_str(if self.rows == 0 { "]\n" } else { "\n]\n" }),
                Dialect::Latex => out.push_str("\\bottomrule\n\\end{tabular}\n"),
                _ => {}
            }
        }
        self.take()
    }

    fn begin(&mut self) {
        let (dialect, headings) = (self.dialect, &self.headings);
        let labels = || headings.iter().map(|heading| heading.label.as_str());
        match &mut self.out {
            Out::Delimited(out) => record(out, dialect, headings.iter().map(|heading| heading.name.as_str())),
            Out::Text(out) => match dialect {
                Dialect::Json => out.push('['),
                Dialect::Latex => {
                    let columns: String =
                        headings.iter().map(|heading| if heading.numeric { 'r' } else { 'l' }).collect();
                    out.push_str("% \\usepackage{booktabs}\n");
                    let _ = write!(out, "\\begin{{tabular}}{{{columns}}}\n\\toprule\n");
                    latex_row(labels(), out);
                    out.push_str("\\midrule\n");
                }
                _ => {
                    markdown_row(labels().map(markdown), out);
                    let lines = headings.iter().map(|heading| if heading.numeric { "---:" } else { "---" });
                    markdown_row(lines.map(str::to_owned), out);
                }
            },
        }
    }
}

fn delimited(dialect: Dialect) -> Option<Out> {
    let delimiter = match dialect {
        Dialect::Csv => b',',
        Dialect::Tsv => b'\t',
        Dialect::Json | Dialect::Markdown | Dialect::Latex => return None,
    };
    let out = csv::WriterBuilder::new().delimiter(delimiter).flexible(true).from_writer(Vec::new());
    Some(Out::Delimited(Box::new(out)))
}

fn record<'a>(out: &mut csv::Writer<Vec<u8>>, dialect: Dialect, cells: impl Iterator<Item = &'a str>) {
    // Into memory: this does not fail.
    let _ = match dialect {
        // What is pasted has no tab and no line end inside a cell.
        Dialect::Tsv => {
            out.write_record(cells.map(|cell| safe_cell(&cell.replace(['\t', '\r', '\n'], " ")).into_owned()))
        }
        _ => out.write_record(cells.map(|cell| safe_cell(cell).into_owned())),
    };
}

fn markdown_row(cells: impl Iterator<Item = String>, out: &mut String) {
    out.push('|');
    for cell in cells {
        out.push(' ');
        out.push_str(&cell);
        out.push_str(" |");
    }
    out.push('\n');
}

fn latex_row<'a>(cells: impl Iterator<Item = &'a str>, out: &mut String) {
    for (at, cell) in cells.enumerate() {
        if at > 0 {
            out.push_str(" & ");
        }
        out.push_str(&latex(cell));
    }
    out.push_str(" \\\\\n");
}
