use leptos::{ev, html, prelude::*, wasm_bindgen::JsCast as _, web_sys};
use runatlas_core::table::{Column, ColumnGroup, Take};

use crate::ui::{app::app, part::Icon};

/// The menu of a heading: for which column it is open, and where.
#[derive(Clone, Copy)]
pub(in super::super) struct OpenMenu {
    open: RwSignal<Option<(Column, f64, f64)>>,
    /// What had the focus before.
    from: StoredValue<Option<web_sys::HtmlElement>, LocalStorage>,
}

impl OpenMenu {
    /// For the components below.
    pub(in super::super) fn provide() {
        provide_context(Self { open: RwSignal::new(None), from: StoredValue::new_local(None) });
    }

    fn close(self) {
        self.open.set(None);
        if let Some(from) = self.from.try_update_value(Option::take).flatten() {
            let _ = from.focus();
        }
    }

    pub(super) fn open_at(self, column: Column, x: f64, y: f64) {
        self.from.set_value(document().active_element().and_then(|element| element.dyn_into().ok()));
        self.open.set(Some((column, x, y)));
    }

    pub(super) fn open_below(self, column: Column, head: NodeRef<html::Span>) {
        if let Some(head) = head.get_untracked() {
            let rect = head.get_bounding_client_rect();
            self.open_at(column, rect.left(), rect.bottom());
        }
    }
}

/// What can be done with a column. It stands beside the table, which would cut it off.
#[component]
pub(in super::super) fn HeadMenu() -> impl IntoView {
    let menu = expect_context::<OpenMenu>();
    let close = Callback::new(move |()| menu.close());
    move || {
        let (column, x, y) = menu.open.get()?;
        let label = format!("Column {}", column.label());
        let list = NodeRef::<html::Div>::new();
        list.on_load(|list| drop(list.focus()));
        let on_key = move |event: ev::KeyboardEvent| match event.key().as_str() {
            "Escape" => {
                event.stop_propagation();
                close.run(());
            }
            "ArrowDown" | "ArrowUp" => {
                event.prevent_default();
                crate::ui::part::step_focus(list, event.key() == "ArrowDown");
            }
            _ => {}
        };
        Some(view! {
            <div class="rt-veil" on:click=move |_| close.run(()) on:contextmenu=move |event| { event.prevent_default(); close.run(()) }></div>
            <div
                class="menu-list rt-menu"
                role="menu"
                aria-label=label
                node_ref=list
                tabindex="-1"
                style=format!("left:min({x}px, 100vw - 240px);top:min({y}px, 100dvh - 440px)")
                on:keydown=on_key
            >
                <Choices column=column close=close />
            </div>
        })
    }
}

#[component]
fn Choices(column: Column, close: Callback<()>) -> impl IntoView {
    let app = app();
    let runs = app.runs;
    let is_metric = column.metric_key().is_some();
    let can_group = matches!(
        column.group(),
        ColumnGroup::Params | ColumnGroup::Tags | ColumnGroup::SystemTags | ColumnGroup::Attributes
    ) && !column.is_numeric()
        && !matches!(column, Column::StartTime | Column::EndTime | Column::RunId);
    let (pinned, grouped) = app.view.runs.with_untracked(|view| {
        (view.table.pinned_columns.contains(&column), view.table.groups.by.contains(&column))
    });
    let column = StoredValue::new(column);
    let act = move |icon: &'static str, label: &'static str, act: fn(crate::state::RunTable, &Column)| {
        let click = move |_| {
            column.with_value(|column| act(runs, column));
            close.run(());
        };
        view! { <button class="menu-item" role="menuitem" on:click=click><Icon name=icon class="s14" /><span class="grow ell">{label}</span></button> }
    };
    view! {
        {act("arrow-up", "Sort upwards", |runs, column| runs.sort_only_by(column.clone(), false))}
        {act("arrow-down", "Sort downwards", |runs, column| runs.sort_only_by(column.clone(), true))}
        {is_metric.then(|| view! {
            <div class="hr menu-hr"></div>
            <Takes column=column close=close />
            {act("plus", "Another column of this metric", |runs, column| runs.take_too(column))}
        })}
        <div class="hr menu-hr"></div>
        {can_group.then(|| act(
            "group",
            if grouped { "Do not group by this" } else { "Group by this" },
            |runs, column| runs.toggle_group_by(column),
        ))}
        {act("pin", if pinned { "Let the column go" } else { "Pin to the left" }, |runs, column| runs.pin_column(column))}
        {act("arrow-left", "Move left", |runs, column| runs.step_column(column, false))}
        {act("arrow-right", "Move right", |runs, column| runs.step_column(column, true))}
        {act("arrow-left-right", "Fit the width", |runs, column| runs.set_width(column, None))}
        {act("eye-off", "Hide", |runs, column| runs.toggle_column(column))}
    }
}

/// What the column shows of its metric.
#[component]
fn Takes(column: StoredValue<Column>, close: Callback<()>) -> impl IntoView {
    let runs = app().runs;
    let now = column.with_value(Column::take);
    let choose = move |take: Option<Take>| {
        column.with_value(|column| runs.take(column, take));
        close.run(());
    };
    let choice = move |take: Option<Take>| {
        let label = take.map_or_else(|| "Latest value".to_owned(), Take::words);
        view! {
            <button class="menu-item" role="menuitemradio" aria-checked=(take == now).to_string() on:click=move |_| choose(take)>
                <span class="menu-tick" class:off=take != now><Icon name="check" class="s14" /></span>
                <span class="grow ell">{label}</span>
            </button>
        }
    };
    let step = match now {
        Some(Take::At(step)) => step.to_string(),
        _ => String::new(),
    };
    let text = RwSignal::new(step);
    let go = move || {
        if let Ok(step) = text.with_untracked(|text| text.trim().parse()) {
            choose(Some(Take::At(step)));
        }
    };
    view! {
        {std::iter::once(None).chain(Take::PLAIN.map(Some)).map(choice).collect_view()}
        <form class="menu-row" on:submit=move |event| { event.prevent_default(); go() }>
            <span class="menu-tick" class:off=!matches!(now, Some(Take::At(_)))><Icon name="check" class="s14" /></span>
            <label class="grow" for="take-step">"Value at step"</label>
            <input id="take-step" class="pick rt-step" inputmode="numeric" size="7" prop:value=move || text.get() on:input:target=move |event| text.set(event.target().value()) />
            <button class="btn sm" disabled=move || text.with(|text| text.trim().parse::<i64>().is_err())>"Show"</button>
        </form>
    }
}
