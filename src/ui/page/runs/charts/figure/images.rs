use std::{collections::BTreeSet, sync::Arc};

use leptos::prelude::*;
use runatlas_core::{
    board::{CardId, CardKind},
    figure::images::{Series, Shot, at, series},
    format,
    link::RunKey,
};

use crate::{
    state::{Charts, FileState, OpenArtifact, ShownRun},
    ui::{app::app, chart::color_of, part::EmptyState},
};

/// So many runs stand beside each other; more are counted.
const RUNS: usize = 24;

/// The images of the runs' artifacts: a column a run, the same step in all.
#[component]
pub(super) fn Images(charts: Charts, card: CardId) -> impl IntoView {
    let runs = app().runs.shown;
    let keys = Memo::new(move |_| {
        runs.with(|runs| runs.iter().take(RUNS).map(|run| run.key.clone()).collect::<Vec<RunKey>>())
    });
    let path = Memo::new(move |_| match charts.board.with(|board| board.kind(&card)) {
        Some(CardKind::Images { path }) => path,
        _ => String::new(),
    });
    let lists = app().artifacts.lists(keys);
    let found = Memo::new(move |_| {
        let path = path.get();
        lists.with(|lists| {
            let lists = lists.as_ref()?;
            let all = lists.iter().map(|(key, entries)| (key.clone(), series(entries, &path)));
            Some(Arc::new(all.collect::<Vec<(RunKey, Series)>>()))
        })
    });
    let names = Memo::new(move |_| {
        let names: BTreeSet<String> = found.with(|found| {
            found
                .iter()
                .flat_map(|found| found.iter())
                .flat_map(|(_, series)| series.keys().cloned())
                .collect()
        });
        names.into_iter().collect::<Vec<_>>()
    });
    let chosen = RwSignal::new(None::<String>);
    let name = Memo::new(move |_| {
        let chosen = chosen.get();
        names.with(|names| chosen.filter(|name| names.contains(name)).or_else(|| names.first().cloned()))
    });
    let having = Memo::new(move |_| {
        let name = name.get().unwrap_or_default();
        found.with(|found| {
            let has = |run: &ShownRun| {
                let mut all = found.iter().flat_map(|found| found.iter());
                all.any(|(key, series)| *key == run.key && series.contains_key(&name))
            };
            runs.with(|runs| runs.iter().take(RUNS).filter(|run| has(run)).cloned().collect::<Vec<_>>())
        })
    });
    let count = Signal::derive(move || {
        let (some, all) = (having.with(Vec::len) as u64, runs.with(|runs| runs.len()) as u64);
        format::of_total(some, all, "run", "runs")
    });
    let steps = Memo::new(move |_| {
        let Some(name) = name.get() else { return Vec::new() };
        let steps: BTreeSet<i64> = found.with(|found| {
            let of = |(_, series): &(RunKey, Series)| series.get(&name).cloned().unwrap_or_default();
            found.iter().flat_map(|found| found.iter()).flat_map(of).map(|shot| shot.step).collect()
        });
        steps.into_iter().collect::<Vec<_>>()
    });
    // By its place among the steps; the last one until a person moves it.
    let place = RwSignal::new(None::<usize>);
    let step = Memo::new(move |_| {
        steps.with(|steps| {
            place.get().and_then(|place| steps.get(place)).or(steps.last()).copied().unwrap_or_default()
        })
    });
    view! {
        <div class="figure">
            {move || match (found.with(Option::is_none), names.with(Vec::is_empty)) {
                (true, _) => view! { <p class="loading" role="status">"Looking for images"</p> }.into_any(),
                (_, true) => {
                    let text = if path.with(String::is_empty) {
                        "None of the runs on the charts has an image among its artifacts.".to_owned()
                    } else {
                        format!("No image of the runs on the charts fits {}.", path.get())
                    };
                    view! { <EmptyState icon="image" title="No images" text=text /> }.into_any()
                }
                _ => {
                    view! {
                        <Tools names=names name=name chosen=chosen steps=steps step=step place=place count=count />
                        <div class="shots" tabindex="0" role="region" aria-label=move || format!("Images of {}", name.get().unwrap_or_default())>
                            <For
                                each=move || having.get()
                                key=|run| (run.key.clone(), run.slot)
                                children=move |run| {
                                    let key = run.key.clone();
                                    let shot = Memo::new(move |_| {
                                        let (name, step) = (name.get()?, step.get());
                                        found.with(|found| {
                                            let (_, series) = found.as_ref()?.iter().find(|(other, _)| *other == key)?;
                                            at(series.get(&name)?, step).cloned()
                                        })
                                    });
                                    view! { <Column run=run shot=shot step=step /> }
                                }
                            />
                        </div>
                    }
                        .into_any()
                }
            }}
        </div>
    }
}

