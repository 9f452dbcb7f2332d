//! Tests of format: what people read, from the design language's own examples to the extremes.

use proptest::prelude::*;
use runatlas_core::format::*;

fn check<I: std::fmt::Debug + Copy>(cases: &[(I, &str)], write: impl Fn(I) -> String) {
    for &(input, expected) in cases {
        assert_eq!(write(input), expected, "{input:?}");
    }
}

#[test]
fn single_metrics_follow_the_design_language() {
    check(
        &[
            (0.8214, "0.8214"),
            (0.0102, "0.0102"),
            (-0.5, "−0.5000"),
            (9.99994, "9.9999"),
            (9.99996, "10.00"),
            (12.345, "12.35"),
            (99.996, "100.0"),
            (123.45, "123.5"),
            (999.96, "1,000"),
            (2373.0, "2,373"),
            (18_772.4, "18,772"),
            (999_999.4, "999,999"),
            (999_999.6, "1.00e6"),
            (1_234_567.0, "1.23e6"),
            (0.001, "0.0010"),
            (0.000_367, "3.67e−4"),
            (-0.000_367, "−3.67e−4"),
            (0.0, "0.0000"),
            (-0.0, "−0.0000"),
            (f64::NAN, "NaN"),
            (f64::INFINITY, "∞"),
            (f64::NEG_INFINITY, "−∞"),
            (f64::MAX, "1.80e308"),
            (5e-324, "4.94e−324"),
        ],
        metric,
    );
}

#[test]
fn a_column_has_one_precision() {
    let column = |values: &[f64]| {
        let precision = Precision::of(values.iter().copied());
        values.iter().map(|&v| precision.format(v)).collect::<Vec<_>>()
    };
    assert_eq!(column(&[0.8214, 0.1, f64::NAN]), ["0.8214", "0.1000", "NaN"]);
    assert_eq!(column(&[2380.0, 2461.2, 1204.7]), ["2,380", "2,461", "1,205"]);
    assert_eq!(column(&[12.0, 3.5]), ["12.00", "3.50"]);
    // Whole numbers are counts, unless they could be scores of 0 and 1.
    assert_eq!(column(&[3.0, 57.0]), ["3", "57"]);
    assert_eq!(column(&[1.0, 0.0]), ["1.0000", "0.0000"]);
    // What the column's decimals would hide is written out.
    assert_eq!(column(&[1204.0, 0.5, 3.25, 0.0]), ["1,204", "0.5000", "3.2500", "0"]);
    assert_eq!(column(&[0.5, 0.000_25]), ["0.5000", "2.50e−4"]);
    // One huge value does not cost the others their decimals.
    assert_eq!(column(&[0.5, 1e12]), ["0.5000", "1.00e12"]);
    assert_eq!(column(&[]), Vec::<String>::new());
}

#[test]
fn deltas_carry_a_sign() {
    let four = Precision::of([0.5]);
    check(&[(0.0292, "+0.0292"), (-0.1264, "−0.1264"), (0.0, "0"), (-0.0, "0"), (f64::NAN, "NaN")], |d| {
        delta(d, four)
    });
    check(&[(-1176.0, "−1,176"), (81.0, "+81"), (f64::INFINITY, "+∞")], |d| {
        delta(d, Precision::of([2380.0]))
    });
    check(
        &[
            ((0.8214, 0.8506), Some("+3.6%")),
            ((2.0, 1.0), Some("−50.0%")),
            ((-2.0, -1.0), Some("+50.0%")),
            ((1.0, 1.0), Some("0%")),
            ((1.0, 13.0), Some("+1,200%")),
            ((1.0, 1.000_01), Some("+1.0e−3%")),
            ((0.0, 1.0), None),
            ((1.0, f64::NAN), None),
            ((f64::INFINITY, 1.0), None),
            ((5e-324, 1e308), None),
        ]
        .map(|(pair, text)| (pair, text.unwrap_or("none"))),
        |(from, to)| delta_percent(from, to).unwrap_or("none".to_owned()),
    );
    check(&[(0.012, "+1.2 pp"), (-0.5, "−50.0 pp"), (0.0, "0 pp")], percent_points);
}

