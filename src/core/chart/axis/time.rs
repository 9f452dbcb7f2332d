//! Ticks at round times of day, dates and durations.

use super::{ScaleKind, label, ticks};
use crate::chart::Range;
use crate::format::date_of_day;

type Ticks = (Vec<f64>, Vec<String>);

const SECOND: i64 = 1000;
const MINUTE: i64 = 60 * SECOND;
const HOUR: i64 = 60 * MINUTE;
const DAY: i64 = 24 * HOUR;

/// Distances between ticks that people count in, up to a day.
const STEPS: &[i64] = &[
    1,
    2,
    5,
    10,
    20,
    50,
    100,
    200,
    500,
    SECOND,
    2 * SECOND,
    5 * SECOND,
    10 * SECOND,
    15 * SECOND,
    30 * SECOND,
    MINUTE,
    2 * MINUTE,
    5 * MINUTE,
    10 * MINUTE,
    15 * MINUTE,
    30 * MINUTE,
    HOUR,
    2 * HOUR,
    3 * HOUR,
    6 * HOUR,
    12 * HOUR,
    DAY,
];

/// The largest time that is computed with: a little more than all of the calendar's i64 milliseconds.
const LARGEST: f64 = 9.2e18;

/// Local times and dates: `09:41`, `19 Nov`, `Nov`, `2026`.
pub(super) fn wall(range: Range, most: usize, offset_minutes: i32) -> Ticks {
    let offset = i64::from(offset_minutes) * MINUTE;
    let (lo, hi) = (whole(range.lo.floor(), offset), whole(range.hi.ceil(), offset));
    let fits = |step: i64| multiples_fit(lo, hi, step, most);
    let (locals, step) = if let Some(&step) = STEPS.iter().find(|&&step| fits(step)) {
        (multiples(lo, hi, step), step)
    } else if fits(2 * DAY) {
        (multiples(lo, hi, 2 * DAY), 2 * DAY)
    } else if fits(7 * DAY) {
        (multiples(lo, hi, 7 * DAY), 7 * DAY)
    } else {
        months(lo, hi, most)
    };
    let shown = locals.into_iter().filter(|local| range.contains((local - offset) as f64));
    shown.map(|local| ((local - offset) as f64, wall_label(local, step))).unzip()
}

/// Durations: `0`, `30s`, `5m`, `1h 30m`, `2d 12h`.
pub(super) fn elapsed(range: Range, most: usize) -> Ticks {
    let (lo, hi) = (whole(range.lo.floor(), 0), whole(range.hi.ceil(), 0));
    let Some(&step) = STEPS.iter().find(|&&step| multiples_fit(lo, hi, step, most)) else {
        return days(range, most);
    };
    let shown = multiples(lo, hi, step).into_iter().filter(|&millis| range.contains(millis as f64));
    shown.map(|millis| (millis as f64, elapsed_label(millis))).unzip()
}

/// Round numbers of days.
fn days(range: Range, most: usize) -> Ticks {
    let days = ticks::linear(Range { lo: range.lo / DAY as f64, hi: range.hi / DAY as f64 }, most, 1.0);
    let labels = label::numbers(&days, ScaleKind::Linear);
    let label = |(days, label)| if days == 0.0 { label } else { format!("{label}d") };
    let labels = days.iter().copied().zip(labels).map(label).collect();
    let millis = days.into_iter().map(|days| (days * DAY as f64).clamp(range.lo, range.hi));
    (millis.collect(), labels)
}

/// Durations on a logarithmic axis: one, ten, … of a unit.
pub(super) fn log_elapsed(range: Range, most: usize) -> Ticks {
    const ROUND: &[i64] =
        &[1, 10, 100, SECOND, 10 * SECOND, MINUTE, 10 * MINUTE, HOUR, 6 * HOUR, DAY, 10 * DAY, 100 * DAY];
    let round: Vec<i64> = ROUND.iter().copied().filter(|&millis| range.contains(millis as f64)).collect();
    if round.len() < 2 {
        return elapsed(range, most);
    }
    let every = round.len().div_ceil(most.max(1));
    round.into_iter().step_by(every).map(|millis| (millis as f64, elapsed_label(millis))).unzip()
}

