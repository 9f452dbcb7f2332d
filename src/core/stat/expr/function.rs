use crate::history::smooth::ema;

/// What can be called.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Function {
    /// The value without its sign.
    Abs,
    /// The natural logarithm, also written `log`, as numpy has it.
    Ln,
    /// The logarithm to base 10.
    Log10,
    /// e to the power of.
    Exp,
    /// The square root.
    Sqrt,
    /// The least of two or more, at each x; NaN where one of them is.
    Min,
    /// The greatest of two or more, at each x; NaN where one of them is.
    Max,
    /// `pow(a, b)` is `a ^ b`.
    Pow,
    /// The least value so far; a NaN stays one.
    Cummin,
    /// The greatest value so far; a NaN stays one.
    Cummax,
    /// `ema(x, f)`: [`ema`] with the factor `f`, a number.
    Ema,
    /// How much more a value is than the one before it; the first is NaN.
    Diff,
}

impl Function {
    /// All of them, with the name that is written.
    pub const ALL: [(&'static str, Self); 13] = [
        ("abs", Self::Abs),
        ("ln", Self::Ln),
        ("log", Self::Ln),
        ("log10", Self::Log10),
        ("exp", Self::Exp),
        ("sqrt", Self::Sqrt),
        ("min", Self::Min),
        ("max", Self::Max),
        ("pow", Self::Pow),
        ("cummin", Self::Cummin),
        ("cummax", Self::Cummax),
        ("ema", Self::Ema),
        ("diff", Self::Diff),
    ];

    /// The function of this name.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.iter().find(|(own, _)| *own == name).map(|(_, function)| *function)
    }

    /// Its name.
    pub fn name(self) -> &'static str {
        Self::ALL.iter().find(|(_, function)| *function == self).map_or("", |(name, _)| name)
    }

    /// The least and the greatest number of its arguments.
    pub fn arguments(self) -> (usize, usize) {
        match self {
            Self::Min | Self::Max => (2, usize::MAX),
            Self::Pow | Self::Ema => (2, 2),
            _ => (1, 1),
        }
    }

    /// Whether it looks at the values before a value.
    pub fn is_of_history(self) -> bool {
        matches!(self, Self::Cummin | Self::Cummax | Self::Ema | Self::Diff)
    }

    /// Of one value; NaN where it is not such a function.
    pub(super) fn of_one(self, value: f64) -> f64 {
        match self {
            Self::Abs => value.abs(),
            Self::Ln => value.ln(),
            Self::Log10 => value.log10(),
            Self::Exp => value.exp(),
            Self::Sqrt => value.sqrt(),
            _ => f64::NAN,
        }
    }

    /// Of two values at the same x; NaN where it is not such a function.
    pub(super) fn of_two(self, left: f64, right: f64) -> f64 {
        match self {
            Self::Pow => left.powf(right),
            _ if left.is_nan() || right.is_nan() => f64::NAN,
            Self::Min => left.min(right),
            Self::Max => left.max(right),
            _ => f64::NAN,
        }
    }

    /// Of a history, in its order; the values as they are where it is not such a function.
    pub(super) fn of_history(self, values: Vec<f64>, factor: f64) -> Vec<f64> {
        match self {
            Self::Cummin => running(values, f64::min),
            Self::Cummax => running(values, f64::max),
            Self::Ema => ema(&values, factor),
            Self::Diff => {
                let before = std::iter::once(f64::NAN).chain(values.iter().copied());
                values.iter().zip(before).map(|(value, before)| value - before).collect()
            }
            _ => values,
        }
    }
}

fn running(mut values: Vec<f64>, best: fn(f64, f64) -> f64) -> Vec<f64> {
    let mut so_far = f64::NAN;
    for value in values.iter_mut().filter(|value| !value.is_nan()) {
        so_far = best(*value, so_far);
        *value = so_far;
    }
    values
}
