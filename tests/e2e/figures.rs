//! Figures of the chart workspace: made in the dialog, read as tables, marked, changed, taken away, by pointer and by
//! keys; images by step.

use serde_json::{Value, json};

use crate::harness::{Look, Page, Site};
use crate::stores::zip;

const RUNS: usize = 12;
/// So many runs are on the charts to begin with.
const SHOWN: usize = 10;

/// A sweep: every pair of learning rate and width is there once.
fn sweep() -> Vec<(String, Vec<u8>)> {
    let experiment = "artifact_location: a\nexperiment_id: '1'\nlifecycle_stage: active\nname: Sweep\n";
    let mut files = vec![("mlruns/1/meta.yaml".to_owned(), experiment.into())];
    for at in 0..RUNS {
        let id = format!("{at:032x}");
        let start = 1_700_000_000_000 + at as u64 * 60_000;
        let meta = format!(
            "run_id: {id}\nrun_uuid: {id}\nrun_name: run-{at:02}\nexperiment_id: '1'\nstatus: 3\nstart_time: {start}\n\
             end_time: {}\nlifecycle_stage: active\nartifact_uri: a\nuser_id: ada\n",
            start + 30_000
        );
        let (lr, width) = (["0.1", "0.02", "0.2", "0.001"][at % 4], ["64", "128", "256"][at % 3]);
        let mut put = |path: &str, text: String| files.push((format!("mlruns/1/{id}/{path}"), text.into()));
        put("meta.yaml", meta);
        put("params/lr", lr.to_owned());
        put("params/width", width.to_owned());
        put("params/optimizer", ["adam", "sgd"][at % 2].to_owned());
        put("metrics/loss", format!("{start} 3.5 0\n{start} {} 1\n", loss(at)));
    }
    files
}

fn loss(at: usize) -> f64 {
    0.25 + at as f64 / 16.0
}

async fn open(site: &Site, files: &[(String, Vec<u8>)]) -> Page {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("sweep.zip");
    std::fs::write(&path, zip(files)).unwrap();
    let page = Page::open_with(&site.url(), "", Look::DESKTOP).await;
    page.upload("input[aria-label='Files to open']", &[path]).await;
    page.until(
        "the experiment",
        "const link = [...document.querySelectorAll('.side a')].find(link => link.innerText.trim().startsWith('Sweep'));
         link?.click();
         return !!link",
    )
    .await;
    page.press("Charts").await;
    is(&page, "loss", "!!card.querySelector('canvas')", Value::Null).await;
    page
}

/// Waits until a script, which knows a card as `card` and an argument as `it`, is true.
async fn is(page: &Page, name: &str, script: &str, it: Value) {
    let script = format!(
        "const card = document.querySelector(`article[aria-label=${{JSON.stringify(arguments[0])}}]`), it = arguments[1];
         if (!card) return false;
         card.scrollIntoView({{ block: 'nearest' }});
         return {script}"
    );
    page.until_with(&format!("{name} to be so: {script} of {it}"), &script, vec![json!(name), it]).await;
}

async fn add(page: &Page, kind: &str) {
    page.press("Chart").await;
    page.sees("Add a chart").await;
    page.press(kind).await;
    page.press("Add chart").await;
    page.does_not_see("Add a chart").await;
}

async fn choose(page: &Page, card: &str, item: &str) {
    page.press(&format!("More about {card}")).await;
    page.press(item).await;
}

/// The table behind a card: its headings and rows.
async fn table(page: &Page, card: &str) -> Vec<Vec<String>> {
    choose(page, card, "View as table").await;
    page.until("the table", "return document.querySelectorAll('.values .pv').length > 1").await;
    let script = "return [...document.querySelectorAll('.values .pv')].map(row =>
        [...row.children].map(cell => cell.innerText.trim()))";
    let rows = serde_json::from_value(page.eval(script).await).unwrap();
    page.press("Close").await;
    page.until("the table to be closed", "return !document.querySelector('.values .pv')").await;
    rows
}

async fn focus(page: &Page, css: &str) {
    page.eval_with("document.querySelector(arguments[0]).focus()", vec![json!(css)]).await;
}

/// What a screen reader is told.
async fn hears(page: &Page, words: &str) {
    let script = "return document.querySelector('.charts [aria-live]').textContent.includes(arguments[0])";
    page.until_with(&format!("to hear {words:?}"), script, vec![json!(words)]).await;
}

/// The middle of an element, and its size.
async fn place(page: &Page, css: &str) -> [f64; 4] {
    let script = "const box = document.querySelector(arguments[0]).getBoundingClientRect();
        return [box.x + box.width / 2, box.y + box.height / 2, box.width, box.height]";
    serde_json::from_value(page.eval_with(script, vec![json!(css)]).await).unwrap()
}

