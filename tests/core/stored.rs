//! Tests of stored.
