//! The chart workspace: cards are moved, resized, pinned, put together and taken away; everything can be
//! undone and is in the link.

use serde_json::{Value, json};

use crate::harness::{Look, Page, Site};

async fn open_charts(site: &Site) -> Page {
    let page = Page::open_with(&site.url(), "#/demo", Look::DESKTOP).await;
    let rows = "return document.querySelectorAll('[role=treegrid] [role=row][aria-level]').length > 3";
    page.until("rows of the table", rows).await;
    page.press("Charts").await;
    card(&page, "train/loss", IS_DRAWN, Value::Null).await;
    page
}

const IS_DRAWN: &str = "card.querySelector('canvas')?.width > 100";

/// Scrolls a card into view and waits until the script, which knows it as `card`, is true of it.
async fn card(page: &Page, name: &str, is: &str, argument: Value) {
    let script = format!(
        "const card = document.querySelector(`article[aria-label=${{JSON.stringify(arguments[0])}}]`);
         if (!card) return false;
         card.scrollIntoView({{ block: 'center' }});
         return {is}"
    );
    page.until_with(&format!("card {name} to be so: {is}"), &script, vec![json!(name), argument]).await;
}

/// The cards under a heading, in their order.
async fn section(page: &Page, title: &str) -> Vec<String> {
    let script = "const section = [...document.querySelectorAll('.cards-group')].find(section =>
            section.querySelector('.sec-h .ell').innerText === arguments[0]);
        return [...section?.querySelectorAll('article') ?? []].map(card => card.getAttribute('aria-label'))";
    serde_json::from_value(page.eval_with(script, vec![json!(title)]).await).unwrap()
}

async fn section_is(page: &Page, title: &str, expected: &[&str]) {
    let began = std::time::Instant::now();
    loop {
        let found = section(page, title).await;
        if found == expected {
            return;
        }
        assert!(began.elapsed().as_secs() < 20, "{title} has {found:?}, not {expected:?}");
        tokio::time::sleep(std::time::Duration::from_millis(100)).await;
    }
}

/// Gives an element the focus without a click.
async fn focus(page: &Page, css: &str) {
    page.eval_with("document.querySelector(arguments[0]).focus()", vec![json!(css)]).await;
}

const TRAIN: [&str; 4] = ["train/accuracy", "train/grad_norm", "train/loss", "train/lr"];

#[tokio::test]
async fn cards_are_moved_resized_pinned_and_hidden_and_all_of_it_can_be_undone() {
    let site = Site::start();
    let page = open_charts(&site).await;
    section_is(&page, "train", &TRAIN).await;

    focus(&page, "[aria-label='Move train/loss']").await;
    page.key("ArrowLeft").await;
    section_is(&page, "train", &["train/accuracy", "train/loss", "train/grad_norm", "train/lr"]).await;
    focus(&page, "[aria-label='Resize train/loss']").await;
    page.key("ArrowRight").await;
    let columns = "getComputedStyle(card).gridColumnStart === arguments[1]";
    card(&page, "train/loss", columns, json!("span 2")).await;
    page.press("More about train/loss").await;
    page.press("Pin to the top").await;
    section_is(&page, "Pinned", &["train/loss"]).await;
    card(&page, "train/loss", IS_DRAWN, Value::Null).await;
    page.press("More about train/loss").await;
    page.press("Hide").await;
    section_is(&page, "Pinned", &[]).await;

    // The link has all of it.
    page.reload().await;
    card(&page, "train/lr", IS_DRAWN, Value::Null).await;
    section_is(&page, "train", &["train/accuracy", "train/grad_norm", "train/lr"]).await;
    page.press("Arrangement").await;
    page.press("Show 1 hidden chart").await;
    section_is(&page, "Pinned", &["train/loss"]).await;
    card(&page, "train/loss", columns, json!("span 2")).await;

    // Changes of this visit are taken back and made again.
    page.press("More about train/loss").await;
    page.press("Duplicate").await;
    section_is(&page, "Added charts", &["train/loss"]).await;
    page.press("Undo").await;
    section_is(&page, "Added charts", &[]).await;
    page.press("Redo").await;
    section_is(&page, "Added charts", &["train/loss"]).await;
    focus(&page, ".charts-body").await;
    page.key("Control+z").await;
    page.key("Control+z").await;
    section_is(&page, "Pinned", &[]).await;
    page.screenshot("board-moved").await;
    page.console_is_clean().await;
}

#[tokio::test]
async fn charts_are_found_by_regular_expression() {
    let site = Site::start();
    let page = open_charts(&site).await;
    page.press("Search by regular expression").await;
    page.fill(".chart-search input", "^train/l").await;
    section_is(&page, "train", &["train/loss", "train/lr"]).await;
    section_is(&page, "val", &[]).await;
    page.fill(".chart-search input", "train/(").await;
    page.until(
        "the fault to be told",
        "return document.querySelector('.chart-search.bad')?.title.includes('train/(')",
    )
    .await;
    page.console_is_clean().await;
}

