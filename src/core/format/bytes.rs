const UNITS: [&str; 6] = ["KB", "MB", "GB", "TB", "PB", "EB"];

/// A size in decimal units: `412 B`, `1.1 KB`, `48 KB`, `86.7 MB`, `2.0 GB`.
pub fn bytes(size: u64) -> String {
    if size < 1000 {
        return format!("{size} B");
    }
    let mut value = size as f64 / 1000.0;
    let mut power = 0;
    // Not 1000: what would be rounded up to "1000 KB" is "1.0 MB".
    while value >= 999.5 && power + 1 < UNITS.len() {
        value /= 1000.0;
        power += 1;
    }
    // Kilobytes are small change: a decimal helps below ten of them only.
    let decimals = usize::from(value < if power == 0 { 9.95 } else { 99.95 });
    format!("{value:.decimals$} {}", UNITS.get(power).unwrap_or(&"EB"))
}
