use leptos::prelude::*;
use runatlas_core::link::Tab;

use super::{
    keys::Shortcuts,
    page::{DemoPage, HomePage, ModelsPage, RunPage, RunsPage, SourcePage},
    shell::{BottomNav, DropTarget, ImportBar, NoticeStack, SideBar, TopBar},
};
use crate::state::{App, PageKind, provide_app};

/// The whole app.
#[component]
pub fn AppRoot() -> impl IntoView {
    let app = provide_app();
    let page = app.view.page;
    // The tab is no reason to make the page anew.
    let room = Memo::new(move |_| match page.get() {
        PageKind::Runs(_) => PageKind::Runs(Tab::Table),
        other => other,
    });
    let at_home = Signal::derive(move || matches!(page.get(), PageKind::Home | PageKind::Demo));
    view! {
        <Shortcuts />
        <DropTarget>
            <div class="app" class:bare=move || at_home.get()>
                <TopBar />
                <Show when=move || !at_home.get()>
                    <SideBar />
                </Show>
                <main class="main" id="main" tabindex="-1">
                    {move || match room.get() {
                        PageKind::Home => view! { <HomePage /> }.into_any(),
                        PageKind::Demo => view! { <DemoPage /> }.into_any(),
                        PageKind::Runs(_) => view! { <RunsPage /> }.into_any(),
                        PageKind::Run(run) => view! { <RunPage run=run /> }.into_any(),
                        PageKind::Models(source) => view! { <ModelsPage source=source /> }.into_any(),
                        PageKind::Source(source) => view! { <SourcePage source=source /> }.into_any(),
                    }}
                </main>
                <Show when=move || matches!(page.get(), PageKind::Runs(_))>
                    <BottomNav />
                </Show>
            </div>
            <ImportBar />
            <NoticeStack />
        </DropTarget>
    }
}

/// The app's state, for components.
pub(super) fn app() -> App {
    App::expect()
}
