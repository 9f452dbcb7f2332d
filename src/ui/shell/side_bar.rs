mod views;

use leptos::{html, prelude::*};
use runatlas_core::{
    format,
    link::{ExperimentKey, Page},
    model::{Lifecycle, Source, SourceKind},
};

use views::Views;

use super::{StorageMeter, drawer::Drawer};
use crate::{
    state::{PageKind, ViewState, words},
    ui::{
        app::app,
        live_mark::{LiveDot, standing},
        part::Icon,
    },
};

/// Sources, their experiments and models.
#[component]
pub(crate) fn SideBar() -> impl IntoView {
    let library = app().library;
    let drawer = use_context::<Drawer>();
    let open = Signal::derive(move || drawer.is_some_and(|drawer| drawer.open.get()));
    let node = NodeRef::<html::Aside>::new();
    Effect::new(move |_| {
        if open.get()
            && let Some(node) = node.get_untracked()
        {
            // Not before the browser has let it appear.
            request_animation_frame(move || drop(node.focus()));
        }
    });
    view! {
        <div class="side-veil" class:open=open on:click=move |_| if let Some(drawer) = drawer { drawer.close() }></div>
        <aside class="side" class:open=open id="side" tabindex="-1" node_ref=node aria-label="Sources and experiments">
            <div class="side-scroll">
                <div class="sec">
                    "Sources"
                    <a class="iconbtn xs" href=ViewState::href(Page::Home) aria-label="Add a source" title="Add a source">
                        <Icon name="plus" class="s14" />
                    </a>
                </div>
                <nav aria-label="Sources">
                    <For each=move || library.sources.get() key=|source| (source.id.clone(), source.name.clone(), source.state, source.updated) children=|source| view! { <SourceNode source=source /> } />
                </nav>
                <Views />
            </div>
            <div class="side-foot"><StorageMeter /></div>
        </aside>
    }
}

#[component]
fn SourceNode(source: Source) -> impl IntoView {
    let app = app();
    let id = StoredValue::new(source.id.clone());
    let open = RwSignal::new(true);
    let here = Signal::derive(move || match app.view.page.get() {
        PageKind::Source(source) => source == id.get_value(),
        _ => false,
    });
    let name = source.name.clone();
    let icon = words::source_icon(&source);
    let mark = standing(source.clone());
    let is_file = source.kind != SourceKind::Server;
    let unfinished =
        (is_file && !words::is_complete(&source)).then_some("The last import did not come to its end");
    view! {
        <div class="node-row" class:on=move || here.get()>
            <button
                class="iconbtn xs"
                aria-expanded=move || open.get().to_string()
                aria-label=format!("Experiments of {}", source.name)
                on:click=move |_| open.update(|open| *open = !*open)
            >
                {move || if open.get() {
                    view! { <Icon name="chevron-down" class="s12" /> }
                } else {
                    view! { <Icon name="chevron-right" class="s12" /> }
                }}
            </button>
            <a class="node top" title=name.clone() href=ViewState::href(Page::Source { source: source.id.clone() }) aria-current=move || here.get().then_some("page")>
                <Icon name=icon />
                <span class="ell grow b5">{source.name}</span>
                {mark.map(|standing| view! { <span class="end"><LiveDot standing=standing /></span> })}
                {unfinished.map(|why| view! { <span class="end warn" title=why><Icon name="triangle-alert" class="s14" /></span> })}
            </a>
        </div>
        <Show when=move || open.get()>
            <Experiments source=id.get_value() />
            <Models source=id.get_value() />
        </Show>
    }
}

#[component]
fn Experiments(source: String) -> impl IntoView {
    let app = app();
    let source = StoredValue::new(source);
    let list = move || {
        app.library.listings.with(|all| {
            source.with_value(|id| all.get(id).map(|l| l.experiments.clone()).unwrap_or_default())
        })
    };
    view! {
        <For
            each=list
            key=|listed| (listed.experiment.id.clone(), listed.experiment.name.clone(), listed.runs)
            children=move |listed| {
                let key = ExperimentKey { source: source.get_value(), experiment: listed.experiment.id.clone() };
                let mine = key.clone();
                let on = Signal::derive(move || {
                    matches!(app.view.page.get(), PageKind::Runs(_)) && app.view.runs.with(|runs| runs.scope.contains(&mine))
                });
                let title = format!("{}\nCtrl or ⌘ click adds it to what is open", listed.experiment.name);
                let href = ViewState::href(app.runs.page_of(key.clone()));
                let (also, name) = (key.clone(), listed.experiment.name.clone());
                let only = {
                    let key = key.clone();
                    Signal::derive(move || app.view.runs.with(|runs| runs.scope.as_slice() == [key.clone()]))
                };
                // Only beside a table is there something to add to; the last one stays.
                let can = Memo::new(move |_| matches!(app.view.page.get(), PageKind::Runs(_)) && !only.get());
                let label = move || {
                    if on.get() { format!("Take {name} out of the table") } else { format!("Add {name} to the table") }
                };
                let add = move |event: leptos::ev::MouseEvent| {
                    // As in every list: Ctrl or ⌘ adds to what is open.
                    if event.ctrl_key() || event.meta_key() {
                        event.prevent_default();
                        app.runs.toggle_experiment(key.clone());
                    }
                };
                view! {
                    <div class:node-add=can>
                    <a
                        class="node sub"
                        class:on=move || on.get()
                        class:gone=listed.experiment.lifecycle == Lifecycle::Deleted
                        aria-current=move || on.get().then_some("page")
                        title=title
                        href=href
                        on:click=add
                    >
                        <span class="ell grow">{listed.experiment.name}</span>
                        <span class="end">{format::unsigned(listed.runs)}</span>
                    </a>
                    {move || {
                        let (label, also) = (label.clone(), also.clone());
                        can.get().then(|| view! {
                            <button class="iconbtn xs" aria-label=label.clone() title=label on:click=move |_| app.runs.toggle_experiment(also.clone())>
                                <Icon name=if on.get() { "x" } else { "plus" } class="s12" />
                            </button>
                        })
                    }}
                    </div>
                }
            }
        />
    }
}

#[component]
fn Models(source: String) -> impl IntoView {
    let app = app();
    let source = StoredValue::new(source);
    let count = Signal::derive(move || {
        let all = app.library.sources.get();
        all.iter()
            .find(|s| source.with_value(|id| s.id == *id))
            .map_or(0, |s| s.counts.registered_models + s.counts.logged_models)
    });
    let on = Signal::derive(move || app.view.page.get() == PageKind::Models(source.get_value()));
    view! {
        <Show when=move || count.get() != 0>
            <a
                class="node sub"
                class:on=move || on.get()
                aria-current=move || on.get().then_some("page")
                href=ViewState::href(Page::Models { source: source.get_value(), model: None })
            >
                <Icon name="box" class="s14" />
                <span class="ell grow">"Models"</span>
                <span class="end">{move || format::unsigned(count.get())}</span>
            </a>
        </Show>
    }
}
