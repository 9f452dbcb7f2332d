//! A zip archive as a tree of files.
