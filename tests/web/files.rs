//! Dropped files, on the page.

use runatlas::web::files::{BlobTree, Dropped};
use wasm_bindgen_test::wasm_bindgen_test;

#[wasm_bindgen_test]
fn a_drop_is_named_after_what_was_dropped() {
    let mut dropped = Dropped::from_bytes("a.db", b"1234").unwrap();
    assert_eq!((dropped.name().as_str(), dropped.bytes(), dropped.len()), ("a.db", 4, 1));
    dropped.files.extend(Dropped::from_bytes("b.db", b"12").unwrap().files);
    assert_eq!((dropped.name().as_str(), dropped.bytes()), ("a.db and 1 more", 6));
    assert_eq!(Dropped::default().name(), "");
}

#[wasm_bindgen_test]
fn a_page_cannot_read_in_place() {
    assert!(BlobTree::new([]).is_err());
}
