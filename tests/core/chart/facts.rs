use super::series;
use proptest::collection::vec;
use proptest::prelude::*;
use runatlas_core::chart::facts::{Fact, Facts};
use runatlas_core::chart::{Direction, XAxis};

fn facts(values: &[f64]) -> Facts {
    let points = values.iter().enumerate().map(|(step, &value)| (step as i64, value));
    Facts::of(series(points).trace.curve(XAxis::Step))
}

#[test]
fn a_curve_in_numbers_counts_every_point() {
    let found = facts(&[3.0, f64::NAN, -1.0, f64::INFINITY, 2.0]);
    let expected = Facts { points: 5, gaps: 2, last: Some(2.0), least: Some(-1.0), greatest: Some(3.0) };
    assert_eq!(found, expected);
    assert_eq!(facts(&[]), Facts::default());
    let nothing = facts(&[f64::NAN]);
    assert!(nothing.last.is_some_and(f64::is_nan) && nothing.least.is_none() && nothing.gaps == 1);
}

#[test]
fn curves_are_ordered_by_a_fact_and_those_without_it_come_last() {
    let all = [facts(&[1.0, 5.0]), facts(&[f64::NAN]), facts(&[0.5, 9.0, 2.0]), facts(&[7.0, 2.0])];
    assert_eq!(Fact::Last.order(&all, true), [0, 2, 3, 1], "equals as they stand");
    assert_eq!(Fact::Last.order(&all, false), [2, 3, 0, 1]);
    assert_eq!(Fact::Least.order(&all, false), [2, 0, 3, 1]);
    assert_eq!(Fact::Points.order(&all, true), [2, 0, 3, 1]);
    assert!(Fact::Last.falls(Direction::Higher) && !Fact::Last.falls(Direction::Lower));
    assert!(Fact::Points.falls(Direction::Lower));
}

proptest! {
    #[test]
    fn facts_are_those_of_looking_at_each_point(values in vec(prop_oneof![9 => -1e3..1e3, 1 => Just(f64::NAN)], 0..3000)) {
        let found = facts(&values);
        let finite = || values.iter().copied().filter(|value| value.is_finite());
        prop_assert_eq!(found.points - found.gaps, finite().count() as u64);
        prop_assert_eq!(found.least, finite().reduce(f64::min));
        prop_assert_eq!(found.greatest, finite().reduce(f64::max));
    }
}
