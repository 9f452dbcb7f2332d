use super::Alignment;
use super::bins::Bins;
use super::column::Summary;
use super::curve::{At, Curve};

/// The xs that the members are brought to.
pub(super) enum Target {
    Union(Vec<f64>),
    Grid(Bins),
}

/// What became of them.
pub(super) struct Drawn {
    pub(super) xs: Vec<f64>,
    pub(super) alignment: Alignment,
}

impl Target {
    pub(super) fn of(curves: &[Curve], within: [f64; 2], most: usize) -> Self {
        match union(curves, most) {
            Some(xs) if share(curves, &xs) => Self::Union(xs),
            _ => Self::Grid(Bins::of(curves, within, most)),
        }
    }

    /// Hands the members' values to the summary, x by x.
    pub(super) fn fill(self, curves: &[Curve], scale: f64, summary: &mut Summary) -> Drawn {
        match self {
            Self::Union(xs) => {
                let (between, of) = at_union(curves, &xs, scale, summary);
                let alignment = match between {
                    0 => Alignment::Exact,
                    values => Alignment::Interpolated { values, of },
                };
                Drawn { xs, alignment }
            }
            Self::Grid(bins) => bins.fill(curves, scale, summary),
        }
    }
}

/// All xs, rising, each once; `None` if there are more than `most`.
fn union(curves: &[Curve], most: usize) -> Option<Vec<f64>> {
    let mut all: Vec<f64> = Vec::new();
    for curve in curves {
        let own = curve.xs_around();
        if all == own {
            continue;
        }
        if own.len() > most {
            return None;
        }
        all = merged(&all, own);
        if all.len() > most {
            return None;
        }
    }
    Some(all)
}

fn merged(a: &[f64], b: &[f64]) -> Vec<f64> {
    let mut both = Vec::with_capacity(a.len().max(b.len()));
    let (mut a, mut b) = (a.iter().copied().peekable(), b.iter().copied().peekable());
    loop {
        let next = match (a.peek(), b.peek()) {
            (Some(&left), Some(&right)) => left.min(right),
            (Some(&only), None) | (None, Some(&only)) => only,
            (None, None) => return both,
        };
        a.next_if_eq(&next);
        b.next_if_eq(&next);
        both.push(next);
    }
}

/// Whether the members have most of the xs in common: see the rule of this room.
fn share(curves: &[Curve], xs: &[f64]) -> bool {
    let longest = curves.iter().map(|curve| curve.xs_around().len()).max().unwrap_or(0);
    if xs.len() <= longest + longest / 2 {
        return true;
    }
    let mut have = vec![0_u32; xs.len()];
    // How many more members there are from this x on than before it.
    let mut begin = vec![0_i64; xs.len() + 1];
    for curve in curves {
        let (first, last) = curve.extent();
        let from = xs.partition_point(|&x| x < first);
        let to = xs.partition_point(|&x| x <= last);
        for (place, change) in [(from, 1), (to, -1)] {
            if let Some(count) = begin.get_mut(place) {
                *count += change;
            }
        }
        let mut own = curve.xs_around().iter().copied().peekable();
        for (count, &x) in have.iter_mut().zip(xs) {
            *count += u32::from(own.next_if_eq(&x).is_some());
        }
    }
    let (mut shared, mut could, mut lacking, mut there) = (0_u64, 0_u64, 0_u64, 0_i64);
    for (&have, change) in have.iter().zip(begin) {
        there += change;
        lacking += there.unsigned_abs().saturating_sub(u64::from(have));
        could += if there > 1 { u64::from(have) } else { 0 };
        shared += if have > 1 { u64::from(have) } else { 0 };
    }
    lacking == 0 || 2 * shared > could
}

/// How many values lie between logged points, of how many.
fn at_union(curves: &[Curve], xs: &[f64], scale: f64, summary: &mut Summary) -> (u64, u64) {
    let (mut between, mut of) = (0, 0);
    let start = xs.first().copied().unwrap_or_default();
    let mut places: Vec<usize> = curves.iter().map(|curve| curve.place(start).saturating_sub(1)).collect();
    let mut column = Vec::with_capacity(curves.len());
    for &x in xs {
        column.clear();
        for (curve, place) in curves.iter().zip(&mut places) {
            let (value, is_between) = match curve.at(x, place) {
                At::Logged(value) => (value, 0),
                At::Between(value) => (value, 1),
                At::Outside => continue,
            };
            if value.is_finite() {
                between += is_between;
                of += 1;
                column.push(value * scale);
            }
        }
        summary.add(&mut column);
    }
    (between, of)
}
