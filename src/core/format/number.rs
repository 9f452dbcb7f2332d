use super::count::group;

/// How the numbers of one column, or of one row of the diff, are written, so that they line up.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Precision {
    decimals: u8,
}

impl Precision {
    /// The precision that suits these values: what [`metric`] does with the largest of them. Whole
    /// numbers get no decimals, unless they are all 0 and ±1, which scores are too.
    pub fn of(values: impl IntoIterator<Item = f64>) -> Self {
        let (mut largest, mut whole) = (0.0_f64, true);
        for value in values.into_iter().filter(|v| v.is_finite() && v.abs() < 1e6) {
            largest = largest.max(value.abs());
            whole &= value.fract() == 0.0;
        }
        Self { decimals: if whole && largest > 1.0 { 0 } else { decimals_for(largest) } }
    }

    /// One value of the column. A value too small for the column's decimals, or out of the range of
    /// plain notation, is written as [`metric`] writes it: never as a false 0.
    pub fn format(self, value: f64) -> String {
        let size = value.abs();
        let lost = size > 0.0
            && size < 10.0
            && size < 10_f64.powi(1 - i32::from(self.decimals))
            && value.fract() != 0.0;
        if !value.is_finite() || lost || is_exponential(size) {
            return metric(value);
        }
        decimals(value, usize::from(self.decimals))
    }
}

/// One value by itself: 4 decimals below 10, else 4 significant digits (`0.8214`, `12.35`,
/// `2,373`); `3.67e−4` below 1e−3 and from 1e6; `NaN`, `∞`, `−∞`.
pub fn metric(value: f64) -> String {
    if value.is_nan() {
        return "NaN".to_owned();
    }
    if value.is_infinite() {
        return if value < 0.0 { "\u{2212}∞".to_owned() } else { "∞".to_owned() };
    }
    if is_exponential(value.abs()) {
        return exponential(value, 2);
    }
    decimals(value, usize::from(decimals_for(value.abs())))
}

/// The shortest text that reads back as the same number, in ASCII, for copying and tooltips:
/// `0.1`, `1e-7`, `NaN`, `Infinity`. Python, Rust and JavaScript read it.
pub fn exact(value: f64) -> String {
    if value.is_infinite() {
        return if value < 0.0 { "-Infinity".to_owned() } else { "Infinity".to_owned() };
    }
    format!("{value:?}")
}

/// Plain notation with thousands.
pub(super) fn decimals(value: f64, decimals: usize) -> String {
    let text = format!("{:.decimals$}", value.abs());
    let (whole, fraction) = text.split_once('.').unwrap_or((&text, ""));
    let sign = if value.is_sign_negative() { "\u{2212}" } else { "" };
    let dot = if fraction.is_empty() { "" } else { "." };
    format!("{sign}{}{dot}{fraction}", group(whole))
}

/// `3.67e−4`.
pub(super) fn exponential(value: f64, decimals: usize) -> String {
    format!("{value:.decimals$e}").replace('-', "\u{2212}")
}

/// Whether plain notation does not suit a size: below 1e-3, or 1e6 and more once it is rounded.
fn is_exponential(size: f64) -> bool {
    size != 0.0 && !(1e-3..999_999.5).contains(&size)
}

/// Four decimals below 10, else as many as make four significant digits; decided after rounding,
/// so that 9.99996 is `10.00` and not `10.0000`.
fn decimals_for(size: f64) -> u8 {
    match size {
        _ if size < 9.999_95 => 4,
        _ if size < 99.995 => 2,
        _ if size < 999.95 => 1,
        _ => 0,
    }
}
