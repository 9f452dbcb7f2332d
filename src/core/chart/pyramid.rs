//! Least and greatest value of any stretch of a curve, without visiting its points.

/// Points in a node of the lowest level.
const LEAF: usize = 64;
/// Nodes of a level in a node of the next.
const FAN: usize = 8;

/// Where the extremes of a stretch lie. Of equal values the first counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Extremes {
    /// Index of the least value.
    pub least: usize,
    /// Index of the greatest value.
    pub greatest: usize,
}

impl Extremes {
    fn at(index: usize) -> Self {
        Self { least: index, greatest: index }
    }

    fn merge(&mut self, other: Self, values: &[f64]) {
        if values[other.least] < values[self.least] {
            self.least = other.least;
        }
        if values[other.greatest] > values[self.greatest] {
            self.greatest = other.greatest;
        }
    }
}

/// The extremes of `values[from..to]` by looking at each; `None` for an empty stretch. The values
/// of the stretch must not be NaN.
pub fn scan(values: &[f64], from: usize, to: usize) -> Option<Extremes> {
    let stretch = values.get(from..to)?;
    let (&first, rest) = stretch.split_first()?;
    let (mut least, mut greatest) = ((first, 0), (first, 0));
    for (i, &value) in rest.iter().enumerate() {
        if value < least.0 {
            least = (value, i + 1);
        }
        if value > greatest.0 {
            greatest = (value, i + 1);
        }
    }
    Some(Extremes { least: from + least.1, greatest: from + greatest.1 })
}

/// Built once over a curve: answers [`scan`] for any stretch in a time that hardly grows with it.
#[derive(Debug, Clone, Default)]
pub struct Pyramid {
    /// From leaves to the top; a node holds where its extremes lie.
    levels: Vec<Vec<Extremes>>,
}

impl Pyramid {
    /// Over these values. NaN and infinities may be among them, but not in the stretches asked for.
    pub fn build(values: &[f64]) -> Self {
        if values.len() < LEAF * FAN {
            return Self::default();
        }
        let starts = (0..values.len()).step_by(LEAF);
        let leaf = |start: usize| {
            scan(values, start, (start + LEAF).min(values.len())).unwrap_or_else(|| Extremes::at(start))
        };
        let mut levels = vec![starts.map(leaf).collect::<Vec<_>>()];
        while let Some(below) = levels.last().filter(|level| level.len() > FAN) {
            let above = below.chunks(FAN).filter_map(|nodes| merged(nodes, values)).collect();
            levels.push(above);
        }
        Self { levels }
    }

    /// The extremes of `values[from..to]`, the same as [`scan`] finds; `values` must be what the
    /// pyramid was built over.
    pub fn extremes(&self, values: &[f64], from: usize, to: usize) -> Option<Extremes> {
        if self.levels.is_empty() || to.saturating_sub(from) < 2 * LEAF {
            return scan(values, from, to);
        }
        let (first, end) = (from.div_ceil(LEAF), to / LEAF);
        let mut all = Vec::with_capacity(3);
        all.extend(scan(values, from, first * LEAF));
        all.extend(self.nodes(values, 0, first, end));
        all.extend(scan(values, end * LEAF, to));
        merged(&all, values)
    }

    /// The extremes of the nodes `from..to` of a level, taking the wholes from the level above.
    fn nodes(&self, values: &[f64], level: usize, from: usize, to: usize) -> Option<Extremes> {
        let nodes = self.levels.get(level)?;
        let (first, end) = (from.div_ceil(FAN), to / FAN);
        if self.levels.get(level + 1).is_none() || first >= end {
            return merged(nodes.get(from..to)?, values);
        }
        let mut all = Vec::with_capacity(3);
        all.extend(merged(nodes.get(from..first * FAN)?, values));
        all.extend(self.nodes(values, level + 1, first, end));
        all.extend(merged(nodes.get(end * FAN..to)?, values));
        merged(&all, values)
    }
}

fn merged(nodes: &[Extremes], values: &[f64]) -> Option<Extremes> {
    let (&first, rest) = nodes.split_first()?;
    let mut all = first;
    for &node in rest {
        all.merge(node, values);
    }
    Some(all)
}
