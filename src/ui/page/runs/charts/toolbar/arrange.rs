use leptos::prelude::*;
use runatlas_core::board::Board;

use super::super::settings::Pick;
use crate::{
    state::Charts,
    ui::part::{Icon, Menu, MenuItem},
};

const COLUMNS: [(Option<u8>, &str); 6] = [
    (None, "As many as fit"),
    (Some(1), "1"),
    (Some(2), "2"),
    (Some(3), "3"),
    (Some(4), "4"),
    (Some(6), "6"),
];

/// Columns of the grid, hidden cards, and the way back to how it was at first.
#[component]
pub(super) fn ArrangeMenu(charts: Charts) -> impl IntoView {
    let hidden = Memo::new(move |_| charts.sheet.with(|sheet| sheet.hidden));
    view! {
        <Menu label="Arrangement" title="Arrangement" class="iconbtn sm" align_end=true face=|| view! { <Icon name="layout-grid" class="s14" /> }>
            <Pick
                label="Columns"
                choices=COLUMNS.to_vec()
                value=Signal::derive(move || charts.board.with(|board| board.layout.columns))
                on_change=Callback::new(move |columns| charts.edit(|board| board.layout.columns = columns))
            />
            <Show when=move || { hidden.get() > 0 }>
                <MenuItem
                    label=Signal::derive(move || format!("Show {}", runatlas_core::format::count(hidden.get() as u64, "hidden chart", "hidden charts")))
                    icon="eye"
                    action=Callback::new(move |()| charts.show_hidden())
                />
            </Show>
            <MenuItem
                label="Everything as at first"
                icon="undo-2"
                action=Callback::new(move |()| charts.edit(|board| *board = Board::default()))
            />
        </Menu>
    }
}
