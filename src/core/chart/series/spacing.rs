/// Numbers equally far apart: two lists with the same spacing are the same, to the bit.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Spacing {
    first: f64,
    step: f64,
    count: usize,
}

const BLOCK: usize = 1024;

impl Spacing {
    /// How these numbers lie, if all are equally far from the next.
    pub fn of(numbers: &[f64]) -> Option<Self> {
        let &[first, second, ..] = numbers else { return None };
        let step = second - first;
        // Block by block, without a way out of one: so several are compared at once.
        let is_even = numbers.chunks(BLOCK).zip(0_u32..).all(|(block, place)| {
            let start = f64::from(place) * BLOCK as f64;
            let places = block.iter().zip(0_u32..);
            places.fold(true, |all, (&x, at)| all & (x == first + (start + f64::from(at)) * step))
        });
        is_even.then_some(Self { first, step, count: numbers.len() })
    }
}
