//! The write-ahead log: which of its pages were committed.

use std::{
    collections::HashMap,
    io::{BufReader, Read, Seek, SeekFrom},
};

use super::{header, pager::Overlay};
use crate::read::ReadSeek;

const HEADER: usize = 32;
const FRAME_HEADER: usize = 24;

/// Finds the committed pages of a log; `None` if it has none. Frames count up to the last commit
/// before the first frame whose salts or checksum are not the log's, as in SQLite's recovery.
pub(super) fn index(mut file: Box<dyn ReadSeek>) -> Option<Overlay> {
    file.seek(SeekFrom::Start(0)).ok()?;
    let mut reader = BufReader::with_capacity(256 << 10, &mut file);
    let mut bytes = [0; HEADER];
    reader.read_exact(&mut bytes).ok()?;
    let log = Log::parse(&bytes)?;
    let (offsets, page_count) = committed(&log, &mut reader);
    drop(reader);
    (!offsets.is_empty()).then_some(Overlay { file, page_size: log.page_size, offsets, page_count })
}

struct Log {
    big_endian: bool,
    page_size: usize,
    salts: [u8; 8],
    checksum: [u32; 2],
}

impl Log {
    fn parse(bytes: &[u8; HEADER]) -> Option<Self> {
        let field = |i: usize| u32_at(bytes, i * 4);
        let big_endian = match field(0)? {
            0x377f_0682 => false,
            0x377f_0683 => true,
            _ => return None,
        };
        let checksum = checksum([0, 0], bytes.get(..24)?, big_endian);
        let sound = field(1)? == 3_007_000 && [field(6)?, field(7)?] == checksum;
        let page_size = header::page_size(field(2)?)?;
        let salts = bytes.get(16..24)?.try_into().ok()?;
        sound.then_some(Self { big_endian, page_size, salts, checksum })
    }
}

fn committed(log: &Log, reader: &mut impl Read) -> (HashMap<u32, u64>, u32) {
    let mut offsets = HashMap::new();
    let mut page_count = 0;
    let mut uncommitted = Vec::new();
    let mut running = log.checksum;
    let mut frame = vec![0; FRAME_HEADER + log.page_size];
    let mut at = HEADER as u64;
    while reader.read_exact(&mut frame).is_ok() {
        let Some((page, commit)) = check_frame(log, &frame, &mut running) else { break };
        uncommitted.push((page, at + FRAME_HEADER as u64));
        at += frame.len() as u64;
        if commit != 0 {
            offsets.extend(uncommitted.drain(..));
            page_count = commit;
        }
    }
    (offsets, page_count)
}

/// Page number and, for the last frame of a transaction, the size of the database in pages.
fn check_frame(log: &Log, frame: &[u8], running: &mut [u32; 2]) -> Option<(u32, u32)> {
    let (head, page) = frame.split_at_checked(FRAME_HEADER)?;
    let next = checksum(*running, head.get(..8)?, log.big_endian);
    let next = checksum(next, page, log.big_endian);
    let number = u32_at(head, 0)?;
    let sound = head.get(8..16)? == log.salts && [u32_at(head, 16)?, u32_at(head, 20)?] == next;
    if !sound || number == 0 {
        return None;
    }
    *running = next;
    Some((number, u32_at(head, 4)?))
}

fn checksum(start: [u32; 2], bytes: &[u8], big_endian: bool) -> [u32; 2] {
    let word = |b: &[u8; 4]| if big_endian { u32::from_be_bytes(*b) } else { u32::from_le_bytes(*b) };
    let [mut s0, mut s1] = start;
    let (words, _) = bytes.as_chunks::<4>();
    let (pairs, _) = words.as_chunks::<2>();
    for [a, b] in pairs {
        s0 = s0.wrapping_add(word(a)).wrapping_add(s1);
        s1 = s1.wrapping_add(word(b)).wrapping_add(s0);
    }
    [s0, s1]
}

fn u32_at(bytes: &[u8], at: usize) -> Option<u32> {
    bytes.get(at..)?.first_chunk().map(|b| u32::from_be_bytes(*b))
}
