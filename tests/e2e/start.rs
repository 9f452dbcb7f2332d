//! The app starts wherever it is put.

use crate::harness::{Look, Page, Site};

#[tokio::test]
async fn the_app_starts_under_a_sub_path_with_an_empty_console() {
    let site = Site::start();
    let page = Page::open(&site, "").await;
    page.screenshot("start").await;
    page.console_is_clean().await;
}

#[tokio::test]
async fn the_app_fits_a_phone_in_the_dark() {
    let site = Site::start();
    let page = Page::open_with(&site.url(), "", Look::PHONE.dark()).await;
    let overflow = page.eval("return document.documentElement.scrollWidth - innerWidth").await;
    assert_eq!(overflow, 0, "nothing scrolls sideways");
    page.screenshot("start-phone-dark").await;
    page.console_is_clean().await;
}

#[tokio::test]
async fn every_request_goes_to_the_app_s_own_address() {
    let site = Site::start();
    let page = Page::open(&site, "").await;
    let urls = page.eval("return performance.getEntriesByType('resource').map(entry => entry.name)").await;
    for url in urls.as_array().unwrap() {
        assert!(url.as_str().unwrap().starts_with(&site.url()), "{url} is elsewhere");
    }
    assert!(site.requests().contains(&String::new()), "the page itself was asked for: {:?}", site.requests());
}
