//! The column of values: packed bits, or a dictionary where few values repeat.

use std::collections::HashMap;

use super::bytes::{Reader, put_varint};
use super::{CodecError, pack};

/// More distinct values than this are not worth looking for.
const LARGEST_DICTIONARY: usize = 1 << 16;

/// The way chosen for a column of values.
pub(super) enum Plan {
    Bits(Vec<u64>),
    Dictionary { distinct: Vec<u64>, indices: Vec<u64> },
}

/// Chooses the shorter way.
pub(super) fn plan(values: &[f64]) -> Plan {
    let bits: Vec<u64> = values.iter().map(|value| value.to_bits()).collect();
    let Some((distinct, indices)) = dictionary(&bits) else {
        return Plan::Bits(bits);
    };
    // The length of the dictionary takes at most three bytes.
    if pack::size(&distinct) + pack::size(&indices) + 3 < pack::size(&bits) {
        Plan::Dictionary { distinct, indices }
    } else {
        Plan::Bits(bits)
    }
}

impl Plan {
    pub(super) fn has_dictionary(&self) -> bool {
        matches!(self, Self::Dictionary { .. })
    }

    pub(super) fn put(&self, out: &mut Vec<u8>) {
        match self {
            Self::Bits(bits) => pack::put(out, bits),
            Self::Dictionary { distinct, indices } => {
                put_varint(out, distinct.len() as u64);
                pack::put(out, distinct);
                pack::put(out, indices);
            }
        }
    }
}

/// Reads `count` values.
pub(super) fn read(reader: &mut Reader<'_>, count: usize, dictionary: bool) -> Result<Vec<f64>, CodecError> {
    if !dictionary {
        let mut values = Vec::with_capacity(count);
        pack::read(reader, count, "values", |bits| {
            values.extend(bits.iter().map(|&bits| f64::from_bits(bits)));
        })?;
        return Ok(values);
    }
    let length = pack::bounded_count(reader.varint("dictionary")?, reader.remaining())?;
    let mut distinct = Vec::with_capacity(length);
    pack::read(reader, length, "dictionary", |bits| {
        distinct.extend(bits.iter().map(|&bits| f64::from_bits(bits)));
    })?;
    let mut values = Vec::with_capacity(count);
    let mut missing = false;
    pack::read(reader, count, "values", |indices| {
        values.extend(indices.iter().map(|&index| {
            let value = usize::try_from(index).ok().and_then(|index| distinct.get(index));
            missing |= value.is_none();
            value.copied().unwrap_or_default()
        }));
    })?;
    if missing {
        return Err(CodecError::Broken { reason: "a value is missing from its dictionary" });
    }
    Ok(values)
}

/// The distinct values in order and the place of each value among them; `None` where too many
/// differ to be worth it. Sorted, so that values near each other get indices near each other.
fn dictionary(bits: &[u64]) -> Option<(Vec<u64>, Vec<u64>)> {
    let limit = LARGEST_DICTIONARY.min(bits.len() / 2);
    let mut places = HashMap::new();
    let mut distinct = Vec::new();
    for &value in bits {
        places.entry(value).or_insert_with(|| {
            distinct.push(value);
            0
        });
        if distinct.len() > limit {
            return None;
        }
    }
    distinct.sort_unstable();
    for (place, value) in distinct.iter().enumerate() {
        places.insert(*value, place as u64);
    }
    let indices = bits.iter().map(|value| places.get(value).copied().unwrap_or_default()).collect();
    Some((distinct, indices))
}
