use thiserror::Error;

use super::{Expr, Function};

/// The history of a metric: equally many xs, never falling, and values.
#[derive(Debug, Clone, Copy)]
pub struct Column<'a> {
    /// Where its points lie.
    pub xs: &'a [f64],
    /// Its values.
    pub values: &'a [f64],
}

/// What an expression is worth.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Values {
    /// The xs that all metrics of the expression have, rising, each once.
    pub xs: Vec<f64>,
    /// The expression's value at each.
    pub values: Vec<f64>,
    /// For each metric, in the order of [`Expr::metrics`], how many of its points are not in it:
    /// at an x that another metric lacks, or before another one at the same x.
    pub left_out: Vec<usize>,
}

/// Why an expression has no values.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum EvalError {
    /// There is not one history for each metric.
    #[error("the expression names {metrics} metrics, {given} were given")]
    Columns {
        /// So many metrics are named.
        metrics: usize,
        /// So many histories were given.
        given: usize,
    },
}

impl Expr {
    /// Its values, from one history for each of [`Self::metrics`], in that order.
    ///
    /// The histories are first brought to the xs that all of them have; of several points at one x
    /// the last one counts. Nothing is interpolated. Functions over the history see what is left.
    /// Hand in steps: two metrics of one step were rarely logged in the same millisecond.
    pub fn eval(&self, columns: &[Column]) -> Result<Values, EvalError> {
        let names = self.metrics();
        if names.len() != columns.len() {
            return Err(EvalError::Columns { metrics: names.len(), given: columns.len() });
        }
        let (xs, aligned) = aligned(columns);
        let values = match self.worth(&names, &aligned) {
            Worth::Each(values) => values,
            Worth::One(value) => vec![value; xs.len()],
        };
        let left_out =
            columns.iter().map(|column| column.xs.len().min(column.values.len()) - xs.len()).collect();
        Ok(Values { xs, values, left_out })
    }

    fn worth(&self, names: &[&str], columns: &[Vec<f64>]) -> Worth {
        let of = |expr: &Self| expr.worth(names, columns);
        match self {
            Self::Number(number) => Worth::One(*number),
            Self::Metric(name) => {
                let column = names.iter().position(|own| own == name).and_then(|place| columns.get(place));
                column.map_or(Worth::One(f64::NAN), |column| Worth::Each(column.clone()))
            }
            Self::Negate(operand) => of(operand).map(|value| -value),
            Self::Binary(operator, left, right) => of(left).with(of(right), |a, b| operator.of(a, b)),
            Self::Call(function, arguments) => call(*function, arguments.iter().map(of)),
        }
    }
}

fn call(function: Function, mut arguments: impl Iterator<Item = Worth>) -> Worth {
    let Some(first) = arguments.next() else { return Worth::One(f64::NAN) };
    if function.is_of_history() {
        let factor = match arguments.next() {
            Some(Worth::One(factor)) => factor,
            _ => 0.0,
        };
        return match first {
            Worth::Each(values) => Worth::Each(function.of_history(values, factor)),
            // A number is the same everywhere, and so are its extremes and its mean.
            Worth::One(_) if function == Function::Diff => Worth::One(0.0),
            one @ Worth::One(_) => one,
        };
    }
    if function.arguments() == (1, 1) {
        return first.map(|value| function.of_one(value));
    }
    arguments.fold(first, |left, right| left.with(right, |a, b| function.of_two(a, b)))
}

/// A value for each x, or one for all.
enum Worth {
    One(f64),
    Each(Vec<f64>),
}

impl Worth {
    fn map(self, f: impl Fn(f64) -> f64) -> Self {
        match self {
            Self::One(value) => Self::One(f(value)),
            Self::Each(mut values) => {
                for value in &mut values {
                    *value = f(*value);
                }
                Self::Each(values)
            }
        }
    }

    fn with(self, other: Self, f: impl Fn(f64, f64) -> f64) -> Self {
        match (self, other) {
            (left, Self::One(right)) => left.map(|left| f(left, right)),
            (Self::One(left), right) => right.map(|right| f(left, right)),
            (Self::Each(mut left), Self::Each(right)) => {
                for (left, right) in left.iter_mut().zip(right) {
                    *left = f(*left, right);
                }
                Self::Each(left)
            }
        }
    }
}

/// The xs that all columns have, and each column's values there.
fn aligned(columns: &[Column]) -> (Vec<f64>, Vec<Vec<f64>>) {
    let Some((first, others)) = columns.split_first() else { return (Vec::new(), Vec::new()) };
    let mut xs = first.xs.get(..first.values.len()).unwrap_or(first.xs).to_vec();
    xs.retain(|x| !x.is_nan());
    xs.dedup();
    for column in others {
        let mut walk = Walk::of(column);
        xs.retain(|&x| walk.at(x).is_some());
    }
    let values = |column: &Column| {
        let mut walk = Walk::of(column);
        xs.iter().map(|&x| walk.at(x).unwrap_or(f64::NAN)).collect()
    };
    let all = columns.iter().map(values).collect();
    (xs, all)
}

/// A column on its way through rising xs.
struct Walk<'a> {
    column: &'a Column<'a>,
    next: usize,
}

impl<'a> Walk<'a> {
    fn of(column: &'a Column<'a>) -> Self {
        Self { column, next: 0 }
    }

    /// The last value at an x.
    fn at(&mut self, x: f64) -> Option<f64> {
        let is_passed = |own: &f64| *own <= x || own.is_nan();
        while self.column.xs.get(self.next).is_some_and(is_passed) {
            self.next += 1;
        }
        let last = self.next.min(self.column.values.len()).checked_sub(1)?;
        let here = self.column.xs.get(last).is_some_and(|&own| own == x);
        if here { self.column.values.get(last).copied() } else { None }
    }
}
