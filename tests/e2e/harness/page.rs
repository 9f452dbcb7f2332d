//! One browser page, in verbs.

use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use axum::http::Method;
use fantoccini::actions::{InputSource as _, KeyAction, KeyActions};
use fantoccini::elements::Element;
use fantoccini::error::CmdError;
use fantoccini::key::Key;
use fantoccini::wd::{TimeoutConfiguration, WebDriverCompatibleCommand};
use fantoccini::{Client, Locator};
use serde_json::{Value, json};
use url::Url;

use super::driver::Driver;
use super::{Pixels, Site};

/// How long a verb waits for the page to get where it should be.
pub(crate) const PATIENCE: Duration = Duration::from_secs(20);

/// What the page is shown on.
#[derive(Clone, Copy)]
pub(crate) struct Look {
    /// In CSS pixels.
    pub(crate) width: u32,
    pub(crate) height: u32,
    /// Device pixels a CSS pixel.
    pub(crate) scale: u32,
    pub(crate) dark: bool,
}

impl Look {
    pub(crate) const DESKTOP: Self = Self { width: 1440, height: 900, scale: 1, dark: false };
    pub(crate) const PHONE: Self = Self { width: 390, height: 844, scale: 2, dark: false };

    pub(crate) const fn dark(self) -> Self {
        Self { dark: true, ..self }
    }
}

/// A page in a browser of its own.
pub(crate) struct Page {
    client: Client,
    start: String,
    // Last: it ends the browser.
    _driver: Driver,
}

impl Page {
    /// Opens the app at a fragment ("" or "#/demo") and waits until it has started.
    pub(crate) async fn open(site: &Site, fragment: &str) -> Self {
        Self::open_with(&site.url(), fragment, Look::DESKTOP).await
    }

    /// Opens the app at any address, in any look.
    pub(crate) async fn open_with(url: &str, fragment: &str, look: Look) -> Self {
        let page = Self::blank(url, look).await;
        page.client.goto(&format!("{url}{fragment}")).await.expect("the page loads");
        page.has_started().await;
        page
    }

    /// Opens any other site.
    pub(crate) async fn open_raw(url: &str, look: Look) -> Self {
        let page = Self::blank(url, look).await;
        page.visit(url).await;
        page
    }

    /// Opens nothing yet; `start` is what [`Page::go`] starts from.
    pub(crate) async fn blank(start: &str, look: Look) -> Self {
        let (driver, client) = Driver::start().await;
        let page = Self { client, start: start.to_owned(), _driver: driver };
        page.look(look).await;
        page
    }

    /// Goes to any address.
    pub(crate) async fn visit(&self, url: &str) {
        self.client.goto(url).await.expect("the page loads");
    }

    /// Resizes the page and sets the theme that the system asks for.
    pub(crate) async fn look(&self, look: Look) {
        let Look { width, height, scale, dark } = look;
        let metrics =
            json!({ "width": width, "height": height, "deviceScaleFactor": scale, "mobile": width < 600 });
        self.cdp("Emulation.setDeviceMetricsOverride", metrics).await;
        let scheme = if dark { "dark" } else { "light" };
        let features = json!({ "features": [{ "name": "prefers-color-scheme", "value": scheme }] });
        self.cdp("Emulation.setEmulatedMedia", features).await;
    }

    /// Goes to another fragment of the app, as a link would.
    pub(crate) async fn go(&self, fragment: &str) {
        self.client.goto(&format!("{}{fragment}", self.start)).await.expect("the page loads");
    }

    /// Loads the page anew and waits until the app has started.
    pub(crate) async fn reload(&self) {
        self.client.refresh().await.expect("the page reloads");
        self.has_started().await;
    }

    /// Waits until the app has taken over from index.html's notice.
    pub(crate) async fn has_started(&self) {
        self.until(
            "the app to start",
            "return !document.getElementById('boot') && document.body.children.length > 0",
        )
        .await;
    }

    /// Waits until the service worker has kept the app and controls the page.
    pub(crate) async fn is_ready_for_offline(&self) {
        self.until("the service worker to control the page", "return !!navigator.serviceWorker.controller")
            .await;
    }

    // ---- seeing ------------------------------------------------------------------------------------------------

    /// Waits until a text is shown.
    pub(crate) async fn sees(&self, text: &str) {
        let script = "return document.body.innerText.includes(arguments[0])";
        self.until_with(&format!("the text {text:?}"), script, vec![json!(text)]).await;
    }

