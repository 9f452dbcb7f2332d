use super::{Found, Words};

/// Something that was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hit {
    /// Its place in the list that was searched.
    pub index: usize,
    /// How well it fits, and where.
    pub found: Found,
}

/// The names that fit, best first, no more than so many; the one named earlier goes before its equals. A name comes
/// with what is added to its score.
pub fn rank<'a>(words: &Words, names: impl IntoIterator<Item = (&'a str, i32)>, at_most: usize) -> Vec<Hit> {
    let found = names.into_iter().enumerate().filter_map(|(index, (name, bonus))| {
        let Found { score, marks } = words.find(name)?;
        Some(Hit { index, found: Found { score: score + bonus, marks } })
    });
    let mut hits: Vec<Hit> = found.collect();
    hits.sort_by_key(|hit| (std::cmp::Reverse(hit.found.score), hit.index));
    hits.truncate(at_most);
    hits
}
