//! Tests of histories: codec, merge, smoothing.

mod codec;
mod merge;
mod smooth;

use proptest::collection::vec;
use proptest::prelude::*;
use runatlas_core::history::History;
use runatlas_core::model::Point;

/// Every bit counts: NaN is equal to itself and -0 differs from 0.
fn bits(history: &History) -> Vec<(i64, i64, u64)> {
    history.iter().map(|p| (p.step, p.timestamp, p.value.to_bits())).collect()
}

fn history(points: &[(i64, i64, f64)]) -> History {
    points.iter().map(|&(step, timestamp, value)| Point { step, timestamp, value }).collect()
}

fn any_value() -> impl Strategy<Value = f64> {
    prop_oneof![
        4 => -10.0..10.0f64,
        1 => any::<u64>().prop_map(f64::from_bits),
        2 => prop::sample::select(vec![0.0, -0.0, 1.0, 0.5, f64::NAN, f64::INFINITY, f64::NEG_INFINITY, f64::MAX, 5e-324]),
        1 => any::<f32>().prop_map(f64::from),
    ]
}

fn any_whole() -> impl Strategy<Value = i64> {
    prop_oneof![
        4 => 0..50i64,
        2 => 1_700_000_000_000..1_700_000_100_000i64,
        1 => any::<i64>(),
        1 => prop::sample::select(vec![i64::MIN, i64::MAX, -1]),
    ]
}

/// Histories in the order in which they were written, not sorted.
fn any_history(points: usize) -> impl Strategy<Value = History> {
    vec((any_whole(), any_whole(), any_value()), 0..points).prop_map(|points| history(&points))
}
