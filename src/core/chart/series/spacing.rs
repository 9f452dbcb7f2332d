/// Numbers equally far apart: two lists with the same spacing are the same, to the bit.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Spacing {
    first: f64,
    step: f64,
    count: usize,
}

impl Spacing {
    /// How these numbers lie, if all are equally far from the next.
    pub fn of(numbers: &[f64]) -> Option<Self> {
        let &[first, second, ..] = numbers else { return None };
        let step = second - first;
        let is_even = numbers.iter().enumerate().all(|(at, &x)| x == first + at as f64 * step);
        is_even.then_some(Self { first, step, count: numbers.len() })
    }
}
