use leptos::{prelude::*, wasm_bindgen::JsCast as _, web_sys};
use runatlas_core::{format, link::Tab};

use super::{
    keys::Shortcuts,
    overlay::Overlays,
    page::{DemoPage, HomePage},
    screen::{CompareAt, Screens, lazy, provide_screens},
    shell::{
        BottomNav, DropTarget, ExportBar, ImportBar, NoticeStack, SideBar, SyncBars, TopBar, provide_drawer,
    },
};
use crate::state::{App, PageKind, provide_app};

/// The whole app.
#[component]
pub fn AppRoot(
    /// The way to the code of each screen.
    screens: Screens,
) -> impl IntoView {
    let app = provide_app();
    provide_screens(screens);
    provide_drawer();
    let page = app.view.page;
    // The tab is no reason to make the page anew.
    let room = Memo::new(move |_| match page.get() {
        PageKind::Runs(_) => PageKind::Runs(Tab::Table),
        other => other,
    });
    let at_home = Signal::derive(move || page.get() == PageKind::Home);
    Effect::new(move |_| document().set_title(&title(app)));
    Effect::new(move |before: Option<PageKind>| {
        let room = room.get();
        // What had the focus went away with its page.
        if before.is_some_and(|before| before != room) {
            request_animation_frame(focus_main_if_lost);
        }
        room
    });
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
                        PageKind::Runs(_) => lazy(|screens| screens.runs, ()),
                        PageKind::Run(run) => lazy(|screens| screens.run, run),
                        PageKind::Compare => lazy(|screens| screens.compare, CompareAt::Page),
                        PageKind::Models(source) => lazy(|screens| screens.models, source),
                        PageKind::Source(source) => lazy(|screens| screens.source, source),
                    }}
                </main>
                <Show when=move || matches!(page.get(), PageKind::Runs(_))>
                    <BottomNav />
                </Show>
            </div>
            <Overlays />
            <div class="dock">
                <NoticeStack />
                <SyncBars />
                <ImportBar />
                <ExportBar />
            </div>
        </DropTarget>
    }
}

/// What the browser's tab says.
fn title(app: App) -> String {
    let library = app.library;
    let what = match app.view.page.get() {
        PageKind::Home => return "Runatlas".to_owned(),
        PageKind::Demo => "Demo".to_owned(),
        PageKind::Runs(_) => app.view.runs.with(|runs| {
            let names: Vec<String> = runs.scope.iter().map(|key| library.experiment_name(key)).collect();
            names.join(", ")
        }),
        PageKind::Run(run) => format!("Run {}", format::short_id(&run.run)),
        PageKind::Compare => "Comparison of two runs".to_owned(),
        PageKind::Models(source) => format!("Models of {}", library.source_name(&source)),
        PageKind::Source(source) => library.source_name(&source),
    };
    format!("{what} · Runatlas")
}

/// Puts the focus on the page's content unless something has it.
pub(super) fn focus_main_if_lost() {
    let lost = document().active_element().is_none_or(|element| element.tag_name() == "BODY");
    if lost {
        focus_main();
    }
}

/// Puts the focus on the page's content.
pub(super) fn focus_main() {
    let main = document().get_element_by_id("main");
    if let Some(main) = main.and_then(|main| main.dyn_into::<web_sys::HtmlElement>().ok()) {
        let _ = main.focus();
    }
}

/// The app's state, for components.
pub(super) fn app() -> App {
    App::expect()
}