#[test]
fn exact_text_reads_back() {
    check(
        &[(0.1, "0.1"), (1e-7, "1e-7"), (1.0, "1.0"), (f64::NEG_INFINITY, "-Infinity"), (f64::NAN, "NaN")],
        exact,
    );
}

#[test]
fn whole_numbers_have_thousands() {
    check(
        &[
            (0, "0"),
            (999, "999"),
            (1000, "1,000"),
            (-1176, "−1,176"),
            (i64::MIN, "−9,223,372,036,854,775,808"),
        ],
        integer,
    );
    check(
        &[
            (9_999, "9,999"),
            (13_300, "13.3k"),
            (13_399, "13.3k"),
            (20_000, "20k"),
            (999_999, "999.9k"),
            (-1_200_000, "−1.2M"),
            (i64::MAX, "9.2E"),
            (i64::MIN, "−9.2E"),
        ],
        compact,
    );
    check(&[(0, "0 runs"), (1, "1 run"), (18_772, "18,772 runs")], |n| count(n, "run", "runs"));
    assert_eq!(of_total(31, 128, "run", "runs"), "31 of 128 runs");
}

#[test]
fn sizes_are_decimal() {
    check(
        &[
            (0, "0 B"),
            (999, "999 B"),
            (1_100, "1.1 KB"),
            (48_000, "48 KB"),
            (999_499, "999 KB"),
            (999_500, "1.0 MB"),
            (86_700_000, "86.7 MB"),
            (350_000_000, "350 MB"),
            (2_000_000_000, "2.0 GB"),
            (u64::MAX, "18.4 EB"),
        ],
        bytes,
    );
}

#[test]
fn durations_name_two_units() {
    check(
        &[
            (0, "0 ms"),
            (380, "380 ms"),
            (4_250, "4.2 s"),
            (42_999, "42 s"),
            (725_000, "12m 05s"),
            (14_760_000, "4h 06m"),
            (183_600_000, "2d 03h"),
            (-42_000, "−42 s"),
            (i64::MAX, "106,751,991,167d 07h"),
            (i64::MIN, "−106,751,991,167d 07h"),
        ],
        duration,
    );
    check(&[(16_268_000, "4h 31m 08s"), (42_000, "42 s"), (183_600_000, "2d 03h 00m 00s")], duration_long);
}

const NOVEMBER: i64 = 1_795_077_667_120; // 2026-11-19T08:41:07.120Z

#[test]
fn dates_are_civil_and_local() {
    check(
        &[
            ((NOVEMBER, 60), "19 Nov 2026, 09:41"),
            ((NOVEMBER, -9 * 60), "18 Nov 2026, 23:41"),
            ((0, 0), "1 Jan 1970, 00:00"),
            ((-1, 0), "31 Dec 1969, 23:59"),
            // A time in seconds, where MLflow wants milliseconds, is shown as what it says.
            ((1_795_077_667, 0), "21 Jan 1970, 18:37"),
            ((951_782_400_000, 0), "29 Feb 2000, 00:00"),
            ((4_107_542_400_000, 0), "1 Mar 2100, 00:00"),
            ((9_467_085_600_000_000, 0), "1 Jan 301,970, 00:00"),
            ((i64::MAX, 0), "17 Aug 292,278,994, 07:12"),
            ((i64::MIN, 0), "16 May −292,275,055, 16:47"),
        ],
        |(at, offset)| date_time(at, offset),
    );
    check(
        &[
            ((NOVEMBER, 60), "2026-11-19T09:41:07.120+01:00"),
            ((NOVEMBER, -570), "2026-11-18T23:11:07.120-09:30"),
            ((NOVEMBER, 0), "2026-11-19T08:41:07.120Z"),
            ((i64::MAX, 0), "+292278994-08-17T07:12:55.807Z"),
            ((i64::MIN, 0), "-292275055-05-16T16:47:04.192Z"),
        ],
        |(at, offset)| iso(at, offset),
    );
    check(&[(0, "19 Nov"), (-400 * 86_400_000, "15 Oct 2025")], |ago| day(NOVEMBER + ago, NOVEMBER, 0));
    assert_eq!(date(NOVEMBER, 0), "19 Nov 2026");
}