/// Which images, and at which step.
#[component]
fn Tools(
    names: Memo<Vec<String>>,
    name: Memo<Option<String>>,
    chosen: RwSignal<Option<String>>,
    steps: Memo<Vec<i64>>,
    step: Memo<i64>,
    place: RwSignal<Option<usize>>,
    #[prop(into)] count: Signal<String>,
) -> impl IntoView {
    let last = move || steps.with(|steps| steps.len().saturating_sub(1));
    let now = move || place.get().unwrap_or_else(last).min(last());
    let share = move || if last() == 0 { 100.0 } else { now() as f64 / last() as f64 * 100.0 };
    view! {
        <div class="shot-tools">
            <select class="pick" aria-label="Which images" on:change:target=move |event| chosen.set(Some(event.target().value()))>
                {move || {
                    names.get().into_iter().map(|each| {
                        let mine = each.clone();
                        view! { <option value=each.clone() selected=move || name.with(|name| name.as_ref() == Some(&mine))>{each.clone()}</option> }
                    }).collect_view()
                }}
            </select>
            <Show when=move || { last() > 0 }>
                <input
                    class="range"
                    type="range"
                    aria-label="Step"
                    aria-valuetext=move || format!("step {}", step.get())
                    min="0"
                    max=move || last().to_string()
                    prop:value=move || now().to_string()
                    style=move || format!("--v:{:.0}%", share())
                    on:input:target=move |event| place.set(event.target().value().parse().ok())
                />
                <output class="num">{move || format!("step {}", format::integer(step.get()))}</output>
            </Show>
            <span class="shot-count" title="Runs on the charts that have such images">{move || count.get()}</span>
        </div>
    }
}

/// The image of one run.
#[component]
fn Column(run: ShownRun, shot: Memo<Option<Shot>>, step: Memo<i64>) -> impl IntoView {
    let name = run.run.run.display_name().to_owned();
    let key = StoredValue::new(run.key.clone());
    let pointed = app().runs.pointed;
    let title = name.clone();
    view! {
        <figure
            class="shot"
            on:pointerenter=move |_| pointed.set(Some(key.get_value()))
            on:pointerleave=move |_| pointed.set(None)
        >
            {move || match shot.get() {
                None => view! { <p class="shot-none">"No such image"</p> }.into_any(),
                Some(shot) => {
                    let alt = format!("{}, {}", title, shot.entry.path);
                    let other = (shot.step != step.get()).then(|| format!("step {}", format::integer(shot.step)));
                    let file: OpenArtifact = key.with_value(|key| app().artifacts.open(key, shot.entry));
                    view! {
                        {move || match file.state.get() {
                            FileState::Ready(open) => match open.url.clone() {
                                Some(url) => {
                                    let address = url.as_str().to_owned();
                                    // The URL lives as long as this view holds it.
                                    let kept = StoredValue::new(url);
                                    view! { <img src=address alt=alt.clone() data-kept=move || kept.with_value(|_| "") /> }.into_any()
                                }
                                None => view! { <p class="shot-none">"Not an image that can be shown"</p> }.into_any(),
                            },
                            FileState::Loading => view! { <p class="shot-none">"Reading"</p> }.into_any(),
                            FileState::Coming(bytes) => view! { <p class="shot-none">{format!("{} read", format::bytes(bytes))}</p> }.into_any(),
                            FileState::Offered => {
                                view! { <button class="btn sm" on:click=move |_| file.read(false)>"Read it from the server"</button> }.into_any()
                            }
                            FileState::Absent(why) | FileState::Failed(why) => view! { <p class="shot-none" title=why.clone()>{why.clone()}</p> }.into_any(),
                            FileState::Refused(trouble) => {
                                view! { <p class="shot-none" title=trouble.text.clone()>{format!("{}. {}", trouble.title, trouble.text)}</p> }.into_any()
                            }
                        }}
                        {other.map(|other| view! { <span class="shot-step">{other}</span> })}
                    }
                        .into_any()
                }
            }}
            <figcaption class="ell" title=name.clone()>
                <span class="sw" style=format!("--c:{}", color_of(run.slot))></span>
                {name.clone()}
            </figcaption>
        </figure>
    }
}
