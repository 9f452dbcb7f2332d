//! Metric files: one point a line, `timestamp value step`, as bytes.
//!
//! MLflow 0.x wrote no step; MLflow 3 may add a dataset's name and digest. MLflow's own client
//! takes the step only from lines of three fields (`FileStore._get_metric_from_line` of 3.17) and
//! so reads 0 where a dataset follows; the step that was logged is there, and is read here.

use crate::{history::History, model::Point};

/// Points of a metric file, and the lines that are none.
#[derive(Debug, Default)]
pub(super) struct Parsed {
    /// As they stand in the file.
    pub(super) points: History,
    pub(super) bad: BadLines,
}

/// Lines that could not be read.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct BadLines {
    pub(super) count: u64,
    /// Number, from 1, and text of the first.
    pub(super) first: Option<(u64, String)>,
}

impl BadLines {
    pub(super) fn add(&mut self, number: u64, line: &[u8]) {
        self.count += 1;
        if self.first.is_none() {
            let shown = line.get(..60).unwrap_or(line);
            self.first = Some((number, String::from_utf8_lossy(shown).into_owned()));
        }
    }

    /// What to say of them, if there are any.
    pub(super) fn reason(&self) -> Option<String> {
        let (number, line) = self.first.as_ref()?;
        Some(match self.count {
            1 => format!("line {number} is no metric line and was left out: {line:?}"),
            count => format!(
                "{count} lines are no metric lines and were left out; the first is line {number}: {line:?}"
            ),
        })
    }
}

/// Reads a metric file of a run.
pub(super) fn parse(bytes: &[u8]) -> Parsed {
    let mut parsed = Parsed { points: History::with_capacity(bytes.len() / 36), ..Parsed::default() };
    let mut rest = bytes;
    let mut number = 1;
    while !rest.is_empty() {
        if let Some((point, after)) = plain_line(rest) {
            parsed.points.push(point);
            rest = after;
        } else {
            let (line, after) = split_at_byte(rest, b'\n');
            rest = after;
            let line = line.trim_ascii();
            match point(line) {
                Some(point) => parsed.points.push(point),
                None if line.is_empty() => {}
                None => parsed.bad.add(number, line),
            }
        }
        number += 1;
    }
    parsed
}

/// A line of three fields and its line end as MLflow writes them, in one pass; anything else is
/// left to the slower way.
fn plain_line(bytes: &[u8]) -> Option<(Point, &[u8])> {
    let (timestamp, rest) = leading_int(bytes, b' ')?;
    let (value, rest) = split_at_byte(rest, b' ');
    let (step, rest) = leading_int(rest, b'\n')?;
    Some((Point { step, timestamp, value: float(value)? }, rest))
}

/// Up to eighteen digits and the byte that must follow them.
fn leading_int(bytes: &[u8], end: u8) -> Option<(i64, &[u8])> {
    let mut value = 0_i64;
    for (at, &byte) in bytes.iter().take(19).enumerate() {
        match byte {
            b'0'..=b'9' if at < 18 => value = value * 10 + i64::from(byte - b'0'),
            byte if byte == end && at > 0 => return Some((value, bytes.get(at + 1..)?)),
            _ => return None,
        }
    }
    None
}

/// The lines that are not empty, trimmed, with their numbers from 1.
pub(super) fn lines(bytes: &[u8]) -> impl Iterator<Item = (u64, &[u8])> {
    let numbered = bytes.split(|&b| b == b'\n').zip(1..);
    numbered.map(|(line, number)| (number, line.trim_ascii())).filter(|(_, line)| !line.is_empty())
}

fn point(line: &[u8]) -> Option<Point> {
    let (timestamp, rest) = field(line);
    let (value, rest) = field(rest);
    let (step, rest) = field(rest);
    let step = match (step, rest) {
        ([], _) => 0,
        (step, []) => int(step)?,
        (step, rest) => dataset(rest).then(|| int(step))??,
    };
    Some(Point { step, timestamp: int(timestamp)?, value: float(value)? })
}

/// Splits off the text before the next single space, as `str.split(" ")` does.
pub(super) fn field(line: &[u8]) -> (&[u8], &[u8]) {
    split_at_byte(line, b' ')
}

/// What stands before the first `byte`, and what after it.
fn split_at_byte(bytes: &[u8], byte: u8) -> (&[u8], &[u8]) {
    match bytes.iter().position(|&b| b == byte) {
        Some(at) => (bytes.get(..at).unwrap_or_default(), bytes.get(at + 1..).unwrap_or_default()),
        None => (bytes, &[]),
    }
}

/// Whether what follows the step is a dataset: a name, which may contain spaces, and a digest.
/// Numbers there are two lines run into one.
fn dataset(rest: &[u8]) -> bool {
    let mut fields = rest.split(|&b| b == b' ');
    let (name, digest) = (fields.next(), fields.next_back());
    digest.is_some() && (fields.next().is_none() || name.is_some_and(|n| float(n).is_none()))
}

/// A whole number as Python's `int` reads it, within 64 bits.
pub(super) fn int(text: &[u8]) -> Option<i64> {
    let (negative, digits) = match text {
        [b'-', digits @ ..] => (true, digits),
        [b'+', digits @ ..] => (false, digits),
        digits => (false, digits),
    };
    if digits.is_empty() {
        return None;
    }
    // Eighteen digits cannot overflow; timestamps and steps are shorter.
    if digits.len() <= 18
        && let Some(value) = plain_digits(digits)
    {
        return Some(if negative { -value } else { value });
    }
    std::str::from_utf8(text).ok()?.parse().ok()
}

fn plain_digits(digits: &[u8]) -> Option<i64> {
    digits.iter().try_fold(0_i64, |value, b| b.is_ascii_digit().then(|| value * 10 + i64::from(b - b'0')))
}

/// A float as Python's `float` reads it: `nan`, `inf`, `Infinity` in any case, `.5`, `5.`, `1e400`.
pub(super) fn float(text: &[u8]) -> Option<f64> {
    short_decimal(text).or_else(|| std::str::from_utf8(text).ok()?.parse().ok())
}

/// Decimals of at most 15 digits: both the digits and the power of ten are exact as floats, so
/// one division is correctly rounded.
fn short_decimal(text: &[u8]) -> Option<f64> {
    const POWERS: [f64; 16] =
        [1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15];
    let (negative, digits) = match text {
        [b'-', digits @ ..] => (true, digits),
        digits => (false, digits),
    };
    if digits.len() > 16 {
        return None;
    }
    let (mut value, mut seen, mut places) = (0_u64, 0, None);
    for &byte in digits {
        match byte {
            b'0'..=b'9' => {
                value = value * 10 + u64::from(byte - b'0');
                seen += 1;
                places = places.map(|p: usize| p + 1);
            }
            b'.' if places.is_none() => places = Some(0),
            _ => return None,
        }
    }
    if seen == 0 || seen > 15 {
        return None;
    }
    let value = value as f64 / POWERS.get(places.unwrap_or(0))?;
    Some(if negative { -value } else { value })
}
