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
