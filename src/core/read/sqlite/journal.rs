//! The rollback journal: pages as they were before a transaction that never ended.

use std::{
    collections::HashMap,
    io::{self, SeekFrom},
};

use super::{header, pager::Overlay};
use crate::read::ReadSeek;

const MAGIC: [u8; 8] = [0xd9, 0xd5, 0x05, 0xf9, 0x20, 0xa1, 0x63, 0xd7];
const HEADER: usize = 28;

/// Finds the original pages that a hot journal holds; `None` if the journal is not hot: empty,
/// zeroed, without a valid header, or part of a transaction over several databases, whose
/// deciding file is never beside this one.
pub(super) fn index(mut file: Box<dyn ReadSeek>) -> Option<Overlay> {
    let len = file.seek(SeekFrom::End(0)).ok()?;
    if names_super_journal(&mut *file, len) {
        return None;
    }
    let first = Segment::read(&mut *file, 0, len, None)?;
    let mut offsets = HashMap::new();
    let mut segment = first;
    loop {
        let (end, whole) = add_records(&mut *file, &segment, len, first.pages_before, &mut offsets);
        // The next segment starts at the next sector; `end` grows by at least a header each time.
        let next = end.next_multiple_of(u64::from(first.sector_size));
        match Segment::read(&mut *file, next, len, Some(&first)) {
            Some(found) if whole => segment = found,
            _ => break,
        }
    }
    Some(Overlay { file, page_size: first.page_size, offsets, page_count: first.pages_before })
}

/// A header and the records behind it. A journal that was synced several times has several.
#[derive(Clone, Copy)]
struct Segment {
    at: u64,
    records: u32,
    nonce: u32,
    /// Pages that the database had before the transaction.
    pages_before: u32,
    sector_size: u32,
    page_size: usize,
}

impl Segment {
    /// Only the first header's sizes count.
    fn read(file: &mut dyn ReadSeek, at: u64, len: u64, first: Option<&Self>) -> Option<Self> {
        let mut bytes = [0; HEADER];
        read_at(file, at, &mut bytes).ok()?;
        let field = |at: usize| bytes.get(at..)?.first_chunk().map(|b| u32::from_be_bytes(*b));
        if !bytes.starts_with(&MAGIC) {
            return None;
        }
        let (sector_size, page_size) = match first {
            Some(first) => (first.sector_size, first.page_size),
            None => (field(20)?, header::page_size(field(24)?)?),
        };
        if !(32..=65536).contains(&sector_size) || !sector_size.is_power_of_two() {
            return None;
        }
        let mut records = field(8)?;
        if records == u32::MAX {
            // Written without syncing: everything that follows is records.
            let room = len.saturating_sub(at + u64::from(sector_size));
            records = u32::try_from(room / record_size(page_size)).unwrap_or(u32::MAX);
        }
        Some(Self { at, records, nonce: field(12)?, pages_before: field(16)?, sector_size, page_size })
    }
}

fn record_size(page_size: usize) -> u64 {
    page_size as u64 + 8
}

/// Adds the segment's pages; gives its end, and whether all its records were sound.
fn add_records(
    file: &mut dyn ReadSeek,
    segment: &Segment,
    len: u64,
    pages_before: u32,
    offsets: &mut HashMap<u32, u64>,
) -> (u64, bool) {
    let mut at = segment.at + u64::from(segment.sector_size);
    let mut record = vec![0; segment.page_size + 8];
    for _ in 0..segment.records {
        if at + record_size(segment.page_size) > len || read_at(file, at, &mut record).is_err() {
            return (at, false);
        }
        let Some(page) = check_record(&record, segment.nonce) else { return (at, false) };
        if page <= pages_before {
            offsets.insert(page, at + 4);
        }
        at += record_size(segment.page_size);
    }
    (at, true)
}

/// The record's page number, if its checksum holds: the nonce and every 200th byte of the page,
/// counted from the end.
fn check_record(record: &[u8], nonce: u32) -> Option<u32> {
    let (number, rest) = record.split_first_chunk::<4>()?;
    let (page, sum) = rest.split_last_chunk::<4>()?;
    let number = u32::from_be_bytes(*number);
    let bytes = page.iter().rev().skip(199).step_by(200);
    let expected = bytes.fold(nonce, |sum, &byte| sum.wrapping_add(byte.into()));
    // SQLite stops before byte 0 of the page, which the step reaches only in pages of 200·n bytes;
    // no page size is such.
    (number != 0 && u32::from_be_bytes(*sum) == expected).then_some(number)
}

/// Whether the journal ends with the name of a super-journal: name, length, checksum, magic.
fn names_super_journal(file: &mut dyn ReadSeek, len: u64) -> bool {
    let mut tail = [0; 16];
    let Some(at) = len.checked_sub(16) else { return false };
    if read_at(file, at, &mut tail).is_err() || !tail.ends_with(&MAGIC) {
        return false;
    }
    let field =
        |at: usize| tail.get(at..).and_then(|b| b.first_chunk()).map_or(0, |b| u32::from_be_bytes(*b));
    let (name_len, sum) = (field(0), field(4));
    let Some(start) = at.checked_sub(name_len.into()) else { return false };
    if name_len == 0 || name_len > 4096 {
        return false;
    }
    let mut name = vec![0; name_len as usize];
    let read = read_at(file, start, &mut name).is_ok();
    // SQLite sums signed chars where chars are signed; both are taken.
    let unsigned = name.iter().fold(0_u32, |sum, &b| sum.wrapping_add(b.into()));
    let signed = name.iter().fold(0_u32, |sum, &b| sum.wrapping_add(b.cast_signed() as u32));
    read && is_super_journal_name(&name) && (sum == unsigned || sum == signed)
}

/// Such names end with `-mj` and nine hexadecimal digits, the third last of them a 9.
fn is_super_journal_name(name: &[u8]) -> bool {
    let digits = name.last_chunk::<12>().and_then(|end| end.strip_prefix(b"-mj"));
    digits.is_some_and(|d| d.iter().all(u8::is_ascii_hexdigit) && d.get(6) == Some(&b'9'))
}

fn read_at(file: &mut dyn ReadSeek, at: u64, bytes: &mut [u8]) -> io::Result<()> {
    file.seek(SeekFrom::Start(at))?;
    file.read_exact(bytes)
}
