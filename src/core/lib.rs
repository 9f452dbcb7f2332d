//! Everything of Runatlas that can be thought without a browser.
//!
//! Rooms, and the direction in which they may use each other:
//! [`model`] and [`format`] <- [`history`] <- [`stat`] <- [`read`], [`chart`], [`table`] <- [`diff`], [`preview`]
//! <- [`run_page`], [`registry`] <- [`compare`] <- [`link`], [`job`].
//!
//! [`structure`], [`environment`] and [`mlmodel`] take texts and files apart for [`diff`]: nested values, packages,
//! models.
//!
//! [`board`] knows [`chart`] and [`table`]; [`figure`] draws its cards that are no line charts.
//!
//! [`query`] needs [`model`] alone; [`table`] asks it.
//!
//! [`mlflow`] stands beside them: requests, answers and diagnosis of a tracking server as plain values.
//!
//! This crate reads no clock and draws no chance: times and ids are handed in.

pub mod board;
pub mod chart;
pub mod command;
pub mod compare;
pub mod diff;
pub mod environment;
mod escape;
pub mod export;
pub mod figure;
pub mod format;
pub mod history;
pub mod job;
pub mod link;
pub mod mlflow;
pub mod mlmodel;
pub mod model;
pub mod preview;
pub mod query;
pub mod read;
pub mod registry;
pub mod run_page;
pub mod stat;
pub mod structure;
pub mod table;