fn whole(millis: f64, offset: i64) -> i64 {
    (millis.clamp(-LARGEST, LARGEST) as i64).saturating_add(offset)
}

fn multiples_fit(lo: i64, hi: i64, step: i64, most: usize) -> bool {
    // In i128: the whole range of an i64 has more milliseconds than an i64 counts.
    let (lo, hi, wide) = (i128::from(lo), i128::from(hi), i128::from(step));
    let count = hi.div_euclid(wide) - (lo + wide - 1).div_euclid(wide) + 1;
    count <= most as i128
}

fn multiples(lo: i64, hi: i64, step: i64) -> Vec<i64> {
    (lo.div_euclid(step)..=hi.div_euclid(step)).filter_map(|count| count.checked_mul(step)).collect()
}

/// The first of every month, third month, half year, year, second year, ….
fn months(lo: i64, hi: i64, most: usize) -> (Vec<i64>, i64) {
    let month_of = |local: i64| {
        let (year, month, _) = date_of_day(local.div_euclid(DAY));
        year * 12 + i64::from(month) - 1
    };
    let (first, last) = (month_of(lo), month_of(hi));
    let years = (0..).flat_map(|power| [1, 2, 5].map(|factor: i64| 12 * factor * 10i64.pow(power)));
    let every = [1, 3, 6]
        .into_iter()
        .chain(years)
        .find(|&every| multiples_fit(first, last, every, most))
        .unwrap_or(12);
    let starts = multiples(first, last, every)
        .into_iter()
        .filter_map(|month| day_of_date(month.div_euclid(12), month.rem_euclid(12) + 1).checked_mul(DAY));
    (starts.collect(), every.saturating_mul(28).saturating_mul(DAY))
}

/// Day number since 1 January 1970 of the first of a month; the reverse of [`date_of_day`].
fn day_of_date(year: i64, month: i64) -> i64 {
    let (year, from_march) = if month > 2 { (year, month - 3) } else { (year - 1, month + 9) };
    let era = year.div_euclid(400);
    let year_of_era = year.rem_euclid(400);
    let of_year = (153 * from_march + 2) / 5;
    let of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + of_year;
    era * 146_097 + of_era - 719_468
}

fn wall_label(local: i64, step: i64) -> String {
    const MONTHS: [&str; 12] =
        ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
    let (year, month, day) = date_of_day(local.div_euclid(DAY));
    let month_name = MONTHS.get(usize::from(month).wrapping_sub(1)).unwrap_or(&"");
    let in_day = local.rem_euclid(DAY);
    let (hour, minute) = (in_day / HOUR, in_day / MINUTE % 60);
    let (second, milli) = (in_day / SECOND % 60, in_day % SECOND);
    match step {
        _ if step > 27 * DAY && month == 1 => year.to_string(),
        _ if step > 27 * DAY => (*month_name).to_owned(),
        _ if in_day == 0 => format!("{day} {month_name}"),
        MINUTE.. => format!("{hour:02}:{minute:02}"),
        SECOND.. => format!("{hour:02}:{minute:02}:{second:02}"),
        _ => format!("{minute:02}:{second:02}.{milli:03}"),
    }
}

/// A duration without its zero parts: `1h 30m`, never `1h 30m 00s`.
fn elapsed_label(millis: i64) -> String {
    if millis == 0 {
        return "0".to_owned();
    }
    let sign = if millis < 0 { "\u{2212}" } else { "" };
    let size = millis.unsigned_abs();
    let units = [
        (size / 86_400_000, "d"),
        (size / 3_600_000 % 24, "h"),
        (size / 60_000 % 60, "m"),
        (size / 1000 % 60, "s"),
        (size % 1000, "ms"),
    ];
    let parts: Vec<String> = units
        .into_iter()
        .filter(|(count, _)| *count > 0)
        .map(|(count, unit)| format!("{count}{unit}"))
        .collect();
    format!("{sign}{}", parts.join(" "))
}
