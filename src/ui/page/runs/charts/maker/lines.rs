use leptos::prelude::*;
use runatlas_core::{board::CardKind, stat::expr::Expr, table::Column};

use super::Draft;
use crate::ui::{app::app, part::Icon};

/// The curves of a line chart: metrics, and expressions over them.
#[component]
pub(super) fn Lines(draft: Draft) -> impl IntoView {
    let ys = Memo::new(move |_| {
        draft.kind.with(|kind| if let CardKind::Line { ys } = kind { ys.clone() } else { Vec::new() })
    });
    let edit = move |change: &dyn Fn(&mut Vec<String>)| {
        draft.kind.update(|kind| {
            if let CardKind::Line { ys } = kind {
                change(ys);
            }
        });
    };
    let count = Memo::new(move |_| ys.with(Vec::len));
    let row = move |at: usize| {
        let text = move || ys.with(|ys| ys.get(at).cloned()).unwrap_or_default();
        let bad = move || Expr::parse(&text()).is_err();
        view! {
            <div class="maker-row">
                <span>{if at == 0 { "Curves" } else { "" }}</span>
                <input
                    class="numfield text mono"
                    class:bad=bad
                    aria-label=format!("Curve {}", at + 1)
                    spellcheck="false"
                    prop:value=text
                    on:input:target=move |event| {
                        let text = event.target().value();
                        edit(&|ys| if let Some(y) = ys.get_mut(at) { y.clone_from(&text); });
                    }
                />
                <button
                    class="iconbtn sm"
                    aria-label=format!("Remove curve {}", at + 1)
                    on:click=move |_| edit(&|ys| if at < ys.len() { ys.remove(at); })
                >
                    <Icon name="x" class="s12" />
                </button>
            </div>
        }
    };
    let metrics: Vec<String> = app().runs.table.with_untracked(|table| {
        let infos = table.ready().map(|table| table.columns()).unwrap_or_default();
        infos
            .iter()
            .filter_map(|info| if let Column::Metric(key) = &info.column { Some(key.clone()) } else { None })
            .collect()
    });
    let options = metrics
        .into_iter()
        .map(|key| view! { <option value=key.clone()>{key.clone()}</option> })
        .collect_view();
    view! {
        {move || (0..count.get()).map(row).collect_view()}
        <div class="maker-row">
            <span>"Add"</span>
            <select
                class="pick"
                aria-label="Add a metric"
                on:change:target=move |event| {
                    let key = event.target().value();
                    event.target().set_value("");
                    if !key.is_empty() {
                        let text = Expr::Metric(key).to_string();
                        edit(&|ys| ys.push(text.clone()));
                    }
                }
            >
                <option value="">"A metric"</option>
                {options}
            </select>
            <button class="btn sm" on:click=move |_| edit(&|ys| ys.push(String::new()))>
                <Icon name="plus" class="s12" />
                "Expression"
            </button>
        </div>
        <p class="maker-hint">
            "Expressions take metrics in braces, numbers, + \u{2212} * / ^ and functions: " <code>"${val_loss} - ${train_loss}"</code> ", " <code>"log10(${lr})"</code>
        </p>
    }
}
