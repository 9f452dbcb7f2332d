use super::{Entry, Heading};

/// One row as an object.
pub(super) fn object(headings: &[Heading], cells: &[Entry], out: &mut String) {
    out.push('{');
    for (at, (heading, cell)) in headings.iter().zip(cells).enumerate() {
        if at > 0 {
            out.push_str(", ");
        }
        string(&heading.name, out);
        out.push_str(": ");
        value(cell, out);
    }
    out.push('}');
}

fn value(cell: &Entry, out: &mut String) {
    match cell.number {
        _ if cell.missing => out.push_str("null"),
        Some(number) if number.is_finite() => out.push_str(&cell.exact),
        Some(number) if number.is_nan() => out.push_str("\"NaN\""),
        Some(number) => out.push_str(if number > 0.0 { "\"Infinity\"" } else { "\"-Infinity\"" }),
        None => string(&cell.exact, out),
    }
}

fn string(text: &str, out: &mut String) {
    // Text always becomes JSON.
    out.push_str(&serde_json::to_string(text).unwrap_or_default());
}
