use leptos::prelude::*;
use runatlas_core::link::Page;

use super::brand::Brand;
use crate::{
    state::{PageKind, ViewState},
    ui::{app::app, keys::KeyMapButton, part::Icon},
};

/// Logo, where we are, what holds everywhere.
#[component]
pub(crate) fn TopBar() -> impl IntoView {
    let app = app();
    let dark = app.prefs.dark;
    view! {
        <header class="topbar">
            <a class="skip" href="#main" on:click=|event| { event.prevent_default(); focus_main(); }>"Skip to content"</a>
            <Brand />
            <Crumbs />
            <div class="row g1 top-end">
                <Show when=move || !app.prefs.online.get()>
                    <span class="sync" title="Everything here is read from this browser"><span class="pulse off"></span>"Offline"</span>
                </Show>
                <KeyMapButton />
                <button
                    class="iconbtn"
                    data-hotkey="t"
                    aria-label=move || if dark.get() { "Light theme" } else { "Dark theme" }
                    title="Switch theme (T)"
                    on:click=move |_| app.prefs.switch_theme()
                >
                    <Icon name="sun" />
                </button>
            </div>
        </header>
    }
}

fn focus_main() {
    use leptos::wasm_bindgen::JsCast as _;
    let main =
        document().get_element_by_id("main").and_then(|e| e.dyn_into::<leptos::web_sys::HtmlElement>().ok());
    if let Some(main) = main {
        let _ = main.focus();
    }
}

/// Source, experiment, run: each a link to itself.
#[component]
fn Crumbs() -> impl IntoView {
    let app = app();
    let crumbs = move || {
        let library = app.library;
        let source_crumb =
            |id: &str| (library.source_name(id), ViewState::href(Page::Source { source: id.to_owned() }));
        match app.view.page.get() {
            PageKind::Home | PageKind::Demo => Vec::new(),
            PageKind::Source(source) => vec![source_crumb(&source)],
            PageKind::Models(source) => vec![
                source_crumb(&source),
                ("Models".to_owned(), ViewState::href(Page::Models { source: source.clone(), model: None })),
            ],
            PageKind::Run(run) => {
                let mut crumbs = vec![source_crumb(&run.source)];
                if let Some(experiment) = app.runs.experiment_of_open_run.get() {
                    crumbs.push((
                        library.experiment_name(&experiment),
                        ViewState::href(app.runs.page_of(experiment)),
                    ));
                }
                crumbs
            }
            PageKind::Runs(_) => {
                let scope = app.view.runs.get().scope;
                match scope.as_slice() {
                    [] => Vec::new(),
                    [only] => vec![
                        source_crumb(&only.source),
                        (library.experiment_name(only), ViewState::href(app.runs.page_of(only.clone()))),
                    ],
                    many => {
                        vec![(format!("{} experiments", many.len()), ViewState::href(app.view.get().page))]
                    }
                }
            }
        }
    };
    view! {
        <nav class="crumbs" aria-label="Breadcrumb">
            {move || {
                let crumbs = crumbs();
                let last = crumbs.len().saturating_sub(1);
                crumbs
                    .into_iter()
                    .enumerate()
                    .map(|(at, (name, href))| {
                        view! {
                            {(at > 0).then(|| view! { <span class="sep" aria-hidden="true">"/"</span> })}
                            <a href=href class:here=at == last><span class="ell">{name}</span></a>
                        }
                    })
                    .collect_view()
            }}
        </nav>
    }
}
