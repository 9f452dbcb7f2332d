//! Text, JSON, tables and pictures.

use proptest::prelude::*;
use runatlas_core::preview::{Encoding, Limits, Preview, TablePreview, TextPreview, preview};

fn show(path: &str, bytes: &[u8]) -> Preview {
    preview(path, bytes, &Limits::default())
}

fn text(path: &str, bytes: &[u8], limits: &Limits) -> TextPreview {
    match preview(path, bytes, limits) {
        Preview::Text(text) | Preview::Json(text) => text,
        other => panic!("{other:?}"),
    }
}

fn table(path: &str, bytes: &[u8]) -> TablePreview {
    match show(path, bytes) {
        Preview::Table(table) => table,
        other => panic!("{other:?}"),
    }
}

#[test]
fn encodings_are_told_apart() {
    let read = |bytes: &[u8]| {
        let found = text("a.txt", bytes, &Limits::default());
        (found.text, found.encoding, found.notes.len())
    };
    assert_eq!(read("é\r\nb\rc".as_bytes()), ("é\nb\nc".to_owned(), Encoding::Utf8, 0));
    assert_eq!(read(b"\xef\xbb\xbfmark"), ("mark".to_owned(), Encoding::Utf8, 0));
    assert_eq!(read(b"caf\xe9"), ("café".to_owned(), Encoding::Latin1, 1));
    assert_eq!(read(b"\xff\xfeh\0\xe9\0"), ("hé".to_owned(), Encoding::Utf16, 0));
    assert_eq!(read(b"\xfe\xff\0h\0\xe9"), ("hé".to_owned(), Encoding::Utf16, 0));
}

#[test]
fn what_is_cut_is_said() {
    let limits = Limits { text_bytes: 7, lines: 2, ..Limits::default() };
    // The seventh byte is half of the second é.
    let found = text("a.txt", "abcdéé-more".as_bytes(), &limits);
    assert_eq!((found.text.as_str(), found.encoding), ("abcdé", Encoding::Utf8));
    assert_eq!(found.notes, ["The first 7 B of 13 B are shown"]);
    let found = text("a.txt", b"1\n2\n3\n", &limits);
    assert_eq!((found.text.as_str(), found.lines), ("1\n2", 2));
    assert_eq!(found.notes, ["The first 2 of 3 lines are shown"]);
}

#[test]
fn json_keeps_its_numbers_keys_and_order() {
    let source = r#"{"z":12345678901234567890,"a":[1.10,-0,1e400,{}, [] ],"a":"x\"{,:\\","é":null}"#;
    let Preview::Json(found) = show("m.json", source.as_bytes()) else { panic!() };
    let expected = [
        "{",
        "  \"z\": 12345678901234567890,",
        "  \"a\": [",
        "    1.10,",
        "    -0,",
        "    1e400,",
        "    {},",
        "    []",
        "  ],",
        "  \"a\": \"x\\\"{,:\\\\\",",
        "  \"é\": null",
        "}",
    ];
    assert_eq!(found.text, expected.join("\n"));
    assert_eq!((found.lines, found.notes.len()), (12, 0));
}

#[test]
fn what_is_no_json_is_text_with_the_reason() {
    for (source, reason) in [("{\"a\": NaN}", "line 1 column 7"), ("{\"a\":1", "EOF"), ("{} {}", "trailing")]
    {
        let Preview::Text(found) = show("m.json", source.as_bytes()) else { panic!("{source}") };
        assert_eq!(found.text, source);
        assert!(found.notes[0].contains(reason), "{:?}", found.notes);
    }
    let deep = "[".repeat(100_000);
    assert!(matches!(show("m.json", deep.as_bytes()), Preview::Text(_)));
    let limits = Limits { text_bytes: 4, ..Limits::default() };
    let cut = text("m.json", b"[1,2,3]", &limits);
    assert_eq!((cut.text.as_str(), cut.notes.len()), ("[1,2", 2));
}