#[test]
fn ages_turn_into_dates_after_a_day() {
    check(
        &[
            (0, "just now"),
            (-30_000, "just now"),
            (12_900, "12 s ago"),
            (59_999, "59 s ago"),
            (60_000, "1 min ago"),
            (3 * 3_600_000 + 1, "3 h ago"),
            (86_399_999, "23 h ago"),
            (86_400_000, "18 Nov 2026, 08:41"),
            (-120_000, "19 Nov 2026, 08:43"),
            (NOVEMBER, "1 Jan 1970, 00:00"),
        ],
        |ago| age(NOVEMBER - ago, NOVEMBER, 0),
    );
    assert_eq!(age(i64::MIN, i64::MAX, 0), "16 May −292,275,055, 16:47");
    let clock = Clock { now: NOVEMBER, offset_at: &|_| 60 };
    assert_eq!(clock.date_time(NOVEMBER), "19 Nov 2026, 09:41");
    assert_eq!(clock.iso(NOVEMBER), "2026-11-19T09:41:07.120+01:00");
    assert_eq!((clock.day(NOVEMBER), clock.age(NOVEMBER)), ("19 Nov".to_owned(), "just now".to_owned()));
}

#[test]
fn long_names_lose_their_middle_between_tokens() {
    check(
        &[
            (("mixup-0.8-ema-lr5e-4", 13), "mixup…lr5e-4"),
            (("mixup-0.8-ema-lr5e-4", 16), "mixup-0.8…lr5e-4"),
            (("mixup-0.8-ema-lr5e-4", 20), "mixup-0.8-ema-lr5e-4"),
            (("baseline", 20), "baseline"),
            (("aaaaaaaaaaaaaaaaaaaa", 9), "aaaa…aaaa"),
            (("a-bbbbbbbbbbbbbbbbbbbbbbbbbb-c", 12), "a-bbbb…bbb-c"),
            (("übergröße-äöü-ñandú", 12), "übergr…ñandú"),
            (("abc", 1), "…"),
            (("abc", 0), "…"),
        ],
        |(name, max)| middle(name, max).into_owned(),
    );
}

#[test]
fn text_for_a_cell_is_one_line() {
    check(
        &[
            (("a\n\tb  c", 20), "a b c"),
            (("one two three", 8), "one two…"),
            (("  padded  ", 20), "padded"),
            (("", 5), ""),
            (("\u{0}\u{7}", 5), ""),
            (("ééééé", 5), "ééééé"),
        ],
        |(text, max)| one_line(text, max).into_owned(),
    );
    assert_eq!(short_id("e83f4b21c0ffee0123456789abcd9d04"), "e83f4b21…9d04");
    assert_eq!(short_id("m-1"), "m-1");
    assert_eq!(short_commit("9f3c2e1b9f3c2e1b9f3c2e1b9f3c2e1b9f3c2e1b"), "9f3c2e1");
    assert_eq!(short_commit("main"), "main");
}

#[test]
fn cells_of_a_spreadsheet_never_start_a_formula() {
    check(
        &[
            ("=1+1", "'=1+1"),
            ("  =1+1", "'  =1+1"),
            ("@SUM(A1)", "'@SUM(A1)"),
            ("+cmd|' /C calc'!A0", "'+cmd|' /C calc'!A0"),
            ("-2+3", "'-2+3"),
            ("-0.5", "-0.5"),
            ("+1e-3", "+1e-3"),
            ("-inf", "'-inf"),
            ("\u{feff}=A1", "'\u{feff}=A1"),
            ("＝A1", "'＝A1"),
            ("\tx", "'\tx"),
            ("adamw", "adamw"),
            ("", ""),
        ],
        |text| safe_cell(text).into_owned(),
    );
}

