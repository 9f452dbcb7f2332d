//! Whole numbers, packed in groups of 128.
//!
//! A group is a byte `width`, a byte `shift`, a varint `base`, and then `width` bits for each
//! number, lowest bits first, filled up to a whole byte: number = (base + bits) << shift.
//! Equal numbers take no bits; values that were f32 once lose their 29 zero bits to `shift`.

use super::CodecError;
use super::bytes::{Reader, put_varint};

const GROUP: usize = 128;
/// The shortest group: width, shift and base in one byte each.
const SHORTEST_GROUP: usize = 3;

/// Appends the numbers in groups.
pub(super) fn put(out: &mut Vec<u8>, numbers: &[u64]) {
    for group in numbers.chunks(GROUP) {
        put_group(out, group);
    }
}

/// How many bytes [`put`] would append.
pub(super) fn size(numbers: &[u64]) -> usize {
    let mut head = Vec::with_capacity(12);
    let group_size = |group: &[u64]| {
        let shape = Shape::of(group);
        head.clear();
        put_varint(&mut head, shape.base);
        2 + head.len() + (group.len() * shape.width as usize).div_ceil(8)
    };
    numbers.chunks(GROUP).map(group_size).sum()
}

/// Numbers of a group.
pub(super) enum Group<'a> {
    /// So many, all this one.
    Same(u64, usize),
    Each(&'a [u64]),
}

/// Reads `count` numbers and hands them on group by group; those of regular steps are not even
/// written down.
pub(super) fn read_groups(
    reader: &mut Reader<'_>,
    count: usize,
    part: &'static str,
    mut sink: impl FnMut(Group<'_>),
) -> Result<(), CodecError> {
    let mut numbers = [0u64; GROUP];
    let mut left = count;
    while left > 0 {
        let group = left.min(GROUP);
        match read_group(reader, &mut numbers[..group], part)? {
            Some(same) => sink(Group::Same(same, group)),
            None => sink(Group::Each(&numbers[..group])),
        }
        left -= group;
    }
    Ok(())
}

/// Reads `count` numbers and hands them on group by group.
pub(super) fn read(
    reader: &mut Reader<'_>,
    count: usize,
    part: &'static str,
    mut sink: impl FnMut(&[u64]),
) -> Result<(), CodecError> {
    let mut repeated = [0u64; GROUP];
    read_groups(reader, count, part, |group| match group {
        Group::Same(number, length) => {
            repeated[..length].fill(number);
            sink(&repeated[..length]);
        }
        Group::Each(numbers) => sink(numbers),
    })
}

/// The number of points, if so many can lie in so many bytes: the guard against a short block
/// that asks for endless memory.
pub(super) fn bounded_count(count: u64, bytes: usize) -> Result<usize, CodecError> {
    let groups = (bytes / SHORTEST_GROUP) as u64;
    match usize::try_from(count) {
        Ok(small) if count.div_ceil(GROUP as u64) <= groups => Ok(small),
        _ => Err(CodecError::Broken { reason: "it claims more points than its bytes can hold" }),
    }
}

struct Shape {
    shift: u32,
    width: u32,
    base: u64,
}

impl Shape {
    fn of(group: &[u64]) -> Self {
        let all = group.iter().fold(0, |all, number| all | number);
        let shift = if all == 0 { 0 } else { all.trailing_zeros() };
        let least = group.iter().copied().min().unwrap_or_default() >> shift;
        let greatest = group.iter().copied().max().unwrap_or_default() >> shift;
        Self { shift, width: u64::BITS - (greatest - least).leading_zeros(), base: least }
    }
}

fn put_group(out: &mut Vec<u8>, group: &[u64]) {
    let Shape { shift, width, base } = Shape::of(group);
    out.push(width as u8);
    out.push(shift as u8);
    put_varint(out, base);
    let mut pending = 0u128;
    let mut bits = 0;
    for number in group {
        pending |= u128::from((number >> shift) - base) << bits;
        bits += width;
        if bits >= u64::BITS {
            out.extend((pending as u64).to_le_bytes());
            pending >>= u64::BITS;
            bits -= u64::BITS;
        }
    }
    let rest = (pending as u64).to_le_bytes();
    out.extend(&rest[..bits.div_ceil(8) as usize]);
}

/// The number that all of a group are, if that is so; else they are in `numbers`.
fn read_group(
    reader: &mut Reader<'_>,
    numbers: &mut [u64],
    part: &'static str,
) -> Result<Option<u64>, CodecError> {
    let width = u32::from(reader.byte(part)?);
    let shift = u32::from(reader.byte(part)?);
    let base = reader.varint(part)?;
    if width > u64::BITS || shift >= u64::BITS {
        return Err(CodecError::Broken { reason: "a number has more than 64 bits" });
    }
    if width == 0 {
        return Ok(Some(base << shift));
    }
    let packed = reader.take((numbers.len() * width as usize).div_ceil(8), part)?;
    // Two words more than 128 numbers of 64 bits need, so that the word after the last can be read.
    let mut words = [0u64; GROUP + 2];
    let (whole, rest) = packed.as_chunks::<8>();
    for (word, &bytes) in words.iter_mut().zip(whole) {
        *word = u64::from_le_bytes(bytes);
    }
    let mut tail = [0u8; 8];
    tail[..rest.len()].copy_from_slice(rest);
    words[whole.len()] = u64::from_le_bytes(tail);

    let mask = u64::MAX >> (u64::BITS - width);
    let mut bit = 0;
    for number in numbers {
        let (word, offset) = (bit / 64, bit % 64);
        let bits = words[word] >> offset | (words[word + 1] << 1) << (63 - offset);
        *number = base.wrapping_add(bits & mask) << shift;
        bit += width as usize;
    }
    Ok(None)
}
