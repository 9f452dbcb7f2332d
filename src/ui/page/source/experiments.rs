use std::collections::{BTreeMap, BTreeSet};

use leptos::prelude::*;
use runatlas_core::{
    format,
    model::{Experiment, Source},
};

use crate::{
    state::Catalog,
    ui::{
        app::app,
        part::{Icon, Loading, SearchField},
    },
};

/// The experiments that the server has: which of them are read into this browser.
#[component]
pub(super) fn ServerExperiments(source: Source) -> impl IntoView {
    let app = app();
    let servers = app.servers;
    let catalog = servers.catalog(&source);
    let (search, chosen) = (catalog.search, catalog.chosen);
    let id = source.id.clone();
    let source = StoredValue::new(source);
    let ask = move |more: bool| servers.ask_for_experiments(catalog, more);
    let here = Memo::new(move |_| {
        app.library.listings.with(|all| {
            let listing = all.get(&id);
            let listed = listing.into_iter().flat_map(|listing| &listing.experiments);
            listed.map(|it| (it.experiment.id.clone(), it.runs)).collect::<BTreeMap<_, _>>()
        })
    });
    let is_all = move || chosen.with(Option::is_none);
    let count = move || chosen.with(|chosen| chosen.as_ref().map_or(0, BTreeSet::len));
    let read_all = move |_| {
        chosen.set(None);
        servers.choose(source.get_value(), None);
    };
    let read_chosen = move |_| servers.choose(source.get_value(), chosen.get_untracked());
    view! {
        <section class="card exps" aria-label="Experiments of the server">
            <div class="card-h">
                <h2>"Experiments on the server"</h2>
                <span class="count">{move || catalog.next.with(Option::is_none).then(|| format::unsigned(catalog.found.with(Vec::len) as u64))}</span>
                <span class="grow"></span>
                <SearchField value=search on_change=Callback::new(move |text| search.set(text)) label="Search the server" />
            </div>
            {move || catalog.problem.get().map(|problem| view! {
                <p class="exps-p" role="alert"><Icon name="triangle-alert" class="s14" /><span>{problem}</span>
                    <button class="btn sm" on:click=move |_| ask(false)>"Try again"</button>
                </p>
            })}
            <Show when=move || catalog.is_busy.get() && catalog.found.with(Vec::is_empty)><Loading what="Asking the server" /></Show>
            <Show when=move || !catalog.is_busy.get() && catalog.found.with(Vec::is_empty) && catalog.problem.with(Option::is_none)>
                <p class="none">"No experiment of the server has this in its name."</p>
            </Show>
            <ul class="exps-l">
                <For each=move || catalog.found.get() key=|experiment| experiment.id.clone() children=move |experiment| view! { <Row experiment=experiment here=here catalog=catalog /> } />
            </ul>
            <Show when=move || catalog.next.with(Option::is_some)>
                <div class="exps-m"><button class="btn sm" disabled=catalog.is_busy on:click=move |_| ask(true)>"Show more"</button></div>
            </Show>
            <div class="exps-f">
                <span class="fs12 t2 grow">
                    {move || if is_all() {
                        "All experiments are read, those that come later too.".to_owned()
                    } else {
                        format!("{} chosen; what was read before stays.", format::count(count() as u64, "experiment", "experiments"))
                    }}
                </span>
                <button class="btn" on:click=read_all>"Read all"</button>
                <button class="btn primary" disabled=move || count() == 0 on:click=read_chosen>"Read the chosen"</button>
            </div>
        </section>
    }
}

#[component]
fn Row(experiment: Experiment, here: Memo<BTreeMap<String, u64>>, catalog: Catalog) -> impl IntoView {
    let (app, chosen) = (app(), catalog.chosen);
    let id = StoredValue::new(experiment.id.clone());
    let is_on = move || {
        chosen.with(|chosen| id.with_value(|id| chosen.as_ref().is_none_or(|chosen| chosen.contains(id))))
    };
    let toggle = move |_| {
        chosen.update(|chosen| {
            // From all, a press on one means: all the others.
            let found =
                || catalog.found.with_untracked(|found| found.iter().map(|it| it.id.clone()).collect());
            let chosen = chosen.get_or_insert_with(found);
            let id = id.get_value();
            if !chosen.remove(&id) {
                chosen.insert(id);
            }
        });
    };
    let runs = move || {
        let runs = here.with(|here| id.with_value(|id| here.get(id).copied()));
        runs.map(|runs| format!("{} here", format::count(runs, "run", "runs")))
    };
    let updated = experiment.last_update_time.or(experiment.creation_time);
    view! {
        <li>
            <label class="exp">
                <input type="checkbox" prop:checked=is_on on:change=toggle />
                <span class="ell grow b5" title=experiment.name.clone()>{experiment.name.clone()}</span>
                <span class="fs12 t3 num">{runs}</span>
                <span class="fs12 t3 exp-t">{move || updated.map(|at| app.clock.ago(at))}</span>
            </label>
        </li>
    }
}
