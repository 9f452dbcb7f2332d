use crate::history::History;

/// What is odd about the points of a history as they were logged. All of them are drawn; a person
/// should be told.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Oddities {
    /// Several points at one step.
    pub same_step: bool,
    /// A point of a later step was logged before one of an earlier step.
    pub time_back: bool,
}

impl Oddities {
    /// Of a history in canonical order.
    pub fn of(history: &History) -> Self {
        Self {
            same_step: any_pair(&history.steps, |step, next| step == next),
            time_back: any_pair(&history.timestamps, |time, next| time > next),
        }
    }
}

/// Whether any two neighbours are like this. Block by block, without a way out of one: so several
/// pairs are compared at once.
fn any_pair(column: &[i64], is: impl Fn(i64, i64) -> bool) -> bool {
    const BLOCK: usize = 1024;
    let next = column.get(1..).unwrap_or_default();
    let mut blocks = column.chunks(BLOCK).zip(next.chunks(BLOCK));
    blocks.any(|(block, next)| block.iter().zip(next).fold(false, |any, (&a, &b)| any | is(a, b)))
}
