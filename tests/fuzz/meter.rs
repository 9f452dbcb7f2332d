//! Files that count what is read of them: a reader's work, the same on every machine.

use std::{
    cell::Cell,
    io::{self, Read, Seek, SeekFrom},
    rc::Rc,
};

use runatlas_core::read::{FileEntry, FileError, FileTree, ReadSeek, tree::MemoryTree};

/// Bytes read and files opened.
#[derive(Clone, Default)]
pub(crate) struct Meter {
    read: Rc<Cell<u64>>,
    opened: Rc<Cell<u64>>,
}

impl Meter {
    /// A file in memory under this meter.
    pub(crate) fn file(&self, bytes: Vec<u8>) -> Box<dyn ReadSeek> {
        self.metered(Box::new(io::Cursor::new(bytes)))
    }

    /// Files in memory under this meter.
    pub(crate) fn tree(&self, files: impl IntoIterator<Item = (String, Vec<u8>)>) -> Rc<dyn FileTree> {
        Rc::new(MeteredTree { files: MemoryTree::new(files), meter: self.clone() })
    }

    pub(crate) fn bytes_read(&self) -> u64 {
        self.read.get()
    }

    pub(crate) fn files_opened(&self) -> u64 {
        self.opened.get()
    }

    fn metered(&self, file: Box<dyn ReadSeek>) -> Box<dyn ReadSeek> {
        self.opened.set(self.opened.get() + 1);
        Box::new(Metered { file, meter: self.clone() })
    }
}

struct Metered {
    file: Box<dyn ReadSeek>,
    meter: Meter,
}

impl Read for Metered {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let count = self.file.read(into)?;
        self.meter.read.set(self.meter.read.get() + count as u64);
        Ok(count)
    }
}

impl Seek for Metered {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        self.file.seek(to)
    }
}

struct MeteredTree {
    files: MemoryTree,
    meter: Meter,
}

impl FileTree for MeteredTree {
    fn files(&self) -> &[FileEntry] {
        self.files.files()
    }

    fn open(&self, path: &str) -> Result<Box<dyn ReadSeek>, FileError> {
        Ok(self.meter.metered(self.files.open(path)?))
    }
}
