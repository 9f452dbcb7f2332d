use std::{collections::BTreeSet, sync::Arc};

use leptos::{ev, prelude::*};
use runatlas_core::{
    compare::{Entry, Group, Standing, Subject},
    format,
};

use crate::{
    state::Comparing,
    ui::{
        app::app,
        part::{SearchField, Switch, VirtualRows},
    },
};

/// A row of the list.
#[derive(Clone, PartialEq)]
#[cfg_attr(
    not(target_arch = "wasm32"),
    expect(clippy::large_enum_variant, reason = "most of them are the large one")
)]
enum Item {
    Head(Group, usize),
    Entry(Entry),
}

/// What identifies a row: it is made anew when what is known of it changes.
#[derive(Clone, PartialEq, Eq, Hash)]
enum ItemKey {
    Head(Group, usize),
    Entry(Subject, Standing),
    None,
}

/// All that both runs have.
#[component]
pub(super) fn EntryList(comparing: Comparing, choose: Callback<Subject>) -> impl IntoView {
    let app = app();
    let view = app.view;
    let search = Memo::new(move |_| {
        view.compare.with(|view| view.as_ref().map(|view| view.search.clone()).unwrap_or_default())
    });
    let differing =
        Memo::new(move |_| view.compare.with(|view| view.as_ref().is_none_or(|view| !view.equal_entries)));
    let chosen =
        Memo::new(move |_| comparing.entry.with(|entry| entry.as_ref().map(|entry| entry.subject.clone())));
    let items = Memo::new(move |_| {
        comparing
            .entries
            .with(|entries| Arc::new(items(entries, &search.get(), differing.get(), chosen.get().as_ref())))
    });
    let at = Memo::new(move |_| {
        let chosen = chosen.get();
        items.with(|items| {
            items.iter().position(
                |item| matches!(item, Item::Entry(entry) if Some(&entry.subject) == chosen.as_ref()),
            )
        })
    });
    let on_key = Callback::new(move |(event, _): (ev::KeyboardEvent, usize)| {
        let step = match event.key().as_str() {
            "ArrowDown" | "j" => true,
            "ArrowUp" | "k" => false,
            _ => return,
        };
        event.prevent_default();
        if let Some(subject) = items.with_untracked(|items| neighbour(items, at.get_untracked(), step)) {
            choose.run(subject);
        }
    });
    let row = move |place: usize| match items.with_untracked(|items| items.get(place).cloned()) {
        Some(Item::Head(group, count)) => head(&group, count).into_any(),
        Some(Item::Entry(entry)) => view! { <EntryRow entry=entry chosen=chosen choose=choose /> }.into_any(),
        None => ().into_any(),
    };
    let key = move |place: usize| {
        items.with_untracked(|items| match items.get(place) {
            Some(Item::Head(group, count)) => ItemKey::Head(group.clone(), *count),
            Some(Item::Entry(entry)) => ItemKey::Entry(entry.subject.clone(), entry.standing),
            None => ItemKey::None,
        })
    };
    let words = move || comparing.entries.with(|entries| summary(entries));
    view! {
        <nav class="cmp-l" aria-label="What both runs have">
            <div class="cmp-lh">
                <SearchField
                    label="Find a file"
                    hotkey="/"
                    value=search
                    on_change=Callback::new(move |text| view.edit_compare(|view| view.search = text))
                />
                <Switch
                    label="Only what differs"
                    value=differing
                    on_change=Callback::new(move |on: bool| view.edit_compare(|view| view.equal_entries = !on))
                />
                <p class="fs11 t3">{words}</p>
            </div>
            <VirtualRows
                count=Signal::derive(move || items.with(|items| items.len()))
                row_height=Signal::derive(|| 28.0)
                key=key
                row=row
                width=Signal::derive(String::new)
                header=|| ()
                label="Files, notes and params of both runs; arrows choose"
                role="list"
                class="cmp-rows"
                reveal=Signal::derive(move || at.get())
                on_key=on_key
            />
        </nav>
    }
}

