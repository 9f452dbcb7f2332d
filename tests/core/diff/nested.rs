//! Values that are taken apart: JSON, Python's `repr`, YAML.

use proptest::prelude::*;
use runatlas_core::{
    diff::{DiffFilter, Line, RowId, SectionKind},
    structure::{leaves, may_be_nested},
};

use super::{diff, row, rows, texts};
use crate::table::make::run;

fn read(text: &str) -> Vec<String> {
    let found = leaves(text).unwrap_or_else(|| panic!("{text} is nested"));
    found.into_iter().map(|leaf| format!("{}={}", leaf.path, leaf.text)).collect()
}

#[test]
fn json_and_python_say_the_same() {
    let expected =
        ["opt.name=adam", "opt.lr=1e-3", "layers[0]=64", "layers[1]=32", "amp=true", "seed=null", "empty={}"];
    assert_eq!(
        read(
            r#"{"opt": {"name": "adam", "lr": 1e-3}, "layers": [64, 32], "amp": true, "seed": null, "empty": {}}"#
        ),
        expected
    );
    assert_eq!(
        read(
            "{'opt': {'name': 'adam', 'lr': 1e-3}, 'layers': (64, 32), 'amp': True, 'seed': None, 'empty': {}}"
        ),
        expected
    );
    assert_eq!(
        read("opt:\n  name: adam\n  lr: 1e-3\nlayers:\n- 64\n- 32\namp: true\nseed: null\nempty: {}\n"),
        expected
    );
}

