//! The archive's table of contents, or what can be saved of it.

use std::{collections::BTreeMap, rc::Rc};

use zip::{CompressionMethod, ZipArchive};

use super::{
    ZipError,
    member::{Member, Method},
    names::safe_path,
    salvage,
    source::{Slice, Source},
};
use crate::{
    model::Note,
    read::{notes::Notebook, tree::FileEntry},
};

/// The record at the end of an archive is at most this far from the end: 22 bytes and a comment.
const END_RECORD_REACH: u64 = 22 + 65_535;

pub(super) struct Directory {
    /// Sorted by path, each path once.
    pub(super) files: Vec<(FileEntry, Member)>,
    pub(super) notes: Vec<Note>,
}

impl Directory {
    pub(super) fn read(source: &Rc<Source>, name: &str, max_entries: u64) -> Result<Self, ZipError> {
        let mut start = [0; 4];
        let starts = source.read_exact_at(0, &mut start).is_ok() && start == *b"PK\x03\x04";
        let ended = has_end_record(source);
        if !starts && !ended {
            return Err(ZipError::NotAZip { path: name.to_owned() });
        }
        let mut found = Found::new(name);
        // Without an end record the crate would search the whole file for one.
        let listed = if ended { from_central(source, &mut found) } else { Err("it is cut off".to_owned()) };
        if let Err(reason) = listed {
            let saved = salvage::local_headers(source, max_entries, &mut found);
            if saved == 0 {
                return Err(ZipError::Broken { path: name.to_owned(), reason });
            }
            let reason = format!(
                "this archive lost its table of contents ({reason}); {saved} files were read from what is left of it"
            );
            found.notes.add(Note::repaired(name, reason));
        }
        Ok(found.finish())
    }
}

/// What one member says of itself, from either table.
pub(super) struct Listed {
    pub(super) header: u64,
    pub(super) compressed: u64,
    pub(super) size: u64,
    pub(super) crc: u32,
    /// `None` for a method that is not read.
    pub(super) method: Option<Method>,
    pub(super) encrypted: bool,
}

/// Gathers members under their safe paths.
pub(super) struct Found<'a> {
    archive: &'a str,
    files: BTreeMap<String, (u64, Member)>,
    pub(super) notes: Notebook,
}

impl<'a> Found<'a> {
    fn new(archive: &'a str) -> Self {
        Self { archive, files: BTreeMap::new(), notes: Notebook::default() }
    }

    pub(super) fn add(&mut self, name: &str, listed: &Listed) {
        if name.ends_with(['/', '\\']) || name.starts_with("__MACOSX/") {
            return;
        }
        let path = match safe_path(name) {
            Ok(path) => path,
            Err(reason) => return self.skip("files with unsafe names", name, reason),
        };
        if listed.encrypted {
            return self.skip(
                "encrypted files",
                &path,
                "it is encrypted: unpack the archive with its password first",
            );
        }
        let Some(method) = listed.method else {
            return self.skip(
                "files packed with other methods",
                &path,
                "it is packed with a method other than deflate: pack it anew",
            );
        };
        let Listed { header, compressed, crc, .. } = *listed;
        self.files.insert(path, (listed.size, Member { header, compressed, crc, method }));
    }

    pub(super) fn skip(&mut self, group: &'static str, path: &str, reason: &str) {
        self.notes.count(group, Note::skipped(format!("{}/{path}", self.archive), reason));
    }

    fn finish(mut self) -> Directory {
        let entry = |(path, (size, member))| (FileEntry { path, size }, member);
        Directory { files: self.files.into_iter().map(entry).collect(), notes: self.notes.finish() }
    }
}

fn has_end_record(source: &Source) -> bool {
    let from = source.len().saturating_sub(END_RECORD_REACH);
    let mut tail = vec![0; (source.len() - from) as usize];
    source.read_exact_at(from, &mut tail).is_ok() && tail.windows(4).any(|four| four == b"PK\x05\x06")
}

fn from_central(source: &Rc<Source>, found: &mut Found) -> Result<(), String> {
    let archive = ZipArchive::new(Slice::whole(source)).map_err(|e| e.to_string())?;
    for at in 0..archive.len() {
        let Ok(entry) = archive.by_index_data(at) else { continue };
        if entry.is_symlink() {
            continue;
        }
        // Several archivers write UTF-8 without saying so; few names of another code page are valid UTF-8.
        let name = match std::str::from_utf8(entry.name_raw()) {
            Ok(name) => Ok(name.into()),
            Err(_) => entry.name(),
        };
        let Ok(name) = name else {
            found.skip("files without a readable name", &format!("file {at}"), "its name cannot be read");
            continue;
        };
        let listed = Listed {
            header: entry.header_start(),
            compressed: entry.compressed_size(),
            size: entry.size(),
            crc: entry.crc32(),
            method: match entry.compression() {
                CompressionMethod::Stored => Some(Method::Stored),
                CompressionMethod::Deflated => Some(Method::Deflated),
                _ => None,
            },
            encrypted: entry.encrypted(),
        };
        found.add(&name, &listed);
    }
    Ok(())
}