    /// The same for what takes longer than [`PATIENCE`].
    pub(crate) async fn sees_within(&self, text: &str, patience: Duration) {
        let script = "return document.body.innerText.includes(arguments[0])";
        self.until_within(&format!("the text {text:?}"), script, vec![json!(text)], patience).await;
    }

    /// Waits until a text is not shown (any more).
    pub(crate) async fn does_not_see(&self, text: &str) {
        let script = "return !document.body.innerText.includes(arguments[0])";
        self.until_with(&format!("the text {text:?} to go"), script, vec![json!(text)]).await;
    }

    /// Waits until as many elements match.
    pub(crate) async fn sees_count(&self, css: &str, count: usize) {
        let script = "return document.querySelectorAll(arguments[0]).length === arguments[1]";
        self.until_with(&format!("{count} of {css}"), script, vec![json!(css), json!(count)]).await;
    }

    /// The shown text of the first element that matches, once there is one.
    pub(crate) async fn text(&self, css: &str) -> String {
        self.find(css).await.text().await.unwrap()
    }

    /// The shown texts of all elements that match now.
    pub(crate) async fn texts(&self, css: &str) -> Vec<String> {
        let script = "return [...document.querySelectorAll(arguments[0])].map(e => e.innerText)";
        serde_json::from_value(self.eval_with(script, vec![json!(css)]).await).unwrap()
    }

    /// How many elements match now.
    pub(crate) async fn count(&self, css: &str) -> usize {
        self.client.find_all(Locator::Css(css)).await.unwrap().len()
    }

    /// The pixels of a canvas.
    pub(crate) async fn pixels(&self, css: &str) -> Pixels {
        self.find(css).await;
        let script = "const c = document.querySelector(arguments[0]), { width, height } = c;
            const bytes = c.getContext('2d').getImageData(0, 0, width, height).data;
            let hex = ''; for (const b of bytes) hex += b.toString(16).padStart(2, '0');
            return [width, height, hex]";
        let found = self.eval_with(script, vec![json!(css)]).await;
        let (width, height, hex): (usize, usize, String) = serde_json::from_value(found).unwrap();
        Pixels::from_hex(width, height, &hex)
    }

    // ---- doing -------------------------------------------------------------------------------------------------

    /// Clicks the first element that matches, once it can be.
    pub(crate) async fn click(&self, css: &str) {
        self.click_at(Locator::Css(css), css).await;
    }

    /// Clicks the button, link, tab or option of that accessible name or text.
    pub(crate) async fn press(&self, name: &str) {
        let (name, quoted) = (name.trim(), format!("{name:?}"));
        let xpath = format!(
            "//*[self::button or self::a or self::summary or @role='button' or @role='tab' or @role='option' \
             or @role='menuitem' or @role='checkbox' or @role='switch' or @role='radio']\
             [@aria-label={quoted} or normalize-space(.)={quoted}]"
        );
        self.click_at(Locator::XPath(&xpath), name).await;
    }

    /// Types into a field.
    pub(crate) async fn type_into(&self, css: &str, text: &str) {
        self.find(css).await.send_keys(text).await.unwrap();
    }

    /// Types into a field, in place of what was in it.
    pub(crate) async fn fill(&self, css: &str, text: &str) {
        self.find(css).await;
        let script = "const field = document.querySelector(arguments[0]);
            field.value = ''; field.dispatchEvent(new Event('input', { bubbles: true }))";
        self.eval_with(script, vec![json!(css)]).await;
        self.type_into(css, text).await;
    }

    /// Presses keys together: "k", "Escape", "Control+k", "Shift+ArrowDown".
    pub(crate) async fn key(&self, chord: &str) {
        let keys: Vec<char> = chord.split('+').map(key_of).collect();
        let mut actions = KeyActions::new("keyboard".to_owned());
        for value in &keys {
            actions = actions.then(KeyAction::Down { value: *value });
        }
        for value in keys.iter().rev() {
            actions = actions.then(KeyAction::Up { value: *value });
        }
        self.client.perform_actions(actions).await.unwrap();
    }

    /// Chooses files (or, for an input with `webkitdirectory`, one folder) in a file input, hidden or not.
    pub(crate) async fn upload(&self, css: &str, paths: &[PathBuf]) {
        let input = self.find(css).await;
        let paths: Vec<String> = paths.iter().map(|path| absolute(path)).collect();
        input.send_keys(&paths.join("\n")).await.expect("the input takes the files");
    }

