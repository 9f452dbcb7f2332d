use std::sync::Arc;

use leptos::prelude::*;
use runatlas_core::{
    compare::{CompareOptions, Comparison, Entry, Lens},
    format,
    job::CompareStep,
};

use super::{
    Shared, bytes::BytesView, cells::CellsView, lines::LinesView, packages::PackagesView,
    pictures::PicturesView, structure::StructureView, tools::Tools,
};
use crate::{
    state::{Compared, OpenPair, OpenSide},
    ui::{
        file_state::FileBody,
        part::{EmptyState, Loading},
    },
};

/// What is chosen in the list, compared.
#[component]
pub(super) fn Pane(shared: Shared) -> impl IntoView {
    let entry = shared.comparing.entry;
    move || {
        match entry.get() {
        Some(entry) => view! { <OpenPane shared=shared entry=entry /> }.into_any(),
        None => view! {
            <div class="cmp-p">
                <EmptyState icon="git-compare" title="There is nothing to compare here" text="Neither run has such a file. Choose another one in the list." />
            </div>
        }
        .into_any(),
    }
    }
}

#[component]
fn OpenPane(shared: Shared, entry: Entry) -> impl IntoView {
    let open = shared.comparing.open(&entry)?;
    let options = Memo::new(move |_| {
        shared.choices.with(|choices| CompareOptions { text: choices.text, key: choices.key.clone() })
    });
    open.follow(options);
    let name = entry.name.clone();
    let label = format!("Comparison of {name}");
    let body = move || {
        match open.compared.get() {
        Compared::Waiting => view! { <Waiting shared=shared open=open /> }.into_any(),
        Compared::Working(step) => view! { <Working open=open step=step /> }.into_any(),
        Compared::Stopped => view! {
            <EmptyState icon="circle-slash" title="The comparison was stopped" text="Both files are as they were. Comparing starts from the beginning.">
                <button class="btn sm" on:click=move |_| open.again(options)>"Compare again"</button>
            </EmptyState>
        }
        .into_any(),
        Compared::Failed(reason) => view! {
            <EmptyState icon="triangle-alert" title="These could not be compared" text=reason error=true>
                <button class="btn sm" on:click=move |_| open.again(options)>"Try again"</button>
            </EmptyState>
        }
        .into_any(),
        Compared::Ready(comparison) => {
            view! { <Compares shared=shared open=open comparison=comparison name=name.clone() /> }.into_any()
        }
    }
    };
    Some(view! {
        <section class="cmp-p" aria-label=label>
            <Tools shared=shared open=open entry=entry />
            {body}
        </section>
    })
}

/// What was compared, in the way that is chosen.
#[component]
fn Compares(shared: Shared, open: OpenPair, comparison: Arc<Comparison>, name: String) -> impl IntoView {
    let of_lens = comparison.clone();
    let lens = Memo::new(move |_| of_lens.lens(shared.choices.with(|choices| choices.lens)));
    let notes = notes(shared, open, &comparison);
    let body = move || {
        match lens.get() {
        Lens::Lines => comparison.text.clone().map(|text| {
            view! { <LinesView shared=shared diff=text name=name.clone() is_equal=comparison.same_bytes /> }.into_any()
        }),
        Lens::Structure => {
            comparison.structure.clone().map(|structure| view! { <StructureView shared=shared diff=structure /> }.into_any())
        }
        Lens::Packages => {
            comparison.packages.clone().map(|packages| view! { <PackagesView shared=shared diff=packages /> }.into_any())
        }
        Lens::Cells => comparison.table.clone().map(|table| view! { <CellsView shared=shared diff=table /> }.into_any()),
        Lens::Pictures => {
            comparison.pictures.clone().map(|pair| view! { <PicturesView shared=shared open=open pair=pair same=comparison.same_bytes /> }.into_any())
        }
        Lens::Bytes => Some(view! { <BytesView comparison=comparison.clone() /> }.into_any()),
    }
    };
    view! {
        {(!notes.is_empty()).then(|| view! { <p class="cmp-note" role="note">{notes.join(" ")}</p> })}
        {body}
    }
}

/// What a person should know, as sentences.
fn notes(shared: Shared, open: OpenPair, comparison: &Comparison) -> Vec<String> {
    let mut notes = Vec::new();
    let (left, right) = shared.names.get_untracked();
    match (open.left.is_there(), open.right.is_there()) {
        (true, false) => notes.push(format!("Only {left}, on the left, has this.")),
        (false, true) => notes.push(format!("Only {right}, on the right, has this.")),
        _ if comparison.same_bytes => notes.push("Both are equal, byte by byte.".to_owned()),
        _ => {}
    }
    notes.extend(comparison.notes.iter().map(|note| format::sentence(note)));
    notes
}

/// Sides that are not here yet: how each stands, and what can be done.
#[component]
fn Waiting(shared: Shared, open: OpenPair) -> impl IntoView {
    let (left, right) = shared.names.get_untracked();
    view! {
        <div class="cmp-wait">
            <SideState side=open.left run=left />
            <SideState side=open.right run=right />
        </div>
    }
}

#[component]
fn SideState(side: OpenSide, run: String) -> impl IntoView {
    let body = match (side.file, side.entry.get_value()) {
        (Some(file), Some(entry)) => {
            let name = entry.path.rsplit('/').next().unwrap_or_default().to_owned();
            let ready = |_| view! { <p class="none">"This side is here."</p> }.into_any();
            view! { <FileBody file=file name=name size=entry.size source=side.source.get_value() ready=ready /> }.into_any()
        }
        _ if side.is_there() => view! { <p class="none">"This side is here."</p> }.into_any(),
        _ => view! { <p class="none">"This run has no such file."</p> }.into_any(),
    };
    view! {
        <div class="cmp-side">
            <h3 class="fs12 b6 ell">{run}</h3>
            {body}
        </div>
    }
}

/// A comparison that takes long: how far it is, and a way to stop it.
#[component]
fn Working(open: OpenPair, step: CompareStep) -> impl IntoView {
    let words = match step {
        CompareStep::Reading => "Reading both files from this browser".to_owned(),
        CompareStep::Comparing { left, right } => {
            format!("Comparing {} with {}", format::bytes(left), format::bytes(right))
        }
    };
    view! {
        <section class="state coming" aria-label="Comparing">
            <h2 role="status">{words}</h2>
            <div class="meter busy" role="progressbar" aria-label="Comparing"><i></i></div>
            <div class="row g2"><button class="btn sm" on:click=move |_| open.stop()>"Stop"</button></div>
        </section>
    }
}

/// While pictures or rows are made ready.
pub(super) fn loading(what: &'static str) -> AnyView {
    view! { <Loading what=what /> }.into_any()
}
