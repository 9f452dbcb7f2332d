use std::sync::Arc;

use leptos::prelude::*;
use runatlas_core::{
    compare::{Comparison, Entry, Lens, PackageDiff, RowKey, StructureDiff},
    format,
    link::{CompareChoices, PictureLayout},
};

use super::{Shared, step::StepButtons};
use crate::{
    state::{Compared, OpenPair},
    ui::{
        app::app,
        part::{Icon, Menu, MenuItem, Segmented, is_narrow},
    },
};

/// What is compared, how much of it differs, and how it is looked at.
#[component]
pub(super) fn Tools(shared: Shared, open: OpenPair, entry: Entry) -> impl IntoView {
    let ready = Memo::new_with_compare(
        move |_| match open.compared.get() {
            Compared::Ready(comparison) => Some(comparison),
            _ => None,
        },
        |before, after| match (before, after) {
            (Some(Some(a)), Some(Some(b))) => !Arc::ptr_eq(a, b),
            (Some(None), Some(None)) => false,
            _ => true,
        },
    );
    let lens = Memo::new(move |_| {
        let wanted = shared.choices.with(|choices| choices.lens);
        ready.with(|ready| ready.as_ref().map(|comparison| comparison.lens(wanted)))
    });
    let name = entry.name.clone();
    let (lead, tail) = shared.ends.get_value().unzip();
    view! {
        <div class="cmp-t">
            {match &lead {
                Some(lead) => lead.run(),
                None => view! { <h2 class="ell mono" title=name.clone()>{format::middle(&name, 64).into_owned()}</h2> }.into_any(),
            }}
            {move || ready.get().map(|comparison| counts(&comparison, lens.get()))}
            <span class="grow"></span>
            {move || ready.get().map(|comparison| view! { <LensChoice shared=shared comparison=comparison lens=lens /> })}
            {move || lens.get().map(|lens| ways(shared, lens))}
            <OptionMenu shared=shared ready=ready lens=lens />
            <Show when=move || !matches!(lens.get(), Some(Lens::Pictures | Lens::Bytes))>
                <StepButtons steps=shared.steps />
            </Show>
            <TakeMenu shared=shared ready=ready name=name />
            {tail.map(|tail| tail.run())}
        </div>
    }
}

/// How much differs, in the words of the way to look at it.
fn counts(comparison: &Comparison, lens: Option<Lens>) -> impl IntoView + use<> {
    let chips = comparison.text.as_ref().filter(|_| lens == Some(Lens::Lines)).map(|text| {
        let (added, removed) =
            (format::unsigned(text.added().into()), format::unsigned(text.removed().into()));
        view! {
            <span class="row g1" role="img" aria-label=format!("{added} lines added, {removed} removed")>
                <span class="chip xs good">{format!("+{added}")}</span>
                <span class="chip xs bad">{format!("\u{2212}{removed}")}</span>
            </span>
        }
    });
    let words = match lens {
        Some(Lens::Lines | Lens::Packages) => comparison.packages.as_ref().map(PackageDiff::words),
        Some(Lens::Structure) => comparison.structure.as_ref().map(StructureDiff::words),
        Some(Lens::Cells) => comparison.table.as_ref().map(|table| table.words()),
        _ => None,
    };
    view! { {chips} {words.map(|words| view! { <span class="fs12 t3 ell cmp-w" title=words.clone()>{words.clone()}</span> })} }
}

fn lens_words(lens: Lens) -> &'static str {
    match lens {
        Lens::Pictures => "Pictures",
        Lens::Cells => "Cells",
        Lens::Structure => "Structure",
        Lens::Packages => "Packages",
        Lens::Lines => "Lines",
        Lens::Bytes => "Bytes",
    }
}

#[component]
fn LensChoice(shared: Shared, comparison: Arc<Comparison>, lens: Memo<Option<Lens>>) -> impl IntoView {
    let lenses = comparison.lenses();
    let value = Signal::derive(move || lens.get().unwrap_or(Lens::Bytes));
    let on_change = Callback::new(move |lens| shared.choose(|choices| choices.lens = Some(lens)));
    (lenses.len() > 1).then(|| {
        let choices = lenses.into_iter().map(|lens| (lens, lens_words(lens))).collect();
        view! { <Segmented label="How to look at it" choices=choices value=value on_change=on_change /> }
    })
}

