//! Tests of the statistics, against numpy and scipy (`tests/golden/stat`) and by their properties.

mod distribution;
mod expr;
mod grid;
mod group;
mod importance;
mod relation;
