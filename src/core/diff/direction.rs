/// Which way a metric gets better.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Direction {
    /// Higher is better.
    Higher,
    /// Lower is better.
    Lower,
    /// The name does not say.
    #[default]
    Unknown,
}

/// The direction that a metric's name suggests.
pub fn direction(_key: &str) -> Direction {
    Direction::Unknown
}
