use leptos::{ev, html, prelude::*};
use runatlas_core::{
    compare::{Entry, Standing, Subject},
    format,
    link::{CompareView, Page, RunKey},
};

use super::{Shared, names, pane::Pane, step::Steps};
use crate::{
    state::{Asked, Comparing},
    ui::{
        app::app,
        part::{Icon, Menu, MenuItem, SearchField},
        run_mark::Swatch,
    },
};

/// Height when it opens, and the least, in CSS pixels.
const HEIGHT: f64 = 208.0;
const LEAST: f64 = 120.0;
/// How much of the window it may take.
const MOST: f64 = 0.6;
/// The longest list of the menu; the search finds the rest.
const AT_MOST: usize = 80;

/// Files of the baseline and of another run, below the matrix.
#[component]
pub(in crate::ui) fn CompareDrawer() -> impl IntoView {
    let app = app();
    let asked = Memo::new(move |last: Option<&Option<Asked>>| {
        let drawer = app.view.drawer.get();
        let baseline = app.runs.baseline.get();
        let shown = app.runs.shown.get();
        let others = || shown.iter().map(|run| run.key.clone()).filter(|key| Some(key) != baseline.as_ref());
        let now = drawer.zip(baseline.clone()).and_then(|(drawer, left)| {
            let right =
                drawer.run.filter(|run| others().any(|other| other == *run)).or_else(|| others().next())?;
            Some(Asked { left, right, subject: drawer.subject })
        });
        now.or_else(|| last.cloned().flatten())
    });
    move || {
        asked.with(Option::is_some).then(|| {
            let first = asked.get_untracked();
            let asked = Signal::derive(move || asked.get().or_else(|| first.clone()));
            view! { <Open asked=asked /> }
        })
    }
}

#[component]
fn Open(asked: Signal<Option<Asked>>) -> impl IntoView {
    let app = app();
    let view = app.view;
    let first = asked.get_untracked()?;
    let asked = Signal::derive(move || asked.get().unwrap_or_else(|| first.clone()));
    let comparing = Comparing::new(app, asked);
    let choices = Memo::new(move |_| {
        view.drawer.with(|drawer| drawer.as_ref().map(|drawer| drawer.choices.clone()).unwrap_or_default())
    });
    let edit = Callback::new(move |choices| view.edit_drawer(|drawer| drawer.choices = choices));
    let lead = ViewFn::from(move || view! { <Lead comparing=comparing asked=asked /> });
    let tail = ViewFn::from(move || view! { <Tail comparing=comparing asked=asked /> });
    let ends = StoredValue::new(Some((lead, tail)));
    let shared = Shared { comparing, choices, edit, names: names(comparing), steps: Steps::new(), ends };
    let height = RwSignal::new(HEIGHT);
    Some(view! {
        <section class="drawer cmp-drawer" aria-label="Files of two runs" style:height=move || format!("{}px", height.get())>
            <Handle height=height />
            <Pane shared=shared />
        </section>
    })
}

/// The upper edge, by which the drawer is made higher and lower.
#[component]
fn Handle(height: RwSignal<f64>) -> impl IntoView {
    let node = NodeRef::<html::Div>::new();
    let most = || window().inner_height().ok().and_then(|height| height.as_f64()).unwrap_or(900.0) * MOST;
    let set = move |wanted: f64| height.set(wanted.clamp(LEAST, most().max(LEAST)));
    let began = StoredValue::new(None::<(f64, f64)>);
    let down = move |event: ev::PointerEvent| {
        began.set_value(Some((f64::from(event.client_y()), height.get_untracked())));
        if let Some(node) = node.get_untracked() {
            // Fails only when the pointer is gone already.
            let _ = node.set_pointer_capture(event.pointer_id());
        }
    };
    let moved = move |event: ev::PointerEvent| {
        if let Some((from, before)) = began.get_value() {
            set(before + from - f64::from(event.client_y()));
        }
    };
    let key = move |event: ev::KeyboardEvent| {
        let by = match event.key().as_str() {
            "ArrowUp" => 24.0,
            "ArrowDown" => -24.0,
            _ => return,
        };
        event.prevent_default();
        set(height.get_untracked() + by);
    };
    view! {
        <div
            class="cmp-handle"
            node_ref=node
            role="separator"
            tabindex="0"
            aria-orientation="horizontal"
            aria-label="Height of the drawer"
            aria-valuemin=LEAST.to_string()
            aria-valuemax=move || format!("{:.0}", most())
            aria-valuenow=move || format!("{:.0}", height.get())
            on:pointerdown=down
            on:pointermove=moved
            on:pointerup=move |_| began.set_value(None)
            on:pointercancel=move |_| began.set_value(None)
            on:keydown=key
        >
            <span class="handle" aria-hidden="true"></span>
        </div>
    }
}

