use crate::model::Millis;

/// The first wait, and the longest one that is not asked for by the server, in milliseconds.
const FIRST: i64 = 500;
const LONGEST: i64 = 30_000;
/// A server that asks for more is asked again after this.
const LONGEST_ASKED_FOR: i64 = 3_600_000;

/// Exponential waits with jitter from a seed.
#[derive(Debug, Clone)]
pub(super) struct Backoff {
    state: u64,
}

impl Backoff {
    pub(super) fn new(seed: u64) -> Self {
        Self { state: seed }
    }

    /// How long to wait before attempt `failures + 1`, in milliseconds: between half and all of
    /// what doubles with each failure.
    pub(super) fn wait(&mut self, failures: u32) -> i64 {
        let most = (FIRST << failures.saturating_sub(1).min(10)).min(LONGEST);
        most / 2 + (self.next() % (most as u64 / 2 + 1)) as i64
    }

    /// SplitMix64.
    fn next(&mut self) -> u64 {
        self.state = self.state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.state;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }
}

/// How long a server asks to wait, in milliseconds: `Retry-After` is a number of seconds, or a date
/// (RFC 9110, 10.2.3). A date in the past is no wait. `None` for anything else.
pub(super) fn retry_after(header: &str, now: Millis) -> Option<i64> {
    let header = header.trim();
    let wait = match header.parse::<u32>() {
        Ok(seconds) => i64::from(seconds) * 1000,
        Err(_) => http_date(header)?.saturating_sub(now),
    };
    Some(wait.clamp(0, LONGEST_ASKED_FOR))
}

const MONTHS: [&str; 12] =
    ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/// `Sun, 06 Nov 1994 08:49:37 GMT`, the only form that may be sent today.
fn http_date(text: &str) -> Option<Millis> {
    let (_, rest) = text.split_once(", ")?;
    let mut words = rest.split_ascii_whitespace();
    let day: i64 = words.next()?.parse().ok().filter(|day| (1..=31).contains(day))?;
    let name = words.next()?;
    let month = MONTHS.iter().position(|month| *month == name)? as i64 + 1;
    let year: i64 = words.next()?.parse().ok().filter(|year| (1970..10_000).contains(year))?;
    let mut clock = words.next()?.split(':').map(|part| part.parse::<i64>().ok());
    let (hours, minutes, seconds) = (clock.next()??, clock.next()??, clock.next()??);
    let in_day = hours.checked_mul(3600)?.checked_add(minutes.checked_mul(60)?)?.checked_add(seconds)?;
    Some((days(year, month, day) * 86_400 + in_day.clamp(0, 86_400)) * 1000)
}

/// Days since 1970-01-01 in the Gregorian calendar; years from 1970 on.
fn days(year: i64, month: i64, day: i64) -> i64 {
    // March is the first month, so that the leap day is the last of its year.
    let (year, month) = if month <= 2 { (year - 1, month + 9) } else { (year, month - 3) };
    let before = year * 365 + year / 4 - year / 100 + year / 400;
    before + (month * 153 + 2) / 5 + day - 719_469
}

#[cfg(test)]
mod tests {
    use super::{Backoff, retry_after};

    #[test]
    fn servers_say_how_long_to_wait() {
        let check = |header: &str, now: i64, expected: Option<i64>| {
            assert_eq!(retry_after(header, now), expected, "{header}");
        };
        check("7", 0, Some(7000));
        check(" 0 ", 0, Some(0));
        check("999999999", 0, Some(3_600_000));
        check("-1", 0, None);
        check("soon", 0, None);
        check("Sun, 06 Nov 1994 08:49:37 GMT", 784_111_770_000, Some(7000));
        check("Sun, 06 Nov 1994 08:49:37 GMT", 784_111_778_000, Some(0));
        check("Thu, 29 Feb 2024 00:00:00 GMT", 1_709_164_799_000, Some(1000));
        check("Thu, 01 Jan 1970 00:00:05 GMT", 0, Some(5000));
        check("Fri, 99 Foo 2024 00:00:00 GMT", 0, None);
        check("Fri, 01 Mar 2024 99999999999999999999:00:00 GMT", 0, None);
        check("", 0, None);
    }

    #[test]
    fn waits_double_up_to_a_bound_and_differ() {
        let mut backoff = Backoff::new(7);
        for (failures, most) in [(1, 500), (2, 1000), (3, 2000), (7, 30_000), (40, 30_000)] {
            let waits: Vec<i64> = (0..50).map(|_| backoff.wait(failures)).collect();
            assert!(waits.iter().all(|wait| (most / 2..=most).contains(wait)), "{failures}: {waits:?}");
            assert!(waits.iter().any(|wait| *wait != waits[0]));
        }
    }
}
