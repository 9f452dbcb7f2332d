//! Archives, damaged where their headers speak of sizes, places and names.

use std::io::Read as _;

use runatlas_core::read::{
    FileTree as _,
    zip::{ZipError, ZipLimits, ZipTree},
};

use crate::{chance::Chance, meter::Meter, mutate, run::Round, seeds};

const LIMITS: ZipLimits = ZipLimits {
    entries: 200,
    member_bytes: 1 << 20,
    total_bytes: 1 << 22,
    ratio: 50,
    ratio_from_bytes: 1 << 18,
};

pub(super) fn zip() -> Round {
    let stores = seeds::FileStore::golden();
    Box::new(move |chance| {
        let store = chance.pick(&stores);
        let mut files = store.some(chance);
        while files.len() > 12 {
            files.pop_first();
        }
        if chance.one_in(10) {
            files.insert("bomb".to_owned(), vec![b'x'; 1 << 19]);
        }
        let mut bytes = seeds::archive(chance, &files);
        let other = bytes.clone();
        for _ in 0..=chance.below(3) {
            damage_header(chance, &mut bytes);
        }
        if chance.one_in(2) {
            mutate::bytes(chance, &mut bytes, &other);
        }
        read(bytes)
    })
}

/// An odd number in a field of some header: of a member, of the directory, of the end.
fn damage_header(chance: &mut Chance, bytes: &mut [u8]) {
    let heads: Vec<usize> =
        bytes.windows(4).enumerate().filter(|(_, four)| is_head(four)).map(|(at, _)| at).collect();
    if heads.is_empty() {
        return;
    }
    let at = chance.pick(&heads) + 4 + chance.below(46);
    let at = at.min(bytes.len() - 1);
    if chance.one_in(4) {
        // Names and extra fields.
        bytes[at] = *chance.pick(b"./\\:\0\x80A");
    } else {
        mutate::number(chance, &mut bytes[at..]);
    }
}

fn is_head(four: &[u8]) -> bool {
    matches!(
        four,
        b"PK\x01\x02" | b"PK\x03\x04" | b"PK\x05\x06" | b"PK\x06\x06" | b"PK\x06\x07" | b"PK\x07\x08"
    )
}

/// Reads all that an archive holds; whether it held anything.
fn read(bytes: Vec<u8>) -> bool {
    let meter = Meter::default();
    let length = bytes.len() as u64;
    let tree = match ZipTree::open(meter.file(bytes), "a.zip", LIMITS) {
        Ok(tree) => tree,
        Err(ZipError::TooLarge { bytes, entries, .. }) => {
            let ratio_over = bytes >= LIMITS.ratio_from_bytes;
            assert!(
                entries > LIMITS.entries || bytes > LIMITS.total_bytes || ratio_over,
                "{bytes} in {entries}"
            );
            return true;
        }
        Err(error) => {
            assert!(error.to_string().starts_with("a.zip "));
            return false;
        }
    };
    assert!(tree.files().is_sorted_by(|a, b| a.path < b.path), "sorted, each path once");
    assert!(tree.files().len() as u64 <= LIMITS.entries);
    let mut total = 0;
    for file in tree.files() {
        check_path(&file.path);
        if let Ok(bytes) = tree.read(&file.path, u64::MAX) {
            assert_eq!(bytes.len() as u64, file.size, "{}", file.path);
            total += file.size;
            let mut streamed = Vec::new();
            tree.open(&file.path).unwrap().read_to_end(&mut streamed).unwrap();
            assert_eq!(streamed, bytes, "{}", file.path);
            assert!(bytes.starts_with(&tree.head(&file.path, 64).unwrap()));
        }
    }
    assert!(total <= LIMITS.total_bytes);
    // The directory, the members in three ways, and the search for what is left of a broken archive.
    let most = 40 * length + 4_000_000;
    assert!(meter.bytes_read() <= most, "{} bytes were read of {length}", meter.bytes_read());
    total > 0
}

fn check_path(path: &str) {
    let bad = |part: &str| matches!(part, "" | "." | "..") || part.contains(['\\', '\0']);
    let drive = path.as_bytes().get(1) == Some(&b':') && path.as_bytes()[0].is_ascii_alphabetic();
    assert!(!drive && !path.split('/').any(bad), "a path that leaves the archive: {path:?}");
}