async fn drag(page: &Page, from: (f64, f64), to: (f64, f64)) {
    let step = |share: f64| (from.0 + (to.0 - from.0) * share, from.1 + (to.1 - from.1) * share);
    mouse(page, "mouseMoved", from, 0).await;
    mouse(page, "mousePressed", from, 1).await;
    for share in [0.25, 0.5, 0.75, 1.0] {
        mouse(page, "mouseMoved", step(share), 1).await;
    }
    mouse(page, "mouseReleased", to, 1).await;
}

async fn mouse(page: &Page, event: &str, (x, y): (f64, f64), buttons: u8) {
    let button = if buttons > 0 { "left" } else { "none" };
    let event =
        json!({ "type": event, "x": x, "y": y, "button": button, "buttons": buttons, "clickCount": buttons });
    page.cdp("Input.dispatchMouseEvent", event).await;
}

/// The heads of the axes, from left to right.
async fn axes(page: &Page) -> Vec<String> {
    let script =
        "return [...document.querySelectorAll('.rail-head')].map(head => head.getAttribute('aria-label'))";
    serde_json::from_value(page.eval(script).await).unwrap()
}

#[tokio::test]
async fn every_kind_is_made_in_the_dialog_and_its_table_says_what_it_shows() {
    let site = Site::start();
    let page = open(&site, &sweep()).await;
    let boxes = ["lr", "runs", "least", "lower whisker"];
    let kinds: [(&str, &str, usize, &[&str]); 9] = [
        ("Scatter", "loss by lr", SHOWN, &["Run", "lr", "loss"]),
        ("Parallel coordinates", "lr to loss, 4 axes", SHOWN, &["Run", "lr", "width", "optimizer", "loss"]),
        ("Bar", "loss", SHOWN, &["Run", "loss"]),
        ("Box", "loss by lr", 4, &boxes),
        ("Violin", "loss by lr", 4, &boxes),
        ("Histogram", "loss", 5, &["Group", "from", "to", "runs"]),
        ("Heat map", "loss over lr and width", SHOWN, &["lr", "width", "runs", "mean loss"]),
        ("Contour", "loss over lr and width", SHOWN, &["Run", "lr", "width", "loss"]),
        ("Param importance", "Importance of params for loss", 3, &["Param", "importance"]),
    ];
    for (kind, title, rows, head) in kinds {
        add(&page, kind).await;
        is(
            &page,
            title,
            "card.querySelector('.fig-area')?.getAttribute('aria-label').startsWith(it)",
            json!(format!("{kind}: {title}, 10 runs.")),
        )
        .await;
        let found = table(&page, title).await;
        assert_eq!(found[0][..head.len()], *head, "{kind}");
        assert_eq!(found.len() - 1, rows, "{kind}: {found:?}");
        if head.last() == Some(&"runs") && kind == "Histogram" {
            let counted: usize = found[1..].iter().map(|row| row[3].parse::<usize>().unwrap()).sum();
            assert_eq!(counted, SHOWN, "every run is in one bin");
        }
        if kind == "Box" {
            let groups: Vec<&str> = found[1..].iter().map(|row| row[0].as_str()).collect();
            assert_eq!(groups, ["0.001", "0.02", "0.1", "0.2"], "numbers are in their own order");
        }
        page.screenshot(&format!("figure-{}", kind.to_lowercase().replace(' ', "-"))).await;
        choose(&page, title, "Remove").await;
        page.does_not_see("Added charts").await;
    }
    page.console_is_clean().await;
}

#[tokio::test]
async fn all_runs_of_the_table_or_those_on_the_charts() {
    let site = Site::start();
    let page = open(&site, &sweep()).await;
    add(&page, "Scatter").await;
    is(&page, "loss by lr", "card.querySelector('.fig-runs')?.innerText === '10 of 12 runs'", Value::Null)
        .await;
    page.click(".fig-runs").await;
    is(&page, "loss by lr", "card.querySelector('.fig-runs').innerText === 'all 12 runs'", Value::Null).await;
    assert_eq!(table(&page, "loss by lr").await.len() - 1, RUNS);
    page.console_is_clean().await;
}

