//! Runatlas, through its own screens: a store is imported, the charts tab is pressed, wheel events zoom, pan and scroll.

use std::path::Path;
use std::time::Duration;

use super::{Figures, Load, Place};
use crate::gauge;
use crate::harness::Page;

/// The page with the app.
pub(crate) struct Ours<'a>(pub(crate) &'a Page);

/// Long enough for the app to fetch the code of all screens when it has nothing else to do.
const IDLE: Duration = Duration::from_secs(3);

const HELPERS: &str = "
    const tab = name => [...document.querySelectorAll('[role=tab]')].find(tab => tab.innerText.includes(name)).click();
    const pause = time => new Promise(done => setTimeout(done, time));
    const plot = document.querySelector('.alone .plot'), box = plot?.getBoundingClientRect();
    const x = box && Math.round(box.left + box.width / 2);
    const wheel = (deltaX, deltaY, ctrlKey) => plot.dispatchEvent(new WheelEvent('wheel', {
        bubbles: true, cancelable: true, clientX: x, clientY: box.top + box.height / 2, deltaX, deltaY, ctrlKey }));
    const zoom = factor => wheel(0, -Math.log(factor) / 0.002, true);
    const shown = async () => {
        await gauge.still(); await pause(500);
        return decodeURIComponent(location.hash).match(/zoom=([^&]*)/)[1].split('~').map(Number);
    };
    const agree = (a, b) => {
        if (Math.abs(a[0] - b[0]) + Math.abs(a[1] - b[1]) > 2e-3 * (b[1] - b[0])) throw new Error(`${a} is not ${b}`);
    };";

