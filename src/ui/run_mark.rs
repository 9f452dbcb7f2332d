//! The two marks by which a run is known everywhere: its colour and its status.

use leptos::prelude::*;
use runatlas_core::{chart::Slot, format, model::RunStatus};

use super::part::Icon;

/// The colour of a run: hollow if it is not on charts, split where its line is dashed, stacked for
/// a parent.
#[component]
pub(crate) fn Swatch(
    /// The run's colour, if it is shown.
    #[prop(into)]
    color: Signal<Option<Slot>>,
    /// The run has children.
    #[prop(optional)]
    group: bool,
) -> impl IntoView {
    let class = move || {
        let kind = match color.get() {
            None => " off",
            Some(slot) if slot.dashed() => " dash",
            Some(_) => "",
        };
        format!("sw{kind}{}", if group { " group" } else { "" })
    };
    let css = move || color.get().map(|slot| format!("--c:var(--s{})", slot.index() + 1));
    view! { <span class=class style=css aria-hidden="true"></span> }
}

/// A run's status: quiet when it is normal.
#[component]
pub(crate) fn StatusIcon(
    /// As logged.
    status: RunStatus,
) -> impl IntoView {
    let picture = match status {
        RunStatus::Finished => view! { <Icon name="check" class="st done" /> }.into_any(),
        // How far it is nobody knows: half stands for under way.
        RunStatus::Running => view! { <span class="pie" style="--p:50%"></span> }.into_any(),
        RunStatus::Scheduled => view! { <Icon name="circle-dashed" class="st kill" /> }.into_any(),
        RunStatus::Failed => view! { <Icon name="circle-x" class="st fail" /> }.into_any(),
        RunStatus::Killed => view! { <Icon name="circle-slash" class="st kill" /> }.into_any(),
    };
    let word = format::status_word(status);
    view! { <span class="stm" role="img" aria-label=word title=word>{picture}</span> }
}
