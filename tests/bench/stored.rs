//! What a point costs in the store.

use runatlas_core::history::{History, codec};
use runatlas_core::model::{Millis, Point};

use crate::report::{Row, best};

const POINTS: usize = 100_000;

pub(crate) fn sizes() -> Vec<Row> {
    let noisy = history(|step| (-0.001 * step as f64).exp() + noise(step));
    let repeating = history(|step| f64::from(u32::try_from(step / 50 % 4).unwrap_or_default()) * 0.25);
    vec![
        size("stored size a point, noisy values", &noisy, 10.0),
        size("stored size a point, repeating values", &repeating, 3.0),
        decoding(&noisy),
    ]
}

fn size(what: &str, history: &History, allowed: f64) -> Row {
    let bytes = codec::encode(history).len() as f64 / POINTS as f64;
    Row {
        what: what.to_owned(),
        measured: format!("{bytes:.2} bytes"),
        peer: "24 bytes as plain numbers".to_owned(),
        share: bytes / allowed,
        budget: format!("{allowed} bytes"),
    }
}

fn decoding(history: &History) -> Row {
    let block = codec::encode(history);
    let took = best(20, || codec::decode(&block).expect("a block decodes")) * 10;
    Row::time("decoding a million points", took, std::time::Duration::from_millis(100))
}

fn history(value: impl Fn(usize) -> f64) -> History {
    let mut history = History::with_capacity(POINTS);
    let mut clock = 1_790_000_000_000;
    for step in 0..POINTS {
        clock += 700 + (noise(step) * 40.0) as i64;
        let timestamp: Millis = clock;
        history.push(Point { step: step as i64, timestamp, value: value(step) });
    }
    history
}

/// Between 0 and 1, the same in every run, and no two alike for long.
fn noise(at: usize) -> f64 {
    let mixed =
        (at as u64).wrapping_mul(0x9E37_79B9_7F4A_7C15).rotate_left(31).wrapping_mul(0xD6E8_FEB8_6659_FD93);
    (mixed >> 11) as f64 / (1_u64 << 53) as f64
}
