use leptos::prelude::*;
use runatlas_core::{
    format,
    model::{Note, NoteKind},
};

use crate::{
    state::Loadable,
    ui::{
        app::app,
        part::{Dialog, EmptyState, Loading, VirtualRows},
    },
};

/// Every line of a report, however many.
#[component]
pub(super) fn NotesDialog(source: String, open: RwSignal<bool>) -> impl IntoView {
    let source = StoredValue::new(source);
    view! {
        <Dialog open=open title="Import report, every line" class="wide">
            <Lines source=source.get_value() />
        </Dialog>
    }
}

#[component]
fn Lines(source: String) -> impl IntoView {
    let notes = app().library.notes(source);
    move || {
        match notes.get() {
        Loadable::Loading => view! { <Loading what="Reading the report" /> }.into_any(),
        Loadable::Failed(reason) => {
            view! { <EmptyState icon="triangle-alert" title="The report could not be read" text=format::sentence(&reason) error=true /> }
                .into_any()
        }
        Loadable::Ready(notes) => view! { <List notes=notes /> }.into_any(),
    }
    }
}

#[component]
fn List(notes: Vec<Note>) -> impl IntoView {
    let count = notes.len();
    let notes = StoredValue::new(notes);
    let row = move |at: usize| {
        let note = notes.with_value(|notes| notes.get(at).cloned());
        note.map(|note| view! { <Line note=note at=at /> }).into_any()
    };
    view! {
        <div class="lines">
            <VirtualRows
                count=Signal::stored(count)
                row_height=44.0
                key=|at| at
                row=row
                width="0".to_owned()
                header=|| ()
                label="Lines of the import report"
                role="table"
            />
        </div>
    }
}

#[component]
fn Line(note: Note, at: usize) -> impl IntoView {
    let (class, word) = match note.kind {
        NoteKind::Skipped => ("chip bad xs", "skipped"),
        NoteKind::Repaired => ("chip warn xs", "repaired"),
        NoteKind::Info => ("chip xs", "noted"),
    };
    let path = if note.path.is_empty() { "(the whole store)".to_owned() } else { note.path };
    let reason = format::sentence(&note.reason);
    view! {
        <div class="line" role="row" aria-rowindex=(at + 2).to_string()>
            <span role="cell"><span class=class>{word}</span></span>
            <span role="cell" class="col grow">
                <span class="mono ell" title=path.clone()>{path.clone()}</span>
                <span class="fs12 t2 ell" title=reason.clone()>{reason.clone()}</span>
            </span>
        </div>
    }
}
