//! Curves of runs, put together into one a group.

use std::sync::Arc;

use super::Aggregate;
use crate::{
    chart::{self, Series, Trace, XAxis},
    format,
    stat::group::{self, Alignment, Ask, Member},
};

/// The curve of a group.
#[derive(Debug, Clone)]
pub struct Gathered {
    /// The line, with its band.
    pub series: Series,
    /// Which of the given curves it stands for.
    pub members: Vec<usize>,
    /// How their points were brought to the same x.
    pub alignment: Alignment,
}

impl Gathered {
    /// How the line came about, for people.
    pub fn words(&self, ask: Aggregate, x: XAxis) -> String {
        let width = |wide: f64| match x {
            XAxis::Step => format::count(wide.round() as u64, "step", "steps"),
            XAxis::WallTime | XAxis::RelativeTime => format::duration_long(wide.round() as i64),
            XAxis::Metric => format::metric(wide),
        };
        let runs = format::count(self.members.len() as u64, "run", "runs");
        format!(
            "{}: {} of {runs}, {}; {}",
            self.series.label,
            ask.centre.word(),
            ask.band.words(),
            self.alignment.words(width)
        )
    }
}

/// One curve for all that have the same name in `groups` (one for each of the curves), in the order
/// in which the groups first occur.
pub fn gather(all: &[Series], groups: &[String], x: XAxis, aggregate: Aggregate) -> Vec<Gathered> {
    let mut named: Vec<(&str, Vec<usize>)> = Vec::new();
    for (index, group) in groups.iter().enumerate().take(all.len()) {
        match named.iter_mut().find(|(name, _)| name == group) {
            Some((_, members)) => members.push(index),
            None => named.push((group, vec![index])),
        }
    }
    named.into_iter().filter_map(|(name, members)| one(all, name, members, x, aggregate)).collect()
}

fn one(all: &[Series], name: &str, members: Vec<usize>, x: XAxis, aggregate: Aggregate) -> Option<Gathered> {
    let of = |&index: &usize| all.get(index).map(|series| series.trace.curve(x));
    let curves: Vec<_> = members.iter().filter_map(of).collect();
    let columns: Vec<Member> =
        curves.iter().map(|curve| Member { xs: curve.xs(), values: curve.raw().values() }).collect();
    let ask = Ask { centre: aggregate.centre, band: aggregate.band, ..Ask::default() };
    let group = group::aggregate(&columns, &ask);
    let first = all.get(*members.first()?)?;
    let band =
        (!group.lower.is_empty()).then(|| Arc::new(chart::Band { low: group.lower, high: group.upper }));
    let name = if name.is_empty() { "All runs" } else { name };
    Some(Gathered {
        series: Series {
            id: name.to_owned(),
            label: format!("{name} ({})", members.len()),
            running: false,
            trace: Arc::new(Trace::computed(group.xs, group.centre)),
            band,
            ..first.clone()
        },
        members,
        alignment: group.alignment,
    })
}
