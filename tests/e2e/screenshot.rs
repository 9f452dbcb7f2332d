//! Looks at a page of the production build in both themes, at 1440 x 900 and 390 x 844.
//!
//!     cargo run --example screenshot -- FOLDER [FRAGMENT] [STEP...]
//!
//! saves FOLDER/{light,dark}-{1440,390}.png and prints the console. Steps happen in order before the picture is taken:
//!
//!     press=NAME       clicks the button or link of that name      sees=TEXT     waits until the text is shown
//!     click=CSS        clicks the first match                      wait=MILLIS   waits
//!     upload=CSS,PATH  chooses a file                              key=CHORD     presses keys, such as Control+k
//!
//! `390:press=Diff` happens at that width only.
#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::print_stdout,
    reason = "a tool for developers"
)]

#[expect(clippy::allow_attributes, reason = "see the next line")]
#[allow(dead_code, unused_imports, reason = "the journeys use the rest")]
mod harness;

use std::path::{Path, PathBuf};
use std::time::Duration;

use harness::{Look, Page, Site};

#[tokio::main]
async fn main() {
    let mut arguments = std::env::args().skip(1);
    let folder = PathBuf::from(arguments.next().expect("usage: screenshot FOLDER [FRAGMENT] [STEP...]"));
    let fragment = arguments.next().unwrap_or_default();
    let steps: Vec<String> = arguments.collect();
    let site = Site::start();
    for look in [Look::DESKTOP, Look::DESKTOP.dark(), Look::PHONE, Look::PHONE.dark()] {
        picture(&site, &fragment, &steps, look, &folder).await;
    }
}

async fn picture(site: &Site, fragment: &str, steps: &[String], look: Look, folder: &Path) {
    let page = Page::open_with(&site.url(), fragment, look).await;
    for step in steps {
        match step.split_once(':') {
            Some((width, step)) if width.parse::<u32>().is_ok() => {
                if width == look.width.to_string() {
                    take(&page, step).await;
                }
            }
            _ => take(&page, step).await,
        }
    }
    let name = format!("{}-{}.png", if look.dark { "dark" } else { "light" }, look.width);
    page.screenshot_to(&folder.join(&name)).await;
    println!("{}", folder.join(&name).display());
    for line in page.console().await {
        println!("  {line}");
    }
}

async fn take(page: &Page, step: &str) {
    let (verb, object) = step.split_once('=').unwrap_or_else(|| panic!("{step}: not VERB=OBJECT"));
    match verb {
        "press" => page.press(object).await,
        "click" => page.click(object).await,
        "sees" => page.sees(object).await,
        "key" => page.key(object).await,
        "wait" => tokio::time::sleep(Duration::from_millis(object.parse().unwrap())).await,
        "upload" => {
            let (css, path) = object.rsplit_once(',').expect("upload=CSS,PATH");
            page.upload(css, &[PathBuf::from(path)]).await;
        }
        _ => panic!("{verb}: no such step"),
    }
}
