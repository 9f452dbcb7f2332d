use leptos::prelude::*;
use runatlas_core::link::{Page, Tab};

use crate::{
    state::{PageKind, ViewState},
    ui::{app::app, part::Icon},
};

/// Navigation on small screens.
#[component]
pub(crate) fn BottomNav() -> impl IntoView {
    let view = app().view;
    let item = move |tab: Tab, icon: &'static str, words: &'static str| {
        let on = Signal::derive(move || view.page.get() == PageKind::Runs(tab));
        view! {
            <button class:on=on aria-current=move || on.get().then_some("page") on:click=move |_| view.go_tab(tab)>
                <Icon name=icon class="s20" />
                {words}
            </button>
        }
    };
    view! {
        <nav class="mnav" aria-label="Views">
            {item(Tab::Table, "table", "Table")}
            {item(Tab::Charts, "chart-line", "Charts")}
            {item(Tab::Diff, "git-compare", "Diff")}
            <a href=ViewState::href(Page::Home)><Icon name="hard-drive" class="s20" />"Sources"</a>
        </nav>
    }
}
