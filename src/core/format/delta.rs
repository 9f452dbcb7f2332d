use super::number::{Precision, exponential};

/// A difference with its sign: `+0.0292`, `−1,176`; no difference is `0`.
pub fn delta(difference: f64, precision: Precision) -> String {
    if difference == 0.0 {
        return "0".to_owned();
    }
    signed(difference, &precision.format(difference))
}

/// The relative difference `+3.6%`; `None` where it says nothing: from 0, or with NaN or ∞ on a side.
pub fn delta_percent(from: f64, to: f64) -> Option<String> {
    if from == 0.0 || !from.is_finite() || !to.is_finite() {
        return None;
    }
    let percent = (to / from.abs() - from.signum()) * 100.0;
    if !percent.is_finite() {
        return None;
    }
    Some(signed(percent, &format!("{}%", percent_digits(percent))))
}

/// A difference of two fractions in percent points: `+1.2 pp`.
pub fn percent_points(difference: f64) -> String {
    let points = difference * 100.0;
    signed(points, &format!("{} pp", percent_digits(points)))
}

fn percent_digits(percent: f64) -> String {
    let size = percent.abs();
    if size == 0.0 {
        "0".to_owned()
    } else if !(0.095..1e6).contains(&size) {
        exponential(percent, 1)
    } else if size < 999.95 {
        super::number::decimals(percent, 1)
    } else {
        super::number::decimals(percent, 0)
    }
}

fn signed(value: f64, text: &str) -> String {
    if value > 0.0 { format!("+{text}") } else { text.to_owned() }
}