    /// Drops files and folders from the desktop onto the first element that matches.
    pub(crate) async fn drop_on(&self, css: &str, paths: &[PathBuf]) {
        self.find(css).await;
        let script = "const box = document.querySelector(arguments[0]).getBoundingClientRect();
            return [box.x + box.width / 2, box.y + box.height / 2]";
        let middle = self.eval_with(script, vec![json!(css)]).await;
        let paths: Vec<String> = paths.iter().map(|path| absolute(path)).collect();
        for step in ["dragEnter", "dragOver", "drop"] {
            let data = json!({ "items": [], "files": paths, "dragOperationsMask": 1 });
            let event = json!({ "type": step, "x": middle[0], "y": middle[1], "data": data });
            self.cdp("Input.dispatchDragEvent", event).await;
        }
    }

    /// Leaves the app only so many bytes of disk: what is written beyond them fails as on a full one.
    pub(crate) async fn has_disk_for(&self, bytes: u64) {
        let origin = self.eval("return location.origin").await;
        self.cdp("Storage.overrideQuotaForOrigin", json!({ "origin": origin, "quotaSize": bytes })).await;
    }

    // ---- judging -----------------------------------------------------------------------------------------------

    /// Fails if the console has said anything but `console.log` and `console.info` since the last time.
    pub(crate) async fn console_is_clean(&self) {
        let lines = self.console().await;
        // That advice is for these tests, which read the pixels of canvases.
        let is_for_us = |line: &str| line.contains("readback operations using getImageData");
        let is_bad = |line: &&String| line.starts_with("WARNING") || line.starts_with("SEVERE");
        let bad: Vec<&String> = lines.iter().filter(is_bad).filter(|line| !is_for_us(line)).collect();
        assert!(bad.is_empty(), "the console says: {bad:#?}");
    }

    /// What the console has said since the last time: "LEVEL message".
    pub(crate) async fn console(&self) -> Vec<String> {
        let entries = self.client.issue_cmd(Extension::ConsoleLog).await.unwrap();
        let words = |entry: &Value, key: &str| entry[key].as_str().unwrap_or_default().to_owned();
        let entries = entries.as_array().cloned().unwrap_or_default();
        entries.iter().map(|entry| format!("{} {}", words(entry, "level"), words(entry, "message"))).collect()
    }

    /// Saves what is shown as NAME.png in the folder that RUNATLAS_SHOTS names; does nothing without it.
    pub(crate) async fn screenshot(&self, name: &str) {
        if let Some(folder) = std::env::var_os("RUNATLAS_SHOTS") {
            self.screenshot_to(&Path::new(&folder).join(format!("{name}.png"))).await;
        }
    }

    /// Saves what is shown.
    pub(crate) async fn screenshot_to(&self, path: &Path) {
        let png = self.client.screenshot().await.unwrap();
        if let Some(folder) = path.parent() {
            std::fs::create_dir_all(folder).unwrap();
        }
        std::fs::write(path, png).unwrap();
    }

    // ---- below the verbs ---------------------------------------------------------------------------------------

    /// Runs the body of an async function in the page and hands back what it returns.
    pub(crate) async fn eval(&self, script: &str) -> Value {
        self.eval_with(script, Vec::new()).await
    }

    /// The same with arguments, which the script finds in `arguments`.
    pub(crate) async fn eval_with(&self, script: &str, arguments: Vec<Value>) -> Value {
        self.client.execute(script, arguments).await.unwrap_or_else(|cause| panic!("{script}: {cause}"))
    }

    /// The same for a script that may take this long; `None` when it takes longer, and the page is of no use then.
    pub(crate) async fn eval_within(&self, script: &str, patience: Duration) -> Option<Value> {
        let limits = TimeoutConfiguration::new(Some(patience), None, None);
        self.client.update_timeouts(limits).await.unwrap();
        let found = tokio::time::timeout(patience, self.client.execute(script, Vec::new())).await;
        match found {
            Ok(Err(cause)) if !cause.to_string().contains("timeout") => panic!("{script}: {cause}"),
            found => found.ok()?.ok(),
        }
    }

    /// Waits until a script returns something truthy.
    pub(crate) async fn until(&self, awaited: &str, script: &str) {
        self.until_with(awaited, script, Vec::new()).await;
    }

    /// The same with arguments.
    pub(crate) async fn until_with(&self, awaited: &str, script: &str, arguments: Vec<Value>) {
        self.until_within(awaited, script, arguments, PATIENCE).await;
    }