impl Ours<'_> {
    /// Imports the store and measures its charts.
    pub(crate) async fn measure(&self, load: Load, store: &Path) -> (Figures, Place) {
        let link = self.import(load, store).await;
        let page = self.0;
        page.go(&link).await;
        page.reload().await;
        page.until("a table", "return document.querySelector('.vrow a')").await;
        tokio::time::sleep(IDLE).await;
        let mut figures = Figures::default();
        figures.first = self.first(load, &mut figures).await;
        figures.memory = Some(gauge::memory(page).await);
        for _ in 0..3 {
            page.eval(&gauge::in_async(&format!("{HELPERS} tab('Table'); await pause(600)"))).await;
            let again = self.first(load, &mut Figures::default()).await;
            figures.again = [figures.again, again].into_iter().flatten().reduce(f64::min);
        }
        let place = if load.cards { self.scroll(&mut figures).await } else { self.walk(&mut figures).await };
        (figures, Place { link, ..place })
    }

    /// The files of code that the page loads for charts that are opened by their link; those that follow when the
    /// browser has nothing else to do are not needed for them.
    pub(crate) async fn code(&self, place: &Place) -> Vec<String> {
        let page = self.0;
        page.go(&place.link.replace("/table/", "/charts/")).await;
        page.reload().await;
        page.until("a chart", "return document.querySelector('.plot canvas')?.width > 100").await;
        let script = "return performance.getEntriesByType('resource').map(entry => entry.name.replace(new URL('.', location.href), ''))
            .filter(name => /\\.(js|wasm)$/.test(name) && !/^(worker|sw)/.test(name))";
        serde_json::from_value(page.eval(script).await).unwrap()
    }

    /// Answers the link to the table of its runs, all of them on the charts.
    async fn import(&self, load: Load, store: &Path) -> String {
        let page = self.0;
        page.go("#1/home").await;
        page.upload("input[aria-label='Files to open']", &[store.to_owned()]).await;
        let runs = if load.cards { "1 run".to_owned() } else { format!("{} runs", load.lines) };
        page.sees_within(&runs, Duration::from_mins(3)).await;
        page.until(
            "its table",
            "return location.hash.startsWith('#1/runs/table/') && document.querySelector('.vrow a')",
        )
        .await;
        // The first ten are on the charts already.
        if !load.cards && load.lines > 10 {
            page.press("Show all runs on charts").await;
        }
        tokio::time::sleep(Duration::from_millis(500)).await;
        let link = page.eval("return location.hash").await.as_str().unwrap_or_default().to_owned();
        let separator = if link.contains('?') { '&' } else { '?' };
        if load.cards { link } else { format!("{link}{separator}full=m:loss") }
    }

    /// From the press on "Charts" to the frame that shows every point.
    async fn first(&self, load: Load, figures: &mut Figures) -> Option<f64> {
        let ready = if load.cards {
            "() => gauge.strokes() > before && !document.querySelector('.grid-scroll .skel')".to_owned()
        } else {
            let points = runatlas_core::format::count(load.points() as u64, "point", "points");
            format!("() => document.querySelector('.alone .card-points')?.textContent === 'all {points}'")
        };
        let script = format!(
            "{HELPERS} const before = gauge.strokes(); return gauge.first(() => tab('Charts'), {ready})"
        );
        let (took, work) = gauge::measured(self.0, &script).await?;
        figures.took(&work);
        took.as_f64()
    }

    /// Zooms and pans the chart, and says what it did.
    async fn walk(&self, figures: &mut Figures) -> Place {
        let page = self.0;
        // What lies where is not asked from the app: it shows in the link.
        let script = format!(
            "{HELPERS} zoom(2); const half = await shown(); zoom(0.5); const all = await shown();
             const width = all[1] - all[0];
             wheel(100, 0, false); const moved = await shown(); wheel(-100, 0, false);
             const size = {{ width: box.width, height: box.height }};
             return {{ size, range: await shown(), at: 2 * (half[0] - all[0]) / width, px: 100 * width / (moved[0] - all[0]) }}"
        );
        let found = page.eval(&gauge::in_async(&script)).await;
        let (range, at, px) = (&found["range"], &found["at"], &found["px"]);
        let script = format!(
            "{HELPERS} const at = {at}; let range = {range};
             await gauge.frames(i => {{ zoom(walk.factor(i)); range = walk.zoomed(range, at, walk.factor(i)) }}, walk.FRAMES);
             agree(await shown(), range)"
        );
        figures.zoom = gauge::measured(page, &script).await.map(|(_, work)| work);
        let script = format!(
            "{HELPERS} const at = {at}; let range = walk.zoomed({range}, at, 2);
             const now = await shown(); zoom((now[1] - now[0]) / (range[1] - range[0])); await shown();
             await gauge.frames(i => {{ wheel(walk.share(i) * {px}, 0, false); range = walk.panned(range, walk.share(i)) }}, walk.FRAMES);
             agree(await shown(), range)"
        );
        figures.pan = gauge::measured(page, &script).await.map(|(_, work)| work);
        for work in [figures.zoom.clone(), figures.pan.clone()].into_iter().flatten() {
            figures.took(&work);
        }
        let (size, range, at) = (found["size"].clone(), range.clone(), at.as_f64().unwrap_or_default());
        Place { size, range, at, link: String::new() }
    }

    /// Scrolls over the cards, and says how they lie.
    async fn scroll(&self, figures: &mut Figures) -> Place {
        let script = format!("{HELPERS} {SCROLL}", SCROLL = super::peer::SCROLL)
            .replace("SCROLLER", "document.querySelector('.grid-scroll')");
        if let Some((settled, work)) = gauge::measured(self.0, &script).await {
            figures.settled = settled.as_f64();
            figures.took(&work);
            figures.zoom = Some(work);
        }
        let script = "
            const rect = css => document.querySelector(css).getBoundingClientRect();
            const size = css => ({ width: rect(css).width, height: rect(css).height });
            const cards = getComputedStyle(document.querySelector('.cards'));
            return { view: size('.grid-scroll'), card: size('.card'), chart: size('.card .plot'),
                columns: cards.gridTemplateColumns.split(' ').length, gap: parseFloat(cards.rowGap) }";
        Place { size: self.0.eval(script).await, ..Place::default() }
    }
}
