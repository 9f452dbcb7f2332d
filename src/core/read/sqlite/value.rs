use std::borrow::Cow;

use super::record;

/// How a database stores text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Encoding {
    /// The usual one.
    Utf8,
    /// Little-endian UTF-16.
    Utf16Le,
    /// Big-endian UTF-16.
    Utf16Be,
}

/// What a column makes of a value that is stored in it, from its declared type.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Affinity {
    /// Any `…INT…`.
    Integer,
    /// `…CHAR…`, `…CLOB…`, `…TEXT…`.
    Text,
    /// `…BLOB…` or no type: values stay as they came.
    Blob,
    /// `…REAL…`, `…FLOA…`, `…DOUB…`.
    Real,
    /// Everything else.
    Numeric,
}

/// Text as it is stored: checked by nobody.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Text<'a> {
    /// The bytes, without a terminator.
    pub bytes: &'a [u8],
    /// What they are.
    pub encoding: Encoding,
}

impl<'a> Text<'a> {
    /// The text; what is not valid in its encoding becomes U+FFFD.
    pub fn to_str(self) -> Cow<'a, str> {
        let units = |read: fn([u8; 2]) -> u16| {
            let (pairs, rest) = self.bytes.as_chunks::<2>();
            let text = char::decode_utf16(pairs.iter().map(|&pair| read(pair)));
            let mut text: String = text.map(|c| c.unwrap_or(char::REPLACEMENT_CHARACTER)).collect();
            if !rest.is_empty() {
                text.push(char::REPLACEMENT_CHARACTER);
            }
            Cow::Owned(text)
        };
        match self.encoding {
            Encoding::Utf8 => String::from_utf8_lossy(self.bytes),
            Encoding::Utf16Le => units(u16::from_le_bytes),
            Encoding::Utf16Be => units(u16::from_be_bytes),
        }
    }
}

/// A value in a row.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Value<'a> {
    /// NULL.
    Null,
    /// A whole number.
    Integer(i64),
    /// A float, never NaN: SQLite shows that as NULL.
    Real(f64),
    /// Text.
    Text(Text<'a>),
    /// Bytes.
    Blob(&'a [u8]),
}

impl<'a> Value<'a> {
    /// Decodes a value; NULL for the serial types that the format reserves, as in SQLite.
    #[inline]
    pub(super) fn decode(serial: u64, bytes: &'a [u8], encoding: Encoding) -> Self {
        match serial {
            1..=6 => Self::Integer(record::integer(bytes)),
            7 => match bytes.first_chunk().map(|b| f64::from_be_bytes(*b)) {
                Some(float) if !float.is_nan() => Self::Real(float),
                _ => Self::Null,
            },
            8 => Self::Integer(0),
            9 => Self::Integer(1),
            0 | 10 | 11 => Self::Null,
            _ if serial.is_multiple_of(2) => Self::Blob(bytes),
            _ => Self::Text(Text { bytes, encoding }),
        }
    }

    /// Floats without a fraction are stored as integers in REAL columns, to save room.
    #[inline]
    pub(super) fn with_affinity(self, affinity: Affinity) -> Self {
        match self {
            Self::Integer(whole) if affinity == Affinity::Real => Self::Real(whole as f64),
            other => other,
        }
    }
}

/// A value that stands by itself: a column's default.
#[derive(Debug, Clone, PartialEq)]
pub enum OwnedValue {
    /// NULL.
    Null,
    /// A whole number.
    Integer(i64),
    /// A float.
    Real(f64),
    /// Text.
    Text(String),
    /// Bytes.
    Blob(Vec<u8>),
}

impl OwnedValue {
    /// The value as rows give it.
    pub fn as_value(&self) -> Value<'_> {
        match self {
            Self::Null => Value::Null,
            Self::Integer(whole) => Value::Integer(*whole),
            Self::Real(float) => Value::Real(*float),
            Self::Text(text) => Value::Text(Text { bytes: text.as_bytes(), encoding: Encoding::Utf8 }),
            Self::Blob(bytes) => Value::Blob(bytes),
        }
    }
}
