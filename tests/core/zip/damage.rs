//! Archives that are cut off, damaged, or no archives at all.

use proptest::prelude::*;
use runatlas_core::read::{FileTree as _, zip::ZipError};

use super::{
    build::{Archive, Entry},
    open, paths, reasons,
};

fn three() -> Archive {
    Archive::of([
        Entry::deflated("a", &b"first file ".repeat(50)),
        Entry::stored("b", b"second file"),
        Entry::deflated("c", &b"third file ".repeat(50)).streamed(),
        Entry::deflated("d", &b"fourth file ".repeat(50)).streamed(),
    ])
}

#[test]
fn what_is_no_zip_is_said_to_be_none() {
    for bytes in [&b""[..], b"P", b"%PDF-1.7 and so on", b"PK\x01\x02"] {
        assert!(matches!(open(bytes.to_vec()), Err(ZipError::NotAZip { .. })), "{bytes:?}");
    }
}

#[test]
fn without_its_directory_every_whole_member_is_read() {
    let archive = three();
    let end = archive.directory;
    let tree = open(archive.bytes()[..end].to_vec()).unwrap();
    assert_eq!(paths(&tree), ["a", "b", "c", "d"]);
    assert_eq!(tree.read("a", 1000).unwrap(), b"first file ".repeat(50));
    assert_eq!(tree.read("b", 1000).unwrap(), b"second file");
    assert_eq!(tree.read("c", 1000).unwrap(), b"third file ".repeat(50));
    assert_eq!(tree.read("d", 1000).unwrap(), b"fourth file ".repeat(50));
    assert!(reasons(&tree).contains("4 files were read from what is left"), "{}", reasons(&tree));
}

#[test]
fn a_download_that_broke_off_costs_the_member_that_it_broke_in() {
    let archive = Archive::of([
        Entry::deflated("a", &b"first file ".repeat(50)),
        Entry::stored("b", &[7; 1000]),
        Entry::stored("c", b"never came"),
    ]);
    let tree = open(archive.bytes()[..800].to_vec()).unwrap();
    assert_eq!(paths(&tree), ["a"]);
    assert!(
        reasons(&tree).contains("a.zip/b: the archive breaks off within this file"),
        "{}",
        reasons(&tree)
    );
}

#[test]
fn one_damaged_member_costs_itself() {
    let archive = three();
    let mut bytes = archive.bytes();
    bytes[40] ^= 0x55; // within the first member's data
    let tree = open(bytes).unwrap();
    assert!(tree.read("a", 1000).is_err());
    assert_eq!(tree.read("b", 1000).unwrap(), b"second file");
    let mut bytes = three().bytes();
    let at = bytes.windows(6).position(|w| w == b"second").unwrap();
    bytes[at] = b'S';
    let error = open(bytes).unwrap().read("b", 1000).unwrap_err();
    assert!(error.reason.contains("checksum does not match"), "{error}");
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 600, ..ProptestConfig::default() })]

    /// Whatever is changed or cut: no panic, no endless loop, and what is read is what was written
    /// or, for the parts that no checksum guards, an error.
    #[test]
    fn mutated_archives_never_panic(
        changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 0..6),
        cut in prop::option::of(any::<prop::sample::Index>()),
    ) {
        let mut bytes = three().bytes();
        for (at, byte) in changes {
            let at = at.index(bytes.len());
            bytes[at] = byte;
        }
        if let Some(cut) = cut {
            bytes.truncate(cut.index(bytes.len()));
        }
        if let Ok(tree) = open(bytes) {
            for file in tree.files() {
                let _ = tree.read(&file.path, 1 << 20);
                let _ = tree.head(&file.path, 64);
                let mut whole = Vec::new();
                if let Ok(mut file) = tree.open(&file.path) {
                    let _ = file.read_to_end(&mut whole);
                }
            }
        }
    }
}
