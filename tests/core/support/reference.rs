//! What numpy, scipy and published formulas answer: `tests/golden/stat/make.py`.

use serde_json::Value;

pub(crate) fn of(subject: &str) -> Value {
    let all: Value = serde_json::from_str(include_str!("../../golden/stat/stat.json")).unwrap();
    all.get(subject).unwrap_or_else(|| panic!("no {subject} in stat.json")).clone()
}

/// A number; null is NaN.
pub(crate) fn number(value: &Value) -> f64 {
    if value.is_null() { f64::NAN } else { value.as_f64().unwrap() }
}

pub(crate) fn numbers(value: &Value) -> Vec<f64> {
    value.as_array().unwrap().iter().map(number).collect()
}

/// Whether they differ by no more than this share (of 1, where the value is less), or are both NaN.
pub(crate) fn close(got: f64, want: f64, tolerance: f64) -> bool {
    got.to_bits() == want.to_bits()
        || got.is_nan() && want.is_nan()
        || (got - want).abs() <= tolerance * want.abs().max(1.0)
}

#[track_caller]
pub(crate) fn assert_close(got: &[f64], want: &[f64], tolerance: f64, what: &str) {
    assert_eq!(got.len(), want.len(), "{what}");
    for (at, (&got, &want)) in got.iter().zip(want).enumerate() {
        assert!(close(got, want, tolerance), "{what} at {at}: {got:?} instead of {want:?}");
    }
}
