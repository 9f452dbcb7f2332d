use super::count;
use crate::model::Millis;

/// What "now" and "here" are, handed in by whoever may read a clock.
#[derive(Clone, Copy)]
pub struct Clock<'a> {
    /// Milliseconds since the epoch.
    pub now: Millis,
    /// Minutes that local time is ahead of UTC at an instant: it changes over the year.
    pub offset_at: &'a dyn Fn(Millis) -> i32,
}

impl std::fmt::Debug for Clock<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Clock").field("now", &self.now).finish_non_exhaustive()
    }
}

impl Clock<'static> {
    /// A clock that shows UTC.
    pub fn utc(now: Millis) -> Self {
        Self { now, offset_at: &|_| 0 }
    }
}

impl Clock<'_> {
    /// [`date_time`] in local time.
    pub fn date_time(&self, at: Millis) -> String {
        date_time(at, (self.offset_at)(at))
    }

    /// [`iso`] in local time.
    pub fn iso(&self, at: Millis) -> String {
        iso(at, (self.offset_at)(at))
    }

    /// [`day`] in local time, against today.
    pub fn day(&self, at: Millis) -> String {
        day(at, self.now, (self.offset_at)(at))
    }

    /// [`age`] in local time.
    pub fn age(&self, at: Millis) -> String {
        age(at, self.now, (self.offset_at)(at))
    }
}

/// `19 Nov 2026, 09:41`, as a clock `offset_minutes` ahead of UTC shows it.
pub fn date_time(at: Millis, offset_minutes: i32) -> String {
    let local = Civil::new(at, offset_minutes);
    format!("{}, {:02}:{:02}", local.date(), local.hour, local.minute)
}

/// `19 Nov 2026`.
pub fn date(at: Millis, offset_minutes: i32) -> String {
    Civil::new(at, offset_minutes).date()
}

/// `19 Nov`, with the year if it is not the year of `now`.
pub fn day(at: Millis, now: Millis, offset_minutes: i32) -> String {
    let local = Civil::new(at, offset_minutes);
    if local.year == Civil::new(now, offset_minutes).year {
        format!("{} {}", local.day, local.month_name())
    } else {
        local.date()
    }
}

/// ISO 8601 with milliseconds and offset: `2026-11-19T09:41:07.120+01:00`. Years outside
/// 0 to 9999 are written in the expanded form with a sign and at least six digits.
pub fn iso(at: Millis, offset_minutes: i32) -> String {
    let local = Civil::new(at, offset_minutes);
    let year = if (0..=9999).contains(&local.year) {
        format!("{:04}", local.year)
    } else {
        format!("{:+07}", local.year)
    };
    let zone = if offset_minutes == 0 {
        "Z".to_owned()
    } else {
        let (sign, minutes) = (if offset_minutes < 0 { '-' } else { '+' }, offset_minutes.unsigned_abs());
        format!("{sign}{:02}:{:02}", minutes / 60, minutes % 60)
    };
    format!(
        "{year}-{:02}-{:02}T{:02}:{:02}:{:02}.{:03}{zone}",
        local.month, local.day, local.hour, local.minute, local.second, local.milli
    )
}

/// How long ago: `just now`, `12 s ago`, `5 min ago`, `3 h ago`; from 24 hours on, and for times
/// that are still to come, the date and time.
pub fn age(at: Millis, now: Millis, offset_minutes: i32) -> String {
    // Clocks of two machines differ by seconds: a little in the future is now.
    const SKEW: i128 = 60_000;
    let seconds = match i128::from(now) - i128::from(at) {
        millis if (-SKEW..5_000).contains(&millis) => return "just now".to_owned(),
        millis if (0..86_400_000).contains(&millis) => millis / 1000,
        _ => return date_time(at, offset_minutes),
    };
    match seconds {
        0..60 => format!("{seconds} s ago"),
        60..3600 => format!("{} min ago", seconds / 60),
        _ => format!("{} h ago", seconds / 3600),
    }
}

/// A moment as calendar and clock show it, in the proleptic Gregorian calendar. The crates for
/// dates end at year 262,142 or sooner; milliseconds in an i64 reach year 292,278,994.
struct Civil {
    year: i64,
    month: u8,
    day: u8,
    hour: u8,
    minute: u8,
    second: u8,
    milli: u16,
}

impl Civil {
    fn new(at: Millis, offset_minutes: i32) -> Self {
        const DAY: i128 = 86_400_000;
        let local = i128::from(at) + i128::from(offset_minutes) * 60_000;
        let (year, month, day) = date_of_day(local.div_euclid(DAY) as i64);
        let in_day = local.rem_euclid(DAY) as u32;
        Self {
            year,
            month,
            day,
            hour: (in_day / 3_600_000) as u8,
            minute: (in_day / 60_000 % 60) as u8,
            second: (in_day / 1000 % 60) as u8,
            milli: (in_day % 1000) as u16,
        }
    }

    fn month_name(&self) -> &'static str {
        const NAMES: [&str; 12] =
            ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
        NAMES.get(usize::from(self.month).wrapping_sub(1)).unwrap_or(&"")
    }

    fn date(&self) -> String {
        // Years are not grouped up to 9999; beyond, nobody reads them without commas.
        let year =
            if (0..=9999).contains(&self.year) { self.year.to_string() } else { count::integer(self.year) };
        format!("{} {} {year}", self.day, self.month_name())
    }
}

/// Day number since 1 January 1970 to (year, month, day). Counts years from 1 March, so that the
/// leap day is the last day of a year, and in eras of 400 years, which are all alike.
pub(crate) fn date_of_day(day: i64) -> (i64, u8, u8) {
    const DAYS_OF_ERA: i64 = 146_097;
    let shifted = day + 719_468;
    let era = shifted.div_euclid(DAYS_OF_ERA);
    let of_era = shifted.rem_euclid(DAYS_OF_ERA);
    let year_of_era = (of_era - of_era / 1460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let month_from_march = (5 * of_year + 2) / 153;
    let day = of_year - (153 * month_from_march + 2) / 5 + 1;
    let month = if month_from_march < 10 { month_from_march + 3 } else { month_from_march - 9 };
    (era * 400 + year_of_era + i64::from(month <= 2), month as u8, day as u8)
}
