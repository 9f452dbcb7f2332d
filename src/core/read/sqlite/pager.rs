use std::{
    collections::HashMap,
    io::{self, Read, Seek, SeekFrom},
};

use super::{
    Sidecars, SqliteError,
    cache::{Cache, Page},
    header::{self, Header},
    journal, wal,
};
use crate::read::ReadSeek;

/// What is read at once grows from the first to the second while pages are asked for in file
/// order: a scan over a `Blob` makes few calls, a scattered tree does not read its file many times.
const READ_AHEAD_LEAST: usize = 16 << 10;
const READ_AHEAD_MOST: usize = 256 << 10;

/// Gives pages of the database as its last transaction left them.
pub(super) struct Pager {
    file: Box<dyn ReadSeek>,
    file_len: u64,
    page_size: usize,
    usable: usize,
    page_count: u32,
    cache: Cache,
    overlays: Vec<Overlay>,
    overlay_cache: Cache,
    read_ahead: usize,
    read_until: u64,
}

/// Pages that stand in another file instead of the database.
pub(super) struct Overlay {
    pub(super) file: Box<dyn ReadSeek>,
    pub(super) page_size: usize,
    /// Where each page's bytes start.
    pub(super) offsets: HashMap<u32, u64>,
    /// How many pages the database has.
    pub(super) page_count: u32,
}

impl Pager {
    pub(super) fn open(
        mut file: Box<dyn ReadSeek>,
        mut wal: Option<Box<dyn ReadSeek>>,
        journal: Option<Box<dyn ReadSeek>>,
    ) -> Result<(Self, Header, Sidecars), SqliteError> {
        let file_len = file.seek(SeekFrom::End(0)).map_err(cannot_read(1))?;
        if file_len == 0 {
            // SQLite deletes the sidecars of an empty file.
            return Err(SqliteError::NotADatabase);
        }
        let wal_given = wal.as_mut().is_some_and(|wal| wal.seek(SeekFrom::End(0)).is_ok_and(|len| len > 0));
        let mut wal = wal.and_then(wal::index);
        let mut journal = journal.and_then(journal::index);
        let header = first_header(&mut *file, [wal.as_mut(), journal.as_mut()])?;
        journal = journal.filter(|j| j.page_size == header.page_size);
        wal = wal.filter(|w| w.page_size == header.page_size);
        let sidecars = Sidecars {
            wal_mode: header.wal_mode,
            wal_pages: wal.as_ref().map_or(0, |w| w.offsets.len() as u64),
            wal_ignored: wal_given && wal.is_none(),
            journal_pages: journal.as_ref().map_or(0, |j| j.offsets.len() as u64),
        };
        let in_file = u32::try_from(file_len.div_ceil(header.page_size as u64)).unwrap_or(u32::MAX);
        let overlays: Vec<Overlay> = [wal, journal].into_iter().flatten().collect();
        let page_count = overlays.first().map_or(in_file, |o| o.page_count);
        let cache = || Cache::new(header.page_size, header.usable);
        let pager = Self {
            file,
            file_len,
            page_size: header.page_size,
            usable: header.usable,
            page_count,
            cache: cache(),
            overlays,
            overlay_cache: cache(),
            read_ahead: READ_AHEAD_LEAST,
            read_until: 0,
        };
        Ok((pager, header, sidecars))
    }

    /// Bytes of a page that hold data.
    pub(super) fn usable(&self) -> usize {
        self.usable
    }

    /// A bound on how much data the database can hold, whatever its pages claim.
    pub(super) fn most_bytes(&self) -> u64 {
        u64::from(self.page_count) * self.page_size as u64
    }

    pub(super) fn page(&mut self, number: u32) -> Result<Page, SqliteError> {
        if number == 0 || number > self.page_count {
            let reason = format!("there is no such page, the database has {}", self.page_count);
            return Err(SqliteError::page(number, reason));
        }
        if let Some(page) = self.overlaid(number)? {
            return Ok(page);
        }
        match self.cache.get(number) {
            Some(page) => Ok(page),
            None => self.load(number),
        }
    }

    fn overlaid(&mut self, number: u32) -> Result<Option<Page>, SqliteError> {
        for overlay in &mut self.overlays {
            let Some(&offset) = overlay.offsets.get(&number) else { continue };
            if let Some(page) = self.overlay_cache.get(number) {
                return Ok(Some(page));
            }
            let bytes = overlay.read(offset).map_err(cannot_read(number))?;
            return Ok(Some(self.overlay_cache.insert(number, bytes)));
        }
        Ok(None)
    }

    fn load(&mut self, number: u32) -> Result<Page, SqliteError> {
        let offset = u64::from(number - 1) * self.page_size as u64;
        let left = self.file_len.saturating_sub(offset);
        if left < self.page_size as u64 {
            return Err(SqliteError::page(number, "the file ends before this page does"));
        }
        let near = offset >= self.read_until && offset - self.read_until <= READ_AHEAD_MOST as u64;
        self.read_ahead = if near { (self.read_ahead * 2).min(READ_AHEAD_MOST) } else { READ_AHEAD_LEAST };
        let wanted = u64::min(left, self.read_ahead as u64) as usize;
        let wanted = usize::max(wanted - wanted % self.page_size, self.page_size);
        let bytes = match read_at(&mut *self.file, offset, wanted) {
            Ok(bytes) => bytes,
            // Perhaps only a later page is out of reach.
            Err(_) => read_at(&mut *self.file, offset, self.page_size).map_err(cannot_read(number))?,
        };
        self.read_until = offset + bytes.len() as u64;
        Ok(self.cache.insert(number, bytes))
    }
}

impl Overlay {
    fn read(&mut self, offset: u64) -> io::Result<Vec<u8>> {
        read_at(&mut *self.file, offset, self.page_size)
    }
}

/// The header of the database, from the first place that has it.
fn first_header(file: &mut dyn ReadSeek, overlays: [Option<&mut Overlay>; 2]) -> Result<Header, SqliteError> {
    for overlay in overlays.into_iter().flatten() {
        let Some(&offset) = overlay.offsets.get(&1) else { continue };
        let header = overlay.read(offset).map_err(cannot_read(1)).and_then(|bytes| Header::parse(&bytes));
        if let Ok(header) = header.as_ref()
            && header.page_size == overlay.page_size
        {
            return Ok(*header);
        }
    }
    let mut bytes = Vec::with_capacity(header::LENGTH);
    file.seek(SeekFrom::Start(0)).map_err(cannot_read(1))?;
    file.take(header::LENGTH as u64).read_to_end(&mut bytes).map_err(cannot_read(1))?;
    Header::parse(&bytes)
}

fn read_at(file: &mut dyn ReadSeek, offset: u64, len: usize) -> io::Result<Vec<u8>> {
    file.seek(SeekFrom::Start(offset))?;
    let mut bytes = vec![0; len];
    file.read_exact(&mut bytes)?;
    Ok(bytes)
}

fn cannot_read(page: u32) -> impl Fn(io::Error) -> SqliteError {
    move |e| SqliteError::page(page, format!("cannot be read: {e}"))
}
