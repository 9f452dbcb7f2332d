//! Two runs, file by file.

mod bytes;
mod cells;
mod drawer;
mod head;
mod lines;
mod list;
mod packages;
mod pane;
mod picker;
mod pictures;
mod step;
mod structure;
mod tools;
mod value;

pub(in crate::ui) use drawer::CompareDrawer;
use head::CompareHead;
use leptos::prelude::*;
use list::EntryList;
use pane::Pane;
pub(in crate::ui) use picker::RunPicker;
use runatlas_core::{
    compare::Subject,
    link::{CompareChoices, Page},
};
use step::Steps;

use crate::{
    state::{Asked, Comparing, Loadable, ViewState},
    ui::{
        app::app,
        part::{EmptyState, Loading},
    },
};

/// What every part of a comparison is given.
#[derive(Clone, Copy)]
struct Shared {
    comparing: Comparing,
    choices: Memo<CompareChoices>,
    /// Changes the choices.
    edit: Callback<CompareChoices>,
    /// The names of both runs.
    names: Memo<(String, String)>,
    steps: Steps,
    /// Stands at the beginning and at the end of the tools; the name of what is compared where there is none.
    ends: StoredValue<Option<(ViewFn, ViewFn)>>,
}

impl Shared {
    /// Changes one choice.
    fn choose(self, change: impl FnOnce(&mut CompareChoices)) {
        let mut choices = self.choices.get_untracked();
        change(&mut choices);
        self.edit.run(choices);
    }
}

/// The page that compares two runs.
#[component]
pub(crate) fn ComparePage() -> impl IntoView {
    let app = app();
    let view = app.view;
    // The page goes a moment after its link: what was there stays until then.
    let asked = Memo::new(move |last: Option<&Option<Asked>>| {
        let now = view.compare.get().map(|view| Asked {
            left: view.left,
            right: view.right,
            subject: view.subject,
        });
        now.or_else(|| last.cloned().flatten())
    });
    move || {
        let first = asked.get_untracked()?;
        let asked = Signal::derive(move || asked.get().unwrap_or_else(|| first.clone()));
        Some(view! { <Both asked=asked /> })
    }
}

#[component]
fn Both(asked: Signal<Asked>) -> impl IntoView {
    let app = app();
    let view = app.view;
    let comparing = Comparing::new(app, asked);
    let choices = Memo::new(move |_| {
        view.compare.with(|view| view.as_ref().map(|view| view.choices.clone()).unwrap_or_default())
    });
    let edit = Callback::new(move |choices| view.edit_compare(|view| view.choices = choices));
    let shared = Shared {
        comparing,
        choices,
        edit,
        names: names(comparing),
        steps: Steps::new(),
        ends: StoredValue::new(None),
    };
    let choose =
        Callback::new(move |subject: Subject| view.edit_compare(|view| view.subject = Some(subject)));
    let state = Memo::new(move |_| comparing.pair.with(|pair| pair.map(|_| ())));
    view! {
        <article class="cmp">
            <CompareHead asked=asked names=shared.names />
            {move || match state.get() {
                Loadable::Loading => view! { <Loading what="Reading both runs from this browser" /> }.into_any(),
                Loadable::Failed(reason) => view! {
                    <EmptyState icon="triangle-alert" title="These runs cannot be compared" text=reason error=true>
                        <a class="btn" href=ViewState::href(Page::Home)>"Open files"</a>
                    </EmptyState>
                }
                .into_any(),
                Loadable::Ready(()) => view! {
                    <div class="cmp-b">
                        <EntryList comparing=comparing choose=choose />
                        <Pane shared=shared />
                    </div>
                }
                .into_any(),
            }}
        </article>
    }
}

/// The names of both runs; empty while they are read.
fn names(comparing: Comparing) -> Memo<(String, String)> {
    Memo::new(move |_| {
        comparing.pair.with(|pair| {
            let name = |data: &crate::state::RunData| data.run.display_name().to_owned();
            pair.ready().map(|pair| (name(&pair.left), name(&pair.right))).unwrap_or_default()
        })
    })
}
