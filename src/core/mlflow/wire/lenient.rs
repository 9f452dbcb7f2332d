//! Scalars as any version of MLflow may write them.

use std::{borrow::Cow, fmt};

use serde::{
    Deserialize, Deserializer,
    de::{Error, Visitor},
};

use crate::model::Pairs;

/// A 64-bit integer: a number, or text as in plain protobuf JSON.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Int(pub(super) i64);

/// A double: a number, or text for NaN and the infinities.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub(super) struct Double(pub(super) f64);

/// A text, where some version writes a number (ids and versions of models) or null.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Text(pub(super) String);

struct Scalar<T>(std::marker::PhantomData<T>);

impl<'de> Deserialize<'de> for Int {
    fn deserialize<D: Deserializer<'de>>(decoder: D) -> Result<Self, D::Error> {
        decoder.deserialize_any(Scalar::<Self>(std::marker::PhantomData))
    }
}

impl<'de> Deserialize<'de> for Double {
    fn deserialize<D: Deserializer<'de>>(decoder: D) -> Result<Self, D::Error> {
        decoder.deserialize_any(Scalar::<Self>(std::marker::PhantomData))
    }
}

impl<'de> Deserialize<'de> for Text {
    fn deserialize<D: Deserializer<'de>>(decoder: D) -> Result<Self, D::Error> {
        decoder.deserialize_any(Scalar::<Self>(std::marker::PhantomData))
    }
}

impl Visitor<'_> for Scalar<Int> {
    type Value = Int;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a 64-bit integer")
    }

    fn visit_i64<E: Error>(self, number: i64) -> Result<Int, E> {
        Ok(Int(number))
    }

    fn visit_u64<E: Error>(self, number: u64) -> Result<Int, E> {
        i64::try_from(number).map(Int).map_err(|_too_large| E::custom(format!("{number} exceeds 64 bits")))
    }

    fn visit_f64<E: Error>(self, number: f64) -> Result<Int, E> {
        // Proxies that re-write JSON may turn 1000 into 1000.0 or 1e3.
        if number.fract() == 0.0 && number.abs() < 9e15 {
            return Ok(Int(number as i64));
        }
        Err(E::custom(format!("{number} is no whole number")))
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<Int, E> {
        text.trim().parse().map(Int).map_err(|_not_one| E::custom(format!("{text:?} is no whole number")))
    }

    fn visit_unit<E: Error>(self) -> Result<Int, E> {
        Ok(Int(0))
    }
}

impl Visitor<'_> for Scalar<Double> {
    type Value = Double;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a number")
    }

    fn visit_i64<E: Error>(self, number: i64) -> Result<Double, E> {
        Ok(Double(number as f64))
    }

    fn visit_u64<E: Error>(self, number: u64) -> Result<Double, E> {
        Ok(Double(number as f64))
    }

    fn visit_f64<E: Error>(self, number: f64) -> Result<Double, E> {
        Ok(Double(number))
    }

    /// Rust's own grammar holds protobuf's words (`NaN`, `Infinity`, `-Infinity`).
    fn visit_str<E: Error>(self, text: &str) -> Result<Double, E> {
        text.trim().parse().map(Double).map_err(|_not_one| E::custom(format!("{text:?} is no number")))
    }

    /// What writers without NaN in their JSON put for it.
    fn visit_unit<E: Error>(self) -> Result<Double, E> {
        Ok(Double(f64::NAN))
    }
}

impl Visitor<'_> for Scalar<Text> {
    type Value = Text;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a text")
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<Text, E> {
        Ok(Text(text.to_owned()))
    }

    fn visit_string<E: Error>(self, text: String) -> Result<Text, E> {
        Ok(Text(text))
    }

    fn visit_i64<E: Error>(self, number: i64) -> Result<Text, E> {
        Ok(Text(number.to_string()))
    }

    fn visit_u64<E: Error>(self, number: u64) -> Result<Text, E> {
        Ok(Text(number.to_string()))
    }

    fn visit_f64<E: Error>(self, number: f64) -> Result<Text, E> {
        Ok(Text(number.to_string()))
    }

    fn visit_bool<E: Error>(self, flag: bool) -> Result<Text, E> {
        Ok(Text(flag.to_string()))
    }

    fn visit_unit<E: Error>(self) -> Result<Text, E> {
        Ok(Text::default())
    }
}

/// A key and its value, as params and all kinds of tags are written.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Pair {
    key: Text,
    value: Text,
}

/// Sorted by key; of keys that come twice the last counts, as in a Python dict.
pub(super) fn pairs(list: Vec<Pair>) -> Pairs {
    let map: std::collections::BTreeMap<String, String> =
        list.into_iter().map(|pair| (pair.key.0, pair.value.0)).collect();
    map.into_iter().collect()
}

/// Puts quotes around bare `NaN`, `Infinity` and `-Infinity`, which are no JSON but which Python's
/// `json.dumps` writes (`metrics/get-history-bulk` does). Texts stay as they are.
pub(super) fn quote_bare_words(body: &[u8]) -> Cow<'_, [u8]> {
    let mut out: Vec<u8> = Vec::new();
    let (mut copied, mut at, mut inside) = (0, 0, false);
    while let Some(&byte) = body.get(at) {
        let rest = body.get(at..).unwrap_or_default();
        let mut step = 1;
        match byte {
            b'"' => inside = !inside,
            b'\\' if inside => step = 2,
            b'N' | b'I' | b'-' if !inside => {
                let word =
                    [&b"NaN"[..], b"Infinity", b"-Infinity"].into_iter().find(|word| rest.starts_with(word));
                if let Some(word) = word {
                    out.extend_from_slice(body.get(copied..at).unwrap_or_default());
                    out.push(b'"');
                    out.extend_from_slice(word);
                    out.push(b'"');
                    step = word.len();
                    copied = at + step;
                }
            }
            _ => {}
        }
        at += step;
    }
    if copied == 0 {
        return Cow::Borrowed(body);
    }
    out.extend_from_slice(body.get(copied..).unwrap_or_default());
    Cow::Owned(out)
}
