//! Dropped files, read in place in a worker.

use std::io::{Read as _, Seek as _, SeekFrom};

use js_sys::{Array, Uint8Array};
use runatlas::web::files::BlobTree;
use runatlas_core::read::FileTree as _;
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::File;

fn file(bytes: &[u8]) -> File {
    File::new_with_u8_array_sequence(&Array::of1(&Uint8Array::from(bytes)), "f").unwrap()
}

/// Bytes that tell where they lie.
fn pattern(length: usize) -> Vec<u8> {
    (0..length as u32).map(|at| (at.wrapping_mul(2_654_435_761) >> 24) as u8).collect()
}

fn tree(files: &[(&str, usize)]) -> BlobTree {
    BlobTree::new(files.iter().map(|&(path, size)| (path.to_owned(), file(&pattern(size))))).unwrap()
}

#[wasm_bindgen_test]
fn files_are_listed_in_order_and_read() {
    let tree = tree(&[("b/2", 3), ("a", 0), ("b/10", 100_000), ("c", 5)]);
    let listed: Vec<(&str, u64)> = tree.files().iter().map(|e| (e.path.as_str(), e.size)).collect();
    assert_eq!(listed, [("a", 0), ("b/10", 100_000), ("b/2", 3), ("c", 5)]);
    for (path, size) in listed {
        assert_eq!(tree.read(path, u64::MAX).unwrap(), pattern(size as usize), "{path}");
    }
    assert!(tree.open("none").is_err());
    assert!(tree.read("b/10", 99_999).is_err(), "the limit holds");
}

#[wasm_bindgen_test]
fn large_files_are_read_at_any_place() {
    const SIZE: usize = 3_000_000;
    let (tree, bytes) = (tree(&[("large", SIZE)]), pattern(SIZE));
    let mut reader = tree.open("large").unwrap();
    for (at, length) in
        [(0, 100), (50, 100), (2_999_990, 10), (1_000_000, 1_500_000), (262_100, 100), (0, SIZE)]
    {
        assert_eq!(reader.seek(SeekFrom::Start(at as u64)).unwrap(), at as u64);
        let mut part = vec![0; length];
        reader.read_exact(&mut part).unwrap();
        assert!(part == bytes[at..at + length], "{length} bytes at {at}");
    }
    assert_eq!(reader.read(&mut [0; 8]).unwrap(), 0, "the end");
    assert_eq!(reader.seek(SeekFrom::End(-4)).unwrap(), SIZE as u64 - 4);
    assert_eq!(reader.seek(SeekFrom::Current(-4)).unwrap(), SIZE as u64 - 8);
    assert!(reader.seek(SeekFrom::Current(-(SIZE as i64))).is_err());
    reader.seek(SeekFrom::Start(1 << 40)).unwrap();
    assert_eq!(reader.read(&mut [0; 8]).unwrap(), 0, "past the end");
}

#[wasm_bindgen_test]
fn thousands_of_small_files_are_read_in_groups() {
    let paths: Vec<String> = (0..5000).map(|at| format!("runs/{at:05}/metrics/loss")).collect();
    let tree =
        BlobTree::new(paths.iter().enumerate().map(|(at, path)| (path.clone(), file(&pattern(at % 300)))))
            .unwrap();
    let begun = js_sys::Date::now();
    for (at, path) in paths.iter().enumerate() {
        assert_eq!(tree.read(path, u64::MAX).unwrap(), pattern(at % 300), "{path}");
    }
    wasm_bindgen_test::console_log!("5,000 small files in {} ms", js_sys::Date::now() - begun);
    // In any order, too.
    for at in (0..5000).rev().step_by(7) {
        assert_eq!(tree.read(&paths[at], u64::MAX).unwrap(), pattern(at % 300));
    }
}
