//! Reading an archive without its table of contents: each member has a header of its own.

use super::{
    directory::{Found, Listed},
    member::{Inflater, Method},
    source::Source,
};

const HEADER: usize = 30;
const FLAG_ENCRYPTED: u16 = 1;
/// The sizes follow the data instead of standing in the header.
const FLAG_DESCRIPTOR: u16 = 1 << 3;
const FLAG_UTF8: u16 = 1 << 11;
/// A member whose size is not known beforehand is followed no further than this.
const MEASURE_LIMIT: u64 = 1 << 32;

/// Finds the members from the front as far as they are whole; how many there were.
pub(super) fn local_headers(source: &Source, max_entries: u64, found: &mut Found) -> u64 {
    let mut inflater = Inflater::default();
    let (mut at, mut count) = (0, 0);
    while count < max_entries {
        let Some(header) = Header::read(source, at) else { break };
        let Some((listed, next)) = header.measure(source, &mut inflater) else {
            found.skip("files that are cut off", &header.name, "the archive breaks off within this file");
            break;
        };
        found.add(&header.name, &listed);
        count += 1;
        at = next;
    }
    count
}

struct Header {
    at: u64,
    data: u64,
    flags: u16,
    method: u16,
    crc: u32,
    compressed: u64,
    size: u64,
    name: String,
}

impl Header {
    fn read(source: &Source, at: u64) -> Option<Self> {
        let mut fixed = [0; HEADER];
        source.read_exact_at(at, &mut fixed).ok()?;
        if !fixed.starts_with(b"PK\x03\x04") {
            return None;
        }
        let (name_len, extra_len) = (u16_at(&fixed, 26)?, u16_at(&fixed, 28)?);
        let mut name = vec![0; usize::from(name_len)];
        source.read_exact_at(at + HEADER as u64, &mut name).ok()?;
        let mut extra = vec![0; usize::from(extra_len)];
        source.read_exact_at(at + HEADER as u64 + u64::from(name_len), &mut extra).ok()?;
        let flags = u16_at(&fixed, 6)?;
        let mut header = Self {
            at,
            data: at + HEADER as u64 + u64::from(name_len) + u64::from(extra_len),
            flags,
            method: u16_at(&fixed, 8)?,
            crc: u32_at(&fixed, 14)?,
            compressed: u64::from(u32_at(&fixed, 18)?),
            size: u64::from(u32_at(&fixed, 22)?),
            name: text(&name, flags),
        };
        header.widen(&extra);
        Some(header)
    }

    /// Sizes over 4 GiB stand in an extra field (zip64).
    fn widen(&mut self, mut extra: &[u8]) {
        while let (Some(id), Some(len)) = (u16_at(extra, 0), u16_at(extra, 2)) {
            let end = 4 + usize::from(len);
            if id == 1 {
                let (size, compressed) = (u64_at(extra, 4), u64_at(extra, 12));
                if self.size == u64::from(u32::MAX) {
                    self.size = size.unwrap_or(self.size);
                }
                if self.compressed == u64::from(u32::MAX) {
                    self.compressed = compressed.unwrap_or(self.compressed);
                }
            }
            extra = extra.get(end..).unwrap_or_default();
        }
    }

    /// The member with its sizes, and where the next one begins; `None` if it is not whole.
    fn measure(&self, source: &Source, inflater: &mut Inflater) -> Option<(Listed, u64)> {
        let method = match self.method {
            0 => Some(Method::Stored),
            8 => Some(Method::Deflated),
            _ => None,
        };
        let mut listed = Listed {
            header: self.at,
            compressed: self.compressed,
            size: self.size,
            crc: self.crc,
            method,
            encrypted: self.flags & FLAG_ENCRYPTED != 0,
        };
        if self.flags & FLAG_DESCRIPTOR == 0 || self.compressed > 0 {
            let end = self.data.checked_add(self.compressed)?;
            return (end <= source.len()).then(|| (listed, self.after_descriptor(source, end)));
        }
        if listed.encrypted {
            return None;
        }
        (listed.compressed, listed.size, listed.crc) = match method? {
            Method::Deflated => inflater.measure(source, self.data, MEASURE_LIMIT)?,
            // Stored and of unknown size: only an empty one can be told from what follows.
            Method::Stored => (0, 0, 0),
        };
        let end = self.data + listed.compressed;
        Some((listed, self.after_descriptor(source, end)))
    }

    /// Skips the sizes that may follow the data: 12 or 20 bytes, with or without a signature.
    fn after_descriptor(&self, source: &Source, end: u64) -> u64 {
        if self.flags & FLAG_DESCRIPTOR == 0 {
            return end;
        }
        let next_is_header = |at: u64| {
            let mut four = [0; 4];
            let read = source.read_exact_at(at, &mut four).is_ok();
            read && matches!(four, [b'P', b'K', 3, 4] | [b'P', b'K', 1, 2])
        };
        [16, 12, 24, 20].into_iter().map(|skip| end + skip).find(|&at| next_is_header(at)).unwrap_or(end + 16)
    }
}

/// Names without the flag are code page 437 by the book; most that are valid UTF-8 are UTF-8.
fn text(name: &[u8], flags: u16) -> String {
    match std::str::from_utf8(name) {
        Ok(text) => text.to_owned(),
        Err(_) if flags & FLAG_UTF8 != 0 => String::from_utf8_lossy(name).into_owned(),
        Err(_) => name.iter().map(|&b| if b.is_ascii() { char::from(b) } else { '_' }).collect(),
    }
}

fn u16_at(bytes: &[u8], at: usize) -> Option<u16> {
    bytes.get(at..)?.first_chunk().map(|&b| u16::from_le_bytes(b))
}

fn u32_at(bytes: &[u8], at: usize) -> Option<u32> {
    bytes.get(at..)?.first_chunk().map(|&b| u32::from_le_bytes(b))
}

fn u64_at(bytes: &[u8], at: usize) -> Option<u64> {
    bytes.get(at..)?.first_chunk().map(|&b| u64::from_le_bytes(b))
}
