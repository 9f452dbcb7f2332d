//! Least and greatest value of any stretch of a curve, without visiting its points.

/// Points in a node of the lowest level.
const LEAF: usize = 16;
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

/// The least and the greatest value of a stretch.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Bounds {
    /// The least.
    pub least: f64,
    /// The greatest.
    pub greatest: f64,
}

impl Bounds {
    const NOTHING: Self = Self { least: f64::INFINITY, greatest: f64::NEG_INFINITY };

    /// Of these values; NaN among them is passed over.
    #[inline]
    fn of(values: &[f64]) -> Self {
        // Four by four, without branches: values come in no order that a processor could guess.
        let (fours, rest) = values.as_chunks::<4>();
        let (mut least, mut greatest) = ([f64::INFINITY; 4], [f64::NEG_INFINITY; 4]);
        for four in fours {
            for ((least, greatest), &value) in least.iter_mut().zip(&mut greatest).zip(four) {
                *least = if value < *least { value } else { *least };
                *greatest = if value > *greatest { value } else { *greatest };
            }
        }
        let mut all = Self::NOTHING;
        for (&least, &greatest) in least.iter().zip(&greatest) {
            all = all.and(Self { least, greatest });
        }
        for &value in rest {
            all = all.and(Self { least: value, greatest: value });
        }
        all
    }

    #[inline]
    fn and(self, other: Self) -> Self {
        Self {
            least: if other.least < self.least { other.least } else { self.least },
            greatest: if other.greatest > self.greatest { other.greatest } else { self.greatest },
        }
    }

    fn of_nodes(nodes: &[Self]) -> Self {
        nodes.iter().fold(Self::NOTHING, |all, &node| all.and(node))
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
    /// From leaves to the top.
    levels: Vec<Vec<Bounds>>,
}

impl Pyramid {
    /// Over these values. NaN and infinities may be among them, but not in the stretches asked for.
    pub fn build(values: &[f64]) -> Self {
        if values.len() < LEAF * FAN {
            return Self::default();
        }
        let mut levels = vec![values.chunks(LEAF).map(Bounds::of).collect::<Vec<_>>()];
        while let Some(below) = levels.last().filter(|level| level.len() > FAN) {
            let above = below.chunks(FAN).map(Bounds::of_nodes).collect();
            levels.push(above);
        }
        Self { levels }
    }

    /// The least and the greatest of `values[from..to]`, which must be what the pyramid was built
    /// over; `None` for an empty stretch.
    #[inline]
    pub fn bounds(&self, values: &[f64], from: usize, to: usize) -> Option<Bounds> {
        let stretch = values.get(from..to).filter(|stretch| !stretch.is_empty())?;
        // From two leaves on there is a whole one in any stretch.
        if self.levels.is_empty() || stretch.len() < 2 * LEAF {
            return Some(Bounds::of(stretch));
        }
        let (first, end) = (from.div_ceil(LEAF), to / LEAF);
        let ends = [values.get(from..first * LEAF), values.get(end * LEAF..to)];
        let ends = ends.into_iter().flatten().map(Bounds::of);
        Some(ends.fold(self.nodes(first, end), Bounds::and))
    }

    /// Where the extremes of `values[from..to]` lie, the same as [`scan`] finds; `values` must be
    /// what the pyramid was built over.
    pub fn extremes(&self, values: &[f64], from: usize, to: usize) -> Option<Extremes> {
        if self.levels.is_empty() || to.saturating_sub(from) < 4 * LEAF {
            return scan(values, from, to);
        }
        let all = self.bounds(values, from, to)?;
        let least = self.first(values, (from, to), |node| node.least <= all.least)?;
        let greatest = self.first(values, (from, to), |node| node.greatest >= all.greatest)?;
        Some(Extremes { least, greatest })
    }

    /// The bounds of the leaves `from..to`, taken from as far above as possible.
    fn nodes(&self, mut from: usize, mut to: usize) -> Bounds {
        let mut all = Bounds::NOTHING;
        for (level, nodes) in self.levels.iter().enumerate() {
            let (first, end) = (from.div_ceil(FAN), to / FAN);
            let of = |from: usize, to: usize| Bounds::of_nodes(nodes.get(from..to).unwrap_or_default());
            if level + 1 == self.levels.len() || first >= end {
                return all.and(of(from, to));
            }
            all = all.and(of(from, first * FAN)).and(of(end * FAN, to));
            (from, to) = (first, end);
        }
        all
    }

    /// The first point of a stretch whose own bounds are as wanted. A node that has none of them
    /// is passed over as a whole.
    fn first(
        &self,
        values: &[f64],
        (from, to): (usize, usize),
        is_wanted: impl Fn(&Bounds) -> bool,
    ) -> Option<usize> {
        let is_point = |&value: &f64| is_wanted(&Bounds { least: value, greatest: value });
        let mut at = from;
        while at < to {
            let end = self.passed(at, to, &is_wanted);
            if end > at {
                at = end;
                continue;
            }
            let leaf = (at / LEAF + 1) * LEAF;
            let found = values.get(at..leaf.min(to))?.iter().position(is_point);
            if let Some(place) = found {
                return Some(at + place);
            }
            at = leaf;
        }
        None
    }

    /// The end of the widest node that begins at this point, ends within the stretch and has
    /// nothing that is wanted; the point itself if there is none.
    fn passed(&self, at: usize, to: usize, is_wanted: impl Fn(&Bounds) -> bool) -> usize {
        let (mut end, mut width) = (at, LEAF);
        for nodes in &self.levels {
            let node = nodes.get(at / width).filter(|_| at.is_multiple_of(width) && at + width <= to);
            if node.is_none_or(&is_wanted) {
                break;
            }
            end = at + width;
            width *= FAN;
        }
        end
    }
}
