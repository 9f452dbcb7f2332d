use std::{
    cell::RefCell,
    collections::VecDeque,
    io::{self, Cursor, Read, Seek, SeekFrom},
    rc::Rc,
};

use js_sys::{Array, Uint8Array};
use runatlas_core::read::{FileEntry, FileError, FileTree, ReadSeek};
use web_sys::{Blob, File, FileReaderSync};

use super::reason;

/// Files up to this size, in bytes, are read many at a time.
const SMALL: u64 = 64 << 10;
/// How many small files are read at a time at most, and how many bytes of them.
const GROUP_FILES: usize = 1000;
const GROUP_BYTES: u64 = 4 << 20;
/// Groups that are held: readers go through the parts of a run in an order of their own.
const GROUPS_KEPT: usize = 3;
/// What is read of a large file when less is asked for, in bytes.
const READ_AHEAD: u64 = 256 << 10;

/// Dropped files as a tree, read in place, in a worker (pages have no synchronous reads).
///
/// A read of a file costs a trip to the browser's own process, and a folder of 10,000 runs has
/// some 300,000 files of a few bytes. So neighbouring small files are joined to one blob, which
/// is read in one trip.
pub struct BlobTree {
    entries: Vec<FileEntry>,
    files: Vec<File>,
    reader: FileReaderSync,
    /// Where each group begins, in order; a large file is a group of its own.
    starts: Vec<usize>,
    /// The groups read last, the latest first.
    groups: RefCell<VecDeque<Group>>,
}

/// The bytes of the files from `first` on.
struct Group {
    first: usize,
    files: Vec<Rc<[u8]>>,
}

impl BlobTree {
    /// A tree of these files; of equal paths the last wins. Fails outside a worker.
    pub fn new(files: impl IntoIterator<Item = (String, File)>) -> Result<Self, FileError> {
        let reader = FileReaderSync::new();
        let reader = reader.map_err(|thrown| FileError::new("", super::super::words(&thrown)))?;
        let sorted: std::collections::BTreeMap<String, File> = files.into_iter().collect();
        let (mut entries, mut files) = (Vec::with_capacity(sorted.len()), Vec::with_capacity(sorted.len()));
        for (path, file) in sorted {
            entries.push(FileEntry { path, size: file.size() as u64 });
            files.push(file);
        }
        let starts = group_starts(&entries);
        Ok(Self { entries, files, reader, starts, groups: RefCell::default() })
    }

    fn small(&self, at: usize) -> Option<Rc<[u8]>> {
        if let Some(bytes) = self.grouped(at) {
            return Some(bytes);
        }
        let group = self.read_group(self.starts.partition_point(|&start| start <= at))?;
        let mut groups = self.groups.borrow_mut();
        groups.truncate(GROUPS_KEPT - 1);
        groups.push_front(group);
        drop(groups);
        self.grouped(at)
    }

    fn grouped(&self, at: usize) -> Option<Rc<[u8]>> {
        let groups = self.groups.borrow();
        groups.iter().find_map(|group| group.files.get(at.checked_sub(group.first)?).cloned())
    }

    /// The group before the `next`. `None` if any of its files cannot be read, or is not as long
    /// as it was: then each is read by itself.
    fn read_group(&self, next: usize) -> Option<Group> {
        let first = *self.starts.get(next.checked_sub(1)?)?;
        let end = self.starts.get(next).copied().unwrap_or(self.entries.len());
        let sizes: Vec<usize> =
            self.entries.get(first..end)?.iter().map(|entry| entry.size as usize).collect();
        let parts: Array = self.files.get(first..end)?.iter().collect();
        let joined = Blob::new_with_blob_sequence(&parts).ok()?;
        let bytes = read_blob(&self.reader, &joined).ok()?;
        if bytes.len() != sizes.iter().sum::<usize>() {
            return None;
        }
        let mut rest = bytes.as_slice();
        let mut files = Vec::with_capacity(sizes.len());
        for size in sizes {
            let (file, others) = rest.split_at_checked(size)?;
            files.push(file.into());
            rest = others;
        }
        Some(Group { first, files })
    }
}