fn items(entries: &[Entry], search: &str, differing: bool, chosen: Option<&Subject>) -> Vec<Item> {
    let words: Vec<String> = search.split_whitespace().map(str::to_lowercase).collect();
    let is_wanted = |entry: &&Entry| {
        let name = entry.name.to_lowercase();
        let is_open = chosen == Some(&entry.subject);
        words.iter().all(|word| name.contains(word))
            && (is_open || !differing || entry.standing != Standing::Equal)
    };
    let wanted: Vec<&Entry> = entries.iter().filter(is_wanted).collect();
    let mut items = Vec::new();
    let mut seen = BTreeSet::new();
    for entry in &wanted {
        if seen.insert(&entry.group) {
            let count = wanted.iter().filter(|other| other.group == entry.group).count();
            items.push(Item::Head(entry.group.clone(), count));
        }
        items.push(Item::Entry((*entry).clone()));
    }
    items
}

/// `3 of 14 differ, 2 are of one size and not read`.
fn summary(entries: &[Entry]) -> String {
    let count = |is: fn(&Standing) -> bool| entries.iter().filter(|entry| is(&entry.standing)).count() as u64;
    let same_size = count(|standing| *standing == Standing::SameSize);
    let differ = count(|standing| !matches!(standing, Standing::Equal | Standing::SameSize));
    let words = format!("{} of {} differ", format::unsigned(differ), format::unsigned(entries.len() as u64));
    match same_size {
        0 => words,
        _ => format!("{words}, {} of one size not read yet", format::unsigned(same_size)),
    }
}

fn neighbour(items: &[Item], at: Option<usize>, down: bool) -> Option<Subject> {
    let subject = |item: &Item| match item {
        Item::Entry(entry) => Some(entry.subject.clone()),
        Item::Head(..) => None,
    };
    match (at, down) {
        (None, _) => items.iter().find_map(subject),
        (Some(at), true) => items.get(at + 1..)?.iter().find_map(subject),
        (Some(at), false) => items.get(..at)?.iter().rev().find_map(subject),
    }
}

fn head(group: &Group, count: usize) -> impl IntoView + use<> {
    let name = match group {
        Group::Run => "Notes, params, tags".to_owned(),
        Group::Files => "Artifacts".to_owned(),
        Group::Model(name) => format!("Logged model {name}"),
    };
    view! {
        <div class="cmp-g" role="presentation">
            <span class="ell" title=name.clone()>{name.clone()}</span>
            <span class="count">{format::unsigned(count as u64)}</span>
        </div>
    }
}

#[component]
fn EntryRow(entry: Entry, chosen: Memo<Option<Subject>>, choose: Callback<Subject>) -> impl IntoView {
    let subject = entry.subject.clone();
    let is_on = Memo::new(move |_| chosen.with(|chosen| chosen.as_ref() == Some(&subject)));
    let (sign, class, words) = mark(entry.standing);
    let (folder, name) = match entry.name.rsplit_once('/') {
        Some((folder, name)) if entry.group != Group::Run => (format!("{folder}/"), name.to_owned()),
        _ => (String::new(), entry.name.clone()),
    };
    let title = format!("{}: {words}", entry.name);
    let sizes = sizes(&entry);
    let subject = entry.subject;
    view! {
        <button class="cmp-e" class:on=move || is_on.get() role="listitem" aria-current=move || is_on.get().then_some("true") title=title on:click=move |_| choose.run(subject.clone())>
            <span class=format!("cmp-m {class}") role="img" aria-label=words>{sign}</span>
            <span class="cmp-n"><span class="t3">{folder}</span><span>{name}</span></span>
            {sizes.map(|sizes| view! { <span class="fs11 t3 nowrap">{sizes}</span> })}
        </button>
    }
}

/// A sign, its class and its words.
fn mark(standing: Standing) -> (&'static str, &'static str, &'static str) {
    match standing {
        Standing::Equal => ("=", "same", "equal"),
        Standing::Changed => ("≠", "chg", "differs"),
        Standing::OnlyLeft => ("−", "del", "on the left only"),
        Standing::OnlyRight => ("+", "add", "on the right only"),
        Standing::SameSize => ("?", "same", "of one size, not read yet"),
    }
}

fn sizes(entry: &Entry) -> Option<String> {
    match (&entry.left, &entry.right) {
        (Some(left), Some(right)) if left.size != right.size => {
            let (more, less) = (right.size.max(left.size), right.size.min(left.size));
            let sign = if right.size > left.size { '+' } else { '\u{2212}' };
            Some(format!("{sign}{}", format::bytes(more - less)))
        }
        (Some(file), _) | (None, Some(file)) => Some(format::bytes(file.size)),
        (None, None) => None,
    }
}
