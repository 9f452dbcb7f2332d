//! The other libraries, each in a page of its own.

use serde_json::json;

use super::{Figures, Load, Place};
use crate::gauge;
use crate::harness::{Page, Site};

/// A library as `peers.js` knows it.
#[derive(Clone, Copy)]
pub(crate) struct Peer {
    pub(crate) id: &'static str,
    /// For people.
    pub(crate) name: &'static str,
    /// Makes all cards at once, rather than those that come near.
    pub(crate) at_once: bool,
}

pub(crate) const PEERS: [Peer; 9] = [
    Peer { id: "uplot", name: "uPlot", at_once: false },
    Peer { id: "uplot-wide", name: "uPlot, lines as wide as ours", at_once: false },
    Peer { id: "uplot", name: "uPlot, all at once", at_once: true },
    Peer { id: "echarts-lttb", name: "ECharts, sampling (LTTB)", at_once: false },
    Peer { id: "echarts", name: "ECharts", at_once: false },
    Peer { id: "echarts", name: "ECharts, all at once", at_once: true },
    Peer { id: "plotly-gl", name: "Plotly scattergl", at_once: false },
    Peer { id: "plotly", name: "Plotly scatter", at_once: false },
    Peer { id: "plotly", name: "Plotly scatter, all at once", at_once: true },
];

/// Scrolls a page of cards; answers how long the last of them take to be drawn then.
pub(super) const SCROLL: &str = "
    const scroller = SCROLLER;
    const count = await gauge.frames(() => { scroller.scrollTop += 150 }, 150, true);
    if (scroller.scrollTop < count * 150) throw new Error('it did not scroll so far');
    return gauge.first(() => {})";

impl Peer {
    /// Whether there is anything to measure. A browser allows 16 WebGL contexts, too few for a page of cards; a card has
    /// too few points to sample, and for a wide line to cost much.
    pub(crate) fn takes(self, load: Load) -> bool {
        if load.cards {
            !["plotly-gl", "echarts-lttb", "uplot-wide"].contains(&self.id)
        } else {
            !self.at_once
        }
    }
}

/// A site with the libraries and the points.
pub(crate) struct Peers<'a> {
    pub(crate) page: &'a Page,
    pub(crate) site: &'a Site,
}

impl Peers<'_> {
    /// Draws what Runatlas drew, as large, and walks as it did. `false` if the page hangs.
    pub(crate) async fn measure(&self, peer: Peer, load: Load, place: &Place) -> (Figures, bool) {
        let mut figures = Figures::default();
        let done = self.steps(peer, load, place, &mut figures).await;
        (figures, done.is_some())
    }

    async fn steps(&self, peer: Peer, load: Load, place: &Place, figures: &mut Figures) -> Option<()> {
        let (page, Place { size, range, at, .. }) = (self.page, place);
        page.visit(&format!("{}peers.html", self.site.url())).await;
        let (cards, id, points) = (load.cards, json!(peer.id), json!(load.values()));
        let script = format!(
            "peers.cards = {cards}; await peers.ready({id}, {points}, {}, {})",
            load.lines, load.steps
        );
        page.eval_within(&gauge::in_async(&script), gauge::PATIENCE).await?;
        let draw = if cards {
            format!("peers.page({size}, {})", peer.at_once)
        } else {
            format!("peers.draw({size})")
        };
        let script = format!(
            "const before = gauge.strokes(); return gauge.first(() => {draw}, () => gauge.strokes() > before)"
        );
        let (first, work) = gauge::measured(page, &script).await?;
        figures.first = Some(first.as_f64()?);
        figures.took(&work);
        figures.memory = Some(gauge::memory(page).await);
        if cards {
            let (settled, work) =
                gauge::measured(page, &SCROLL.replace("SCROLLER", "peers.scroller")).await?;
            figures.settled = settled.as_f64();
            figures.took(&work);
            figures.zoom = Some(work);
            return Some(());
        }
        for _ in 0..if first.as_f64()? > 3_000.0 { 1 } else { 3 } {
            let (again, _) = gauge::measured(page, &script).await?;
            figures.again = [figures.again, again.as_f64()].into_iter().flatten().reduce(f64::min);
        }
        let zoom = format!(
            "let range = {range}; await peers.zoom(range); await gauge.still();
             await gauge.frames(i => peers.zoom(range = walk.zoomed(range, {at}, walk.factor(i))), walk.FRAMES)"
        );
        let pan = format!(
            "let range = walk.zoomed({range}, {at}, 2); await peers.zoom(range); await gauge.still();
             await gauge.frames(i => peers.zoom(range = walk.panned(range, walk.share(i))), walk.FRAMES)"
        );
        for (script, is_pan) in [(zoom, false), (pan, true)] {
            let (_, work) = gauge::measured(page, &script).await?;
            figures.took(&work);
            *(if is_pan { &mut figures.pan } else { &mut figures.zoom }) = Some(work);
        }
        Some(())
    }
}
