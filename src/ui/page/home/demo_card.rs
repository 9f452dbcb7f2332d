use leptos::prelude::*;
use runatlas_core::link::Page;

use crate::{state::ViewState, ui::part::Icon};

/// Opens the bundled example.
#[component]
pub(super) fn DemoCard() -> impl IntoView {
    view! {
        <section class="demo card">
            <div class="demo-g" aria-hidden="true">
                <svg class="spark" viewBox="0 0 152 84" width="152" height="84">
                    <path class="sl" style="--c:var(--s1)" d="M4 12C20 30 24 46 44 54S96 66 148 70" />
                    <path class="sl" style="--c:var(--s2)" d="M4 10C16 26 30 34 52 40S104 48 148 50" />
                    <path class="sl" style="--c:var(--s3)" d="M4 14C22 40 30 60 54 66S110 76 148 78" />
                    <path class="sl" style="--c:var(--s4)" d="M4 8C20 20 40 28 60 30S112 38 148 39" />
                </svg>
            </div>
            <div class="demo-t">
                <h2>"Look around first"</h2>
                <p class="fs12 t2">"Real scikit-learn training: 3 experiments, 56 runs, 104,155 points, 1.9 MB."</p>
                <a class="btn" href=ViewState::href(Page::Demo)>
                    <Icon name="play" class="s14" />
                    "Open the demo"
                </a>
            </div>
        </section>
    }
}
