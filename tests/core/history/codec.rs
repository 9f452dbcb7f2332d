use super::{any_history, bits, history};
use proptest::collection::vec;
use proptest::prelude::*;
use runatlas_core::history::codec::{BlockInfo, CodecError, decode, encode};
use runatlas_core::history::{History, compare_latest};
use runatlas_core::model::Point;

fn check_round_trip(history: &History) {
    let block = encode(history);
    assert_eq!(bits(&decode(&block).unwrap()), bits(history));
    let info = BlockInfo::peek(&block).unwrap();
    let finite: Vec<f64> = history.values.iter().copied().filter(|v| v.is_finite()).collect();
    assert_eq!(info.count, history.len() as u64);
    assert_eq!(info.non_finite, (history.len() - finite.len()) as u64);
    assert_eq!(info.min, finite.iter().copied().reduce(f64::min));
    assert_eq!(info.max, finite.iter().copied().reduce(f64::max));
    match (info.last, history.iter().max_by(compare_latest)) {
        (None, None) => {}
        (Some(stored), Some(latest)) => {
            assert!(compare_latest(&stored, &latest).is_eq(), "{stored:?} {latest:?}");
        }
        other => panic!("{other:?}"),
    }
}

/// A xorshift: noise without a dependency, the same on every machine.
fn noise(seed: u64) -> impl Iterator<Item = u64> {
    std::iter::successors(Some(seed | 1), |&state| {
        let state = state ^ state << 13;
        let state = state ^ state >> 7;
        Some(state ^ state << 17)
    })
}

fn noisy(points: usize) -> History {
    noise(42)
        .take(points)
        .enumerate()
        .map(|(i, random)| Point {
            step: i as i64,
            timestamp: 1_700_000_000_000 + i as i64 * 180 + (random % 97) as i64,
            value: 0.3 + (random >> 11) as f64 / (1u64 << 53) as f64,
        })
        .collect()
}

fn bytes_a_point(history: &History) -> f64 {
    encode(history).len() as f64 / history.len() as f64
}

#[test]
fn small_and_odd_histories_survive() {
    let cases: &[&[(i64, i64, f64)]] = &[
        &[],
        &[(0, 0, 0.0)],
        &[(5, 1_700_000_000_000, f64::NAN)],
        &[(i64::MIN, i64::MAX, -0.0), (i64::MAX, i64::MIN, 0.0)],
        &[(0, 0, f64::from_bits(0x7ff0_0000_0000_0001)), (0, 0, f64::from_bits(0xfff8_dead_beef_0001))],
        &[(0, 0, f64::INFINITY), (1, 0, f64::NEG_INFINITY), (2, 0, f64::NAN)],
        &[(3, 9, 1.0), (1, 7, 2.0), (2, 8, 3.0)],
    ];
    for points in cases {
        check_round_trip(&history(points));
    }
    for points in [127, 128, 129, 130, 256, 257, 1000] {
        check_round_trip(&noisy(points));
    }
}

#[test]
fn a_history_takes_little_room() {
    let noisy = noisy(20_000);
    let float32 =
        History { values: noisy.values.iter().map(|&v| f64::from(v as f32)).collect(), ..noisy.clone() };
    let repeating = History {
        values: noisy.values.iter().map(|v| (v * 1000.0).round() / 1000.0).collect(),
        ..noisy.clone()
    };
    let constant = History { values: vec![0.1; noisy.len()], ..noisy.clone() };
    let regular = History { timestamps: noisy.steps.iter().map(|s| s * 1000).collect(), ..constant.clone() };
    for (name, history, limit) in [
        ("noisy", &noisy, 8.6),
        ("f32", &float32, 5.1),
        ("repeating", &repeating, 2.9),
        ("constant", &constant, 1.2),
        ("regular", &regular, 0.2),
    ] {
        let size = bytes_a_point(history);
        assert!(size < limit, "{name}: {size:.3} bytes a point");
        check_round_trip(history);
    }
    assert!(encode(&super::history(&[(0, 1_700_000_000_000, 0.93)])).len() <= 20);
}

