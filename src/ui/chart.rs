//! Charts: one card a metric, its canvas, cursor and readout.
