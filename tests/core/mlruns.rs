//! Tests of mlruns.
