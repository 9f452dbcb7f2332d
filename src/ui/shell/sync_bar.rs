use leptos::prelude::*;

use crate::{
    state::SyncStatus,
    ui::{app::app, part::Icon},
    web,
};

/// Syncs under way: what is read from which server, how far and how fast it is, pause and stop.
#[component]
pub(crate) fn SyncBars() -> impl IntoView {
    let all = app().servers.syncs.all;
    view! {
        <For each=move || all.with(|all| all.iter().map(|sync| sync.id).collect::<Vec<_>>()) key=|id| *id children=|id| view! { <SyncBar id=id /> } />
    }
}

#[component]
fn SyncBar(id: u64) -> impl IntoView {
    let syncs = app().servers.syncs;
    let of = move |read: &dyn Fn(&SyncStatus) -> String| {
        syncs.all.with(|all| all.iter().find(|sync| sync.id == id).map(read).unwrap_or_default())
    };
    let is = move |read: fn(&SyncStatus) -> bool| {
        syncs.all.with(|all| all.iter().find(|sync| sync.id == id).is_some_and(read))
    };
    // Spoken when it changes, and only then.
    let title = Memo::new(move |_| of(&SyncStatus::title));
    let percent = Memo::new(move |_| {
        syncs.all.with(|all| all.iter().find(|sync| sync.id == id)?.percent().map(f64::round))
    });
    let is_paused = Memo::new(move |_| is(|sync| sync.is_paused));
    let is_stopping = Memo::new(move |_| is(|sync| sync.is_stopping));
    let counts = move || of(&|sync| sync.hold(web::now()).unwrap_or_else(|| sync.counts()));
    view! {
        <section class="importbar" aria-label="Sync">
            <div class="row g2">
                <Icon name="server" class="s14" />
                <span class="b5 ell" role="status" title=title>{title}</span>
                <span class="fs12 t3 ell grow">{move || of(&|sync| sync.phase().to_owned())}</span>
                <button class="btn ghost sm" disabled=is_stopping on:click=move |_| syncs.pause(id, !is_paused.get_untracked())>
                    {move || if is_paused.get() {
                        view! { <Icon name="play" class="s12" />"Go on" }.into_any()
                    } else {
                        view! { <Icon name="pause" class="s12" />"Pause" }.into_any()
                    }}
                </button>
                <button class="btn ghost sm" disabled=is_stopping on:click=move |_| syncs.stop(id)>
                    {move || if is_stopping.get() { "Stopping…" } else { "Stop" }}
                </button>
            </div>
            <div
                class="meter"
                class:busy=move || percent.get().is_none() && !is_paused.get()
                role="progressbar"
                aria-label="Sync progress"
                aria-valuemin="0"
                aria-valuemax="100"
                aria-valuenow=move || percent.get().map(|percent| percent.to_string())
            >
                <i style:width=move || format!("{}%", percent.get().unwrap_or(100.0))></i>
            </div>
            <span class="fs12 t3 sync-n">{counts}</span>
        </section>
    }
}
