use super::count::unsigned;

/// A length of time in the two units that matter: `380 ms`, `4.2 s`, `42 s`, `12m 05s`, `4h 06m`,
/// `2d 03h`. Cut, not rounded; negative ones, as clocks that were set back make them, keep their sign.
pub fn duration(millis: i64) -> String {
    let sign = if millis < 0 { "\u{2212}" } else { "" };
    let millis = millis.unsigned_abs();
    let seconds = millis / 1000;
    let text = match seconds {
        0 => format!("{millis} ms"),
        1..10 => format!("{seconds}.{} s", millis % 1000 / 100),
        10..60 => format!("{seconds} s"),
        60..3600 => format!("{}m {:02}s", seconds / 60, seconds % 60),
        3600..86_400 => format!("{}h {:02}m", seconds / 3600, seconds / 60 % 60),
        _ => format!("{}d {:02}h", unsigned(seconds / 86_400), seconds / 3600 % 24),
    };
    format!("{sign}{text}")
}

/// The same down to the second, for a page with room: `4h 31m 08s`, `2d 03h 10m 00s`.
pub fn duration_long(millis: i64) -> String {
    let seconds = millis.unsigned_abs() / 1000;
    if seconds < 3600 {
        return duration(millis);
    }
    let sign = if millis < 0 { "\u{2212}" } else { "" };
    let (hours, minutes, rest) = (seconds / 3600 % 24, seconds / 60 % 60, seconds % 60);
    if seconds < 86_400 {
        format!("{sign}{hours}h {minutes:02}m {rest:02}s")
    } else {
        format!("{sign}{}d {hours:02}h {minutes:02}m {rest:02}s", unsigned(seconds / 86_400))
    }
}
