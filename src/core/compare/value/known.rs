use std::collections::{BTreeMap, HashMap};

use super::{Scalar, ScalarKind, Value};

/// Values that were met, so that two of them are equal exactly if their numbers are. Keys of maps count in any order;
/// numbers by their value, so that `1` is `1.0`.
#[derive(Default)]
pub(in super::super) struct Known {
    numbers: HashMap<Shape, Number>,
}

/// A value among those that were met.
pub(in super::super) type Number = u32;

#[derive(PartialEq, Eq, Hash)]
enum Shape {
    Scalar(ScalarKind, String),
    List(Vec<Number>),
    Map(BTreeMap<String, Number>),
}

/// A value with its number, and so all values in it.
pub(in super::super) struct Numbered<'a> {
    pub(in super::super) number: Number,
    pub(in super::super) value: &'a Value,
    pub(in super::super) inside: Inside<'a>,
}

/// What a value holds.
pub(in super::super) enum Inside<'a> {
    Nothing,
    List(Vec<Numbered<'a>>),
    /// Each key once, in the order of the file.
    Map(Vec<(&'a str, Numbered<'a>)>),
}

impl Known {
    /// Numbers a value and all in it, each once.
    pub(in super::super) fn number<'a>(&mut self, value: &'a Value) -> Numbered<'a> {
        let (shape, inside) = match value {
            Value::Scalar(scalar) => (Shape::Scalar(scalar.kind, essence(scalar)), Inside::Nothing),
            Value::List(items) => {
                let items: Vec<Numbered> = items.iter().map(|item| self.number(item)).collect();
                (Shape::List(items.iter().map(|item| item.number).collect()), Inside::List(items))
            }
            Value::Map(pairs) => {
                let last: HashMap<&str, usize> =
                    pairs.iter().enumerate().map(|(at, (key, _))| (key.as_str(), at)).collect();
                let is_last = |(at, (key, _)): &(usize, &(String, Value))| last.get(key.as_str()) == Some(at);
                let kept = pairs.iter().enumerate().filter(is_last);
                let pairs: Vec<(&str, Numbered)> =
                    kept.map(|(_, (key, value))| (key.as_str(), self.number(value))).collect();
                let of = |(key, value): &(&str, Numbered)| ((*key).to_owned(), value.number);
                (Shape::Map(pairs.iter().map(of).collect()), Inside::Map(pairs))
            }
        };
        let next = self.numbers.len() as Number;
        Numbered { number: *self.numbers.entry(shape).or_insert(next), value, inside }
    }
}

/// What of a scalar counts.
fn essence(scalar: &Scalar) -> String {
    let text = scalar.text.as_str();
    match scalar.kind {
        ScalarKind::Null => String::new(),
        ScalarKind::Bool => text.to_lowercase(),
        ScalarKind::Text => text.to_owned(),
        ScalarKind::Number => match (text.parse::<i128>(), text.replace('_', "").parse::<f64>()) {
            (Ok(whole), _) => whole.to_string(),
            // Up to here every whole number is one of its own.
            (_, Ok(value)) if value.fract() == 0.0 && value.abs() < 9.0e15 => (value as i64).to_string(),
            (_, Ok(value)) if value.is_nan() => "nan".to_owned(),
            (_, Ok(value)) => value.to_string(),
            _ => text.to_lowercase().trim_start_matches('.').to_owned(),
        },
    }
}
