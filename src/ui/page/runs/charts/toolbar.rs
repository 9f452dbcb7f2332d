//! What holds for all charts.

mod arrange;
mod axes;
mod groups;
mod smoothing;

use leptos::prelude::*;

use super::maker::{AddButton, MakerDialog};
use crate::{
    state::{Charts, Command},
    ui::{
        app::app,
        part::{Icon, SearchField},
    },
};
use arrange::ArrangeMenu;
use axes::{XMenu, YMenu};
use groups::GroupMenu;
use smoothing::SmoothingTools;

/// Search, axes, smoothing, groups, arrangement, undo.
#[component]
pub(super) fn Toolbar(charts: Charts) -> impl IntoView {
    let zoomed = Memo::new(move |_| {
        charts.board.with(|board| {
            let own = |own: &runatlas_core::board::OwnLines| own.x_range.is_some() || own.y_range.is_some();
            board.zoom.is_some() || board.own.values().any(own)
        })
    });
    app().commands.add(
        Command::new("charts.zoom.reset", "Reset the zoom", move || charts.reset_zoom(None))
            .key("0")
            .icon("maximize-2")
            .when(move || zoomed.get()),
    );
    view! {
        <div class="toolbar chart-tools" role="toolbar" aria-label="Charts">
            <Search charts=charts />
            <XMenu charts=charts />
            <YMenu charts=charts />
            <SmoothingTools charts=charts />
            <GroupMenu charts=charts />
            <span class="grow"></span>
            <button
                class="btn sm"
                style:display=move || if zoomed.get() { "" } else { "none" }
                title="Show all of x (0, or double-click a chart)"
                on:click=move |_| charts.reset_zoom(None)
            >
                "Reset zoom"
            </button>
            <ArrangeMenu charts=charts />
            <AddButton charts=charts />
        </div>
        <MakerDialog charts=charts />
    }
}

/// Words, or a regular expression.
#[component]
fn Search(charts: Charts) -> impl IntoView {
    let search = Memo::new(move |_| charts.board.with(|board| board.search.clone()));
    let is_regex = Memo::new(move |_| charts.board.with(|board| board.is_regex));
    let trouble = Memo::new(move |_| charts.sheet.with(|sheet| sheet.trouble.clone()));
    view! {
        <div class="chart-search" class:bad=move || trouble.with(Option::is_some) title=move || trouble.get()>
            <SearchField
                label="Find a metric"
                value=search
                on_change=Callback::new(move |text| charts.search(text))
            />
            <button
                class="iconbtn sm"
                class:on=move || is_regex.get()
                aria-pressed=move || is_regex.get().to_string()
                aria-label="Search by regular expression"
                title="Regular expression"
                on:click=move |_| charts.edit(|board| board.is_regex = !board.is_regex)
            >
                <Icon name="regex" class="s14" />
            </button>
            <span class="vh" role="status">{move || trouble.get()}</span>
        </div>
    }
}
