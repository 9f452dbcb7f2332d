//! Tests of charts.

mod direction;
