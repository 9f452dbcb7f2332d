//! Saved views, undo of everything, tables to take away, and commands by name and by key.

use serde_json::json;

use crate::harness::{Look, Page, Site};

const ROWS: &str = "return document.querySelectorAll('[role=treegrid] [role=row][aria-level]').length > 3";

async fn open_demo(site: &Site) -> Page {
    let page = Page::open_with(&site.url(), "#/demo", Look::DESKTOP).await;
    page.until("rows of the table", ROWS).await;
    page
}

async fn link_has(page: &Page, part: &str) {
    page.until_with(
        &format!("{part} in the link"),
        "return location.hash.includes(arguments[0])",
        vec![json!(part)],
    )
    .await;
}

async fn link_lacks(page: &Page, part: &str) {
    let script = "return !location.hash.includes(arguments[0])";
    page.until_with(&format!("no {part} in the link"), script, vec![json!(part)]).await;
}

/// The names of the saved views in the side bar.
async fn views_are(page: &Page, names: &[&str]) {
    let script = "const of = [...document.querySelectorAll('nav[aria-label=\"Saved views\"] a .grow')];
        return of.map(name => name.innerText).join('|') === arguments[0]";
    page.until_with(&format!("the views {names:?}"), script, vec![json!(names.join("|"))]).await;
}

const SEARCH: &str = ".filterbar input[type=search]";

#[tokio::test]
async fn a_view_is_saved_changed_reset_renamed_deleted_and_brought_back() {
    let site = Site::start();
    let page = open_demo(&site).await;
    page.fill(SEARCH, "cosine").await;
    page.press("Save this view").await;
    page.fill("#view-name", "Cosine runs").await;
    page.key("Enter").await;
    page.sees("Cosine runs is saved in this browser.").await;
    views_are(&page, &["Cosine runs"]).await;
    link_has(&page, "view=").await;

    // A change of it can be saved over it, or taken back as a whole.
    page.press("All").await;
    page.sees("changed").await;
    page.press("Saved view Cosine runs").await;
    page.press("Reset to saved").await;
    link_lacks(&page, "life=all").await;
    page.does_not_see("Save changes").await;
    page.press("All").await;
    page.press("Save changes").await;
    page.sees("Cosine runs is saved as it is shown.").await;

    // It opens again after a reload, from elsewhere.
    page.go("#1/home").await;
    page.reload().await;
    page.go("#/demo").await;
    page.until("rows of the table", ROWS).await;
    link_lacks(&page, "life=all").await;
    page.click("nav[aria-label='Saved views'] a").await;
    link_has(&page, "life=all").await;
    page.until(
        "the search of the view",
        "return document.querySelector('.filterbar input').value === 'cosine'",
    )
    .await;

    page.press("Saved view Cosine runs").await;
    page.press("Rename…").await;
    page.fill("#view-name", "Schedules").await;
    page.key("Enter").await;
    views_are(&page, &["Schedules"]).await;
    page.press("Saved view Schedules").await;
    page.press("Delete").await;
    views_are(&page, &[]).await;
    page.click(".toast .btn").await;
    views_are(&page, &["Schedules"]).await;
    page.screenshot("saved-view").await;
    page.console_is_clean().await;
}

#[tokio::test]
async fn views_are_carried_in_files_and_say_what_is_not_here() {
    let site = Site::start();
    let page = open_demo(&site).await;
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("views.json");
    let view = json!({ "id": "other1", "name": "Of a colleague", "link": "1/runs/table/gone:7", "created": 1, "updated": 1,
        "scope": [{ "source": "gone", "source_name": "lab.db", "experiment": "7", "experiment_name": "vit" }] });
    std::fs::write(&file, json!({ "format": "runatlas-views", "version": 1, "views": [view] }).to_string())
        .unwrap();
    page.upload("input[aria-label='Files of saved views']", std::slice::from_ref(&file)).await;
    page.sees("1 view from views.json.").await;
    views_are(&page, &["Of a colleague"]).await;
    page.click("nav[aria-label='Saved views'] a").await;
    page.sees("What this view shows is not here").await;
    page.sees("vit of lab.db is not in this browser.").await;
    page.screenshot("view-not-here").await;
    page.upload("input[aria-label='Files of saved views']", std::slice::from_ref(&file)).await;
    page.sees("0 views from views.json, 1 view here already.").await;
    std::fs::write(&file, "{}").unwrap();
    page.upload("input[aria-label='Files of saved views']", &[file]).await;
    page.sees("views.json was not read: it is no file of saved views").await;
    page.console_is_clean().await;
}

/// Does what another tab would: listens to what is said, keeps a view and says so.
const OTHER_TAB: &str = r#"
    window.heard = [];
    const channel = new BroadcastChannel("runatlas");
    channel.onmessage = event => window.heard.push(event.data);
    window.keep = async (id, text) => {
        const asked = indexedDB.open("runatlas");
        const database = await new Promise((done, failed) => { asked.onsuccess = () => done(asked.result); asked.onerror = failed; });
        const write = database.transaction("views", "readwrite");
        write.objectStore("views").put(text, id);
        await new Promise(done => write.oncomplete = done);
        database.close();
        channel.postMessage("*views");
    }"#;

