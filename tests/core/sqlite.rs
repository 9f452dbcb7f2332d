//! Tests of sqlite.
