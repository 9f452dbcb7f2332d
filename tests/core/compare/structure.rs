use proptest::prelude::*;
use runatlas_core::compare::{StructureChange, StructureDiff};

use super::files;

fn json(left: &str, right: &str) -> StructureDiff {
    files("config.json", left, right).structure.expect("both are JSON")
}

/// What differs, one a line.
fn differences(diff: &StructureDiff) -> Vec<String> {
    let word = |side: &Option<String>| side.clone().unwrap_or_else(|| "-".to_owned());
    diff.rows
        .iter()
        .filter(|row| row.change != StructureChange::Same)
        .map(|row| format!("{}{}: {} → {}", row.parent, row.key, word(&row.left), word(&row.right)))
        .collect()
}

#[test]
fn values_are_compared_where_they_are() {
    let left =
        r#"{"model": {"layers": [{"units": 64}, {"units": 32}], "name": "mlp"}, "lr": 0.001, "gone": true}"#;
    let right =
        r#"{"lr": 1e-3, "model": {"name": "cnn", "layers": [{"units": 64}, {"units": 16}]}, "new": null}"#;
    let diff = json(left, right);
    assert_eq!(
        differences(&diff),
        [
            "model.layers[1].units: 32 → 16",
            "model.name: \"mlp\" → \"cnn\"",
            "gone: true → -",
            "new: - → null",
        ]
    );
    assert_eq!(diff.words(), "2 values changed, 1 added, 1 removed, 2 equal");
}

#[test]
fn another_kind_is_told_apart_from_another_value() {
    let diff = json(r#"{"a": 1, "b": [1]}"#, r#"{"a": "1", "b": {"0": 1}}"#);
    let kinds: Vec<_> = diff.rows.iter().map(|row| row.change.clone()).collect();
    let kind = |from: &str, to: &str| StructureChange::Kind { from: from.into(), to: to.into() };
    assert_eq!(kinds, [kind("number", "text"), kind("list", "map")]);
}

#[test]
fn numbers_are_equal_by_value_and_large_ones_exactly() {
    assert!(json(r#"{"a": [1, 1.0, 1e0, -0.0]}"#, r#"{"a": [1.0, 1, 1, 0]}"#).is_equal());
    assert!(!json(r#"{"a": 9007199254740993}"#, r#"{"a": 9007199254740992}"#).is_equal());
}

#[test]
fn items_of_lists_are_aligned_by_name_or_by_content() {
    let named = json(
        r#"[{"name": "a", "size": 1}, {"name": "b", "size": 2}]"#,
        r#"[{"name": "b", "size": 3}, {"name": "a", "size": 1}]"#,
    );
    assert_eq!(differences(&named), ["[name=b].size: 2 → 3"]);
    let plain = json("[1, 2, 3, 4, 5, 6]", "[0, 1, 2, 3, 4, 5, 6]");
    assert_eq!(differences(&plain), ["[0]: - → 0"]);
}

#[test]
fn yaml_means_what_mlflow_reads_in_it() {
    let left = "a: yes\nb: 012\nc: ~\nd: '1'\ne: &x [1, 2]\nf: *x\n";
    let right = "f: [1, 2]\ne: [1, 2]\nd: 1\nc:\nb: 012\na: yes\n";
    let diff = files("MLmodel", left, right).structure.expect("both are YAML");
    assert_eq!(differences(&diff), ["d: \"1\" → 1"]);
}

#[test]
fn python_writes_nan_into_json() {
    let diff = json(r#"{"loss": NaN, "acc": 1}"#, r#"{"loss": 0.5, "acc": 1}"#);
    assert_eq!(differences(&diff), ["loss: NaN → 0.5"]);
}

#[test]
fn what_is_no_config_is_left_to_the_lines() {
    for (left, right) in [("{", "{}"), ("", "{}"), ("just words", "other words")] {
        let found = files("config.json", left, right);
        assert_eq!(found.structure, None, "{left:?}");
        assert!(found.text.is_some());
    }
}

#[test]
fn hostile_files_are_refused_or_bounded() {
    let deep = "[".repeat(100_000);
    assert_eq!(files("a.json", &deep, &deep).structure, None);
    let bomb: String = (0..40).fold("a0: &a0 [x, x]\n".to_owned(), |text, at| {
        text + &format!("a{next}: &a{next} [*a{at}, *a{at}]\n", next = at + 1)
    });
    assert_eq!(files("a.yaml", &bomb, "a: 1\n").structure, None);
    let wide = format!("[{}]", vec!["1"; 150_000].join(","));
    let other = format!("[{}]", vec!["2"; 150_000].join(","));
    let diff = json(&wide, &other);
    assert!(diff.is_cut && diff.rows.len() <= 20_000);
}

fn value() -> impl Strategy<Value = serde_json::Value> {
    let leaf = prop_oneof![
        Just(serde_json::Value::Null),
        any::<bool>().prop_map(Into::into),
        any::<i64>().prop_map(Into::into),
        "[a-c]{0,3}".prop_map(Into::into),
    ];
    leaf.prop_recursive(4, 40, 5, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..5).prop_map(Into::into),
            prop::collection::vec(("[a-d]", inner), 0..5)
                .prop_map(|pairs| pairs.into_iter().collect::<serde_json::Map<_, _>>().into()),
        ]
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]

    #[test]
    fn nothing_differs_exactly_when_the_values_are_equal(left in value(), right in value()) {
        let (a, b) = (serde_json::json!({ "v": left }), serde_json::json!({ "v": right }));
        prop_assert_eq!(json(&a.to_string(), &b.to_string()).is_equal(), left == right);
        prop_assert!(json(&a.to_string(), &a.to_string()).is_equal());
    }

    #[test]
    fn swapping_the_sides_mirrors(left in value(), right in value()) {
        let (a, b) = (serde_json::json!([left]).to_string(), serde_json::json!([right]).to_string());
        let count = |diff: &StructureDiff, change: &StructureChange| diff.rows.iter().filter(|row| row.change == *change).count();
        let (there, back) = (json(&a, &b), json(&b, &a));
        prop_assert_eq!(there.is_equal(), back.is_equal());
        prop_assert_eq!(count(&there, &StructureChange::Added), count(&back, &StructureChange::Removed));
    }
}
