use std::ops::Range;

/// Rows or columns of different sizes one behind another, of which only those in sight are made.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Lane {
    /// Where each of them ends.
    ends: Vec<f64>,
}

impl Lane {
    /// From the sizes, in any unit; one that is negative or no number counts as 0.
    pub fn new(sizes: impl IntoIterator<Item = f64>) -> Self {
        let mut end = 0.0;
        let grow = |size: f64| {
            end += size.max(0.0);
            end
        };
        Self { ends: sizes.into_iter().map(grow).collect() }
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.ends.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.ends.is_empty()
    }

    /// Where one starts; the end of all for an index beyond them.
    pub fn start(&self, index: usize) -> f64 {
        let before = index.min(self.ends.len()).checked_sub(1);
        before.and_then(|before| self.ends.get(before)).copied().unwrap_or(0.0)
    }

    /// Its size; 0 for an index beyond them.
    pub fn size(&self, index: usize) -> f64 {
        self.start(index + 1) - self.start(index)
    }

    /// The size of all.
    pub fn total(&self) -> f64 {
        self.start(self.ends.len())
    }

    /// Those that touch a stretch, and `spare` more on each side.
    pub fn in_sight(&self, from: f64, to: f64, spare: usize) -> Range<usize> {
        let first = self.ends.partition_point(|end| *end <= from);
        let last = self.ends.partition_point(|end| *end < to);
        let end = (last + 1).saturating_add(spare).min(self.ends.len());
        first.saturating_sub(spare).min(end)..end
    }
}
