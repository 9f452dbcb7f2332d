//! The dialog in which a card is added, or an added one changed.

mod axes;
mod column;
mod fields;
mod lines;

use leptos::prelude::*;
use runatlas_core::{
    board::{CardId, CardKind, MadeCard},
    figure::Suggestions,
};

use crate::{
    state::{Charts, Maker},
    ui::{
        app::app,
        part::{Dialog, Icon, Switch},
    },
};
use fields::KindFields;

/// What is being made: it becomes a card when the person is done.
#[derive(Clone, Copy)]
struct Draft {
    kind: RwSignal<CardKind>,
    title: RwSignal<String>,
    all_runs: RwSignal<bool>,
    suggestions: StoredValue<Suggestions>,
}

/// Adds a chart.
#[component]
pub(super) fn AddButton(charts: Charts) -> impl IntoView {
    view! {
        <button class="btn sm primary add-chart" title="Add a chart" on:click=move |_| charts.maker.set(Some(Maker::New))>
            <Icon name="plus" class="s12" />
            "Chart"
        </button>
    }
}

/// The dialog; open while there is something to be made.
#[component]
pub(super) fn MakerDialog(charts: Charts) -> impl IntoView {
    let open = RwSignal::new(false);
    Effect::new(move |_| open.set(charts.maker.with(Option::is_some)));
    Effect::new(move |_| {
        if !open.get() && charts.maker.with_untracked(Option::is_some) {
            charts.maker.set(None);
        }
    });
    let title = Signal::derive(move || {
        charts
            .maker
            .with(|maker| match maker {
                Some(Maker::Edit(_)) => "Edit chart",
                Some(Maker::Rename(_)) => "Rename chart",
                Some(Maker::New) | None => "Add a chart",
            })
            .to_owned()
    });
    view! {
        <Dialog open=open title=title class="maker">
            {move || {
                charts.maker.get_untracked().map(|maker| match maker {
                    Maker::Rename(card) => view! { <NameForm charts=charts card=card /> }.into_any(),
                    Maker::Edit(card) => view! { <Form charts=charts card=Some(card) /> }.into_any(),
                    Maker::New => view! { <Form charts=charts card=None /> }.into_any(),
                })
            }}
        </Dialog>
    }
}

#[component]
fn Form(charts: Charts, card: Option<CardId>) -> impl IntoView {
    let suggestions = app().runs.table.with_untracked(|table| {
        table.ready().map(|table| Suggestions::of(table.columns(), table.runs())).unwrap_or_default()
    });
    let kinds = suggestions.kinds();
    let known: Option<MadeCard> =
        card.as_ref().and_then(|card| charts.board.with_untracked(|board| board.made(card).cloned()));
    let first = kinds.get(1).or(kinds.first()).map(|(_, kind)| kind.clone());
    let first = first.unwrap_or(CardKind::Line { ys: Vec::new() });
    let draft = Draft {
        kind: RwSignal::new(known.as_ref().map_or(first, |made| made.kind.clone())),
        title: RwSignal::new(known.as_ref().map(|made| made.title.clone()).unwrap_or_default()),
        all_runs: RwSignal::new(known.is_some_and(|made| made.all_runs)),
        suggestions: StoredValue::new(suggestions),
    };
    let is_new = card.is_none();
    let card = StoredValue::new(card);
    let trouble = Memo::new(move |_| draft.kind.with(fields::trouble));
    let done = move |_| {
        if trouble.with_untracked(Option::is_some) {
            return;
        }
        let (kind, title, all_runs) = (
            draft.kind.get_untracked(),
            draft.title.get_untracked().trim().to_owned(),
            draft.all_runs.get_untracked(),
        );
        match card.get_value() {
            None => charts.add_card(kind, title, all_runs),
            Some(card) => {
                charts.edit_made(&card, |made| {
                    (made.kind, made.title, made.all_runs) = (kind, title, all_runs);
                });
            }
        }
        charts.maker.set(None);
    };
    let of_runs = Memo::new(move |_| {
        draft.kind.with(|kind| !matches!(kind, CardKind::Line { .. } | CardKind::Images { .. }))
    });
    view! {
        <Kinds draft=draft kinds=kinds />
        <div class="maker-fields">
            <KindFields draft=draft />
            <label class="maker-row">
                <span>"Title"</span>
                <input
                    class="numfield text"
                    prop:value=move || draft.title.get()
                    placeholder=move || draft.kind.with(CardKind::title)
                    on:input:target=move |event| draft.title.set(event.target().value())
                />
            </label>
            <Show when=move || of_runs.get()>
                <div class="maker-row">
                    <span>"Runs"</span>
                    <Switch
                        label="All runs of the table, not only those on the charts"
                        value=draft.all_runs
                        on_change=Callback::new(move |all| draft.all_runs.set(all))
                    />
                </div>
            </Show>
        </div>
        <p class="maker-trouble" role="status">{move || trouble.get()}</p>
        <div class="dialog-f">
            <button class="btn" on:click=move |_| charts.maker.set(None)>"Cancel"</button>
            <button class="btn primary" disabled=move || trouble.with(Option::is_some) on:click=done>
                {if is_new { "Add chart" } else { "Save" }}
            </button>
        </div>
    }
}

/// One of the kinds.
#[component]
fn Kinds(draft: Draft, kinds: Vec<(&'static str, CardKind)>) -> impl IntoView {
    let choices = kinds.into_iter().map(|(icon, kind)| {
        let label = kind.label();
        let on = Memo::new(move |_| draft.kind.with(|now| now.label() == label));
        view! {
            <button
                class="kind"
                class:on=move || on.get()
                aria-pressed=move || on.get().to_string()
                on:click=move |_| if !on.get_untracked() { draft.kind.set(kind.clone()) }
            >
                <Icon name=icon class="s20" />
                <span>{label}</span>
            </button>
        }
    });
    view! { <div class="kinds" role="group" aria-label="Kind of chart">{choices.collect_view()}</div> }
}

#[component]
fn NameForm(charts: Charts, card: CardId) -> impl IntoView {
    let made = charts.board.with_untracked(|board| board.made(&card).cloned());
    let usual = made.as_ref().map(|made| made.kind.title()).unwrap_or_default();
    let title = RwSignal::new(made.map(|made| made.title).unwrap_or_default());
    let card = StoredValue::new(card);
    let done = move || {
        card.with_value(|card| charts.rename(card, title.get_untracked().trim().to_owned()));
        charts.maker.set(None);
    };
    view! {
        <form on:submit=move |event: leptos::ev::SubmitEvent| {
            event.prevent_default();
            done();
        }>
            <input
                class="numfield text wide"
                autofocus=true
                aria-label="Title"
                placeholder=usual
                prop:value=move || title.get()
                on:input:target=move |event| title.set(event.target().value())
            />
            <div class="dialog-f">
                <button type="button" class="btn" on:click=move |_| charts.maker.set(None)>"Cancel"</button>
                <button type="submit" class="btn primary">"Rename"</button>
            </div>
        </form>
    }
}
