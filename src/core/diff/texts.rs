use std::collections::HashMap;

/// Texts in rows, one a run; each different text is kept once, as most of them repeat.
#[derive(Debug, Default)]
pub(super) struct Texts {
    width: usize,
    /// Row after row: one more than the place in the pool, 0 for a missing text.
    cells: Vec<u32>,
    pool: Vec<Box<str>>,
}

impl Texts {
    pub(super) fn get(&self, row: usize, run: usize) -> Option<&str> {
        let at = (*self.cells.get(row * self.width + run)?).checked_sub(1)?;
        self.pool.get(at as usize).map(AsRef::as_ref)
    }

    /// Whether two runs have the same text in a row, or both none.
    pub(super) fn same(&self, row: usize, a: usize, b: usize) -> bool {
        self.cells.get(row * self.width + a) == self.cells.get(row * self.width + b)
    }

    pub(super) fn rows(&self) -> usize {
        self.cells.len().checked_div(self.width).unwrap_or_default()
    }
}

/// Makes [`Texts`] cell by cell.
pub(super) struct TextsMaker {
    texts: Texts,
    places: HashMap<Box<str>, u32>,
}

impl TextsMaker {
    pub(super) fn new(runs: usize) -> Self {
        Self { texts: Texts { width: runs, ..Texts::default() }, places: HashMap::new() }
    }

    /// A new row without texts; its number.
    pub(super) fn row(&mut self) -> usize {
        let row = self.texts.rows();
        self.texts.cells.resize(self.texts.cells.len() + self.texts.width, 0);
        row
    }

    pub(super) fn set(&mut self, row: usize, run: usize, text: &str) {
        let place = if let Some(place) = self.places.get(text) {
            *place
        } else {
            self.texts.pool.push(text.into());
            let place = u32::try_from(self.texts.pool.len()).unwrap_or(u32::MAX);
            self.places.insert(text.into(), place);
            place
        };
        if let Some(cell) = self.texts.cells.get_mut(row * self.texts.width + run) {
            *cell = place;
        }
    }

    pub(super) fn done(self) -> Texts {
        self.texts
    }
}