#[test]
fn tables_are_read_with_their_delimiter() {
    let found = table("t.csv", b"name;score;note\na;0.5;\"x;y\"\nb;;two\n");
    assert_eq!((found.delimiter, found.header.join(" ")), (';', "name score note".to_owned()));
    assert_eq!(found.rows, [["a", "0.5", "x;y"], ["b", "", "two"]]);
    assert_eq!(found.numeric, [false, true, false]);
    assert_eq!((found.summary.as_str(), found.notes.len()), ("2 rows, 3 columns", 0));
    assert_eq!(table("t.csv", b"a,b\n1,2\n").delimiter, ',');
    assert_eq!(table("t.csv", b"a|b|c\n1|2|3\n").delimiter, '|');
    assert_eq!(table("t.tsv", b"a,b\tc\n").header, ["a,b", "c"]);
    assert_eq!(table("one.csv", b"only\n1\n2\n").rows, [["1"], ["2"]]);
}

#[test]
fn ragged_and_long_tables_say_so() {
    let found = table("t.csv", b"a,b\n1\n1,2\n1,2,3\n");
    assert_eq!(found.rows, [vec!["1"], vec!["1", "2"], vec!["1", "2", "3"]]);
    assert_eq!(found.notes, ["2 rows have another number of cells than the first line"]);
    assert_eq!(found.summary, "3 rows, 3 columns");
    let limits = Limits { text_bytes: 12, rows: 1, columns: 1, ..Limits::default() };
    let Preview::Table(cut) = preview("t.csv", b"a,b\n1,2\n3,4\n5,6\n", &limits) else { panic!() };
    assert_eq!((cut.header, cut.rows), (vec!["a".to_owned()], vec![vec!["1".to_owned()]]));
    assert_eq!(cut.summary, "at least 1 row, 2 columns");
    assert_eq!(cut.notes, ["The first 12 B of 16 B are shown", "The first 1 columns are shown"]);
}

#[test]
fn pictures_tell_their_size() {
    let size = |bytes: &[u8]| match show("x", bytes) {
        Preview::Image { mime, size } => (mime, size),
        other => panic!("{other:?}"),
    };
    let png = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\x01\0\0\0\0\x20rest";
    assert_eq!(size(png), ("image/png", Some((256, 32))));
    assert_eq!(size(b"GIF89a\x02\x01\x03\0"), ("image/gif", Some((258, 3))));
    let jpeg = b"\xff\xd8\xff\xe0\0\x04ab\xff\xc0\0\x11\x08\0\x10\0\x20";
    assert_eq!(size(jpeg), ("image/jpeg", Some((32, 16))));
    assert_eq!(size(b"\xff\xd8\xff\xe0"), ("image/jpeg", None));
    assert_eq!(
        show("x.svg", b"<svg onload='alert(1)'/>"),
        Preview::Image { mime: "image/svg+xml", size: None }
    );
}

#[test]
fn pages_carry_a_policy_and_the_rest_is_a_download() {
    let Preview::Html { document, source } = show("p.html", b"<script>alert(1)</script>") else { panic!() };
    assert!(document.contains("default-src 'none'") && !document.contains("script-src"));
    assert_eq!(source.text, "<script>alert(1)</script>");
    assert!(matches!(show("m.pkl", b"\x80\x04\0"), Preview::Download { .. }));
    assert_eq!(show("empty.json", b""), Preview::Empty);
}

fn json() -> impl Strategy<Value = serde_json::Value> {
    let leaf = prop_oneof![
        Just(serde_json::Value::Null),
        any::<bool>().prop_map(Into::into),
        any::<i64>().prop_map(Into::into),
        "[a-z\"\\\\{}\\[\\]:, \n]{0,8}".prop_map(Into::into),
    ];
    leaf.prop_recursive(4, 32, 5, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..5).prop_map(Into::into),
            prop::collection::btree_map("[a-z\"]{0,3}", inner, 0..5)
                .prop_map(|map| map.into_iter().collect()),
        ]
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]

    #[test]
    fn indenting_keeps_the_value(value in json()) {
        let pretty = serde_json::to_string_pretty(&value).unwrap();
        for source in [value.to_string(), pretty.clone()] {
            let Preview::Json(found) = show("m.json", source.as_bytes()) else { panic!() };
            prop_assert_eq!(&found.text, &pretty);
        }
    }
}