#[test]
fn reprs_of_objects_are_read_or_kept_whole() {
    assert_eq!(read("Namespace(lr=0.1, dims=[1, 2])"), ["lr=0.1", "dims[0]=1", "dims[1]=2"]);
    assert_eq!(
        read(
            "{'path': PosixPath('/a, b'), 'device': device(type='cuda', index=0), 'fn': <function f at 0x7f>}"
        ),
        ["path=PosixPath('/a, b')", "device.type=cuda", "device.index=0", "fn=<function f at 0x7f>"]
    );
    assert_eq!(
        read(r#"{"a b": 1, "": 2, "q\"": "x\ny", "u": "\u00e9\ud83d\ude00"}"#),
        ["[\"a b\"]=1", "[\"\"]=2", "[\"q\\\"\"]=x\ny", "u=é😀"]
    );
    assert_eq!(read("{'a', 'b'}"), ["a=", "b="]);
}

#[test]
fn other_texts_are_no_structure() {
    for text in [
        "",
        "0.1",
        "adam",
        "[1, 2",
        "{broken",
        "a, b",
        "Note: this is prose\nand more: of it here",
        "(1)",
        "f(x)",
        "{'a': 1} {'b': 2}",
        "http://a:8\nx",
    ] {
        assert_eq!(leaves(text), None, "{text}");
    }
    let deep = "[".repeat(5_000) + &"]".repeat(5_000);
    assert_eq!(leaves(&deep), None);
    let wide = format!("[{}]", vec!["1"; 50_000].join(","));
    assert_eq!(leaves(&wide), None);
}

#[test]
fn nested_params_open_into_rows_of_their_own() {
    let diff = diff([
        run("a").param("cfg", "{'lr': 0.1, 'opt': {'name': 'adam', 'eps': 1}}").param("dims", "[1, 2]"),
        run("b").param("cfg", "{'lr': 0.1, 'opt': {'name': 'sgd'}}").param("dims", "[1, 3]"),
        run("c").param("cfg", "default"),
    ]);
    let name = row(&diff, SectionKind::Params, "opt.name");
    assert_eq!((texts(&name), name.is_inner), (vec!["adam", "sgd", "not set"], true));
    let section = diff.sections().iter().find(|section| section.kind == SectionKind::Params).unwrap();
    assert_eq!(
        (section.len(), section.differing, section.rows()),
        (2, 2, 7),
        "rows inside do not count as keys"
    );
    let words = |filter: &DiffFilter| -> Vec<String> {
        let word = |line: Line| match line {
            Line::Row { section, row, open, .. } => {
                Some(format!("{} {open:?}", diff.id_of(section, row)?.words()))
            }
            _ => None,
        };
        let of = diff.lines(filter).into_iter().filter_map(word);
        of.take_while(|line| line.starts_with("cfg") || line.starts_with("dims")).collect()
    };
    let all = ["cfg Some(true)", "cfg.lr None", "cfg.opt.name None", "cfg.opt.eps None", "dims Some(false)"];
    assert_eq!(words(&DiffFilter::default()), all, "a bare list starts closed");
    let id = |key: &str| RowId { section: SectionKind::Params, key: key.to_owned(), inner: None };
    let toggled = DiffFilter { toggled: [id("cfg"), id("dims")].into(), ..DiffFilter::default() };
    assert_eq!(words(&toggled), ["cfg Some(false)", "dims Some(true)", "dims[0] None", "dims[1] None"]);
    let search =
        DiffFilter { search: "opt eps".to_owned(), toggled: [id("cfg")].into(), ..DiffFilter::default() };
    assert_eq!(words(&search), ["cfg Some(true)", "cfg.opt.eps None"], "what is found is shown");
    let inner = RowId { inner: Some("opt.name".to_owned()), ..id("cfg") };
    let pinned = DiffFilter { pinned: vec![inner.clone()], ..DiffFilter::default() };
    assert_eq!(words(&pinned)[..3], ["cfg.opt.name None", "cfg Some(true)", "cfg.lr None"]);
    assert_eq!(diff.find(&inner).and_then(|(section, row)| diff.id_of(section, row)), Some(inner));
}

#[test]
fn structure_is_compared_whatever_wrote_it() {
    let diff =
        diff([run("a").param("c", r#"{"x": 1, "y": true}"#), run("b").param("c", "{'y': True, 'x': 1}")]);
    let differs: Vec<_> =
        rows(&diff, SectionKind::Params).iter().map(|row| (row.key.clone(), row.differs)).collect();
    let expected = [("c", true), ("x", false), ("y", false)];
    assert_eq!(differs, expected.map(|(key, differs)| (key.to_owned(), differs)));
}

/// A nested value with the paths and texts that are expected.
fn any_value() -> impl Strategy<Value = serde_json::Value> {
    let leaf = prop_oneof![
        any::<bool>().prop_map(Into::into),
        any::<i32>().prop_map(Into::into),
        "\\PC{0,6}".prop_map(Into::into),
        Just(serde_json::Value::Null),
    ];
    leaf.prop_recursive(4, 40, 5, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..4).prop_map(Into::into),
            prop::collection::btree_map("[a-z\"\\\\ .]{0,4}", inner, 0..4)
                .prop_map(|map| serde_json::Value::Object(map.into_iter().collect())),
        ]
    })
}

fn count(value: &serde_json::Value) -> usize {
    match value {
        serde_json::Value::Array(items) if !items.is_empty() => items.iter().map(count).sum(),
        serde_json::Value::Object(map) if !map.is_empty() => map.values().map(count).sum(),
        _ => 1,
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(192))]

    #[test]
    fn every_json_is_taken_apart(value in any_value(), pretty in any::<bool>()) {
        let text = if pretty { serde_json::to_string_pretty(&value) } else { serde_json::to_string(&value) }.unwrap();
        prop_assume!(value.is_object() || value.is_array());
        let found = leaves(&text).unwrap();
        prop_assert_eq!(found.len(), count(&value), "{}", text);
        let mut paths: Vec<&str> = found.iter().map(|leaf| leaf.path.as_str()).collect();
        paths.sort_unstable();
        paths.dedup();
        prop_assert_eq!(paths.len(), found.len(), "every leaf has a place of its own in {}", text);
    }

    #[test]
    fn no_text_breaks_it(text in "[\\[\\](){}:,'\"a1\\\\\n =<>.-]{0,40}") {
        let found = leaves(&text);
        prop_assert!(found.is_none() || may_be_nested(&text));
    }
}
