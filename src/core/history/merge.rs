//! Two copies of one history become one, without duplicates.

use std::collections::HashMap;

use super::History;
use crate::model::Point;

/// The union of two copies of one history, canonical.
///
/// Points are the same when step, timestamp and every bit of the value are the same. A point that
/// one copy holds m times and the other n times is kept max(m, n) times, so that merging a history
/// with itself, or with an older copy of itself, changes nothing, and nothing is lost where two
/// copies grew apart. Points with equal step and timestamp keep the order of `a`, followed by
/// those that only `b` has.
pub fn merge(a: &History, b: &History) -> History {
    let (a, b) = (canonical(a), canonical(b));
    let mut merged = History::with_capacity(a.len().max(b.len()));
    let (mut a, mut b) = (a.as_slice(), b.as_slice());
    loop {
        let (group_a, group_b) = match (a.first(), b.first()) {
            (None, None) => return merged,
            (Some(next), None) => (group(&mut a, key(next)), &[][..]),
            (None, Some(next)) => (&[][..], group(&mut b, key(next))),
            (Some(next_a), Some(next_b)) => {
                let next = key(next_a).min(key(next_b));
                (group(&mut a, next), group(&mut b, next))
            }
        };
        merge_group(&mut merged, group_a, group_b);
    }
}

type Key = (i64, i64);

fn key(point: &Point) -> Key {
    (point.step, point.timestamp)
}

fn canonical(history: &History) -> Vec<Point> {
    let mut points: Vec<Point> = history.iter().collect();
    if !points.is_sorted_by_key(key) {
        points.sort_by_key(key);
    }
    points
}

/// Takes the points with this key from the front.
fn group<'a>(points: &mut &'a [Point], next: Key) -> &'a [Point] {
    let length = points.iter().take_while(|point| key(point) == next).count();
    let (group, rest) = points.split_at(length);
    *points = rest;
    group
}

fn merge_group(merged: &mut History, a: &[Point], b: &[Point]) {
    for point in a {
        merged.push(*point);
    }
    match (a, b) {
        (_, []) => {}
        ([], _) => {
            for point in b {
                merged.push(*point);
            }
        }
        ([one], [other]) if one.value.to_bits() == other.value.to_bits() => {}
        _ => {
            let mut present: HashMap<u64, usize> = HashMap::new();
            for point in a {
                *present.entry(point.value.to_bits()).or_default() += 1;
            }
            for point in b {
                match present.get_mut(&point.value.to_bits()) {
                    Some(left) if *left > 0 => *left -= 1,
                    _ => merged.push(*point),
                }
            }
        }
    }
}
