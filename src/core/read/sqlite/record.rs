//! The record format: a header of serial types, then the values.

/// A big-endian variable-length integer of one to nine bytes; moves `at` behind it.
#[inline]
pub(super) fn varint(bytes: &[u8], at: &mut usize) -> Option<u64> {
    let first = *bytes.get(*at)?;
    *at += 1;
    if first < 0x80 {
        return Some(first.into());
    }
    let mut value = u64::from(first & 0x7f);
    for _ in 0..7 {
        let byte = *bytes.get(*at)?;
        *at += 1;
        value = value << 7 | u64::from(byte & 0x7f);
        if byte < 0x80 {
            return Some(value);
        }
    }
    let last = *bytes.get(*at)?;
    *at += 1;
    Some(value << 8 | u64::from(last))
}

/// A stored value: what it is and where in the payload its bytes start.
#[derive(Debug, Clone, Copy)]
pub(super) struct Field {
    pub(super) serial: u64,
    pub(super) start: u64,
}

impl Field {
    pub(super) fn end(self) -> u64 {
        self.start + length(self.serial)
    }
}

/// How many bytes a value of this serial type has.
#[inline]
fn length(serial: u64) -> u64 {
    match serial {
        0 | 8..=11 => 0,
        1..=4 => serial,
        5 => 6,
        6 | 7 => 8,
        _ => (serial - 12) / 2,
    }
}

/// Reads the header of a record into `fields`, at most `wanted` of them.
///
/// `header` is where the header ends, counted from the start of the payload, and `bytes` holds the
/// payload at least up to there. `None` if the header does not end where it says or the values
/// would be longer than the payload of `payload` bytes.
pub(super) fn read_header(
    bytes: &[u8],
    header: u64,
    payload: u64,
    wanted: usize,
    fields: &mut Vec<Field>,
) -> Option<()> {
    fields.clear();
    let mut at = 0;
    varint(bytes, &mut at)?;
    let mut start = header;
    while (at as u64) < header && fields.len() < wanted {
        let field = Field { serial: varint(bytes, &mut at)?, start };
        start = field.end();
        if start > payload {
            return None;
        }
        fields.push(field);
    }
    (at as u64 <= header).then_some(())
}

/// A big-endian integer of up to eight bytes with a sign.
#[inline]
pub(super) fn integer(bytes: &[u8]) -> i64 {
    let negative = bytes.first().is_some_and(|b| b & 0x80 != 0);
    bytes.iter().fold(if negative { -1 } else { 0 }, |value, &byte| value << 8 | i64::from(byte))
}
