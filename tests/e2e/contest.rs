//! Runatlas beside other libraries, on the same points in the same browser.

mod load;
mod ours;
mod peer;
mod table;

use serde_json::Value;

use crate::gauge::trace::Work;

pub(crate) use load::{LOADS, Load};
pub(crate) use ours::Ours;
pub(crate) use peer::{PEERS, Peer, Peers};
pub(crate) use table::table;

/// What was measured of one contender on one load, in milliseconds and bytes; `None` is what took too long.
#[derive(Debug, Default)]
pub(crate) struct Figures {
    /// From the call, with the library and the points at hand, to the end of the frame that shows them.
    pub(crate) first: Option<f64>,
    /// The same in a page that has drawn them before.
    pub(crate) again: Option<f64>,
    /// Zooming in and out of a chart; scrolling over cards.
    pub(crate) zoom: Option<Work>,
    /// Panning at half of x; nothing for cards.
    pub(crate) pan: Option<Work>,
    /// Cards: from the end of scrolling until all that is visible is drawn.
    pub(crate) settled: Option<f64>,
    pub(crate) memory: Option<f64>,
    /// Every task that kept a person waiting.
    pub(crate) long: Vec<f64>,
}

impl Figures {
    fn took(&mut self, work: &Work) {
        self.long.extend(&work.long);
    }
}

/// How large Runatlas draws, and where its walk begins: the others do the same.
#[derive(Debug, Clone, Default)]
pub(crate) struct Place {
    /// To the table of the runs, all of them on the charts.
    pub(crate) link: String,
    /// Of the canvas, or of the page of cards, in CSS pixels.
    pub(crate) size: Value,
    /// Of x, before any zoom.
    pub(crate) range: Value,
    /// Where in the plot it zooms, as a share of its width.
    pub(crate) at: f64,
}
