//! The statistics of the chart workspace at the sizes where they must still feel immediate.

use std::time::Duration;

use runatlas_core::history::smooth::Smoothing;
use runatlas_core::stat::expr::{Column, Expr};
use runatlas_core::stat::factor::Factor;
use runatlas_core::stat::group::{Alignment, Ask, Band, Centre, Member, aggregate};
use runatlas_core::stat::importance::{Param, importance};

use crate::report::{Row, best};

const ROUNDS: usize = 5;

/// Numbers from 0 to 1 that look random, the same in every run.
pub(crate) fn noise(count: usize, seed: u64) -> Vec<f64> {
    let mut state = seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1;
    let mut next = || {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        (state >> 11) as f64 / (1_u64 << 53) as f64
    };
    (0..count).map(|_| next()).collect()
}

fn rising(count: usize, seed: u64) -> Vec<f64> {
    let gaps = noise(count, seed).into_iter();
    gaps.scan(0.0, |x, gap| Some(std::mem::replace(x, *x + 500.0 + 1_000.0 * gap))).collect()
}

/// 200 curves of 10,000 points: all at the same steps, at no common time, and few enough for a union.
pub(crate) fn groups() -> Vec<Row> {
    let ask = Ask { centre: Centre::Median, band: Band::Interval, ..Ask::default() };
    let time = |what: &str, curves: &[(Vec<f64>, Vec<f64>)], binned: bool| {
        let members: Vec<Member> = curves.iter().map(|(xs, values)| Member { xs, values }).collect();
        let found = aggregate(&members, &ask);
        assert_eq!(matches!(found.alignment, Alignment::Binned { .. }), binned, "{:?}", found.alignment);
        Row::time(what, best(ROUNDS, || aggregate(&members, &ask)), Duration::from_millis(100))
    };
    let curves = |points: usize, xs: &dyn Fn(u64) -> Vec<f64>| -> Vec<_> {
        (0..200).map(|member| (xs(member), noise(points, member + 1))).collect()
    };
    let steps = |points: u32| (0..points).map(f64::from).collect::<Vec<_>>();
    vec![
        time("group of 200 x 10,000 points, same steps", &curves(10_000, &|_| steps(10_000)), true),
        time(
            "group of 200 x 10,000 points, no common time",
            &curves(10_000, &|member| rising(10_000, member + 1)),
            true,
        ),
        time(
            "group of 200 x 4,000 points, same steps, all of them",
            &curves(4_000, &|_| steps(4_000)),
            false,
        ),
    ]
}

pub(crate) fn smoothing() -> Vec<Row> {
    let (xs, values) = (rising(1_000_000, 1), noise(1_000_000, 2));
    let row = |what: &str, smoothing: Smoothing| {
        let what = format!("a million points smoothed: {what}");
        Row::time(&what, best(ROUNDS, || smoothing.apply(&xs, &values)), Duration::from_millis(400))
    };
    vec![
        row("EMA", Smoothing::Ema(0.9)),
        row("time-weighted EMA", Smoothing::TimeWeighted { factor: 0.9, span: None }),
        row("running mean of 1,000", Smoothing::Mean(1_000)),
        row("Gaussian, sigma 10", Smoothing::Gaussian(10.0)),
        row("Gaussian, sigma 100, the widest", Smoothing::Gaussian(100.0)),
    ]
}

pub(crate) fn importances() -> Vec<Row> {
    let factors: Vec<Factor> = (0..50)
        .map(|param| {
            let numbers = noise(500, param + 1);
            if param % 5 != 0 {
                return Factor::Numbers(numbers);
            }
            let texts: Vec<String> = numbers.iter().map(|x| format!("kind{}", (x * 6.0) as u32)).collect();
            Factor::of(texts.iter().map(|text| Some(text.as_str())))
        })
        .collect();
    let params: Vec<Param> = factors.iter().map(|factor| Param { name: "param", factor }).collect();
    let metric: Vec<f64> = noise(500, 2).iter().zip(noise(500, 99)).map(|(a, b)| a + b * 0.3).collect();
    let took = best(ROUNDS, || importance(&params, &metric));
    vec![Row::time("importance of 50 params in 500 runs", took, Duration::from_millis(300))]
}

pub(crate) fn expressions() -> Vec<Row> {
    let (xs, values, others) = (rising(1_000_000, 1), noise(1_000_000, 2), noise(1_000_000, 3));
    let columns = [Column { xs: &xs, values: &values }, Column { xs: &xs, values: &others }];
    let expr = Expr::parse("${val_loss} - ema(${train_loss}, 0.9)").unwrap();
    let took = best(ROUNDS, || expr.eval(&columns).unwrap());
    vec![Row::time("an expression over two metrics of a million points", took, Duration::from_millis(100))]
}
