//! What several rooms' tests share.

#[path = "../../examples/dump/json.rs"]
pub(crate) mod json;
#[path = "../../examples/dump/python.rs"]
pub(crate) mod python;
pub(crate) mod reference;
pub(crate) mod truth;

use python::{fsum, repr};

#[test]
fn floats_are_written_as_python_writes_them() {
    let check = |value: f64, expected: &str| assert_eq!(repr(value), expected);
    check(0.0, "0.0");
    check(-0.0, "-0.0");
    check(1.0, "1.0");
    check(0.1 + 0.2, "0.30000000000000004");
    check(1e15, "1000000000000000.0");
    check(1e16, "1e+16");
    check(1.5e16, "1.5e+16");
    check(9_007_199_254_740_993.0, "9007199254740992.0");
    check(0.0001, "0.0001");
    check(0.000_01, "1e-05");
    check(1.25e-7, "1.25e-07");
    check(f64::MAX, "1.7976931348623157e+308");
    check(5e-324, "5e-324");
    check(f64::NAN, "nan");
    check(f64::NEG_INFINITY, "-inf");
}

#[test]
fn sums_are_rounded_once_as_in_python() {
    let check = |values: &[f64], expected: f64| {
        assert_eq!(fsum(values.iter().copied()).to_bits(), expected.to_bits());
    };
    check(&[], 0.0);
    check(&[-0.0], 0.0);
    check(&[0.1; 10], 1.0);
    check(&[1e100, 1.0, -1e100], 1.0);
    check(&[1.0, 1e16, 1.0, -1e16], 2.0);
    // Half-way between two floats: the parts below decide.
    check(&[9_007_199_254_740_992.0, 1.0, 1e-10], 9_007_199_254_740_994.0);
    check(&[9_007_199_254_740_992.0, 1.0, -1e-10], 9_007_199_254_740_992.0);
    check(&[9_007_199_254_740_992.0, 1.0], 9_007_199_254_740_992.0);
}
