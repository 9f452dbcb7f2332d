//! The archive's bytes, shared by everything that reads from it.

use std::{
    cell::RefCell,
    io::{self, Read, Seek, SeekFrom},
    rc::Rc,
};

use crate::read::tree::ReadSeek;

/// Small members lie side by side: reading them in blocks saves a call for each. In a browser every
/// read of a dropped file is a round trip.
const BLOCK: usize = 128 * 1024;
/// Blocks kept. Paths are read in the order of their names, archives are written in the order of
/// the disk, so neighbours come back after a while.
const BLOCKS: usize = 32;

/// An archive read at any place, with a few blocks of it kept.
pub(super) struct Source {
    len: u64,
    inner: RefCell<Inner>,
}

struct Inner {
    reader: Box<dyn ReadSeek>,
    /// Newest last.
    blocks: Vec<(u64, Vec<u8>)>,
}

impl Source {
    pub(super) fn new(mut reader: Box<dyn ReadSeek>) -> io::Result<Self> {
        let len = reader.seek(SeekFrom::End(0))?;
        Ok(Self { len, inner: RefCell::new(Inner { reader, blocks: Vec::new() }) })
    }

    pub(super) fn len(&self) -> u64 {
        self.len
    }

    /// Reads some bytes at `position`: as many as are at hand, none at the end.
    pub(super) fn read_at(&self, position: u64, into: &mut [u8]) -> io::Result<usize> {
        let left = usize::try_from(self.len.saturating_sub(position)).unwrap_or(usize::MAX);
        let want = into.len().min(left);
        let into = into.get_mut(..want).unwrap_or_default();
        if into.is_empty() {
            return Ok(0);
        }
        let mut inner = self.inner.try_borrow_mut().map_err(io::Error::other)?;
        if into.len() >= BLOCK {
            inner.reader.seek(SeekFrom::Start(position))?;
            return inner.reader.read(into);
        }
        let block = inner.block(position / BLOCK as u64)?;
        let from = (position % BLOCK as u64) as usize;
        let at_hand = block.get(from..).unwrap_or_default();
        let count = at_hand.len().min(into.len());
        for (to, &byte) in into.iter_mut().zip(at_hand) {
            *to = byte;
        }
        Ok(count)
    }

    /// Fills `into` from `position`, or fails.
    pub(super) fn read_exact_at(&self, mut position: u64, mut into: &mut [u8]) -> io::Result<()> {
        while !into.is_empty() {
            let count = self.read_at(position, into)?;
            if count == 0 {
                return Err(io::ErrorKind::UnexpectedEof.into());
            }
            position += count as u64;
            into = into.get_mut(count..).unwrap_or_default();
        }
        Ok(())
    }
}

impl Inner {
    fn block(&mut self, number: u64) -> io::Result<&[u8]> {
        if let Some(at) = self.blocks.iter().position(|(n, _)| *n == number) {
            let block = self.blocks.remove(at);
            self.blocks.push(block);
        } else {
            let mut bytes = if self.blocks.len() < BLOCKS { Vec::new() } else { self.blocks.remove(0).1 };
            bytes.clear();
            bytes.reserve_exact(BLOCK);
            self.reader.seek(SeekFrom::Start(number * BLOCK as u64))?;
            self.reader.by_ref().take(BLOCK as u64).read_to_end(&mut bytes)?;
            self.blocks.push((number, bytes));
        }
        Ok(self.blocks.last().map(|(_, bytes)| bytes.as_slice()).unwrap_or_default())
    }
}

/// A part of the archive as a file of its own: a stored member, read where it lies.
pub(super) struct Slice {
    source: Rc<Source>,
    start: u64,
    len: u64,
    position: u64,
}

impl Slice {
    pub(super) fn new(source: Rc<Source>, start: u64, len: u64) -> Self {
        Self { source, start, len, position: 0 }
    }

    pub(super) fn whole(source: &Rc<Source>) -> Self {
        Self::new(Rc::clone(source), 0, source.len())
    }
}

impl Read for Slice {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let left = usize::try_from(self.len.saturating_sub(self.position)).unwrap_or(usize::MAX);
        let want = into.len().min(left);
        let into = into.get_mut(..want).unwrap_or_default();
        let count = self.source.read_at(self.start.saturating_add(self.position), into)?;
        self.position += count as u64;
        Ok(count)
    }
}

impl Seek for Slice {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        let target = match to {
            SeekFrom::Start(at) => Some(at),
            SeekFrom::End(by) => self.len.checked_add_signed(by),
            SeekFrom::Current(by) => self.position.checked_add_signed(by),
        };
        self.position = target.ok_or(io::ErrorKind::InvalidInput)?;
        Ok(self.position)
    }
}
