//! Statistics over histories and over runs: what the charts beyond plain curves show.
//!
//! Contract of this room: pure and deterministic, the same answer for the same input in the same
//! order of its bits; values that are not finite are left out and counted, never spread; where
//! there is too little to say anything, the answer is `None` or NaN and not a guess; what was done
//! to the data (aligned, binned, left out, thinned) is part of the answer, with words for people.

pub mod distribution;
pub mod expr;
pub mod factor;
pub mod grid;
pub mod group;
pub mod importance;
pub mod outlier;
pub mod relation;
pub mod sample;
mod special;
