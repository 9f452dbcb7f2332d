//! Looking at runs: the table, the charts, a run's page; by mouse, by keyboard, on a phone, without a server.

use crate::harness::{Look, Page, Site};

/// What `public/demo/README.md` says is in the demo.
const DEMO_RUNS: &str = "56 runs";

async fn open_demo(site: &Site, look: Look) -> Page {
    let page = Page::open_with(&site.url(), "#/demo", look).await;
    page.until("rows of the table", ROWS).await;
    page
}

const ROWS: &str = "return document.querySelectorAll('[role=treegrid] [role=row][aria-level]').length > 3";

/// Colours of runs that a canvas shows, of those that the theme has: how many have at least 40 pixels.
async fn run_colours(page: &Page, canvas: &str) -> usize {
    let script = "const style = getComputedStyle(document.documentElement), found = [];
        const probe = document.createElement('canvas').getContext('2d');
        for (let at = 1; at <= 12; at++) {
            const value = style.getPropertyValue('--s' + at).trim();
            if (!value) continue;
            probe.fillStyle = value;
            probe.fillRect(0, 0, 1, 1);
            found.push([...probe.getImageData(0, 0, 1, 1).data].slice(0, 3));
        }
        return found";
    let colours: Vec<[u8; 3]> = serde_json::from_value(page.eval(script).await).unwrap();
    assert!(colours.len() >= 6, "the theme has colours for runs: {colours:?}");
    let pixels = page.pixels(canvas).await;
    colours.into_iter().filter(|colour| pixels.count_near(*colour, 40) >= 40).count()
}

/// Waits until a chart of the Charts tab shows curves.
async fn sees_curves(page: &Page) {
    // A metric that most runs logged.
    let drawn = "const card = document.querySelector('article[aria-label=\"train/loss\"]');
        if (!card) return false;
        card.scrollIntoView({ block: 'center' });
        const canvas = card.querySelector('canvas');
        if (!canvas || canvas.width < 100) return false;
        const { width, height } = canvas, data = canvas.getContext('2d').getImageData(0, 0, width, height).data;
        let inked = 0;
        for (let at = 3; at < data.length; at += 4) inked += data[at] > 0;
        return inked > 500";
    page.until("a chart to be drawn", drawn).await;
    let colours = run_colours(page, "article[aria-label='train/loss'] canvas").await;
    assert!(colours >= 3, "the curves of several runs are there, each in its colour: {colours}");
}

#[tokio::test]
async fn the_demo_is_imported_once() {
    let site = Site::start();
    let page = open_demo(&site, Look::DESKTOP).await;
    page.go("#1/home").await;
    page.sees(DEMO_RUNS).await;
    page.sees("1 source").await;
    page.press("Open the demo").await;
    page.until("rows of the table", ROWS).await;
    page.go("#1/home").await;
    page.sees("1 source").await;
    page.console_is_clean().await;
}

#[tokio::test]
async fn everything_is_there_without_the_server() {
    let mut site = Site::start();
    let page = open_demo(&site, Look::DESKTOP).await;
    page.is_ready_for_offline().await;
    site.stop();
    page.reload().await;
    page.until("rows of the table", ROWS).await;
    page.press("Charts").await;
    sees_curves(&page).await;
    page.screenshot("offline-charts").await;
    page.reload().await;
    sees_curves(&page).await;

    page.press("Table").await;
    let name = page.text("[role=rowheader] a").await;
    page.click("[role=rowheader] a").await;
    page.until_with(
        "the run's page",
        "return document.querySelector('h1')?.innerText.includes(arguments[0])",
        vec![name.as_str().into()],
    )
    .await;
    page.reload().await;
    page.sees(&name).await;
    page.screenshot("offline-run").await;
    page.console_is_clean().await;
}

#[tokio::test]
async fn charts_show_every_run_in_its_colour() {
    let site = Site::start();
    let page = open_demo(&site, Look::DESKTOP).await;
    page.press("Charts").await;
    sees_curves(&page).await;
    page.screenshot("charts").await;
    page.console_is_clean().await;
}

#[tokio::test]
async fn the_keyboard_is_enough() {
    let site = Site::start();
    let page = Page::open(&site, "").await;
    tab_to(&page, "Open the demo").await;
    page.key("Enter").await;
    page.until("rows of the table", ROWS).await;

    tab_to(&page, "Duration").await;
    page.key("Enter").await;
    let sorted = "return document.querySelectorAll('[role=columnheader][aria-sort=ascending], [role=columnheader][aria-sort=descending]').length === 1";
    page.until("one sorted column", sorted).await;
    page.key("Escape").await;
    page.key("ArrowDown").await;
    let on_row = "return !!document.querySelector('[role=treegrid]')?.getAttribute('aria-activedescendant')";
    page.until("the cursor on a row", on_row).await;
    page.key("ArrowDown").await;
    let name = page.text(".rt-row.at [role=rowheader] a").await;
    page.key("Enter").await;
    page.until_with(
        "the run's page",
        "return document.querySelector('h1')?.innerText.includes(arguments[0])",
        vec![name.as_str().into()],
    )
    .await;
    page.console_is_clean().await;
}

/// Presses Tab until the element of that name has the focus, as a person would who sees the ring.
async fn tab_to(page: &Page, name: &str) {
    let focused =
        "const e = document.activeElement; return (e.getAttribute('aria-label') || e.innerText || '').trim()";
    for _ in 0..80 {
        page.key("Tab").await;
        if page.eval(focused).await.as_str().is_some_and(|at| at.starts_with(name)) {
            let ring = "const e = document.activeElement, s = getComputedStyle(e);
                return e.matches(':focus-visible') && (s.outlineStyle !== 'none' || s.boxShadow !== 'none')";
            assert_eq!(page.eval(ring).await, true, "{name} shows that it has the focus");
            return;
        }
    }
    panic!("Tab never comes to {name}");
}

#[tokio::test]
async fn a_phone_shows_table_charts_and_a_run() {
    let site = Site::start();
    let page = open_demo(&site, Look::PHONE).await;
    fits(&page, "the table").await;
    page.press("Charts").await;
    sees_curves(&page).await;
    fits(&page, "the charts").await;
    page.screenshot("phone-charts").await;
    page.press("Table").await;
    page.click("[role=rowheader] a").await;
    page.does_not_see("Table").await;
    fits(&page, "the run").await;
    page.screenshot("phone-run").await;
    page.go("#1/home").await;
    page.sees(DEMO_RUNS).await;
    fits(&page, "the home page").await;
    page.console_is_clean().await;
}

async fn fits(page: &Page, what: &str) {
    let overflow = page.eval("return document.documentElement.scrollWidth - innerWidth").await;
    assert_eq!(overflow, 0, "{what} does not scroll sideways");
}
