//! Tests of run_page.
