//! Archives that are made to fill the memory.

use std::io::Cursor;

use runatlas_core::read::{
    FileTree as _,
    zip::{ZipError, ZipLimits, ZipTree},
};

use super::{
    build::{Archive, Entry},
    open,
};

fn open_within(bytes: Vec<u8>, limits: ZipLimits) -> Result<ZipTree, ZipError> {
    ZipTree::open(Box::new(Cursor::new(bytes)), "a.zip", limits)
}

#[test]
fn a_member_that_lies_about_its_size_is_refused() {
    let data = vec![b'x'; 100_000];
    let check = |entry: Entry, expected: &str| {
        let tree = open(Archive::of([entry, Entry::stored("ok", b"y")]).bytes()).unwrap();
        let error = tree.read("bomb", u64::MAX).unwrap_err();
        assert!(error.reason.contains(expected), "{error}");
        assert_eq!(tree.read("ok", 1).unwrap(), b"y");
    };
    check(Entry::deflated("bomb", &data).declaring(10), "unpacks to more than the 10 bytes");
    check(Entry::deflated("bomb", &data).declaring(99_999), "unpacks to more than the 99999 bytes");
    check(Entry::deflated("bomb", &data).declaring(100_001), "holds only 100000");
    check(Entry::deflated("bomb", &data).declaring(200_000_000), "more than its compressed data can hold");
    check(Entry::stored("bomb", &data).declaring(99), "declares 99 bytes but holds 100000");
}

#[test]
fn an_archive_over_a_limit_says_how_large_it_would_be() {
    let zeros = vec![0; 50_000];
    let two = || Archive::of([Entry::deflated("a", &zeros), Entry::deflated("b", &zeros)]).bytes();
    let check = |limits: ZipLimits| {
        let Err(ZipError::TooLarge { path, bytes, entries }) = open_within(two(), limits) else {
            panic!("{limits:?} let it in")
        };
        assert_eq!((path.as_str(), bytes, entries), ("a.zip", 100_000, 2));
    };
    check(ZipLimits { entries: 1, ..ZipLimits::UNLIMITED });
    check(ZipLimits { total_bytes: 99_999, ..ZipLimits::UNLIMITED });
    check(ZipLimits { ratio: 100, ratio_from_bytes: 100_000, ..ZipLimits::UNLIMITED });
    assert!(
        open_within(two(), ZipLimits { ratio: 100, ratio_from_bytes: 100_001, ..ZipLimits::UNLIMITED })
            .is_ok()
    );
    assert!(open_within(two(), ZipLimits::UNLIMITED).is_ok());
    let tree = open_within(two(), ZipLimits { member_bytes: 49_999, ..ZipLimits::UNLIMITED }).unwrap();
    let error = tree.read("a", u64::MAX).unwrap_err();
    assert!(error.reason.contains("50000 bytes, over the limit of 49999"), "{error}");
}

#[test]
fn members_that_lie_on_top_of_each_other_are_refused() {
    let kernel = Entry::stored("0", &[7; 5_000]);
    let mut bytes = b"PK\x03\x04".to_vec();
    let first = Archive::of([kernel.clone()]);
    let directory = first.directory;
    bytes.splice(.., first.bytes().into_iter().take(directory));
    let mut central = Vec::new();
    for i in 0..100_u32 {
        Archive::central(&mut central, &Entry { name: i.to_string().into_bytes(), ..kernel.clone() }, 0);
    }
    bytes.extend(&central);
    bytes.extend(b"PK\x05\x06\0\0\0\0\x64\0\x64\0");
    bytes.extend((central.len() as u32).to_le_bytes());
    bytes.extend((directory as u32).to_le_bytes());
    bytes.extend([0, 0]);
    let Err(ZipError::Broken { reason, .. }) = open(bytes) else { panic!("let in") };
    assert!(reason.contains("overlap"), "{reason}");
}
