//! Histories as compact binary blocks.
//!
//! A block gives back exactly the columns that went in: the same order, every i64, every bit of
//! every f64 (NaN payloads, infinities and -0 among them). Its head carries what tables and axes
//! need, so that [`BlockInfo::peek`] answers without decoding.
//!
//! Layout of version 1, numbers little-endian, `varint` as in LEB128, `zigzag` as in protobuf:
//!
//! | part | bytes |
//! |---|---|
//! | version | 1 |
//! | count | varint; 0 ends the block |
//! | flags | 1, see the constants below |
//! | how many values are not finite | varint, only with `NON_FINITE` |
//! | latest point | zigzag varint step, zigzag varint timestamp, 8 bytes value |
//! | least, greatest finite value | 8 bytes each, unless a flag says that it is the latest value |
//! | steps | first (zigzag varint, less the latest), then packed zigzag deltas; a block of one point ends before |
//! | timestamps | likewise |
//! | values | packed bits, or with `DICTIONARY`: varint length, packed bits of the distinct values, packed indices |
//!
//! "Packed" is explained in `codec/pack.rs`. Regular steps cost three bytes per 128 points.

mod bytes;
mod pack;
mod values;

use bytes::{Reader, put_varint, unzigzag, zigzag};
use pack::Group;

use super::{History, compare_latest};
use crate::model::Point;

/// Version of the format that [`encode`] writes.
pub const VERSION: u8 = 1;

/// Some value is finite, so the block has a least and a greatest one.
const FINITE: u8 = 1;
/// The least value has the bits of the latest one and is left out.
const MIN_IS_LAST: u8 = 2;
/// The greatest value has the bits of the latest one and is left out.
const MAX_IS_LAST: u8 = 4;
/// Some value is not finite; their number follows.
const NON_FINITE: u8 = 8;
/// The values are a dictionary and indices into it.
const DICTIONARY: u8 = 16;

/// Why a block could not be read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum CodecError {
    /// No bytes at all.
    #[error("the history block is empty")]
    Empty,
    /// A newer release wrote it.
    #[error(
        "this history was written by a newer release (format {found}, this release reads up to {VERSION})"
    )]
    Newer {
        /// The version byte.
        found: u8,
    },
    /// It ends too early.
    #[error("the history block is cut off within its {part}")]
    Cut {
        /// The part of the layout that was being read.
        part: &'static str,
    },
    /// It contradicts itself.
    #[error("the history block is damaged: {reason}")]
    Broken {
        /// What contradicts what.
        reason: &'static str,
    },
}

/// What the head of a block tells without decoding the points.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct BlockInfo {
    /// How many points the block holds, NaN and infinities included.
    pub count: u64,
    /// The least finite value.
    pub min: Option<f64>,
    /// The greatest finite value.
    pub max: Option<f64>,
    /// MLflow's latest point (see [`compare_latest`]); `None` for a block without points.
    pub last: Option<Point>,
    /// How many values are NaN or infinite.
    pub non_finite: u64,
}

impl BlockInfo {
    /// Reads the head of a block.
    pub fn peek(block: &[u8]) -> Result<Self, CodecError> {
        Ok(read_head(&mut Reader::new(block))?.0)
    }
}

/// History to bytes. A history whose columns differ in length is taken up to the shortest one.
pub fn encode(history: &History) -> Vec<u8> {
    let count = history.steps.len().min(history.timestamps.len()).min(history.values.len());
    let (steps, timestamps, values) =
        (&history.steps[..count], &history.timestamps[..count], &history.values[..count]);
    let mut out = Vec::with_capacity(48 + count * 9);
    out.push(VERSION);
    put_varint(&mut out, count as u64);
    let Some(last) = history.iter().max_by(compare_latest) else {
        return out;
    };
    let plan = values::plan(values);
    put_head(&mut out, values, last, if plan.has_dictionary() { DICTIONARY } else { 0 });
    if count > 1 {
        put_column(&mut out, steps, last.step);
        put_column(&mut out, timestamps, last.timestamp);
        plan.put(&mut out);
    }
    out
}

