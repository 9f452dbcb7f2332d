//! One member of an archive: where it lies, and how it is unpacked.

use flate2::{Crc, Decompress, FlushDecompress, Status};

use super::source::Source;

/// Compressed bytes handed to the inflater at once.
const CHUNK: usize = 256 * 1024;
/// Deflate cannot do better than this; a member that declares more is lying.
const MAX_DEFLATE_RATIO: u64 = 1032;

/// How a member is packed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Method {
    Stored,
    Deflated,
}

/// Where a member lies in the archive.
#[derive(Debug, Clone, Copy)]
pub(super) struct Member {
    /// Of its local header.
    pub(super) header: u64,
    /// Size in the archive.
    pub(super) compressed: u64,
    pub(super) crc: u32,
    pub(super) method: Method,
}

impl Member {
    /// Where its bytes begin: the local header says so, and may differ from the directory.
    pub(super) fn data_start(&self, source: &Source) -> Result<u64, String> {
        let mut header = [0; 30];
        source.read_exact_at(self.header, &mut header).map_err(|e| e.to_string())?;
        let [b'P', b'K', 3, 4, .., n0, n1, x0, x1] = header else {
            return Err("the archive has no file where its directory says there is one".to_owned());
        };
        let skip = 30 + u64::from(u16::from_le_bytes([n0, n1])) + u64::from(u16::from_le_bytes([x0, x1]));
        let start = self.header.saturating_add(skip);
        if start.saturating_add(self.compressed) > source.len() {
            return Err("the archive ends before this file does".to_owned());
        }
        Ok(start)
    }
}

/// Unpacks members, one after another, with one set of tables.
pub(super) struct Inflater {
    inflate: Decompress,
    packed: Vec<u8>,
}

impl Default for Inflater {
    fn default() -> Self {
        Self { inflate: Decompress::new(false), packed: Vec::new() }
    }
}

impl Inflater {
    /// The whole member, which must be `size` bytes and match its checksum.
    pub(super) fn whole(&mut self, source: &Source, member: &Member, size: u64) -> Result<Vec<u8>, String> {
        let start = member.data_start(source)?;
        let bytes = match member.method {
            Method::Stored => stored(source, start, member.compressed, size)?,
            Method::Deflated => self.deflated(source, start, member.compressed, size)?,
        };
        let mut crc = Crc::new();
        crc.update(&bytes);
        if crc.sum() != member.crc {
            return Err("its checksum does not match: it is damaged".to_owned());
        }
        Ok(bytes)
    }

    /// The first `count` bytes, or fewer, unchecked.
    pub(super) fn head(&mut self, source: &Source, member: &Member, count: usize) -> Result<Vec<u8>, String> {
        let start = member.data_start(source)?;
        let mut packed = vec![0; count.saturating_mul(2).max(4096).min(to_usize(member.compressed))];
        source.read_exact_at(start, &mut packed).map_err(|e| e.to_string())?;
        if member.method == Method::Deflated {
            self.inflate.reset(false);
            let mut out = Vec::with_capacity(count);
            let step = self.inflate.decompress_vec(&packed, &mut out, FlushDecompress::Sync);
            step.map_err(|e| format!("its compressed data is damaged: {e}"))?;
            packed = out;
        }
        packed.truncate(count);
        Ok(packed)
    }

    fn deflated(
        &mut self,
        source: &Source,
        start: u64,
        compressed: u64,
        size: u64,
    ) -> Result<Vec<u8>, String> {
        if size > compressed.saturating_mul(MAX_DEFLATE_RATIO) {
            return Err(format!("it declares {size} bytes, more than its compressed data can hold"));
        }
        // One byte more than declared, so that a member that holds more shows itself.
        let mut out = Vec::with_capacity(to_usize(size.saturating_add(1)));
        let end = start.saturating_add(compressed);
        let mut at = start;
        self.inflate.reset(false);
        loop {
            self.packed.resize(CHUNK.min(to_usize(end - at)), 0);
            source.read_exact_at(at, &mut self.packed).map_err(|e| e.to_string())?;
            let before = (self.inflate.total_in(), out.len());
            let step = self.inflate.decompress_vec(&self.packed, &mut out, FlushDecompress::None);
            let step = step.map_err(|e| format!("its compressed data is damaged: {e}"))?;
            at += self.inflate.total_in() - before.0;
            if out.len() as u64 > size {
                return Err(format!("it unpacks to more than the {size} bytes that it declares"));
            }
            if step == Status::StreamEnd {
                break;
            }
            if (self.inflate.total_in(), out.len()) == before {
                return Err("its compressed data breaks off".to_owned());
            }
        }
        if (out.len() as u64) < size {
            return Err(format!("it declares {size} bytes but holds only {}", out.len()));
        }
        Ok(out)
    }

    /// Follows a deflated member from `start` to its end without keeping what comes out: its
    /// packed size, its size, and its checksum. For archives that lost their directory.
    pub(super) fn measure(&mut self, source: &Source, start: u64, limit: u64) -> Option<(u64, u64, u32)> {
        let mut crc = Crc::new();
        let mut out = vec![0; CHUNK];
        let mut at = start;
        self.inflate.reset(false);
        loop {
            self.packed.resize(CHUNK, 0);
            let got = source.read_at(at, &mut self.packed).ok()?;
            let before = (self.inflate.total_in(), self.inflate.total_out());
            let packed = self.packed.get(..got)?;
            let step = self.inflate.decompress(packed, &mut out, FlushDecompress::None).ok()?;
            let made = to_usize(self.inflate.total_out() - before.1);
            crc.update(out.get(..made)?);
            at += self.inflate.total_in() - before.0;
            if step == Status::StreamEnd {
                return Some((at - start, self.inflate.total_out(), crc.sum()));
            }
            let stuck = (self.inflate.total_in(), self.inflate.total_out()) == before;
            if stuck || self.inflate.total_out() > limit {
                return None;
            }
        }
    }
}

fn stored(source: &Source, start: u64, compressed: u64, size: u64) -> Result<Vec<u8>, String> {
    if compressed != size {
        return Err(format!("it declares {size} bytes but holds {compressed}"));
    }
    let mut bytes = vec![0; to_usize(size)];
    source.read_exact_at(start, &mut bytes).map_err(|e| e.to_string())?;
    Ok(bytes)
}

fn to_usize(count: u64) -> usize {
    usize::try_from(count).unwrap_or(usize::MAX)
}
