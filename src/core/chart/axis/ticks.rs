//! Round values within a range.

use super::Symlog;
use crate::chart::Range;

/// At most `most` multiples of 1, 2 or 5 times a power of ten, as many as fit; steps of at least
/// `least_step`.
pub(super) fn linear(range: Range, most: usize, least_step: f64) -> Vec<f64> {
    let most = most.max(2);
    let rough = (range.hi / most as f64 - range.lo / most as f64).max(least_step);
    if !rough.is_finite() || rough <= 0.0 {
        return Vec::new();
    }
    let power = rough.log10().floor() as i32;
    for (factor, power) in
        [(1, power), (2, power), (5, power), (1, power + 1), (2, power + 1), (5, power + 1)]
    {
        let step = Decimal { factor, power };
        if step.value() < least_step * 0.999 {
            continue;
        }
        let ticks = step.multiples(range, most);
        if ticks.len() <= most {
            return ticks;
        }
    }
    Vec::new()
}

/// At most `most` powers of ten, or with their 2 and 5, or, within less than a decade, round values.
pub(super) fn log(range: Range, most: usize) -> Vec<f64> {
    let most = most.max(2);
    let (first, last) = (range.lo.log10().floor() as i32, range.hi.log10().ceil() as i32);
    let within = |factors: &[u8]| -> Vec<f64> {
        let value = |power, &factor: &u8| Decimal { factor, power }.value();
        let all = (first..=last).flat_map(|power| factors.iter().map(move |factor| value(power, factor)));
        all.filter(|&value| range.contains(value)).collect()
    };
    let decades = within(&[1]);
    if decades.len() > most {
        // Every second, third, … decade, counted from 1, so that panning does not make them jump.
        // An f64 spans 632 decades.
        return (2..=632)
            .map(|every| (first..=last).filter(move |power| power % every == 0))
            .map(|powers| powers.map(|power| Decimal { factor: 1, power }.value()))
            .map(|values| values.filter(|&value| range.contains(value)).collect::<Vec<_>>())
            .find(|values| values.len() <= most)
            .unwrap_or_default();
    }
    for factors in [&[1][..], &[1, 2, 5], &[1, 3]] {
        let values = within(factors);
        if (3..=most).contains(&values.len()) {
            return values;
        }
    }
    if decades.len() >= 2 { decades } else { linear(range, most, 0.0) }
}

/// At most `most` of 0 and the powers of ten on both sides of it, as far as they lie well apart;
/// within less than two decades, round values.
pub(super) fn symlog(range: Range, most: usize) -> Vec<f64> {
    // What is as small as the threshold stands too near to 0 for a label.
    let least = Symlog::of(range).threshold().log10().round() as i32 + 1;
    let greatest = range.lo.abs().max(range.hi.abs()).max(f64::MIN_POSITIVE).log10().floor() as i32;
    for every in 1..=(greatest - least).max(1) {
        // From the greatest down: those near 0 stand close together.
        let powers = (least..=greatest).rev().step_by(every as usize);
        let sizes = powers.map(|power| Decimal { factor: 1, power }.value());
        let mut values: Vec<f64> = sizes.flat_map(|size| [-size, size]).chain([0.0]).collect();
        values.retain(|&value| range.contains(value));
        values.sort_by(f64::total_cmp);
        if values.len() <= most.max(3) && values.len() > 2 {
            return values;
        }
    }
    linear(range, most, 0.0)
}

/// `factor` times ten to the `power`. Divides for negative powers: 3 / 10 is 0.3, 3 * 0.1 is not.
#[derive(Clone, Copy)]
struct Decimal {
    factor: u8,
    power: i32,
}

impl Decimal {
    fn value(self) -> f64 {
        self.times(1.0)
    }

    fn times(self, count: f64) -> f64 {
        let count = count * f64::from(self.factor);
        match self.power {
            0.. => count * 10f64.powi(self.power),
            -300..0 => count / 10f64.powi(-self.power),
            _ => count / 1e300 / 10f64.powi(-self.power - 300),
        }
    }

    /// Its multiples within the range; stops one after `most`.
    fn multiples(self, range: Range, most: usize) -> Vec<f64> {
        let step = self.value();
        if step <= 0.0 || !step.is_finite() {
            return Vec::new();
        }
        let first = (range.lo / step).ceil() - 1.0;
        // The neighbours on both sides decide by their value, not by a division that rounds.
        (0..most + 4)
            .map(|count| self.times(first + count as f64) + 0.0)
            .filter(|&value| range.contains(value))
            .take(most + 1)
            .collect()
    }
}
