//! The run-diff matrix: what differs between runs, against a baseline.
