//! Tick labels: section 7 of the design language.

use super::ScaleKind;
use crate::format;

const MINUS: char = '\u{2212}';

/// Labels for round numbers that stand on one axis, as few digits as tell them apart: `0.50`,
/// `20k`, `1.5e6`, `2e−4`.
pub(super) fn numbers(values: &[f64], kind: ScaleKind) -> Vec<String> {
    let steps = || values.windows(2).map(|pair| pair[1] - pair[0]);
    let (least, greatest) = (steps().fold(f64::INFINITY, f64::min), steps().fold(0.0, f64::max));
    let step = match kind {
        ScaleKind::Linear => least,
        // Within little of a decade its ticks stand evenly.
        ScaleKind::Symlog if greatest < least * 1.5 => least,
        // Each tick has its own digits: 0.5, 1, 2.
        ScaleKind::Log | ScaleKind::Symlog => f64::INFINITY,
    };
    let small = values.iter().any(|value| *value != 0.0 && value.abs() < 1e-3);
    values.iter().map(|&value| number(value, step, small)).collect()
}

fn number(value: f64, step: f64, small_axis: bool) -> String {
    let size = value.abs();
    let text = if value == 0.0 {
        "0".to_owned()
    } else if !(1e-3..1e6).contains(&size) || (small_axis && size < 0.01) {
        scientific(size, step)
    } else if size >= 1000.0 {
        thousands(size, step)
    } else {
        format!("{size:.*}", decimals(size, step))
    };
    if value < 0.0 { format!("{MINUS}{text}") } else { text }
}

/// Decimals that tell the value from its neighbours.
fn decimals(size: f64, step: f64) -> usize {
    (0..17).find(|&decimals| is_whole(size, decimals) && is_whole(step.min(size), decimals)).unwrap_or(17)
}

/// Decimals without which the value would be another one; `1e6` stands well beside `1.5e6`.
fn own_decimals(size: f64, step: f64) -> usize {
    let forgiven = step.min(size) * 1e-3;
    let rest = |power: f64| ((size * power).round() / power - size).abs();
    (0..17).find(|&decimals| rest(10f64.powi(decimals)) < forgiven).unwrap_or(17) as usize
}

/// Whether the value needs no more decimals; rounding of the value itself is forgiven.
fn is_whole(value: f64, decimals: usize) -> bool {
    let scaled = value * 10f64.powi(decimals as i32);
    (scaled - scaled.round()).abs() < 1e-6 * scaled
}

fn thousands(size: f64, step: f64) -> String {
    let places = decimals(size / 1000.0, step / 1000.0);
    if places <= 2 {
        return format!("{:.places$}k", size / 1000.0);
    }
    let places = decimals(size, step);
    let text = format!("{size:.places$}");
    let (integer, fraction) = text.split_at(text.find('.').unwrap_or(text.len()));
    format!("{}{fraction}", format::unsigned(integer.parse().unwrap_or_default()))
}

fn scientific(size: f64, step: f64) -> String {
    let mut power = size.log10().floor() as i32;
    let shifted = |power: i32, value: f64| {
        if power < -300 { value * 1e300 * 10f64.powi(-power - 300) } else { value / 10f64.powi(power) }
    };
    // The logarithm of 1000 may fall short of 3.
    if shifted(power, size) > 9.999_999_999 {
        power += 1;
    }
    let places = own_decimals(shifted(power, size), shifted(power, step));
    let sign = if power < 0 { MINUS.to_string() } else { String::new() };
    let exponent = power.unsigned_abs();
    format!("{:.places$}e{sign}{exponent}", shifted(power, size))
}
