use proptest::prelude::*;
use runatlas_core::compare::{CompareOptions, Lens, PackageChange, Side, compare};

use super::files;

const PNG: &[u8] = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x10\0\0\0\x20\x08\x06\0\0\0";

fn side<'a>(path: &'a str, bytes: &'a [u8]) -> Side<'a> {
    Side { path, bytes }
}

#[test]
fn the_way_follows_from_path_and_content() {
    let best = |path: &str, left: &str, right: &str| files(path, left, right).lens(None);
    assert_eq!(best("train.py", "a", "b"), Lens::Lines);
    assert_eq!(best("config.json", "{}", "[]"), Lens::Structure);
    assert_eq!(best("config.json", "{", "[]"), Lens::Lines, "what cannot be read is text");
    assert_eq!(best("requirements.txt", "a==1", "a==2"), Lens::Lines);
    assert_eq!(best("model/conda.yaml", "name: a", "name: b"), Lens::Lines);
    assert_eq!(best("preds.csv", "a\n1\n", "a\n2\n"), Lens::Cells);
    assert_eq!(best("model.pkl", "\0\u{1}", "\0\u{2}"), Lens::Bytes);
    let pictures =
        compare(Some(side("roc.png", PNG)), Some(side("roc.png", PNG)), &CompareOptions::default());
    assert_eq!(pictures.lenses(), [Lens::Pictures]);
    assert_eq!(pictures.pictures.unwrap().left.unwrap().size, Some((16, 32)));
    assert!(pictures.same_bytes);
}

#[test]
fn a_wanted_way_holds_where_it_fits() {
    let found = files("a.json", "{\"a\":1}", "{\"a\":2}");
    assert_eq!(found.lenses(), [Lens::Structure, Lens::Lines]);
    assert_eq!(found.lens(Some(Lens::Lines)), Lens::Lines);
    assert_eq!(found.lens(Some(Lens::Cells)), Lens::Structure);
}

#[test]
fn packages_are_compared_by_version() {
    let found = files(
        "requirements.txt",
        "numpy==1.26.4\ntorch==2.10.0\nold\n",
        "numpy==1.26.4\nTorch==2.9.1\nnew>=1\n",
    );
    let packages = found.packages.unwrap();
    let rows: Vec<_> = packages.rows.iter().map(|row| (row.name.as_str(), row.change)).collect();
    assert_eq!(
        rows,
        [
            ("new", PackageChange::Added),
            ("numpy", PackageChange::Same),
            ("old", PackageChange::Removed),
            ("torch", PackageChange::Lowered),
        ]
    );
    assert_eq!(packages.words(), "1 version changed, 1 package added, 1 removed, 1 equal");
}

#[test]
fn a_missing_side_is_not_an_empty_one() {
    let options = CompareOptions::default();
    let missing = compare(None, Some(side("a.txt", b"x\n")), &options);
    assert_eq!(missing.sizes, (None, Some(2)));
    assert!(!missing.same_bytes);
    assert_eq!(missing.text.unwrap().added(), 1);
    assert!(!compare(None, Some(side("a.txt", b"")), &options).same_bytes);
    assert!(compare(Some(side("a.txt", b"")), Some(side("a.txt", b"")), &options).same_bytes);
    assert_eq!(compare(None, None, &options).lens(None), Lens::Lines);
}

#[test]
fn a_picture_is_not_compared_with_a_text() {
    let found = compare(Some(side("a.png", PNG)), Some(side("a.png", b"hello")), &CompareOptions::default());
    assert_eq!(found.lenses(), [Lens::Bytes]);
    assert_eq!(found.first_difference, Some(0));
}

#[test]
fn what_is_left_out_is_said() {
    let found = files("a.txt", "a\r\n", "a\n");
    assert_eq!(found.notes, ["Lines end with CR LF on the left, with LF on the right; that is not marked"]);
    assert!(!found.same_bytes && found.text.unwrap().is_equal());
    let long = format!("[{}]", vec!["1"; 3_000].join(","));
    let found = files("a.json", &long, "[]");
    assert_eq!(found.notes, ["Compared as indented JSON, since the file has very long lines"]);
    assert_eq!(found.text.unwrap().left.len(), 3_002);
    let found =
        compare(Some(side("a.txt", &[0xff, b'a'])), Some(side("a.txt", b"a")), &CompareOptions::default());
    assert_eq!(found.notes, ["Not valid UTF-8, read as Latin-1"]);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]

    /// Whatever the bytes are and whatever they are called.
    #[test]
    fn no_file_stops_it(left in file(), right in file(), path in 0..PATHS.len()) {
        let path = PATHS[path];
        let found = compare(Some(side(path, &left)), Some(side(path, &right)), &CompareOptions::default());
        prop_assert_eq!(found.same_bytes, left == right);
        prop_assert_eq!(found.first_difference.is_none(), left == right);
        let back = compare(Some(side(path, &right)), Some(side(path, &left)), &CompareOptions::default());
        prop_assert_eq!(back.lenses(), found.lenses());
        if left == right {
            prop_assert!(found.text.is_none_or(|text| text.is_equal()));
            prop_assert!(found.structure.is_none_or(|structure| structure.is_equal()));
            prop_assert!(found.table.is_none_or(|table| table.is_equal()));
            prop_assert!(found.packages.is_none_or(|packages| packages.is_equal()));
        }
    }
}

const PATHS: [&str; 9] =
    ["a.txt", "a.json", "a.yaml", "a.csv", "a.tsv", "requirements.txt", "conda.yaml", "MLmodel", "a"];

/// Bytes, texts with the signs that formats are made of, and now and then a picture.
fn file() -> impl Strategy<Value = Vec<u8>> {
    prop_oneof![
        prop::collection::vec(any::<u8>(), 0..60),
        "[a-c0-2{}\\[\\]\"':,;=\\-#&*!|>\n\r\t ]{0,60}".prop_map(String::into_bytes),
        Just(b"{\"columns\": [\"a\"], \"data\": [[1], [2]]}".to_vec()),
        Just(PNG.to_vec()),
    ]
}