/// What else there is to choose for a way to look at it.
fn ways(shared: Shared, lens: Lens) -> Option<AnyView> {
    let narrow = is_narrow();
    match lens {
        Lens::Lines => {
            let value = Signal::derive(move || shared.choices.with(|choices| choices.unified));
            let on_change = Callback::new(move |unified| shared.choose(|choices| choices.unified = unified));
            Some(
                view! {
                    <Show when=move || !narrow.get()>
                        <Segmented label="Layout" choices=vec![(false, "Split"), (true, "Unified")] value=value on_change=on_change />
                    </Show>
                }
                .into_any(),
            )
        }
        Lens::Pictures => {
            let value = Signal::derive(move || shared.choices.with(|choices| choices.pictures));
            let on_change = Callback::new(move |layout| shared.choose(|choices| choices.pictures = layout));
            let choices = vec![
                (PictureLayout::Beside, "Side by side"),
                (PictureLayout::Swipe, "Swipe"),
                (PictureLayout::Blend, "Blend"),
                (PictureLayout::Difference, "Difference"),
            ];
            Some(
                view! { <Segmented label="Layout" choices=choices value=value on_change=on_change /> }
                    .into_any(),
            )
        }
        _ => None,
    }
}

#[component]
fn OptionMenu(
    shared: Shared,
    ready: Memo<Option<Arc<Comparison>>>,
    lens: Memo<Option<Lens>>,
) -> impl IntoView {
    let is_text = Memo::new(move |_| lens.get() == Some(Lens::Lines));
    let is_table = Memo::new(move |_| lens.get() == Some(Lens::Cells));
    let keys = Memo::new(move |_| {
        ready.with(|ready| {
            let table = ready.as_ref().and_then(|comparison| comparison.table.as_ref());
            table
                .map(|table| table.keys().into_iter().map(str::to_owned).collect::<Vec<_>>())
                .unwrap_or_default()
        })
    });
    let has_any = move || !matches!(lens.get(), None | Some(Lens::Pictures | Lens::Bytes));
    view! {
        <Show when=has_any>
            <Menu label="Options" class="iconbtn sm" align_end=true title="Options" face=|| view! { <Icon name="sliders-horizontal" class="s14" /> }>
                {toggle(shared, "Show equal parts", |choices| choices.unfolded, |choices| &mut choices.unfolded)}
                <Show when=move || is_text.get()>
                    {toggle(shared, "Wrap long lines", |choices| choices.wrap, |choices| &mut choices.wrap)}
                </Show>
                <Show when=move || is_text.get() || is_table.get()>
                    {toggle(shared, "Ignore white space", |choices| choices.text.ignore_whitespace, |choices| &mut choices.text.ignore_whitespace)}
                    {toggle(shared, "Ignore upper and lower case", |choices| choices.text.ignore_case, |choices| &mut choices.text.ignore_case)}
                </Show>
                <Show when=move || is_table.get()>
                    <p class="menu-note">"Rows belong together"</p>
                    {row_key(shared, "By what fits best".to_owned(), RowKey::Auto)}
                    {row_key(shared, "By their content".to_owned(), RowKey::Content)}
                    {move || keys.get().into_iter().map(|name| row_key(shared, format!("By {name}"), RowKey::Column(name))).collect_view()}
                </Show>
            </Menu>
        </Show>
    }
}

fn toggle(
    shared: Shared,
    label: &'static str,
    get: fn(&CompareChoices) -> bool,
    field: fn(&mut CompareChoices) -> &mut bool,
) -> impl IntoView {
    let ticked = Signal::derive(move || shared.choices.with(get));
    let action = Callback::new(move |()| {
        shared.choose(|choices| {
            let field = field(choices);
            *field = !*field;
        });
    });
    view! { <MenuItem label=label ticked=ticked action=action /> }
}

fn row_key(shared: Shared, label: String, key: RowKey) -> impl IntoView {
    let mine = key.clone();
    let ticked = Signal::derive(move || shared.choices.with(|choices| choices.key == mine));
    let action = Callback::new(move |()| shared.choose(|choices| choices.key = key.clone()));
    view! { <MenuItem label=label ticked=ticked action=action /> }
}

/// Copies or saves what differs.
#[component]
fn TakeMenu(shared: Shared, ready: Memo<Option<Arc<Comparison>>>, name: String) -> impl IntoView {
    let app = app();
    let name = StoredValue::new(name);
    let has_patch = move || {
        ready.with(|ready| ready.as_ref().and_then(|c| c.text.as_ref()).is_some_and(|text| !text.is_equal()))
    };
    let with_patch = move |take: fn(crate::state::App, &runatlas_core::compare::TextDiff, &str, &str)| {
        let names = shared.names.get_untracked();
        let name = name.get_value();
        ready.with_untracked(|ready| {
            if let Some(text) = ready.as_ref().and_then(|comparison| comparison.text.as_ref()) {
                take(app, text, &format!("{}/{name}", names.0), &format!("{}/{name}", names.1));
            }
        });
    };
    view! {
        <Show when=has_patch>
            <Menu label="Copy or save what differs" class="iconbtn sm" align_end=true title="Copy or save" face=|| view! { <Icon name="download" class="s14" /> }>
                <MenuItem label="Copy as unified patch" icon="copy" action=Callback::new(move |()| with_patch(crate::state::App::copy_patch)) />
                <MenuItem label="Save as .patch" icon="download" action=Callback::new(move |()| with_patch(crate::state::App::save_patch)) />
            </Menu>
        </Show>
    }
}
