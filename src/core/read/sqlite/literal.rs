//! Values that a column definition gives as its default.

use super::{Affinity, OwnedValue, tokens::Token};

/// The value of `DEFAULT …`, as rows older than the column show it. Expressions other than a
/// literal cannot stand there when a column is added to a table with rows, and count as NULL.
pub(super) fn default_value(mut tokens: &[Token], affinity: Affinity) -> OwnedValue {
    while let [Token::Sign('('), inner @ .., Token::Sign(')')] = tokens {
        tokens = inner;
    }
    let mut negative = false;
    while let [Token::Sign(sign @ ('+' | '-')), rest @ ..] = tokens {
        negative ^= *sign == '-';
        tokens = rest;
    }
    let value = match tokens {
        [Token::String(text) | Token::Name(text)] => OwnedValue::Text(text.clone()),
        [Token::Blob(digits)] => blob(digits),
        [Token::Word(word)] => self::word(word, negative),
        _ => OwnedValue::Null,
    };
    apply(value, affinity)
}

fn word(word: &str, negative: bool) -> OwnedValue {
    match word.to_ascii_uppercase().as_str() {
        "TRUE" => OwnedValue::Integer(1),
        "FALSE" => OwnedValue::Integer(0),
        "NULL" => OwnedValue::Null,
        _ => {
            let signed = if negative { format!("-{word}") } else { word.to_owned() };
            // A bare word that is no number is an identifier, which SQLite takes as text here.
            number(&signed).unwrap_or_else(|| OwnedValue::Text(word.to_owned()))
        }
    }
}

/// A number in SQL: decimal, float, or hexadecimal with wrap-around.
fn number(text: &str) -> Option<OwnedValue> {
    let (sign, digits) = text.strip_prefix('-').map_or((1, text), |digits| (-1, digits));
    if let Some(hex) = digits.strip_prefix("0x").or_else(|| digits.strip_prefix("0X")) {
        let bits = u64::from_str_radix(hex, 16).ok()?;
        return Some(OwnedValue::Integer(bits.cast_signed().wrapping_mul(sign)));
    }
    decimal(text)
}

fn decimal(text: &str) -> Option<OwnedValue> {
    if let Ok(whole) = text.parse() {
        return Some(OwnedValue::Integer(whole));
    }
    let looks_numeric = text.contains(|c: char| c.is_ascii_digit())
        && text.chars().all(|c| c.is_ascii_digit() || matches!(c, '+' | '-' | '.' | 'e' | 'E'));
    if looks_numeric { text.parse().ok().map(OwnedValue::Real) } else { None }
}

fn blob(digits: &str) -> OwnedValue {
    let nibbles: Option<Vec<u8>> =
        digits.chars().map(|c| c.to_digit(16).and_then(|d| u8::try_from(d).ok())).collect();
    match nibbles {
        Some(nibbles) => {
            OwnedValue::Blob(nibbles.as_chunks::<2>().0.iter().map(|[high, low]| high << 4 | low).collect())
        }
        None => OwnedValue::Null,
    }
}

/// What storing the value in a column of this affinity makes of it.
fn apply(value: OwnedValue, affinity: Affinity) -> OwnedValue {
    match (affinity, value) {
        (Affinity::Text, OwnedValue::Integer(whole)) => OwnedValue::Text(whole.to_string()),
        (Affinity::Text, OwnedValue::Real(float)) => OwnedValue::Text(float_text(float)),
        (Affinity::Integer | Affinity::Numeric | Affinity::Real, OwnedValue::Text(text)) => {
            match decimal(text.trim()) {
                Some(number) => apply(number, affinity),
                None => OwnedValue::Text(text),
            }
        }
        (Affinity::Real, OwnedValue::Integer(whole)) => OwnedValue::Real(whole as f64),
        (Affinity::Integer | Affinity::Numeric, OwnedValue::Real(float)) => {
            let is_whole = float.trunc() == float && float.abs() < 9.2e18;
            if is_whole { OwnedValue::Integer(float as i64) } else { OwnedValue::Real(float) }
        }
        (_, other) => other,
    }
}

/// As SQLite prints floats: always with a point.
fn float_text(float: f64) -> String {
    let text = float.to_string();
    if text.contains(['.', 'e', 'n', 'i']) { text } else { format!("{text}.0") }
}
