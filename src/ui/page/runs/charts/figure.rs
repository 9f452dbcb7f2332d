//! Cards that are no line charts: one value a run instead of a history.

use leptos::prelude::*;
use runatlas_core::board::CardRef;

use crate::{state::Charts, ui::part::EmptyState};

/// What a card shows that is no line chart.
#[component]
pub(super) fn Figure(charts: Charts, card: CardRef, alone: bool) -> impl IntoView {
    let _ = (charts.kind(&card), alone);
    view! { <EmptyState icon="chart-line" title="Not known" text="This release knows no such card." /> }
}
