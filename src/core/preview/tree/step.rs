use super::{TreeKind, TreeRow};

/// What a key does in the tree, after the ARIA practices for trees. Places are indices of rows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    /// Go to a row.
    Go(usize),
    /// Open or close the folder, open the file.
    Choose(usize),
    /// The key belongs to the tree, but does nothing here.
    Stay,
}

impl Step {
    /// `key` is the name that browsers give it, `at` the row that has the focus; `None` for keys
    /// that are not the tree's.
    pub fn of_key(key: &str, rows: &[TreeRow], at: usize) -> Option<Self> {
        let row = rows.get(at)?;
        let last = rows.len().saturating_sub(1);
        Some(match key {
            "ArrowDown" => Self::Go((at + 1).min(last)),
            "ArrowUp" => Self::Go(at.saturating_sub(1)),
            "Home" => Self::Go(0),
            "End" => Self::Go(last),
            "Enter" | " " => Self::Choose(at),
            "ArrowRight" => match row.kind {
                TreeKind::Folder { expanded: false, .. } => Self::Choose(at),
                TreeKind::Folder { expanded: true, .. } if at < last => Self::Go(at + 1),
                _ => Self::Stay,
            },
            "ArrowLeft" => match row.kind {
                TreeKind::Folder { expanded: true, .. } => Self::Choose(at),
                _ => parent(rows, at, row.depth).map_or(Self::Stay, Self::Go),
            },
            letter => Self::Go(by_letter(letter, rows, at)?),
        })
    }
}

fn parent(rows: &[TreeRow], at: usize, depth: usize) -> Option<usize> {
    rows.get(..at)?.iter().rposition(|row| row.depth < depth)
}

/// The next row whose name begins with a letter, around the end.
fn by_letter(key: &str, rows: &[TreeRow], at: usize) -> Option<usize> {
    let mut letters = key.chars();
    let letter = letters.next().filter(|letter| letter.is_alphanumeric() && letters.next().is_none())?;
    let begins = |row: &TreeRow| {
        row.name.chars().next().is_some_and(|first| first.to_lowercase().eq(letter.to_lowercase()))
    };
    (1..=rows.len()).map(|step| (at + step) % rows.len()).find(|at| rows.get(*at).is_some_and(begins))
}
