//! The worker that reads sources.
fn main() {}