/// Latest point (10, 1025, 0.1), least -0.0, greatest 0.5, one gap; then steps, timestamps, values.
#[rustfmt::skip]
const PACKED: &[u8] = &[
    1, 4, 9, 1, 20, 130, 16, 154, 153, 153, 153, 153, 153, 185, 63,
    0, 0, 0, 0, 0, 0, 0, 128, 0, 0, 0, 0, 0, 0, 224, 63,
    19, 3, 1, 1, 192, 1,
    49, 4, 1, 0, 250, 0,
    62, 1, 205, 153, 179, 230, 204, 153, 179, 238, 31, 51, 51, 51, 51, 51, 51, 19,
    192, 204, 204, 204, 204, 204, 204, 7, 56, 51, 51, 51, 51, 51, 51, 2, 2, 0, 0, 0, 0, 0, 0, 0,
];

/// 0.1 and 0.7 by turns: a dictionary of two, and an index of one bit a point.
#[rustfmt::skip]
const DICTIONARY: &[u8] = &[
    1, 32, 21, 62, 10, 102, 102, 102, 102, 102, 102, 230, 63, 154, 153, 153, 153, 153, 153, 185, 63,
    61, 0, 1, 1,
    0, 0, 0, 0,
    2, 53, 1, 205, 153, 179, 230, 204, 153, 179, 238, 31, 0, 0, 0, 0, 0, 0, 192, 204, 204, 204, 204, 204, 204, 2,
    1, 0, 0, 170, 170, 170, 170,
];

/// Blocks written by version 1. They lie in people's browsers: they must be read for ever.
#[test]
fn blocks_of_version_1_are_read() {
    let cases: &[(&[u8], History)] = &[
        (&[1, 0], history(&[])),
        (&[1, 1, 7, 14, 200, 1, 0, 0, 0, 0, 0, 0, 224, 63], history(&[(7, 100, 0.5)])),
        (PACKED, history(&[(0, 1000, 0.5), (1, 1010, f64::NAN), (2, 1025, -0.0), (10, 1025, 0.1)])),
        (
            DICTIONARY,
            (0..32)
                .map(|i| Point { step: i, timestamp: 5, value: if i % 2 == 0 { 0.1 } else { 0.7 } })
                .collect(),
        ),
    ];
    for (block, expected) in cases {
        assert_eq!(bits(&decode(block).unwrap()), bits(expected));
        assert_eq!(encode(expected), *block);
    }
}

#[test]
fn broken_blocks_are_refused_with_the_reason() {
    let check = |block: &[u8], expected: &str| assert_eq!(decode(block).unwrap_err().to_string(), expected);
    check(&[], "the history block is empty");
    check(&[9, 0], "this history was written by a newer release (format 9, this release reads up to 1)");
    check(&[1], "the history block is cut off within its count");
    check(&[1, 0, 0], "the history block is damaged: bytes follow its end");
    let block = encode(&noisy(300));
    for length in 1..block.len() {
        assert!(matches!(decode(&block[..length]), Err(CodecError::Cut { .. } | CodecError::Broken { .. })));
    }
    // A block of 30 bytes that claims 2^60 points.
    let mut greedy = vec![1, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x10, 0];
    greedy.extend([0; 20]);
    check(&greedy, "the history block is damaged: it claims more points than its bytes can hold");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]

    #[test]
    fn any_history_survives(history in any_history(300)) {
        check_round_trip(&history);
    }

    #[test]
    fn any_sorted_history_survives(mut history in any_history(300)) {
        history.sort();
        check_round_trip(&history);
    }

    #[test]
    fn hostile_bytes_are_an_answer(mut bytes in vec(any::<u8>(), 0..200)) {
        let _ = decode(&bytes);
        if let Some(version) = bytes.first_mut() {
            *version = 1;
        }
        let _ = (decode(&bytes), BlockInfo::peek(&bytes));
    }

    #[test]
    fn a_flipped_byte_is_an_answer(history in any_history(200), at in any::<prop::sample::Index>(), flip in 1..=255u8) {
        let mut block = encode(&history);
        let at = at.index(block.len());
        block[at] ^= flip;
        let _ = (decode(&block), BlockInfo::peek(&block));
    }
}