fn group_starts(entries: &[FileEntry]) -> Vec<usize> {
    let (mut starts, mut bytes) = (Vec::new(), 0);
    for (at, entry) in entries.iter().enumerate() {
        let began = starts.last().copied();
        let is_full = began.is_none_or(|began| at - began >= GROUP_FILES) || bytes + entry.size > GROUP_BYTES;
        if is_full || entry.size > SMALL {
            starts.push(at);
            bytes = 0;
        }
        // Whatever follows a large file begins a group.
        bytes += if entry.size > SMALL { GROUP_BYTES } else { entry.size };
    }
    starts
}

impl FileTree for BlobTree {
    fn files(&self) -> &[FileEntry] {
        &self.entries
    }

    fn open(&self, path: &str) -> Result<Box<dyn ReadSeek>, FileError> {
        let at = self.entries.binary_search_by(|entry| entry.path.as_str().cmp(path)).ok();
        let found = at.and_then(|at| Some((at, self.entries.get(at)?, self.files.get(at)?)));
        let Some((at, entry, file)) = found else {
            return Err(FileError::new(path, "no such file"));
        };
        if entry.size <= SMALL
            && let Some(bytes) = self.small(at)
        {
            return Ok(Box::new(Cursor::new(bytes)));
        }
        Ok(Box::new(BlobReader {
            blob: file.clone().into(),
            size: entry.size,
            reader: self.reader.clone(),
            at: 0,
            buffer: Vec::new(),
            buffer_at: 0,
        }))
    }
}

/// Reads a blob in place, some way ahead.
struct BlobReader {
    blob: Blob,
    size: u64,
    reader: FileReaderSync,
    at: u64,
    buffer: Vec<u8>,
    buffer_at: u64,
}

impl BlobReader {
    /// What the buffer holds from the current place on.
    fn buffered(&self) -> &[u8] {
        let skip = self.at.checked_sub(self.buffer_at).map_or(usize::MAX, |skip| skip as usize);
        self.buffer.get(skip..).unwrap_or_default()
    }

    fn fetch(&self, length: u64) -> io::Result<Vec<u8>> {
        let end = self.size.min(self.at.saturating_add(length));
        let part = self.blob.slice_with_f64_and_f64(self.at as f64, end as f64);
        let bytes = part.and_then(|part| read_blob(&self.reader, &part));
        bytes.map_err(|thrown| io::Error::other(reason(&thrown)))
    }
}

impl Read for BlobReader {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        if self.at >= self.size || out.is_empty() {
            return Ok(0);
        }
        if self.buffered().is_empty() {
            self.buffer = self.fetch((out.len() as u64).max(READ_AHEAD))?;
            self.buffer_at = self.at;
            if self.buffer.is_empty() {
                return Err(io::ErrorKind::UnexpectedEof.into());
            }
        }
        let bytes = self.buffered();
        let length = bytes.len().min(out.len());
        out.iter_mut().zip(bytes).for_each(|(to, from)| *to = *from);
        self.at += length as u64;
        if length > READ_AHEAD as usize {
            // A large read went through the buffer: do not hold its memory.
            self.buffer = Vec::new();
        }
        Ok(length)
    }
}

impl Seek for BlobReader {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        let at = match to {
            SeekFrom::Start(at) => Some(at),
            SeekFrom::End(by) => self.size.checked_add_signed(by),
            SeekFrom::Current(by) => self.at.checked_add_signed(by),
        };
        self.at = at.ok_or(io::ErrorKind::InvalidInput)?;
        Ok(self.at)
    }
}

fn read_blob(reader: &FileReaderSync, blob: &Blob) -> Result<Vec<u8>, wasm_bindgen::JsValue> {
    Ok(Uint8Array::new(&reader.read_as_array_buffer(blob)?.into()).to_vec())
}
