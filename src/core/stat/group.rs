//! Several curves as one: a centre and a band around it.
//!
//! Curves of different runs rarely have their points at the same x. How they were brought
//! together is part of the answer ([`Alignment`]), by this rule:
//! 1. The xs are the union of all that the members have. Where no member lacks one within its own
//!    extent, every value is as logged: [`Alignment::Exact`].
//! 2. Where more than half of the points that another member could share are shared, or the union
//!    is at most half as large again as the longest member, a member that lacks an x takes the line
//!    between its neighbours: [`Alignment::Interpolated`].
//! 3. Else, and where the union has more than [`Ask::most`] xs, the xs are a regular grid whose
//!    bins are as wide as the points of the median member are apart, or wide enough to be no more
//!    than that many; each member has its mean in each bin, or the line between its neighbours
//!    where a bin holds none of its points: [`Alignment::Binned`].
//!
//! Never is a member continued beyond its own first and last x. A value that is not finite leaves
//! its member out there, and where the line would start or end at it. Of several points at one x
//! the last one counts; xs beyond ±1e300 do not.

mod align;
mod bins;
mod column;
mod curve;
mod words;

use align::Target;
use column::Summary;
use curve::Curve;
use serde::{Deserialize, Serialize};

/// A curve of a group, of equally many xs, never falling, and values.
#[derive(Debug, Clone, Copy)]
pub struct Member<'a> {
    /// Where its points lie.
    pub xs: &'a [f64],
    /// Its values.
    pub values: &'a [f64],
}

/// What stands for the members at an x.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
pub enum Centre {
    /// The arithmetic mean.
    #[default]
    Mean,
    /// The middle value, or the mean of the two in the middle.
    Median,
    /// The least.
    Min,
    /// The greatest.
    Max,
}

/// How far the members spread at an x.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
pub enum Band {
    /// No band.
    None,
    /// From the least to the greatest.
    #[default]
    MinMax,
    /// One standard deviation (n - 1 in the denominator) to either side of the mean.
    Deviation,
    /// One standard error of the mean to either side of it.
    Error,
    /// The interval that holds the mean with 95 % (Student's t, n - 1 degrees of freedom).
    Interval,
}

/// What is asked of a group.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Ask {
    /// The line.
    pub centre: Centre,
    /// The band. Those about the mean stay about the mean whatever the line is; of a single member
    /// they do not exist.
    pub band: Band,
    /// The visible xs, from and to; `None` for all. A zoom that asks anew sees finer bins.
    pub within: Option<[f64; 2]>,
    /// The most xs of the answer, at least 2.
    pub most: usize,
}

impl Default for Ask {
    /// The mean between the extremes, everywhere, at no more than 4,096 xs.
    fn default() -> Self {
        Self { centre: Centre::Mean, band: Band::MinMax, within: None, most: 4_096 }
    }
}

/// How the members were brought to the same xs.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Alignment {
    /// Every value is as logged.
    Exact,
    /// Some values lie on the line between two logged points of their member.
    Interpolated {
        /// So many of them.
        values: u64,
        /// Of so many.
        of: u64,
    },
    /// A regular grid; each member has its mean in each bin.
    Binned {
        /// How many bins there are.
        bins: usize,
        /// How wide a bin is, in the unit of x; whole where all xs are.
        width: f64,
        /// In so many a member had no point and took the line between its neighbours.
        filled: u64,
        /// Of so many.
        of: u64,
    },
}

/// Curves as one. All columns are equally long, but for the band's, which are empty with
/// [`Band::None`].
#[derive(Debug, Clone, PartialEq)]
pub struct Group {
    /// Where it lies, rising; the middle of each bin where the alignment is binned.
    pub xs: Vec<f64>,
    /// How many members have a value there.
    pub counts: Vec<u32>,
    /// The line; NaN where no member has a value.
    pub centre: Vec<f64>,
    /// The band's lower edge; NaN where there is none.
    pub lower: Vec<f64>,
    /// The band's upper edge; NaN where there is none.
    pub upper: Vec<f64>,
    /// How the members were aligned.
    pub alignment: Alignment,
    /// How many members have a point within what was asked for.
    pub members: usize,
    /// How many of their points there are not finite, and left out.
    pub not_finite: u64,
}

/// The members as one. Their order does not matter.
pub fn aggregate(members: &[Member], ask: &Ask) -> Group {
    let within = ask.within.unwrap_or([f64::NEG_INFINITY, f64::INFINITY]);
    let curves: Vec<Curve> = members.iter().filter_map(|member| Curve::of(member, within)).collect();
    let scale = curve::scale(&curves);
    let target = Target::of(&curves, within, ask.most.max(2));
    let mut summary = Summary::new(ask, scale, curves.len());
    let drawn = target.fill(&curves, scale, &mut summary);
    let columns = summary.into_columns();
    Group {
        xs: drawn.xs,
        counts: columns.counts,
        centre: columns.centre,
        lower: columns.lower,
        upper: columns.upper,
        alignment: drawn.alignment,
        members: curves.len(),
        not_finite: curves.iter().map(|curve| curve.not_finite).sum(),
    }
}
