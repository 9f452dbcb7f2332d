use leptos::prelude::*;
use runatlas_core::{diff::Line, format};

use super::Shared;
use crate::ui::{app::app, part::Icon};

/// The head of a section: its name, how many keys differ, and which, while it is closed.
#[component]
pub(super) fn SectionHead(
    shared: Shared,
    section: usize,
    /// Where it stands among the lines.
    at: Memo<Option<usize>>,
    top: Memo<f64>,
) -> impl IntoView {
    let app = app();
    let comparison = shared.comparison.get_untracked()?;
    let of = comparison.diff.sections().get(section)?;
    let kind = of.kind;
    let open = Memo::new(move |_| {
        let mine =
            |line: &Line| matches!(line, Line::Head { section: other, open: true, .. } if *other == section);
        shared.lines.with(|lines| at.get().and_then(|at| lines.get(at).map(mine)).unwrap_or_default())
    });
    let toggle = move |_| toggle(app, kind);
    let note = if of.left_out > 0 {
        format!("{} more files are in few runs and left out", format::unsigned(of.left_out as u64))
    } else {
        String::new()
    };
    let keys = of.differing_keys(8);
    let differs = of.differing > 0;
    let words = if of.pending { "being read".to_owned() } else { of.differ_words() };
    let count = (!of.pending).then(|| format!("of {}", format::unsigned(of.len() as u64)));
    Some(view! {
        <div
            class="dg"
            class:shut=move || !open.get()
            class:at=move || at.get().is_some() && at.get() == shared.at()
            role="row"
            aria-rowindex=move || at.get().map(|at| at + 2)
            style:top=move || format!("{}px", top.get())
        >
            <div class="dg-in" role="rowheader" id=move || at.get().map(|at| super::cell::id(at, 0))>
                <button class="dg-t" tabindex="-1" aria-expanded=move || open.get().to_string() on:click=toggle>
                    {move || view! { <Icon name=if open.get() { "chevron-down" } else { "chevron-right" } class="s14" /> }}
                    <span class="b6">{kind.title()}</span>
                    <span class="chip xs" class:warn=differs>{words}</span>
                    <span class="count">{count}</span>
                </button>
                <span class="dg-note t3">{note}</span>
                <Show when=move || !open.get()>
                    <span class="dg-note mono">{keys.clone()}</span>
                </Show>
            </div>
        </div>
    })
}

/// Opens or closes a section.
pub(super) fn toggle(app: crate::state::App, kind: runatlas_core::diff::SectionKind) {
    app.diff.edit(|diff| {
        if !diff.closed.remove(&kind) {
            diff.closed.insert(kind);
        }
    });
}

/// The head of the pinned rows.
#[component]
pub(super) fn PinsHead(at: Memo<Option<usize>>, top: Memo<f64>) -> impl IntoView {
    let app = app();
    let unpin = move |_| app.diff.edit(|diff| diff.pinned.clear());
    view! {
        <div class="dg" role="row" aria-rowindex=move || at.get().map(|at| at + 2) style:top=move || format!("{}px", top.get())>
            <div class="dg-in" role="rowheader" id=move || at.get().map(|at| super::cell::id(at, 0))>
                <span class="dg-t">
                    <Icon name="pin" class="s14" />
                    <span class="b6">"Pinned"</span>
                </span>
                <button class="linkbtn fs12" tabindex="-1" on:click=unpin>"Unpin all"</button>
            </div>
        </div>
    }
}
