use leptos::prelude::*;
use runatlas_core::{
    board::{CardId, CardKind, CardRef, CardSize, Move},
    format,
};

use super::{points::PointsDialog, values::ValuesDialog};
use crate::{
    state::{Charts, Maker, Take},
    ui::{
        chart::Plot,
        part::{Icon, Menu, MenuChip, MenuItem},
    },
};

/// What can be done with a card.
#[component]
pub(super) fn CardMenu(
    charts: Charts,
    card: CardRef,
    title: Memo<String>,
    alone: bool,
    plot: Option<Plot>,
) -> impl IntoView {
    let id = StoredValue::new(card.id.clone());
    let table = RwSignal::new(false);
    // Images are files already.
    let is_figure = untrack(|| {
        let kind = id.with_value(|id| charts.board.with(|board| board.kind(id)));
        kind.is_some_and(|kind| !matches!(kind, CardKind::Line { .. } | CardKind::Images { .. }))
    });
    let is_made = matches!(card.id, CardId::Made(_));
    let pinned =
        Signal::derive(move || charts.layout.with(|layout| id.with_value(|id| layout.is_pinned(id))));
    let act =
        move |change: fn(&Charts, &CardId)| Callback::new(move |()| id.with_value(|id| change(&charts, id)));
    let face = || view! { <Icon name="ellipsis" class="s14" /> };
    view! {
        <Menu label=Signal::derive(move || format!("More about {}", title.get())) title="More" class="iconbtn sm" face=face align_end=true>
            <super::super::settings::CardChoices charts=charts card=id.get_value() />
            {(!alone)
                .then(|| {
                    view! {
                        <SizeChoices charts=charts id=id />
                        <div class="hr menu-hr"></div>
                        <MenuItem label="Move back" icon="arrow-left" action=act(|charts, id| charts.shift(id, &Move::By(-1))) />
                        <MenuItem label="Move on" icon="arrow-right" action=act(|charts, id| charts.shift(id, &Move::By(1))) />
                    }
                })}
            <MenuItem
                label=Signal::derive(move || if pinned.get() { "Unpin" } else { "Pin to the top" }.to_owned())
                icon="pin"
                action=act(Charts::toggle_pin)
            />
            {is_made
                .then(|| {
                    view! {
                        <MenuItem label="Edit" icon="sliders-horizontal" action=act(|charts, id| charts.maker.set(Some(Maker::Edit(id.clone())))) />
                        <MenuItem label="Rename" icon="pencil" action=act(|charts, id| charts.maker.set(Some(Maker::Rename(id.clone())))) />
                    }
                })}
            <MenuItem label="Duplicate" icon="copy" action=act(Charts::duplicate) />
            {match plot {
                Some(plot) => view! { <TakeChoices take=take_of_lines(plot) all="Save every point as CSV" table=table /> }.into_any(),
                None if is_figure => {
                    view! { <TakeChoices take=take_of_figure(charts, id) all="Save all values of its runs as CSV" table=table /> }.into_any()
                }
                None => ().into_any(),
            }}
            <div class="hr menu-hr"></div>
            <MenuItem
                label=if is_made { "Remove" } else { "Hide" }
                icon=if is_made { "trash-2" } else { "eye-off" }
                danger=is_made
                action=act(Charts::remove)
            />
        </Menu>
        {match plot {
            Some(plot) => view! { <PointsDialog plot=plot open=table /> }.into_any(),
            None if is_figure => view! { <ValuesDialog charts=charts card=id.get_value() title=title open=table /> }.into_any(),
            None => ().into_any(),
        }}
    }
}

fn take_of_lines(plot: Plot) -> Callback<Take> {
    Callback::new(move |how: Take| {
        plot.card.with_value(|card| {
            plot.curves.with_untracked(|curves| untrack(|| plot.charts.take(card, curves, how)));
        });
    })
}

fn take_of_figure(charts: Charts, id: StoredValue<CardId>) -> Callback<Take> {
    Callback::new(move |how: Take| id.with_value(|id| untrack(|| charts.take_figure(id, how))))
}

/// What a chart can be taken away as.
#[component]
fn TakeChoices(take: Callback<Take>, all: &'static str, table: RwSignal<bool>) -> impl IntoView {
    let take = move |how: Take| Callback::new(move |()| take.run(how));
    view! {
        <div class="hr menu-hr"></div>
        <MenuItem label="View as table" icon="table" action=Callback::new(move |()| table.set(true)) />
        <MenuItem label="Copy as picture" icon="copy" action=take(Take::CopyPng) />
        <MenuItem label="Save as PNG" icon="image" action=take(Take::Png(2)) />
        <div class="menu-row" role="group" aria-label="Save as PNG of other sizes">
            <span class="grow">"PNG of other sizes"</span>
            {[1, 3, 4]
                .map(|scale| {
                    let label = format!("Save as PNG, {} as fine", format::count(scale.into(), "time", "times"));
                    view! { <MenuChip text=format!("{scale}×") label=label action=take(Take::Png(scale)) /> }
                })}
        </div>
        <MenuItem label="Save as SVG" icon="image" action=take(Take::Svg) />
        <MenuItem label="Save what is shown as CSV" icon="download" action=take(Take::Shown) />
        <MenuItem label=all icon="download" action=take(Take::All) />
    }
}

/// Columns and rows, by pointer and keyboard.
#[component]
fn SizeChoices(charts: Charts, id: StoredValue<CardId>) -> impl IntoView {
    let size = Memo::new(move |_| charts.layout.with(|layout| id.with_value(|id| layout.size(id))));
    let grow = move |columns: i8, rows: i8| {
        let next = size.get_untracked().grown(columns, rows);
        id.with_value(|id| charts.resize(id, next));
    };
    let side = move |what: &'static str, of: fn(CardSize) -> u8, columns: i8, rows: i8| {
        let value = move || of(size.get());
        view! {
            <div class="menu-row">
                <span class="grow">{what}</span>
                <button class="iconbtn sm" aria-label=format!("Less {}", what.to_lowercase()) disabled=move || value() <= 1 on:click=move |_| grow(-columns, -rows)>
                    <Icon name="minus" class="s12" />
                </button>
                <output class="num">{value}</output>
                <button class="iconbtn sm" aria-label=format!("More {}", what.to_lowercase()) disabled=move || { value() >= CardSize::MOST } on:click=move |_| grow(columns, rows)>
                    <Icon name="plus" class="s12" />
                </button>
            </div>
        }
    };
    view! {
        {side("Width", |size| size.columns, 1, 0)}
        {side("Height", |size| size.rows, 0, 1)}
    }
}
