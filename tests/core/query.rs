//! Filters, orders and searches: MLflow's grammar against its own answers, and ours.

mod extended;
mod frozen;
mod typed;
