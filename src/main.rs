//! The page.

use leptos::prelude::*;

mod parts;

fn main() {
    console_error_panic_hook::set_once();
    if let Some(boot) = document().get_element_by_id("boot") {
        boot.remove();
    }
    mount_to_body(|| view! { <runatlas::ui::AppRoot screens=parts::screens() /> });
}