#[tokio::test]
async fn runs_marked_on_an_axis_are_marked_everywhere() {
    let site = Site::start();
    let page = open(&site, &sweep()).await;
    add(&page, "Parallel coordinates").await;
    let card = "lr to loss, 4 axes";
    is(&page, card, "card.querySelectorAll('.rail-head').length === 4", Value::Null).await;

    // Five of the ten runs are the upper of the two optimizers.
    let [x, ..] = place(&page, ".rail-head[aria-label^='Axis optimizer']").await;
    let [_, y, _, height] = place(&page, ".fig-area").await;
    let top = y - height / 2.0 + 34.0;
    let bottom = y + height / 2.0 - 32.0;
    drag(&page, (x, top + 1.0), (x, top + (bottom - top) * 0.45)).await;
    page.sees("Show only these 5 runs").await;
    hears(&page, "5 of 10 runs marked").await;
    page.sees_count(".rl.marked", 5).await;
    page.sees_count(".rl.aside", 7).await;
    page.sees_count(".rail-brush", 1).await;
    page.screenshot("figure-marked").await;

    // The table has them too, and the mark is there again when one comes back.
    page.press("Table").await;
    page.sees_count(".rt-row.marked", 5).await;
    page.press("Charts").await;
    page.sees_count(".rail-brush", 1).await;
    // Axes go where they are dragged, with their marks.
    let [width, head, ..] = place(&page, ".rail-head[aria-label^='Axis width']").await;
    let [x, ..] = place(&page, ".rail-head[aria-label^='Axis optimizer']").await;
    drag(&page, (x, head), (width, head)).await;
    page.until(
        "the axis at its new place",
        "return !!document.querySelector('[aria-label=\"Axis optimizer, 2 of 4\"]')",
    )
    .await;
    page.sees_count(".rl.marked", 5).await;

    // A click takes the mark away; keys make one.
    let [x, ..] = place(&page, ".rail-head[aria-label^='Axis optimizer']").await;
    drag(&page, (x, top + 4.0), (x, top + 4.0)).await;
    page.sees_count(".rl.marked", 0).await;
    page.sees_count(".rail-brush", 0).await;
    focus(&page, ".rail-head[aria-label^='Axis optimizer']").await;
    for _ in 0..10 {
        page.key("ArrowUp").await;
    }
    hears(&page, "5 of 10 runs marked").await;
    page.key("ArrowRight").await;
    page.until(
        "the axis moved by a key, with the focus",
        "return document.activeElement.getAttribute('aria-label') === 'Axis optimizer, 3 of 4'",
    )
    .await;
    assert_eq!(axes(&page).await[0], "Axis lr, 1 of 4, logarithmic");
    page.sees_count(".rl.marked", 5).await;
    // An axis is taken away, and comes back.
    focus(&page, ".rail-head[aria-label^='Axis width']").await;
    page.key("Delete").await;
    page.sees_count(".rail-head", 3).await;
    page.press("Undo").await;
    page.sees_count(".rail-head", 4).await;
    page.press("Show only these 5 runs").await;
    page.until("five runs on the charts", "return document.querySelector('.rl-foot b').innerText === '5'")
        .await;
    page.sees_count(".rl.marked", 0).await;
    page.console_is_clean().await;
}

#[tokio::test]
async fn a_figure_is_edited_renamed_duplicated_removed_and_all_of_it_undone() {
    let site = Site::start();
    let page = open(&site, &sweep()).await;
    add(&page, "Scatter").await;
    choose(&page, "loss by lr", "Edit").await;
    page.sees("Edit chart").await;
    let script = "const select = document.querySelector('.maker select[aria-label=\"X axis\"]');
        select.value = 'params.width'; select.dispatchEvent(new Event('change', { bubbles: true }))";
    page.eval(script).await;
    page.press("Save").await;
    is(&page, "loss by width", "!!card.querySelector('.fig-area')", Value::Null).await;

    choose(&page, "loss by width", "Rename").await;
    page.fill(".dialog input[aria-label='Title']", "Width matters").await;
    page.key("Enter").await;
    is(&page, "Width matters", "!!card.querySelector('.fig-area')", Value::Null).await;
    choose(&page, "Width matters", "Duplicate").await;
    page.sees_count("article[aria-label='Width matters']", 2).await;
    choose(&page, "Width matters", "Remove").await;
    page.sees_count("article[aria-label='Width matters']", 1).await;

    // The link has it.
    page.reload().await;
    is(&page, "Width matters", "!!card.querySelector('.fig-area')", Value::Null).await;
    choose(&page, "Width matters", "Duplicate").await;
    page.sees_count("article[aria-label='Width matters']", 2).await;
    page.press("Undo").await;
    page.sees_count("article[aria-label='Width matters']", 1).await;
    page.press("Redo").await;
    page.sees_count("article[aria-label='Width matters']", 2).await;
    page.console_is_clean().await;
}

