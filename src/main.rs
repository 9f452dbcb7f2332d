//! The page.

use leptos::prelude::*;

fn main() {
    console_error_panic_hook::set_once();
    if let Some(boot) = document().get_element_by_id("boot") {
        boot.remove();
    }
    mount_to_body(runatlas::ui::AppRoot);
}