#[tokio::test]
async fn tabs_tell_each_other_of_saved_views() {
    let site = Site::start();
    let page = open_demo(&site).await;
    page.eval(OTHER_TAB).await;
    let view = json!({ "id": "other1", "name": "From elsewhere", "link": "1/runs/table/s:1" });
    page.eval_with("await window.keep('other1', arguments[0])", vec![json!(view.to_string())]).await;
    views_are(&page, &["From elsewhere"]).await;
    page.press("Save this view").await;
    page.fill("#view-name", "Seen by both").await;
    page.key("Enter").await;
    views_are(&page, &["From elsewhere", "Seen by both"]).await;
    page.until("the news", "return window.heard.includes('*views')").await;
}

#[tokio::test]
async fn table_charts_and_diff_have_one_undo() {
    let site = Site::start();
    let page = open_demo(&site).await;
    page.press("All").await;
    link_has(&page, "life=all").await;
    page.type_into(SEARCH, "seed").await;
    link_has(&page, "q=seed").await;
    // A field has an undo of its own.
    page.key("Control+z").await;
    link_has(&page, "life=all").await;
    page.fill(SEARCH, "seed").await;
    page.press("Diff").await;
    page.press("Relative %").await;
    link_has(&page, "rel=1").await;
    page.eval("document.activeElement.blur()").await;
    page.key("Control+z").await;
    link_lacks(&page, "rel=1").await;
    page.key("Control+Shift+Z").await;
    link_has(&page, "rel=1").await;
    page.key("Control+z").await;
    // What was done on another tab is told, for it cannot be seen.
    page.key("Control+z").await;
    link_lacks(&page, "q=seed").await;
    page.sees("Undone, as made on the table: search").await;
    page.press("Table").await;
    page.until("the hint", "return [...document.querySelectorAll('[aria-label=Redo]')].some(b => b.title.startsWith('Redo: search'))")
        .await;
    page.console_is_clean().await;
}

/// Keeps what is offered as a download, and what is put on the clipboard.
const KEEP: &str = "window.made = []; window.names = []; window.copied = [];
    const create = URL.createObjectURL;
    URL.createObjectURL = blob => { window.made.push(blob); return create.call(URL, blob); };
    HTMLAnchorElement.prototype.click = function () { window.names.push(this.download); };
    navigator.clipboard.writeText = async text => { window.copied.push(text); }";

#[tokio::test]
async fn the_table_is_taken_away_as_it_is_shown() {
    let site = Site::start();
    let page = open_demo(&site).await;
    page.eval(KEEP).await;
    page.fill(SEARCH, "cosine-seed").await;
    link_has(&page, "q=cosine-seed").await;
    for (way, count) in [("Save as CSV", 1), ("Save as JSON", 2)] {
        page.press("Export the table").await;
        page.press(way).await;
        page.until_with("a file", "return window.names.length === arguments[0]", vec![json!(count)]).await;
    }
    page.press("Export the table").await;
    page.press("Copy as LaTeX").await;
    page.sees("are on the clipboard as LaTeX.").await;
    let texts = page
        .eval("return [window.names, await window.made[0].text(), JSON.parse(await window.made[1].text()), window.copied[0]]")
        .await;
    assert_eq!(texts[0], json!(["digits-mlp.csv", "digits-mlp.json"]));
    let csv = texts[1].as_str().unwrap();
    assert!(csv.starts_with("run_name,"), "{csv}");
    assert!(csv.lines().skip(1).all(|line| line.starts_with("cosine-seed")), "{csv}");
    assert_eq!(texts[2].as_array().unwrap().len(), csv.lines().count() - 1);
    assert!(texts[2][0]["duration_ms"].is_u64(), "numbers are numbers: {}", texts[2][0]);
    assert!(texts[3].as_str().unwrap().contains("\\toprule\nRun & "), "{}", texts[3]);
    page.console_is_clean().await;
}

#[tokio::test]
async fn everything_is_found_by_name_and_keys_can_be_turned_off() {
    let site = Site::start();
    let page = open_demo(&site).await;
    page.key("Control+k").await;
    page.until(
        "the field has the focus",
        "return document.activeElement.getAttribute('role') === 'combobox'",
    )
    .await;
    page.type_into(".palette input", "charts").await;
    page.until(
        "the best is marked",
        "return document.querySelector('.pal-i[aria-selected=true] b')?.innerText === 'charts'",
    )
    .await;
    page.screenshot("palette").await;
    page.key("Enter").await;
    link_has(&page, "runs/charts").await;
    // A run, by a part of its name.
    page.key("Control+k").await;
    page.type_into(".palette input", "cosine seed3").await;
    page.key("Enter").await;
    link_has(&page, "1/run/").await;
    page.sees("cosine-seed3").await;
    page.key("Control+k").await;
    page.until(
        "what was chosen last is first",
        "return document.querySelector('.pal-g')?.innerText === 'Recent'",
    )
    .await;
    page.key("Escape").await;
    page.until("the palette is gone", "return !document.querySelector('dialog[open]')").await;

    // The keys that hold here, and off.
    page.key("?").await;
    page.sees("Go to the next run").await;
    page.screenshot("keys").await;
    page.press("Single-letter keys").await;
    page.key("Escape").await;
    page.until("the dialog is gone", "return !document.querySelector('dialog[open]')").await;
    page.key("o").await;
    page.key("Control+k").await;
    page.type_into(".palette input", "open files").await;
    link_has(&page, "1/run/").await;
    page.key("Enter").await;
    page.sees("Choose files").await;
    page.console_is_clean().await;
}
