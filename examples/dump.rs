//! Prints any store as JSON.
fn main() {}
