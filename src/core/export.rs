//! Tables as text to take away: one writer for every table and matrix.
//!
//! A [`Writer`] takes rows one after the other and gives what is written so far ([`Writer::take`]), so that a table
//! of any size is written in pieces. Whatever a value is, no dialect lets it start a formula of a spreadsheet, and
//! none lets it end its cell.

mod entry;
mod json;
mod latex;
mod markdown;
mod writer;

pub use entry::{Entry, Heading};
pub use latex::latex;
pub use markdown::markdown;
pub use writer::Writer;

/// A text format for tables.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Dialect {
    /// Commas between cells, exact values.
    Csv,
    /// Tabs between cells, to paste into a spreadsheet: exact values, each on one line.
    Tsv,
    /// An array of objects, one a row, exact values by machine name: numbers are numbers, what is missing is `null`,
    /// and NaN and the infinities, which JSON lacks, are the texts `NaN`, `Infinity` and `-Infinity`.
    Json,
    /// A table as people read it.
    Markdown,
    /// A `tabular` in the style of the package booktabs, as people read it.
    Latex,
}

impl Dialect {
    /// All of them.
    pub const ALL: [Self; 5] = [Self::Csv, Self::Tsv, Self::Json, Self::Markdown, Self::Latex];

    /// What people call it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Csv => "CSV",
            Self::Tsv => "TSV",
            Self::Json => "JSON",
            Self::Markdown => "Markdown",
            Self::Latex => "LaTeX",
        }
    }

    /// The end of a file's name, without the dot.
    pub fn extension(self) -> &'static str {
        match self {
            Self::Csv => "csv",
            Self::Tsv => "tsv",
            Self::Json => "json",
            Self::Markdown => "md",
            Self::Latex => "tex",
        }
    }

    /// The media type of a file.
    pub fn media_type(self) -> &'static str {
        match self {
            Self::Csv => "text/csv",
            Self::Tsv => "text/tab-separated-values",
            Self::Json => "application/json",
            Self::Markdown => "text/markdown",
            Self::Latex => "application/x-tex",
        }
    }
}