/// What is saved is kept in the page instead.
const KEEP: &str = "window.made = []; window.names = [];
    const create = URL.createObjectURL;
    URL.createObjectURL = blob => { window.made.push(blob); return create.call(URL, blob); };
    HTMLAnchorElement.prototype.click = function () { window.names.push(this.download); }";

#[tokio::test]
async fn a_figure_is_taken_away_as_picture_and_values() {
    let site = Site::start();
    let page = open(&site, &sweep()).await;
    add(&page, "Scatter").await;
    is(&page, "loss by lr", "!!card.querySelector('.fig-area')", Value::Null).await;
    page.eval(KEEP).await;
    for (count, what) in ["Save as PNG", "Save as SVG", "Save what is shown as CSV"].into_iter().enumerate() {
        choose(&page, "loss by lr", what).await;
        page.until_with("a file", "return window.names.length === arguments[0]", vec![json!(count + 1)])
            .await;
    }
    let script = "return (async () => {
        const of = type => window.made.findLast(blob => blob.type === type);
        const image = await createImageBitmap(of('image/png'));
        return [await of('image/svg+xml').text(), await of('text/csv').text(), image.width, window.names];
    })()";
    let found = page.eval(script).await;
    let svg = found[0].as_str().unwrap();
    assert!(svg.contains("<title>loss by lr</title>"), "{svg}");
    assert_eq!(svg.matches("<g class=\"mark\">").count(), SHOWN, "a mark a run");
    for part in [">lr</text>", ">loss</text>", ">run-11</text>", "n = 10"] {
        assert!(svg.contains(part), "the figure has no {part}");
    }
    let csv = found[1].as_str().unwrap();
    assert_eq!(csv.lines().next(), Some("run,run_id,lr,loss"));
    assert_eq!(csv.lines().count(), 1 + SHOWN);
    let line = format!("run-05,{:032x},0.02,{}", 5, loss(5));
    assert!(csv.lines().any(|it| it == line), "no {line} in {csv}");
    assert_eq!(found[2], 1_600);
    assert_eq!(found[3], json!(["loss-by-lr.png", "loss-by-lr.svg", "loss-by-lr-shown.csv"]));
    page.console_is_clean().await;
}

#[tokio::test]
async fn keys_walk_over_the_marks_of_a_figure_and_say_them() {
    let site = Site::start();
    let page = open(&site, &sweep()).await;
    add(&page, "Scatter").await;
    is(&page, "loss by lr", "!!card.querySelector('.fig-area canvas')?.width", Value::Null).await;
    focus(&page, ".fig-area").await;
    page.key("Home").await;
    // The least learning rate is the farthest to the left.
    hears(&page, "lr 0.001, loss").await;
    page.key("End").await;
    hears(&page, "lr 0.2, loss").await;
    page.until("a tip", "return document.querySelector('.fig-tip')?.innerText.includes('0.2')").await;
    page.key("Enter").await;
    page.sees_count(".fig-tip.pinned", 1).await;
    page.key("Escape").await;
    page.sees_count(".fig-tip", 0).await;
    page.key("f").await;
    page.sees("All charts").await;
    page.key("Escape").await;
    page.does_not_see("All charts").await;
    page.console_is_clean().await;
}

#[tokio::test]
async fn a_click_pins_the_run_under_the_pointer() {
    let site = Site::start();
    let page = open(&site, &sweep()).await;
    add(&page, "Bar").await;
    page.until("the bars", "return document.querySelector('.fig-area canvas')?.width > 100").await;
    // Lower is better: the best of the ten, run-02, is above.
    let [x, y, _, height] = place(&page, ".fig-area").await;
    let first = (x, y - height / 2.0 + 32.0);
    mouse(&page, "mouseMoved", first, 0).await;
    let tip = "return document.querySelector('.fig-tip')?.innerText.includes('run-02')";
    page.until("the tip of the first bar", tip).await;
    let listed = "return document.querySelector('.rl.on')?.innerText.includes('run-02')";
    page.until("its run in the list", listed).await;
    page.sees_count(".fig-tip.pinned", 0).await;
    drag(&page, first, first).await;
    page.sees_count(".fig-tip.pinned", 1).await;
    mouse(&page, "mouseMoved", (5.0, 5.0), 0).await;
    page.until("the tip to stay", tip).await;
    drag(&page, first, first).await;
    page.sees_count(".fig-tip.pinned", 0).await;
    mouse(&page, "mouseMoved", (5.0, 5.0), 0).await;
    page.sees_count(".fig-tip", 0).await;
    page.console_is_clean().await;
}

