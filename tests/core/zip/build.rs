//! Makes archives byte by byte, wrong ones too.

use std::{
    cell::Cell,
    io::{Cursor, Read, Seek, SeekFrom},
    rc::Rc,
};

use flate2::{Compress, Compression, Crc, FlushCompress};

/// A member, with everything that its headers say.
#[derive(Clone)]
pub(super) struct Entry {
    pub(super) name: Vec<u8>,
    pub(super) packed: Vec<u8>,
    pub(super) size: u64,
    pub(super) crc: u32,
    pub(super) method: u16,
    pub(super) flags: u16,
}

impl Entry {
    pub(super) fn stored(name: &str, data: &[u8]) -> Self {
        Self::stored_raw(name.as_bytes(), data)
    }

    pub(super) fn stored_raw(name: &[u8], data: &[u8]) -> Self {
        let mut crc = Crc::new();
        crc.update(data);
        let size = data.len() as u64;
        Self { name: name.to_vec(), packed: data.to_vec(), size, crc: crc.sum(), method: 0, flags: 0 }
    }

    pub(super) fn deflated(name: &str, data: &[u8]) -> Self {
        let mut packed = Vec::with_capacity(data.len() + 100);
        Compress::new(Compression::default(), false)
            .compress_vec(data, &mut packed, FlushCompress::Finish)
            .unwrap();
        Self { packed, method: 8, ..Self::stored(name, data) }
    }

    pub(super) fn encrypted(self) -> Self {
        Self { flags: self.flags | 1, ..self }
    }

    pub(super) fn method(self, method: u16) -> Self {
        Self { method, ..self }
    }

    /// Says another size than it has.
    pub(super) fn declaring(self, size: u64) -> Self {
        Self { size, ..self }
    }

    /// Its sizes follow its data, as in archives that are written as a stream.
    pub(super) fn streamed(self) -> Self {
        Self { flags: self.flags | 8, ..self }
    }

    fn fields(&self, local: bool) -> Vec<u8> {
        let hidden = local && self.flags & 8 != 0;
        let known = |value: u32| if hidden { 0 } else { value }.to_le_bytes();
        let mut out = Vec::new();
        out.extend([20, 0]);
        out.extend(self.flags.to_le_bytes());
        out.extend(self.method.to_le_bytes());
        out.extend([0; 4]);
        out.extend(known(self.crc));
        out.extend(known(self.packed.len() as u32));
        out.extend(known(self.size as u32));
        out.extend((self.name.len() as u16).to_le_bytes());
        out.extend([0, 0]);
        out
    }
}

/// An archive and where its parts lie.
pub(super) struct Archive {
    bytes: Vec<u8>,
    /// Where the central directory begins.
    pub(super) directory: usize,
}

impl Archive {
    pub(super) fn of(entries: impl IntoIterator<Item = Entry>) -> Self {
        let (mut bytes, mut central, mut count) = (Vec::new(), Vec::new(), 0_u32);
        for entry in entries {
            let at = bytes.len() as u32;
            bytes.extend(b"PK\x03\x04");
            bytes.extend(entry.fields(true));
            bytes.extend(&entry.name);
            bytes.extend(&entry.packed);
            if entry.flags & 8 != 0 {
                bytes.extend(b"PK\x07\x08");
                bytes.extend(entry.crc.to_le_bytes());
                bytes.extend((entry.packed.len() as u32).to_le_bytes());
                bytes.extend((entry.size as u32).to_le_bytes());
            }
            Self::central(&mut central, &entry, at);
            count += 1;
        }
        let directory = bytes.len();
        bytes.extend(&central);
        bytes.extend(b"PK\x05\x06\0\0\0\0");
        bytes.extend((count as u16).to_le_bytes());
        bytes.extend((count as u16).to_le_bytes());
        bytes.extend((central.len() as u32).to_le_bytes());
        bytes.extend((directory as u32).to_le_bytes());
        bytes.extend([0, 0]);
        Self { bytes, directory }
    }

    /// Many members of the directory that all point at the one at `at`.
    pub(super) fn central(central: &mut Vec<u8>, entry: &Entry, at: u32) {
        central.extend(b"PK\x01\x02\x14\0");
        central.extend(entry.fields(false));
        central.extend([0; 10]);
        central.extend(at.to_le_bytes());
        central.extend(&entry.name);
    }

    pub(super) fn bytes(self) -> Vec<u8> {
        self.bytes
    }
}

/// Counts how often it is read from.
pub(super) struct Counted {
    inner: Cursor<Vec<u8>>,
    reads: Rc<Cell<u32>>,
}

impl Counted {
    pub(super) fn new(bytes: Vec<u8>, reads: &Rc<Cell<u32>>) -> Self {
        Self { inner: Cursor::new(bytes), reads: Rc::clone(reads) }
    }
}

impl Read for Counted {
    fn read(&mut self, into: &mut [u8]) -> std::io::Result<usize> {
        self.reads.set(self.reads.get() + 1);
        self.inner.read(into)
    }
}

impl Seek for Counted {
    fn seek(&mut self, to: SeekFrom) -> std::io::Result<u64> {
        self.inner.seek(to)
    }
}
