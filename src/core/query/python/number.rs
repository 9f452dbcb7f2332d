use std::cmp::Ordering;

use super::super::sql::chars::{digit_value, is_space};

/// A number of a filter for an attribute.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum Number {
    /// Whole, and at the ends of `i128` anything beyond.
    Int(i128),
    /// Not whole as written.
    Float(f64),
}

impl Number {
    /// How a stored time compares: exactly, as Python and SQLite compare whole numbers with floats.
    pub(crate) fn compare(self, stored: i64) -> Ordering {
        let stored = i128::from(stored);
        match self {
            Self::Int(value) => stored.cmp(&value),
            // The greatest i64 is far below where the cast saturates.
            Self::Float(value) => {
                let whole = value.floor();
                stored.cmp(&(whole as i128)).then(if value > whole {
                    Ordering::Less
                } else {
                    Ordering::Equal
                })
            }
        }
    }

    /// Whether SQLite has room for it.
    pub(crate) fn fits_database(self) -> bool {
        match self {
            Self::Int(value) => i64::try_from(value).is_ok(),
            Self::Float(_) => true,
        }
    }
}

/// `float` of a number as sqlparse cuts it: digits of any script, a dot, an exponent.
pub(crate) fn float(text: &str) -> f64 {
    ascii(text).parse().unwrap_or(f64::NAN)
}

/// `int` of a text; the reason where it has none.
pub(crate) fn int(text: &str) -> Result<i128, String> {
    let invalid = || format!("invalid literal for int() with base 10: {}", super::repr(text));
    let trimmed = text.trim_matches(is_space);
    let digits = trimmed.strip_prefix(['+', '-']).unwrap_or(trimmed);
    let well_placed = !digits.is_empty()
        && !digits.starts_with('_')
        && !digits.ends_with('_')
        && !digits.contains("__")
        && digits.chars().all(|letter| letter == '_' || digit_value(letter).is_some());
    if !well_placed {
        return Err(invalid());
    }
    let count = digits.chars().filter(|&letter| letter != '_').count();
    if count > 4300 {
        return Err(format!(
            "Exceeds the limit (4300 digits) for integer string conversion: value has {count} digits; \
             use sys.set_int_max_str_digits() to increase the limit"
        ));
    }
    let value = digits
        .chars()
        .filter_map(digit_value)
        .fold(0_i128, |value, digit| value.saturating_mul(10).saturating_add(i128::from(digit)));
    Ok(if trimmed.starts_with('-') { -value } else { value })
}

fn ascii(text: &str) -> String {
    let digit = |letter: char| digit_value(letter).and_then(|value| char::from_digit(value, 10));
    text.chars().map(|letter| digit(letter).unwrap_or(letter)).collect()
}
