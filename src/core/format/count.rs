/// A whole number with thousands: `18,772`, `−1,176`.
pub fn integer(value: i64) -> String {
    let digits = unsigned(value.unsigned_abs());
    if value < 0 { format!("\u{2212}{digits}") } else { digits }
}

/// A whole number with thousands: `18,772`.
pub fn unsigned(value: u64) -> String {
    group(&value.to_string())
}

/// How many of what: `1 run`, `18,772 runs`.
pub fn count(value: u64, one: &str, many: &str) -> String {
    format!("{} {}", unsigned(value), if value == 1 { one } else { many })
}

/// A part of a whole: `31 of 128 runs`.
pub fn of_total(part: u64, total: u64, one: &str, many: &str) -> String {
    format!("{} of {}", unsigned(part), count(total, one, many))
}

/// A whole number in little space, for steps and badges: `9,999`, `13.3k`, `20k`, `1.2M`.
/// Cut, never rounded up, so that it does not name a step that was not reached.
pub fn compact(value: i64) -> String {
    const UNITS: [(u64, &str); 6] = [
        (1_000_000_000_000_000_000, "E"),
        (1_000_000_000_000_000, "P"),
        (1_000_000_000_000, "T"),
        (1_000_000_000, "G"),
        (1_000_000, "M"),
        (1_000, "k"),
    ];
    let size = value.unsigned_abs();
    if size < 10_000 {
        return integer(value);
    }
    let (unit, letter) = UNITS.into_iter().find(|(unit, _)| size >= *unit).unwrap_or((1, ""));
    let tenths = size / (unit / 10).max(1);
    let sign = if value < 0 { "\u{2212}" } else { "" };
    let (whole, tenth) = (tenths / 10, tenths % 10);
    if tenth == 0 { format!("{sign}{whole}{letter}") } else { format!("{sign}{whole}.{tenth}{letter}") }
}

/// Commas between groups of three digits.
pub(super) fn group(digits: &str) -> String {
    let mut out = String::with_capacity(digits.len() + digits.len() / 3);
    for (i, digit) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}
