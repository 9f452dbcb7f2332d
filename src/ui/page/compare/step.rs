use std::sync::Arc;

use leptos::prelude::*;
use runatlas_core::compare::next_of;

use crate::ui::part::Icon;

/// Steps from difference to difference, whatever is shown.
#[derive(Clone, Copy)]
pub(super) struct Steps {
    /// The row that a person has stepped to.
    pub(super) at: RwSignal<Option<usize>>,
    /// The rows with differences, in order.
    places: RwSignal<Arc<Vec<u32>>>,
}

impl Steps {
    pub(super) fn new() -> Self {
        Self { at: RwSignal::new(None), places: RwSignal::new(Arc::default()) }
    }

    /// Follows where the differences of what is shown are.
    pub(super) fn follow(self, places: Memo<Arc<Vec<u32>>>) {
        Effect::new(move |_| {
            self.places.set(places.get());
            self.at.set(None);
        });
        on_cleanup(move || {
            let _ = self.places.try_set(Arc::default());
            let _ = self.at.try_set(None);
        });
    }

    fn go(self, forward: bool) {
        let next = self.places.with_untracked(|places| next_of(places, self.at.get_untracked(), forward));
        self.at.set(next);
    }
}

/// The two buttons.
#[component]
pub(super) fn StepButtons(steps: Steps) -> impl IntoView {
    let none = move || steps.places.with(|places| places.is_empty());
    let words = move || {
        let at = steps.at.get()? as u32;
        let place = steps.places.with(|places| places.iter().position(|place| *place == at))? + 1;
        Some(format!("{place} of {}", steps.places.with(|places| places.len())))
    };
    view! {
        <span class="row g1">
            <span class="fs11 t3 nowrap" aria-live="polite">{words}</span>
            <button class="iconbtn sm" data-hotkey="[" aria-label="Previous difference" title="Previous difference ([)" disabled=none on:click=move |_| steps.go(false)>
                <Icon name="arrow-up" class="s14" />
            </button>
            <button class="iconbtn sm" data-hotkey="]" aria-label="Next difference" title="Next difference (])" disabled=none on:click=move |_| steps.go(true)>
                <Icon name="arrow-down" class="s14" />
            </button>
        </span>
    }
}
