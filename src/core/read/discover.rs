//! Finds the stores in a tree of files, by content first, by name second.
