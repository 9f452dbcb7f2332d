//! Numbers in lists. MLflow takes none, but it prints them.

/// A number as Python prints it; `None` for what is none.
pub(super) fn repr(text: &str) -> Option<String> {
    let lower = text.to_ascii_lowercase();
    let well_placed = !lower.starts_with('_') && !lower.ends_with('_') && !lower.contains("__");
    let plain = lower.replace('_', "");
    if !well_placed {
        return None;
    }
    for (prefix, base) in [("0x", 16), ("0o", 8), ("0b", 2)] {
        if let Some(digits) = plain.strip_prefix(prefix) {
            return u128::from_str_radix(digits, base).ok().map(|value| value.to_string());
        }
    }
    if let Some(imaginary) = plain.strip_suffix('j') {
        let value = float(imaginary)?;
        return Some(format!("{}j", value.strip_suffix(".0").unwrap_or(&value)));
    }
    if !plain.bytes().all(|byte| byte.is_ascii_digit()) {
        return float(&plain);
    }
    // Zero may have any number of digits, nothing else may begin with one.
    let digits = plain.trim_start_matches('0');
    match digits {
        "" => Some("0".to_owned()),
        _ if digits.len() < plain.len() => None,
        _ => Some(plain),
    }
}

/// `repr` of a float: the fewest digits that name it, with an exponent below 1e-4 and from 1e16 on.
fn float(text: &str) -> Option<String> {
    if !text.starts_with(|first: char| first.is_ascii_digit() || first == '.') {
        return None;
    }
    let value: f64 = text.parse().ok()?;
    if value.is_infinite() {
        return Some("inf".to_owned());
    }
    let scientific = format!("{value:e}");
    let (digits, exponent) = scientific.split_once('e')?;
    let exponent: i32 = exponent.parse().ok()?;
    if (-4..16).contains(&exponent) {
        let plain = format!("{value}");
        return Some(if plain.contains('.') { plain } else { format!("{plain}.0") });
    }
    let sign = if exponent < 0 { '-' } else { '+' };
    Some(format!("{digits}e{sign}{:02}", exponent.abs()))
}
