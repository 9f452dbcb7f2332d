use super::{Alignment, Band, Centre};
use crate::format;

impl Alignment {
    /// For people: how the members were brought together. `width` says a distance in x, as in
    /// `5 steps`.
    pub fn words(&self, width: impl FnOnce(f64) -> String) -> String {
        match *self {
            Self::Exact => "exact: every value as logged".to_owned(),
            Self::Interpolated { values, of } => format!(
                "interpolated: {} on the line between two logged points",
                format::of_total(values, of, "value", "values"),
            ),
            Self::Binned { bins, width: wide, filled, of } => {
                let bins = format::count(bins as u64, "bin", "bins");
                let filled = match filled {
                    0 => String::new(),
                    some => format!(
                        "; {} on the line between two logged points",
                        format::of_total(some, of, "value", "values")
                    ),
                };
                format!("binned: {bins} of {}, each run's mean in each{filled}", width(wide))
            }
        }
    }
}

impl Centre {
    /// For people: `mean`.
    pub fn word(self) -> &'static str {
        match self {
            Self::Mean => "mean",
            Self::Median => "median",
            Self::Min => "min",
            Self::Max => "max",
        }
    }
}

impl Band {
    /// For people: what the band shows.
    pub fn words(self) -> &'static str {
        match self {
            Self::None => "no band",
            Self::MinMax => "min to max",
            Self::Deviation => "mean ± standard deviation",
            Self::Error => "mean ± standard error",
            Self::Interval => "95 % interval of the mean",
        }
    }
}