/// Reads a number that people read.
fn read_back(text: &str) -> f64 {
    text.replace('−', "-").replace(',', "").replace('∞', "inf").parse().unwrap()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(512))]

    #[test]
    fn metrics_keep_sign_and_size(bits: u64) {
        let value = f64::from_bits(bits);
        let text = metric(value);
        if value.is_nan() {
            prop_assert_eq!(text, "NaN");
        } else {
            let back = read_back(&text);
            prop_assert_eq!(back.is_sign_negative(), value.is_sign_negative());
            prop_assert!(back == value || ((back - value) / value).abs() < 0.06 || back.is_infinite(), "{} {}", value, text);
        }
    }

    #[test]
    fn a_column_never_shows_a_false_zero(values: Vec<f64>, small in prop::collection::vec(-1e4..1e4, 1..8)) {
        for values in [values, small] {
            let precision = Precision::of(values.iter().copied());
            for value in values.into_iter().filter(|v| !v.is_nan()) {
                let back = read_back(&precision.format(value));
                prop_assert_eq!(back == 0.0, value == 0.0);
                prop_assert_eq!(back.is_sign_negative(), value.is_sign_negative());
            }
        }
    }

    #[test]
    fn exact_text_round_trips(bits: u64) {
        let value = f64::from_bits(bits);
        let back: f64 = exact(value).parse().unwrap();
        prop_assert!(back.to_bits() == value.to_bits() || (back.is_nan() && value.is_nan()));
    }

    #[test]
    fn the_sign_of_a_delta_is_its_own(difference: f64, from: f64, to: f64) {
        let text = delta(difference, Precision::of([from]));
        prop_assert_eq!(text.starts_with('+'), difference > 0.0);
        prop_assert_eq!(text.starts_with('−'), difference < 0.0);
        if let Some(percent) = delta_percent(from, to) {
            prop_assert!(!percent.starts_with('+') || to > from);
            prop_assert!(!percent.starts_with('−') || to < from);
        }
    }

    #[test]
    fn times_of_any_kind_are_written(at: i64, now: i64, offset in -1440..1440) {
        // ISO text sorts as time does, within a year's number of digits.
        prop_assert!(iso(at, offset).len() >= 24);
        prop_assert!(!age(at, now, offset).is_empty() && !date_time(at, offset).is_empty());
        prop_assert_eq!(duration(at).starts_with('−'), at < 0);
        prop_assert_eq!(read_back(&integer(at)) < 0.0, at < 0);
        prop_assert!(!compact(at).is_empty() && !duration_long(at).is_empty() && !bytes(at as u64).is_empty());
    }

    #[test]
    fn consecutive_days_are_consecutive(day in -100_000_000_i64..100_000_000) {
        let text = |day: i64| date(day * 86_400_000, 0);
        let number = |text: &str| text.split(' ').next().unwrap().parse::<u32>().unwrap();
        let (today, tomorrow) = (text(day), text(day + 1));
        let (a, b) = (number(&today), number(&tomorrow));
        prop_assert!(b == a + 1 || (b == 1 && (28..=31).contains(&a)), "{} {}", today, tomorrow);
    }

    #[test]
    fn shortened_names_fit(name in "\\PC{0,40}", max in 1_usize..30) {
        let short = middle(&name, max);
        prop_assert!(short.chars().count() <= max);
        let long_name_is_cut = name.chars().count() > max;
        prop_assert_eq!(short.as_ref() != name || name == "…", long_name_is_cut || name == "…");
        prop_assert!(one_line(&name, max).chars().count() <= max);
    }

    #[test]
    fn safe_cells_add_an_apostrophe_at_most(text in "\\PC*|[-=+@\\t\\r\\n 0-9.e]{0,8}") {
        let safe = safe_cell(&text);
        prop_assert!(safe == text || safe.strip_prefix('\'') == Some(&text));
        if safe.starts_with(['=', '+', '-', '@']) {
            prop_assert!(safe.parse::<f64>().unwrap().is_finite());
        }
    }
}

#[test]
fn reasons_become_sentences_but_names_stay() {
    check(
        &[
            ("no runs were found in a.txt", "No runs were found in a.txt."),
            ("mlflow.db: it ends early", "mlflow.db: it ends early."),
            ("über allem", "Über allem."),
            ("  it is empty. ", "It is empty."),
            ("a", "A."),
            ("", "."),
        ],
        sentence,
    );
}
