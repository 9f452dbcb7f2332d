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