/// Bytes to history. Never panics; allocates in proportion to the length of `block` only.
pub fn decode(block: &[u8]) -> Result<History, CodecError> {
    let mut reader = Reader::new(block);
    let (info, dictionary) = read_head(&mut reader)?;
    let Some(last) = info.last else {
        reader.finish()?;
        return Ok(History::default());
    };
    if info.count == 1 {
        reader.finish()?;
        return Ok(std::iter::once(last).collect());
    }
    let count = pack::bounded_count(info.count, reader.remaining())?;
    let history = History {
        steps: read_column(&mut reader, count, last.step, "steps")?,
        timestamps: read_column(&mut reader, count, last.timestamp, "timestamps")?,
        values: values::read(&mut reader, count, dictionary)?,
    };
    reader.finish()?;
    Ok(history)
}

fn put_head(out: &mut Vec<u8>, values: &[f64], last: Point, mut flags: u8) {
    let finite = || values.iter().copied().filter(|value| value.is_finite());
    let min = finite().reduce(|a, b| if b < a { b } else { a });
    let max = finite().reduce(|a, b| if b > a { b } else { a });
    let non_finite = (values.len() - finite().count()) as u64;
    let is_last = |value: f64| value.to_bits() == last.value.to_bits();
    let mut extremes = Vec::with_capacity(2);
    for (extreme, flag) in [(min, MIN_IS_LAST), (max, MAX_IS_LAST)] {
        match extreme {
            Some(value) if is_last(value) => flags |= FINITE | flag,
            Some(value) => {
                flags |= FINITE;
                extremes.push(value);
            }
            None => {}
        }
    }
    if non_finite > 0 {
        flags |= NON_FINITE;
    }
    out.push(flags);
    if non_finite > 0 {
        put_varint(out, non_finite);
    }
    put_varint(out, zigzag(last.step));
    put_varint(out, zigzag(last.timestamp));
    out.extend(last.value.to_bits().to_le_bytes());
    for value in extremes {
        out.extend(value.to_bits().to_le_bytes());
    }
}

/// The head, and whether the values are a dictionary.
fn read_head(reader: &mut Reader<'_>) -> Result<(BlockInfo, bool), CodecError> {
    match reader.byte("version") {
        Err(_) => return Err(CodecError::Empty),
        Ok(VERSION) => {}
        Ok(0) => return Err(CodecError::Broken { reason: "no format has version 0" }),
        Ok(found) => return Err(CodecError::Newer { found }),
    }
    let count = reader.varint("count")?;
    if count == 0 {
        return Ok((BlockInfo { count, min: None, max: None, last: None, non_finite: 0 }, false));
    }
    let flags = reader.byte("flags")?;
    let non_finite = if flags & NON_FINITE == 0 { 0 } else { reader.varint("number of gaps")? };
    if non_finite > count {
        return Err(CodecError::Broken { reason: "it claims more gaps than points" });
    }
    let last = Point {
        step: unzigzag(reader.varint("latest point")?),
        timestamp: unzigzag(reader.varint("latest point")?),
        value: f64::from_bits(reader.word("latest point")?),
    };
    let mut extreme = |flag: u8| {
        Ok(match (flags & FINITE, flags & flag) {
            (0, _) => None,
            (_, 0) => Some(f64::from_bits(reader.word("range")?)),
            _ => Some(last.value),
        })
    };
    let (min, max) = (extreme(MIN_IS_LAST)?, extreme(MAX_IS_LAST)?);
    Ok((BlockInfo { count, min, max, last: Some(last), non_finite }, flags & DICTIONARY != 0))
}

fn put_column(out: &mut Vec<u8>, column: &[i64], last: i64) {
    let first = column.first().copied().unwrap_or_default();
    put_varint(out, zigzag(first.wrapping_sub(last)));
    let deltas: Vec<u64> = column.windows(2).map(|pair| zigzag(pair[1].wrapping_sub(pair[0]))).collect();
    pack::put(out, &deltas);
}

fn read_column(
    reader: &mut Reader<'_>,
    count: usize,
    last: i64,
    part: &'static str,
) -> Result<Vec<i64>, CodecError> {
    let mut at = last.wrapping_add(unzigzag(reader.varint(part)?));
    let mut column = Vec::with_capacity(count);
    column.push(at);
    let mut on = |delta: u64| {
        at = at.wrapping_add(unzigzag(delta));
        at
    };
    pack::read_groups(reader, count - 1, part, |group| match group {
        Group::Same(delta, length) => column.extend((0..length).map(|_| on(delta))),
        Group::Each(deltas) => column.extend(deltas.iter().map(|&delta| on(delta))),
    })?;
    Ok(column)
}