    /// The same for what takes longer than [`PATIENCE`].
    pub(crate) async fn until_within(
        &self,
        awaited: &str,
        script: &str,
        arguments: Vec<Value>,
        patience: Duration,
    ) {
        let started = Instant::now();
        loop {
            // While a page loads there is nothing to run a script in.
            let found = self.client.execute(script, arguments.clone()).await.unwrap_or_default();
            if !matches!(found, Value::Null | Value::Bool(false)) && found != json!(0) && found != json!("") {
                return;
            }
            if started.elapsed() > patience {
                self.give_up(awaited, patience).await;
            }
            tokio::time::sleep(Duration::from_millis(40)).await;
        }
    }

    /// A command of Chromium's own protocol, such as `Storage.overrideQuotaForOrigin`.
    pub(crate) async fn cdp(&self, method: &str, parameters: Value) -> Value {
        self.try_cdp(method, parameters).await.unwrap_or_else(|cause| panic!("{method}: {cause}"))
    }

    /// The same for a command that may fail.
    pub(crate) async fn try_cdp(&self, method: &str, parameters: Value) -> Result<Value, CmdError> {
        let command = Extension::Cdp(json!({ "cmd": method, "params": parameters }));
        self.client.issue_cmd(command).await
    }

    async fn find(&self, css: &str) -> Element {
        let script = "return !!document.querySelector(arguments[0])";
        self.until_with(css, script, vec![json!(css)]).await;
        self.client.find(Locator::Css(css)).await.unwrap()
    }

    async fn click_at(&self, place: Locator<'_>, name: &str) {
        let started = Instant::now();
        loop {
            // It may not be there yet, be covered, or be replaced between finding and clicking.
            // The first of that name that can be clicked: narrow screens hide some that wide ones show.
            for element in self.client.find_all(place).await.unwrap_or_default() {
                if element.click().await.is_ok() {
                    return;
                }
            }
            if started.elapsed() > PATIENCE {
                self.give_up(&format!("something to click: {name}"), PATIENCE).await;
            }
            tokio::time::sleep(Duration::from_millis(40)).await;
        }
    }

    async fn give_up(&self, awaited: &str, patience: Duration) -> ! {
        let shown =
            self.client.execute("return document.body.innerText", Vec::new()).await.unwrap_or_default();
        let console = self.console().await;
        self.screenshot("gave-up").await;
        panic!(
            "waited {patience:?} for {awaited}\n--- the page shows\n{}\n--- the console says\n{}",
            shown.as_str().unwrap_or_default(),
            console.join("\n")
        );
    }
}

/// What chromedriver knows beyond the standard.
#[derive(Debug)]
enum Extension {
    ConsoleLog,
    Cdp(Value),
}

impl WebDriverCompatibleCommand for Extension {
    fn endpoint(&self, base_url: &Url, session_id: Option<&str>) -> Result<Url, url::ParseError> {
        let command = match self {
            Self::ConsoleLog => "se/log",
            Self::Cdp(_) => "goog/cdp/execute",
        };
        base_url.join(&format!("session/{}/{command}", session_id.unwrap_or_default()))
    }

    fn method_and_body(&self, _request_url: &Url) -> (Method, Option<String>) {
        let body = match self {
            Self::ConsoleLog => json!({ "type": "browser" }).to_string(),
            Self::Cdp(body) => body.to_string(),
        };
        (Method::POST, Some(body))
    }
}

fn key_of(name: &str) -> char {
    match name {
        "Control" => Key::Control.into(),
        "Shift" => Key::Shift.into(),
        "Alt" => Key::Alt.into(),
        "Meta" => Key::Meta.into(),
        "Enter" => Key::Enter.into(),
        "Escape" => Key::Escape.into(),
        "Tab" => Key::Tab.into(),
        "Space" => ' ',
        "Backspace" => Key::Backspace.into(),
        "Delete" => Key::Delete.into(),
        "Home" => Key::Home.into(),
        "End" => Key::End.into(),
        "PageUp" => Key::PageUp.into(),
        "PageDown" => Key::PageDown.into(),
        "ArrowUp" => Key::Up.into(),
        "ArrowDown" => Key::Down.into(),
        "ArrowLeft" => Key::Left.into(),
        "ArrowRight" => Key::Right.into(),
        one => {
            let mut letters = one.chars();
            match (letters.next(), letters.next()) {
                (Some(letter), None) => letter,
                _ => panic!("no key is called {one:?}"),
            }
        }
    }
}

fn absolute(path: &Path) -> String {
    let path = path.canonicalize().unwrap_or_else(|cause| panic!("{}: {cause}", path.display()));
    path.to_str().unwrap().to_owned()
}
