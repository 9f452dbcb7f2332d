use std::sync::Arc;

use leptos::{html, prelude::*};
use runatlas_core::{
    model::Run,
    run_page::{ParamRow, param_rows},
};

use super::{
    Shown,
    pairs::{PairHead, PairRow},
};
use crate::ui::{
    app::app,
    keys::find_with_slash,
    part::{Icon, SearchField},
};

/// Rows shown until a person asks for all; a few more are shown at once.
const AT_FIRST: usize = 20;
const A_FEW_MORE: usize = 6;

/// The params, with a search, and what differs from the baseline.
#[component]
pub(super) fn ParamsCard(shown: Shown) -> impl IntoView {
    let app = app();
    let count = shown.data.run.params.len();
    let baseline = {
        let key = shown.key.clone();
        Memo::new_with_compare(
            move |_| app.runs.chosen_baseline(&key).map(|run| run.run),
            |before: Option<&Option<Arc<Run>>>, after| before != after,
        )
    };
    let search = RwSignal::new(String::new());
    let field = NodeRef::<html::Input>::new();
    if count > 4 {
        find_with_slash("run.params.find", "Find a parameter", field);
    }
    let all = RwSignal::new(count <= AT_FIRST + A_FEW_MORE);
    let data = Arc::clone(&shown.data);
    let found = Memo::new(move |_| {
        let search = search.get();
        baseline.with(|baseline| param_rows(&data.run, baseline.as_deref(), &search))
    });
    let differing = move || found.with(|rows| rows.iter().filter(|row| row.differs()).count());
    let cut = move || if all.get() { usize::MAX } else { AT_FIRST };
    view! {
        <section class="card" aria-label="Parameters" id="params">
            <div class="card-h">
                <h2>"Parameters"</h2>
                <span class="count">{count}</span>
                <span class="grow"></span>
                <Show when=move || { differing() > 0 }>
                    <span class="row g2 fs12 t2 nowrap"><span class="diffdot"></span>{move || format!("{} differ from the baseline", differing())}</span>
                </Show>
                {(count > 4).then(|| view! {
                    <SearchField value=search on_change=Callback::new(move |text| search.set(text)) label="Find a parameter" hotkey="/" node=field class="slim" />
                })}
            </div>
            {if count == 0 {
                view! { <p class="none">"This run logged no parameters."</p> }.into_any()
            } else {
                view! {
                    <table class="pt">
                        <PairHead />
                        <tbody>
                            <For
                                each=move || found.get().into_iter().take(cut())
                                key=|row| row.clone()
                                children=|row: ParamRow| {
                                    let aside = row.baseline.clone().map(|base| match base {
                                        Some(value) => format!("baseline: {value}"),
                                        None => "not set in the baseline".to_owned(),
                                    });
                                    view! { <PairRow differs=row.differs() key=row.key value=row.value what="The parameter" aside=aside /> }
                                }
                            />
                        </tbody>
                    </table>
                }.into_any()
            }}
            <Show when=move || found.with(|found| { found.len() > cut() })>
                <div class="cardfoot">
                    <button class="btn ghost sm" on:click=move |_| all.set(true)>
                        {move || format!("Show all {}", found.with(Vec::len))}
                        <Icon name="chevron-down" class="s12" />
                    </button>
                </div>
            </Show>
            <Show when=move || found.with(Vec::is_empty) && !search.with(String::is_empty)>
                <p class="none">"No parameter has these words in its key or value."</p>
            </Show>
        </section>
    }
}
