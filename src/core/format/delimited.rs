use std::borrow::Cow;

/// Text for a cell of a CSV or TSV file that spreadsheets will not run as a formula: what begins
/// like one gets an apostrophe in front, unless it is just a number (`-0.5`, `+3`).
pub fn safe_cell(text: &str) -> Cow<'_, str> {
    if starts_formula(text) { Cow::Owned(format!("'{text}")) } else { Cow::Borrowed(text) }
}

/// Whether a spreadsheet may take a text for a formula.
pub fn starts_formula(text: &str) -> bool {
    // Spreadsheets skip blanks and control characters before they look, some take the full-width
    // forms for the plain ones, and quotes may be gone by the time they look.
    let skipped =
        |c: char| c.is_whitespace() || c.is_control() || matches!(c, '\u{feff}' | '\u{200b}' | '"' | '\'');
    let begins = text.trim_start_matches(skipped).starts_with(['=', '+', '-', '@', '＝', '＋', '－', '＠']);
    let number = || text.parse::<f64>().is_ok_and(f64::is_finite);
    let breaks = text.trim_start_matches(['"', '\'']).starts_with(['\t', '\r', '\n']);
    (begins && !number()) || breaks
}