#[tokio::test]
async fn runs_of_a_group_become_one_curve_with_a_band() {
    let site = Site::start();
    let page = open_charts(&site).await;
    let points = "card.querySelector('.card-points').innerText.includes(arguments[1])";
    card(&page, "train/loss", points, json!("all 5,789 points")).await;
    page.press("Group: Runs").await;
    page.press("One curve a group").await;
    card(&page, "train/loss", points, json!("1 group of all 5,789 points")).await;
    let told = "card.querySelector('.card-note')?.title.includes(arguments[1])";
    card(&page, "train/loss", told, json!("All runs (9): mean of 9 runs, min to max")).await;
    page.screenshot("board-group").await;
    page.console_is_clean().await;
}

#[tokio::test]
async fn a_chart_alone_tells_all_its_curves_in_numbers() {
    let site = Site::start();
    let page = open_charts(&site).await;
    page.press("Show train/loss alone").await;
    let names = "[...document.querySelectorAll('.details .dv-name')].map(name => name.innerText)";
    page.until("a row a run", &format!("return {names}.length === 9")).await;
    let last =
        "[...document.querySelectorAll('.details .vrow .pv')].map(row => Number(row.children[2].innerText))";
    page.press("Last").await;
    page.until(
        "the best on top",
        &format!(
            "const last = {last}; return last.length === 9 && last.every((it, i) => !i || last[i - 1] <= it)"
        ),
    )
    .await;
    page.press("Last").await;
    page.until(
        "the worst on top",
        &format!("const last = {last}; return last.every((it, i) => !i || last[i - 1] >= it)"),
    )
    .await;
    focus(&page, ".alone .plot").await;
    page.key("ArrowRight").await;
    // Two of the nine ended before this step.
    page.until(
        "values at the cursor",
        "return [...document.querySelectorAll('.details .vrow .pv')].filter(row => row.children[1].innerText).length === 7",
    )
    .await;

    page.press("Group: Runs").await;
    page.press("One curve a group").await;
    page.until(
        "how the group came about",
        "return document.querySelector('.details-notes')?.innerText.includes('mean of 9 runs')",
    )
    .await;
    page.until("one row", &format!("return {names}.length === 1")).await;
    page.screenshot("board-alone").await;
    page.console_is_clean().await;
}

#[tokio::test]
async fn one_card_has_an_x_and_a_smoothing_of_its_own_and_x_is_given_in_numbers() {
    let site = Site::start();
    let page = open_charts(&site).await;
    page.press("More about train/loss").await;
    for (label, choice) in [("X", "Relative time"), ("Smoothing", "EMA 0.9")] {
        let script = "const row = [...document.querySelectorAll('.menu-list label.menu-row')]
                .find(row => row.querySelector('span').innerText === arguments[0]);
            const select = row.querySelector('select');
            select.value = [...select.options].find(option => option.innerText === arguments[1]).value;
            select.dispatchEvent(new Event('change', { bubbles: true }))";
        page.eval_with(script, vec![json!(label), json!(choice)]).await;
    }
    let own = "return decodeURIComponent(location.hash).includes('own=m:train/loss,x:relative,smooth:0.9')";
    page.until("the choices in the link", own).await;
    page.key("Escape").await;

    page.press("X axis: Step").await;
    // A press gives the focus as a person does; the driver's own way takes it from the menu first, which then closes.
    for (field, number) in [("[aria-label='X from']", "10"), ("[aria-label='X to']", "20")] {
        page.click(field).await;
        page.fill(field, number).await;
    }
    page.key("Tab").await;
    page.until("the range in the link", "return decodeURIComponent(location.hash).includes('zoom=10~20')")
        .await;
    let points = "card.querySelector('.card-points').innerText.includes('in view')";
    card(&page, "train/lr", points, Value::Null).await;
    page.console_is_clean().await;
}

/// What is saved is kept in the page instead: names and contents.
const KEEP: &str = "window.made = []; window.names = [];
    const create = URL.createObjectURL;
    URL.createObjectURL = blob => { window.made.push(blob); return create.call(URL, blob); };
    HTMLAnchorElement.prototype.click = function () { window.names.push(this.download); }";

#[tokio::test]
async fn a_chart_is_taken_away_as_picture_points_and_table() {
    let site = Site::start();
    let page = open_charts(&site).await;
    page.eval(KEEP).await;
    for what in ["Save as PNG", "Save as SVG", "Save every point as CSV"] {
        page.press("More about train/loss").await;
        page.press(what).await;
    }
    page.until("three files", "return window.names.length === 3").await;
    let script = "return (async () => {
        const of = type => window.made.findLast(blob => blob.type === type);
        const image = await createImageBitmap(of('image/png'));
        return [await of('image/svg+xml').text(), await of('text/csv').text(), image.width];
    })()";
    let found = page.eval(script).await;
    let svg = found[0].as_str().unwrap();
    for part in ["<title>train/loss</title>", ">step</text>", ">cosine-seed1</text>", "all 5,789 points"] {
        assert!(svg.contains(part), "the figure has no {part}");
    }
    let csv = found[1].as_str().unwrap();
    assert!(csv.starts_with("run,run_id,metric,step,timestamp,value\n"), "{}", &csv[..100]);
    assert_eq!(csv.lines().count(), 1 + 5_789);
    assert_eq!(found[2], 1_600, "twice as fine as the figure is wide");

    page.press("More about train/loss").await;
    page.press("View as table").await;
    page.sees("5,789 points").await;
    page.until("rows of points", "return document.querySelectorAll('.points .pv').length > 10").await;
    page.screenshot("board-points").await;
    page.console_is_clean().await;
}
