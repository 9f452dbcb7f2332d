use std::{collections::HashMap, fmt::Write as _};

use serde::{Deserialize, Serialize};
use similar::{Algorithm, DiffOp, capture_diff_slices};

use super::{Grid, TextOptions, count_words};
use crate::format;

/// Columns whose values most often name a row.
const NAMES: [&str; 6] = ["id", "index", "key", "step", "epoch", "name"];

/// Which rows of two tables belong together.
#[derive(Debug, Clone, PartialEq, Eq, Default, Hash, Serialize, Deserialize)]
pub enum RowKey {
    /// By a column that names the rows, if there is one, else by their content.
    #[default]
    Auto,
    /// So that most rows are equal, in their order.
    Content,
    /// Those with the same value in this column.
    Column(String),
}

/// Two tables, cell by cell.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct TableDiff {
    /// The table on the left.
    pub left: Grid,
    /// The table on the right.
    pub right: Grid,
    /// Columns of both, those of the left first.
    pub columns: Vec<ColumnPair>,
    /// Rows of both, in the order of the left table, those of the right beside them.
    pub rows: Vec<RowPair>,
    /// The column that the rows were put together by; `None` for by content.
    pub key: Option<String>,
}

/// A column of one or both tables.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ColumnPair {
    /// Its name.
    pub name: String,
    /// Its place in the left table.
    pub left: Option<u32>,
    /// Its place in the right table.
    pub right: Option<u32>,
    /// In how many rows of both tables its value differs.
    pub differing: u32,
}

/// A row of one or both tables.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct RowPair {
    /// Its place in the left table.
    pub left: Option<u32>,
    /// Its place in the right table.
    pub right: Option<u32>,
    /// Whether a cell differs.
    pub differs: bool,
}

impl TableDiff {
    /// Compares two tables. A column that does not name the rows of both is not taken as a key.
    pub(super) fn new(left: Grid, right: Grid, key: &RowKey, options: TextOptions) -> Self {
        let columns = columns(&left, &right);
        let mut diff = Self { left, right, columns, rows: Vec::new(), key: None };
        let found = diff.key_column(key);
        diff.rows = match found {
            Some(at) => diff.by_key(at),
            None => diff.by_content(options),
        };
        diff.key = found.and_then(|at| diff.columns.get(at)).map(|column| column.name.clone());
        diff.count(options);
        diff
    }

    /// Columns that name the rows of both tables, each by another value.
    pub fn keys(&self) -> Vec<&str> {
        let keys = self.columns.iter().filter(|column| self.index(column).is_some());
        keys.map(|column| column.name.as_str()).collect()
    }

    /// Whether nothing differs.
    pub fn is_equal(&self) -> bool {
        self.rows.iter().all(|row| !row.differs)
            && self.columns.iter().all(|c| c.left.is_some() && c.right.is_some())
    }

    /// What stands in a cell on both sides; `None` where a side has no such row or column.
    pub fn cell(&self, row: &RowPair, column: &ColumnPair) -> (Option<&str>, Option<&str>) {
        let left = row.left.zip(column.left).map(|(row, column)| self.left.cell(row, column));
        let right = row.right.zip(column.right).map(|(row, column)| self.right.cell(row, column));
        (left, right)
    }

    /// `12 rows changed, 3 added, 1 removed, 480 equal; 1 column added`.
    pub fn words(&self) -> String {
        let rows = |is: fn(&&RowPair) -> bool| self.rows.iter().filter(is).count() as u64;
        let columns = |is: fn(&&ColumnPair) -> bool| self.columns.iter().filter(is).count() as u64;
        let parts = [
            (rows(|row| row.differs && row.left.is_some() && row.right.is_some()), "changed"),
            (rows(|row| row.left.is_none()), "added"),
            (rows(|row| row.right.is_none()), "removed"),
            (rows(|row| !row.differs), "equal"),
        ];
        let mut words = count_words(&parts, "row", "rows");
        for (count, what) in [
            (columns(|column| column.left.is_none()), "added"),
            (columns(|column| column.right.is_none()), "removed"),
        ] {
            if count > 0 {
                let _ = write!(words, "; {} {what}", format::count(count, "column", "columns"));
            }
        }
        words
    }

    fn key_column(&self, key: &RowKey) -> Option<usize> {
        let named = |name: &str| self.columns.iter().position(|column| column.name == name);
        match key {
            RowKey::Content => None,
            RowKey::Column(name) => {
                named(name).filter(|at| self.columns.get(*at).and_then(|c| self.index(c)).is_some())
            }
            RowKey::Auto => {
                let rank = |column: &ColumnPair| {
                    let name = column.name.to_lowercase();
                    NAMES
                        .iter()
                        .position(|known| name == *known)
                        .or_else(|| name.ends_with("_id").then_some(NAMES.len()))
                };
                let all = self.columns.iter().enumerate();
                let mut found: Vec<(usize, usize)> =
                    all.filter_map(|(at, column)| Some((rank(column)?, at))).collect();
                found.sort_unstable();
                // An unnamed first column is how pandas writes its index.
                let first =
                    self.columns.first().is_some_and(|c| c.name.is_empty() || c.name.starts_with("Unnamed"));
                let candidates = found.into_iter().map(|(_, at)| at).chain(first.then_some(0));
                candidates
                    .into_iter()
                    .find(|at| self.columns.get(*at).and_then(|column| self.index(column)).is_some())
            }
        }
    }

