//! Histories as compact binary blocks.
