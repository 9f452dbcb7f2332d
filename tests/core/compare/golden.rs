use serde_json::Value;

use super::lines;

/// What git and difflib say of pairs of texts; `tests/golden/compare/make.py` wrote it.
fn truth() -> Vec<Value> {
    serde_json::from_str(include_str!("../../golden/compare/answers.json")).unwrap()
}

#[test]
fn patches_are_those_of_git() {
    for case in truth() {
        let text = |key: &str| case[key].as_str().unwrap();
        let patch = lines(text("left"), text("right")).patch("left", "right");
        let body = patch.strip_prefix("--- left\n+++ right\n").unwrap();
        assert_eq!(body, text("patch"), "{}", case["name"]);
    }
}

#[test]
fn as_many_lines_are_equal_as_difflib_finds() {
    for case in truth() {
        let text = |key: &str| case[key].as_str().unwrap();
        let diff = lines(text("left"), text("right"));
        let equal = diff.left.len() - diff.removed();
        assert_eq!(u64::from(equal), case["equal"].as_u64().unwrap(), "{}", case["name"]);
    }
}

#[test]
fn equal_texts_have_no_patch() {
    assert_eq!(lines("a\nb", "a\nb").patch("left", "right"), "");
}

#[test]
fn a_name_stays_on_its_line() {
    assert!(lines("a", "b").patch("x\ny", "z").starts_with("--- x y\n+++ z\n@@ -1 +1 @@\n"));
}