    /// The rows of the right table by the value of a column, if that names the rows of both tables.
    fn index(&self, column: &ColumnPair) -> Option<HashMap<&str, u32>> {
        let of = |grid: &'_ Grid, at: u32| -> Option<()> {
            let mut seen = std::collections::HashSet::new();
            (0..grid.rows()).all(|row| seen.insert(grid.cell(row, at).to_owned())).then_some(())
        };
        let (left, right) = (column.left?, column.right?);
        of(&self.left, left)?;
        let mut found = HashMap::new();
        for row in 0..self.right.rows() {
            if found.insert(self.right.cell(row, right), row).is_some() {
                return None;
            }
        }
        Some(found)
    }

    fn by_key(&self, at: usize) -> Vec<RowPair> {
        let column = self.columns.get(at);
        let index = column.and_then(|column| self.index(column)).unwrap_or_default();
        let left = column.and_then(|column| column.left).unwrap_or_default();
        let partners: Vec<Option<u32>> =
            (0..self.left.rows()).map(|row| index.get(self.left.cell(row, left)).copied()).collect();
        merge(&partners, self.right.rows())
    }

    fn by_content(&self, options: TextOptions) -> Vec<RowPair> {
        let mut known: HashMap<Vec<u32>, u32> = HashMap::new();
        let mut cells: HashMap<String, u32> = HashMap::new();
        let mut numbers = |grid: &Grid, side: fn(&ColumnPair) -> Option<u32>| -> Vec<u32> {
            let shared: Vec<u32> = self
                .columns
                .iter()
                .filter(|c| c.left.is_some() && c.right.is_some())
                .filter_map(side)
                .collect();
            let mut number = |row: u32| {
                let of = |column: &u32| {
                    let next = cells.len() as u32;
                    *cells.entry(options.essence(grid.cell(row, *column)).into_owned()).or_insert(next)
                };
                let row: Vec<u32> = shared.iter().map(of).collect();
                let next = known.len() as u32;
                *known.entry(row).or_insert(next)
            };
            (0..grid.rows()).map(&mut number).collect()
        };
        let (left, right) = (numbers(&self.left, |c| c.left), numbers(&self.right, |c| c.right));
        let mut rows = Vec::with_capacity(left.len().max(right.len()));
        for op in capture_diff_slices(Algorithm::Myers, &left, &right) {
            let (mut old, mut new) = (op.old_range(), op.new_range());
            let differs = !matches!(op, DiffOp::Equal { .. });
            loop {
                let (left, right) = (old.next().map(|at| at as u32), new.next().map(|at| at as u32));
                if left.is_none() && right.is_none() {
                    break;
                }
                rows.push(RowPair { left, right, differs });
            }
        }
        rows
    }

    /// Says which rows differ, and in how many each column does.
    fn count(&mut self, options: TextOptions) {
        let mut rows = std::mem::take(&mut self.rows);
        let mut counts = vec![0_u32; self.columns.len()];
        for row in &mut rows {
            let is_pair = row.left.is_some() && row.right.is_some();
            row.differs = !is_pair;
            for (column, count) in self.columns.iter().zip(&mut counts).filter(|_| is_pair) {
                if let (Some(left), Some(right)) = self.cell(row, column)
                    && !is_same(left, right, options)
                {
                    row.differs = true;
                    *count += 1;
                }
            }
        }
        self.rows = rows;
        for (column, count) in self.columns.iter_mut().zip(counts) {
            column.differing = count;
        }
    }
}

/// Whether two cells say the same.
pub(super) fn is_same(left: &str, right: &str, options: TextOptions) -> bool {
    left == right || options.essence(left) == options.essence(right)
}

/// Columns by their names; of equal ones the first with the first.
fn columns(left: &Grid, right: &Grid) -> Vec<ColumnPair> {
    let mut places: HashMap<&str, Vec<u32>> = HashMap::new();
    for (at, name) in right.columns.iter().enumerate().rev() {
        places.entry(name).or_default().push(at as u32);
    }
    let mut taken = vec![false; right.columns.len()];
    let mut columns = Vec::new();
    for (at, name) in left.columns.iter().enumerate() {
        let right = places.get_mut(name.as_str()).and_then(Vec::pop);
        if let Some(taken) = right.and_then(|right| taken.get_mut(right as usize)) {
            *taken = true;
        }
        columns.push(ColumnPair { name: name.clone(), left: Some(at as u32), right, differing: 0 });
    }
    for (at, name) in right.columns.iter().enumerate() {
        if taken.get(at) == Some(&false) {
            columns.push(ColumnPair { name: name.clone(), left: None, right: Some(at as u32), differing: 0 });
        }
    }
    columns
}

/// The rows of the left table with their partners, and those of the right that have none where they stand there.
fn merge(partners: &[Option<u32>], rights: u32) -> Vec<RowPair> {
    let mut has_partner = vec![false; rights as usize];
    for right in partners.iter().flatten() {
        if let Some(has) = has_partner.get_mut(*right as usize) {
            *has = true;
        }
    }
    let mut rows = Vec::with_capacity(partners.len());
    let mut next = 0;
    let mut catch_up = |rows: &mut Vec<RowPair>, to: u32| {
        while next < to {
            if has_partner.get(next as usize) == Some(&false) {
                rows.push(RowPair { left: None, right: Some(next), differs: true });
            }
            next += 1;
        }
    };
    for (left, right) in partners.iter().enumerate() {
        if let Some(right) = right {
            catch_up(&mut rows, *right);
        }
        rows.push(RowPair { left: Some(left as u32), right: *right, differs: right.is_none() });
    }
    catch_up(&mut rows, rights);
    rows
}
