//! Tests of zip.
