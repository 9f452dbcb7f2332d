//! Equality of values where numbers may lie apart.

use super::{Tolerance, values::Found};

/// Whether two values count as equal.
pub(super) fn same(a: &Found<'_>, b: &Found<'_>, tolerance: Tolerance) -> bool {
    match (a.number(), b.number()) {
        (Some(a), Some(b)) => tolerance.allows(a, b),
        _ => false,
    }
}

/// Whether any two of these values do not count as equal. With numbers only, the least and the
/// greatest decide: a pair between them is closer in every sense of [`Tolerance`].
pub(super) fn any_two_differ<'a>(found: impl Iterator<Item = Found<'a>>, tolerance: Tolerance) -> bool {
    let mut ends: Option<(f64, f64)> = None;
    let mut nan = false;
    for value in found {
        match value.number() {
            Some(number) if number.is_nan() => nan = true,
            Some(number) => {
                let (low, high) = ends.unwrap_or((number, number));
                ends = Some((low.min(number), high.max(number)));
            }
            // It is known that not all are equal; a text or a missing value among them decides.
            None => return true,
        }
    }
    match ends {
        Some((low, high)) => nan || !tolerance.allows(low, high),
        None => false,
    }
}
