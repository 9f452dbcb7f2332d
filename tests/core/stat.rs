//! Tests of the statistics, against numpy and scipy (`tests/golden/stat`) and by their properties.

mod distribution;
mod expr;
mod group;
mod relation;
