//! Zip archives: what is read, what is refused, and what is saved of damaged ones.

mod build;
mod damage;
mod limits;

use std::io::{Cursor, Read as _, Seek as _, SeekFrom};

use runatlas_core::read::{
    FileTree as _,
    zip::{ZipError, ZipLimits, ZipTree},
};

use build::{Archive, Entry};

fn open(bytes: Vec<u8>) -> Result<ZipTree, ZipError> {
    ZipTree::open(Box::new(Cursor::new(bytes)), "a.zip", ZipLimits::default())
}

fn paths(tree: &ZipTree) -> Vec<&str> {
    tree.files().iter().map(|f| f.path.as_str()).collect()
}

fn reasons(tree: &ZipTree) -> String {
    tree.notes().iter().map(|n| format!("{}: {}", n.path, n.reason)).collect::<Vec<_>>().join("\n")
}

#[test]
fn members_are_read_whole_whatever_their_packing() {
    let long = "0.25 17 text\n".repeat(40_000);
    let archive = Archive::of([
        Entry::stored("b/stored", b"as it is"),
        Entry::deflated("a/deflated", long.as_bytes()),
        Entry::stored("empty", b""),
        Entry::deflated("empty too", b""),
        Entry::stored("folder/", b""),
    ]);
    let tree = open(archive.bytes()).unwrap();
    assert_eq!(paths(&tree), ["a/deflated", "b/stored", "empty", "empty too"]);
    assert_eq!(tree.read("a/deflated", u64::MAX).unwrap(), long.as_bytes());
    assert_eq!(tree.read("b/stored", u64::MAX).unwrap(), b"as it is");
    assert_eq!(tree.read("empty", 0).unwrap(), b"");
    assert_eq!(tree.read("empty too", 0).unwrap(), b"");
    assert_eq!(tree.head("a/deflated", 10).unwrap(), &long.as_bytes()[..10]);
    assert_eq!(tree.head("b/stored", 100).unwrap(), b"as it is");
    assert!(tree.notes().is_empty());
    let too_long = tree.read("b/stored", 7).unwrap_err();
    assert!(too_long.reason.contains("larger than 7 bytes"), "{too_long}");
    assert!(tree.open("nowhere").is_err());
}

#[test]
fn several_members_are_open_at_once_and_read_at_any_place() {
    let text: Vec<u8> = (0..300_000_u32).flat_map(u32::to_le_bytes).collect();
    let tree = open(Archive::of([Entry::stored("s", &text), Entry::deflated("d", &text)]).bytes()).unwrap();
    let (mut stored, mut deflated) = (tree.open("s").unwrap(), tree.open("d").unwrap());
    for at in [0_usize, 999_999, 131_070, 1_199_990, 5] {
        for file in [&mut stored, &mut deflated] {
            let mut some = [0; 10];
            file.seek(SeekFrom::Start(at as u64)).unwrap();
            file.read_exact(&mut some).unwrap();
            assert_eq!(some, text[at..at + 10]);
        }
    }
    assert_eq!(stored.seek(SeekFrom::End(-3)).unwrap(), text.len() as u64 - 3);
    let mut rest = Vec::new();
    stored.read_to_end(&mut rest).unwrap();
    assert_eq!(rest, text[text.len() - 3..]);
}

#[track_caller]
fn check_name(name: &[u8], expected: Result<&str, &str>) {
    let tree =
        open(Archive::of([Entry::stored_raw(name, b"x"), Entry::stored("other", b"y")]).bytes()).unwrap();
    match expected {
        Ok(path) => {
            assert!(paths(&tree).contains(&path), "{:?} {}", paths(&tree), reasons(&tree));
            assert_eq!(tree.read(path, 1).unwrap(), b"x");
        }
        Err(reason) => {
            assert_eq!(paths(&tree), ["other"]);
            assert!(reasons(&tree).contains(reason), "{}", reasons(&tree));
        }
    }
}

#[test]
fn names_become_safe_paths_or_are_left_out() {
    check_name(b"./mlruns//0/./meta.yaml", Ok("mlruns/0/meta.yaml"));
    check_name(br"mlruns\0\meta.yaml", Ok("mlruns/0/meta.yaml"));
    check_name("größe/ü".as_bytes(), Ok("größe/ü"));
    check_name(b"caf\x82", Ok("café")); // code page 437
    check_name(b"a..b/..c", Ok("a..b/..c"));
    check_name(b"dir:x/y", Ok("dir:x/y"));
    check_name(b"/etc/passwd", Err("its path is absolute"));
    check_name(br"\\server\share", Err("its path is absolute"));
    check_name(b"../up", Err("its path leads out of the archive"));
    check_name(br"a\..\..\up", Err("its path leads out of the archive"));
    check_name(b"C:/x", Err("its path names a drive"));
    check_name(b"c:x", Err("its path names a drive"));
    check_name(b"a\x00b", Err("its name has control characters"));
    check_name(b"a\nb", Err("its name has control characters"));
    check_name(b".", Err("it has no name"));
}

#[test]
fn the_last_of_equal_names_counts() {
    let archive = Archive::of([Entry::stored("a/b", b"1"), Entry::stored("a//b", b"2")]);
    let tree = open(archive.bytes()).unwrap();
    assert_eq!(tree.read("a/b", 9).unwrap(), b"2");
}

#[test]
fn members_that_cannot_be_read_are_named_once() {
    let entries = (0..50).map(|i| Entry::stored(&format!("secret{i:02}"), b"x").encrypted());
    let odd = Entry::stored("odd", b"x").method(14);
    let tree = open(Archive::of(entries.chain([odd, Entry::stored("ok", b"y")])).bytes()).unwrap();
    assert_eq!(paths(&tree), ["ok"]);
    assert_eq!(tree.notes().len(), 2, "{}", reasons(&tree));
    assert!(reasons(&tree).contains("a.zip/secret00: it is encrypted"));
    assert!(reasons(&tree).contains("50 encrypted files in all"));
    assert!(reasons(&tree).contains("a.zip/odd: it is packed with a method other than deflate"));
}

#[test]
fn a_zip64_archive_behind_other_data_is_read() {
    let mut bytes = b"#!/bin/sh\nexit\n".to_vec();
    let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let options = zip::write::SimpleFileOptions::default().large_file(true);
    writer.start_file("large", options).unwrap();
    std::io::Write::write_all(&mut writer, b"content").unwrap();
    bytes.extend(writer.finish().unwrap().into_inner());
    let tree = open(bytes).unwrap();
    assert_eq!(tree.read("large", 100).unwrap(), b"content");
}

#[test]
fn ten_thousand_small_members_take_few_reads_of_the_archive() {
    // In a browser every read of a dropped file is a round trip.
    let one = Entry::deflated("", b"the same value everywhere");
    let named = |i: u32| Entry { name: format!("params/{i:05}").into_bytes(), ..one.clone() };
    let reads = std::rc::Rc::new(std::cell::Cell::new(0_u32));
    let counted = build::Counted::new(Archive::of((0..10_000).map(named)).bytes(), &reads);
    let tree = ZipTree::open(Box::new(counted), "a.zip", ZipLimits::default()).unwrap();
    assert_eq!(tree.files().len(), 10_000);
    for file in tree.files() {
        assert_eq!(tree.read(&file.path, 100).unwrap(), b"the same value everywhere");
    }
    assert!(reads.get() < 100, "{} reads", reads.get());
}