#[tokio::test]
async fn a_figure_that_has_nothing_to_show_says_why() {
    let site = Site::start();
    let mut files = sweep();
    files.retain(|(path, _)| !path.contains("params/lr") || path.contains(&format!("{:032x}", 0)));
    let page = open(&site, &files).await;
    let hash = page.eval("return location.hash").await;
    let base = hash.as_str().unwrap().split('?').next().unwrap().to_owned();
    let link = format!("{base}?cards=1,scatter,x:params.gone,y:metrics.loss~2,importance,v:metrics.gone");
    page.eval_with("location.hash = arguments[0]", vec![json!(link)]).await;
    page.sees("No run has usable values of both gone and loss.").await;
    page.console_is_clean().await;
}

/// A PNG of one colour, 8 by 8 pixels.
fn png(color: [u8; 3]) -> Vec<u8> {
    let rows: Vec<u8> = (0..8).flat_map(|_| [vec![0], color.repeat(8)].concat()).collect();
    let (mut a, mut b) = (1_u32, 0_u32);
    for byte in &rows {
        a = (a + u32::from(*byte)) % 65_521;
        b = (b + a) % 65_521;
    }
    let length = u16::try_from(rows.len()).unwrap();
    let data = [
        &[0x78, 0x01, 0x01][..],
        &length.to_le_bytes(),
        &(!length).to_le_bytes(),
        &rows,
        &(b << 16 | a).to_be_bytes(),
    ]
    .concat();
    let head = [&8_u32.to_be_bytes()[..], &8_u32.to_be_bytes(), &[8, 2, 0, 0, 0]].concat();
    let mut out = vec![0x89, b'P', b'N', b'G', b'\r', b'\n', 0x1a, b'\n'];
    for (name, bytes) in [(b"IHDR", head), (b"IDAT", data), (b"IEND", Vec::new())] {
        let part = [&name[..], &bytes].concat();
        out.extend(u32::try_from(bytes.len()).unwrap().to_be_bytes());
        out.extend(&part);
        out.extend(crc(&part).to_be_bytes());
    }
    out
}

fn crc(bytes: &[u8]) -> u32 {
    !bytes.iter().fold(u32::MAX, |crc, byte| {
        (0..8).fold(
            crc ^ u32::from(*byte),
            |crc, _| if crc & 1 == 1 { crc >> 1 ^ 0xedb8_8320 } else { crc >> 1 },
        )
    })
}

#[tokio::test]
async fn images_step_through_as_they_were_logged() {
    let site = Site::start();
    let mut files = sweep();
    for (run, steps) in [(11, vec![0, 5, 10]), (10, vec![0, 10])] {
        for step in steps {
            let name = format!("images/pred%step%{step}%timestamp%1700000000{step:03}%0a{run}.png");
            files.push((
                format!("mlruns/1/{run:032x}/artifacts/{name}"),
                png([step as u8 * 20, 90, run as u8]),
            ));
        }
    }
    files.push((format!("mlruns/1/{:032x}/artifacts/confusion.png", 11), png([1, 2, 3])));
    let page = open(&site, &files).await;
    add(&page, "Images").await;
    // The last step to begin with, a picture of each run that has one.
    is(&page, "Images", "card.querySelector('.shot-tools select')?.options.length === 2", Value::Null).await;
    page.eval(
        "const select = document.querySelector('.shot-tools select');
         select.value = 'images/pred'; select.dispatchEvent(new Event('change', { bubbles: true }))",
    )
    .await;
    page.sees("step 10").await;
    let drawn = "[...card.querySelectorAll('.shot img')].filter(image => image.complete && image.naturalWidth === 8).length === it";
    is(&page, "Images", drawn, json!(2)).await;
    page.sees("2 of 10 runs").await;
    page.sees_count(".shot-none", 0).await;
    page.screenshot("figure-images").await;
    let red = "(async () => {
        const probe = document.createElement('canvas').getContext('2d');
        const images = [...card.querySelectorAll('.shot img')];
        await Promise.all(images.map(image => image.decode()));
        return JSON.stringify(images.map(image => {
            probe.drawImage(image, 0, 0);
            return probe.getImageData(1, 1, 1, 1).data[0];
        })) === JSON.stringify(it);
    })()";
    is(&page, "Images", red, json!([200, 200])).await;
    // A step that one run did not log has its last image before, and says so.
    focus(&page, ".shot-tools .range").await;
    page.key("ArrowLeft").await;
    page.sees("step 5").await;
    is(&page, "Images", red, json!([100, 0])).await;
    is(&page, "Images", "card.querySelector('.shot-step')?.innerText === 'step 0'", Value::Null).await;
    page.console_is_clean().await;
}
