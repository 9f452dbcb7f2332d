//! The address, the theme, downloads.

use std::{cell::RefCell, rc::Rc};

use runatlas::web::{
    download, location,
    theme::{self, ThemeChoice},
};
use wasm_bindgen_test::wasm_bindgen_test;

#[wasm_bindgen_test]
async fn the_fragment_is_pushed_replaced_and_walked() {
    let changes = Rc::new(RefCell::new(Vec::new()));
    let hears = Rc::clone(&changes);
    let _listener = location::on_change(move |fragment| hears.borrow_mut().push(fragment)).unwrap();
    location::replace_fragment("one");
    location::push_fragment("two%20words");
    location::replace_fragment("three");
    assert_eq!(location::fragment(), "three");
    assert!(location::link("x").ends_with("#x"));
    assert!(changes.borrow().is_empty(), "its own changes are no news");
    web_sys::window().unwrap().history().unwrap().back().unwrap();
    gloo_timers::future::TimeoutFuture::new(300).await;
    assert_eq!(*changes.borrow(), ["one"]);
    assert_eq!(location::fragment(), "one");
    location::replace_fragment("");
}

#[wasm_bindgen_test]
fn what_lies_beside_the_page_follows_the_base_element() {
    let document = web_sys::window().unwrap().document().unwrap();
    let base = document.create_element("base").unwrap();
    base.set_attribute("href", "/some/where/").unwrap();
    document.head().unwrap().append_child(&base).unwrap();
    let found = location::beside("demo/demo.zip");
    base.remove();
    assert!(found.starts_with("http") && found.ends_with("/some/where/demo/demo.zip"), "{found}");
}

#[wasm_bindgen_test]
fn the_theme_is_chosen_and_kept() {
    for (choice, dark) in [(ThemeChoice::Dark, true), (ThemeChoice::Light, false)] {
        theme::set_choice(choice);
        assert_eq!((theme::choice(), theme::is_dark()), (choice, dark));
    }
    theme::set_choice(ThemeChoice::System);
    assert_eq!(theme::choice(), ThemeChoice::System);
    theme::apply();
}

#[wasm_bindgen_test]
fn bytes_get_a_url() {
    let url = download::object_url("text/plain", b"text").unwrap();
    assert!(url.as_str().starts_with("blob:"));
}
