use super::{Encoding, SqliteError};

/// The first bytes of every SQLite database.
pub const MAGIC: &[u8; 16] = b"SQLite format 3\0";

/// Length of the header at the start of page 1.
pub(super) const LENGTH: usize = 100;

/// Whether a file that starts with these bytes (at least 16) is an SQLite database.
pub fn is_sqlite(first_bytes: &[u8]) -> bool {
    first_bytes.starts_with(MAGIC)
}

/// What the first 100 bytes of a database say.
#[derive(Debug, Clone, Copy)]
pub(super) struct Header {
    pub(super) page_size: usize,
    /// Bytes of a page that hold data: the page without its reserved tail.
    pub(super) usable: usize,
    pub(super) encoding: Encoding,
    pub(super) wal_mode: bool,
}

impl Header {
    pub(super) fn parse(bytes: &[u8]) -> Result<Self, SqliteError> {
        if !is_sqlite(bytes) {
            return Err(SqliteError::NotADatabase);
        }
        let bytes: &[u8; LENGTH] =
            bytes.first_chunk().ok_or_else(|| SqliteError::header("is cut off after its first bytes"))?;
        let page_size = page_size(u16::from_be_bytes([bytes[16], bytes[17]]).into())
            .ok_or_else(|| SqliteError::header("gives a page size that SQLite does not have"))?;
        let usable = page_size - usize::from(bytes[20]);
        if usable < 480 {
            return Err(SqliteError::header("reserves more of a page than SQLite allows"));
        }
        let encoding = match u32::from_be_bytes([bytes[56], bytes[57], bytes[58], bytes[59]]) {
            2 => Encoding::Utf16Le,
            3 => Encoding::Utf16Be,
            // 0 stands in a database that never held a table.
            0 | 1 => Encoding::Utf8,
            _ => return Err(SqliteError::header("gives a text encoding that SQLite does not have")),
        };
        Ok(Self { page_size, usable, encoding, wal_mode: bytes[19] == 2 })
    }
}

/// A page size as headers write it: a power of two from 512 to 65536, where 1 stands for 65536.
pub(super) fn page_size(field: u32) -> Option<usize> {
    match field {
        1 | 65536 => Some(65536),
        512..=32768 if field.is_power_of_two() => usize::try_from(field).ok(),
        _ => None,
    }
}