/// Which file, and which runs.
#[component]
fn Lead(comparing: Comparing, asked: Signal<Asked>) -> impl IntoView {
    let app = app();
    let name = move || {
        comparing.entry.with(|entry| {
            entry.as_ref().map(|entry| format::middle(&entry.name, 36).into_owned()).unwrap_or_default()
        })
    };
    let face = move || view! { <Icon name="file-text" class="s12" /><span class="b5 ell">{name}</span><Icon name="chevron-down" class="s12 caret" /> };
    let left = Signal::derive(move || asked.with(|asked| asked.left.clone()));
    let right = Signal::derive(move || asked.with(|asked| asked.right.clone()));
    let others = move || {
        let baseline = left.get();
        let shown = app.runs.shown.get();
        let others = shown.iter().filter(|run| run.key != baseline);
        others
            .map(|run| (run.key.clone(), run.run.run.display_name().to_owned()))
            .take(AT_MOST)
            .collect::<Vec<_>>()
    };
    let all = Memo::new(move |_| names(comparing).get());
    view! {
        <Menu label="Which file" face=face>
            <Files comparing=comparing />
        </Menu>
        <span class="row g2 fs12 cmp-who">
            <RunName run=left name=Signal::derive(move || all.get().0) />
            <Icon name="arrow-right" class="s12" />
            <Menu label="The run beside the baseline" class="cmp-other" face=move || view! { <RunName run=right name=Signal::derive(move || all.get().1) /><Icon name="chevron-down" class="s12 caret" /> }>
                {move || others().into_iter().map(|(key, name)| {
                    let action = Callback::new(move |()| app.view.edit_drawer(|drawer| drawer.run = Some(key.clone())));
                    view! { <MenuItem label=name action=action /> }
                }).collect_view()}
            </Menu>
        </span>
    }
}

#[component]
fn RunName(run: Signal<RunKey>, name: Signal<String>) -> impl IntoView {
    let app = app();
    let slot = Signal::derive(move || run.with(|run| app.runs.slot(run)));
    view! {
        <Swatch color=slot />
        <span class="ell" title=move || name.get()>{move || format::middle(&name.get(), 24).into_owned()}</span>
    }
}

/// What both runs have, what differs first.
#[component]
fn Files(comparing: Comparing) -> impl IntoView {
    let view = app().view;
    let search = RwSignal::new(String::new());
    let found = Memo::new(move |_| {
        let words = search.get().to_lowercase();
        let mut found: Vec<Entry> = comparing.entries.with(|entries| {
            entries
                .iter()
                .filter(|entry| words.split_whitespace().all(|word| entry.name.to_lowercase().contains(word)))
                .cloned()
                .collect()
        });
        found.sort_by_key(|entry| entry.standing == Standing::Equal);
        found.truncate(AT_MOST);
        found
            .into_iter()
            .map(|entry| (entry.subject, entry.name, entry.standing == Standing::Equal))
            .collect::<Vec<_>>()
    });
    let item = move |(subject, name, is_equal): (Subject, String, bool)| {
        let action =
            Callback::new(move |()| view.edit_drawer(|drawer| drawer.subject = Some(subject.clone())));
        let label = if is_equal { format!("{name} (equal)") } else { name };
        view! { <MenuItem label=label action=action /> }
    };
    view! {
        <div class="menu-search">
            <SearchField value=search on_change=Callback::new(move |text| search.set(text)) label="Find a file" />
        </div>
        <For each=move || found.get() key=|found| found.clone() children=item />
    }
}

/// Opens the page of both, closes the drawer.
#[component]
fn Tail(comparing: Comparing, asked: Signal<Asked>) -> impl IntoView {
    let view = app().view;
    let whole = move |_| {
        let Asked { left, right, .. } = asked.get_untracked();
        let subject =
            comparing.entry.with_untracked(|entry| entry.as_ref().map(|entry| entry.subject.clone()));
        let choices = view.drawer.get_untracked().map(|drawer| drawer.choices).unwrap_or_default();
        view.go(Page::Compare(CompareView { subject, choices, ..CompareView::new(left, right) }));
    };
    view! {
        <button class="iconbtn sm" aria-label="Open on a page of its own" title="Open on a page of its own" on:click=whole>
            <Icon name="maximize-2" class="s14" />
        </button>
        <button class="iconbtn sm" data-hotkey="escape" aria-label="Close the drawer" title="Close (Esc)" on:click=move |_| view.edit_runs(|runs| runs.drawer = None)>
            <Icon name="x" class="s14" />
        </button>
    }
}
