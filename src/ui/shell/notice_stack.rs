use leptos::prelude::*;

use crate::{
    state::{Notice, Tone},
    ui::{app::app, part::Icon},
};

/// The messages at the bottom left.
#[component]
pub(crate) fn NoticeStack() -> impl IntoView {
    let notices = app().notices;
    view! {
        <div class="toasts" role="status" aria-live="polite">
            <For each=move || notices.list.get() key=|notice| notice.id children=|notice| view! { <Toast notice=notice /> } />
        </div>
    }
}

#[component]
fn Toast(notice: Notice) -> impl IntoView {
    let notices = app().notices;
    let (icon, class) = match notice.tone {
        Tone::Good => ("check", "good"),
        Tone::Plain => ("activity", ""),
        Tone::Bad => ("triangle-alert", "bad"),
    };
    let id = notice.id;
    view! {
        <div class="toast" role=(notice.tone == Tone::Bad).then_some("alert")>
            <Icon name=icon class=class />
            <span class="grow">{notice.text}</span>
            {notice.action.map(|action| {
                let run = action.run;
                view! {
                    <button class="btn ghost sm" on:click=move |_| { notices.dismiss(id); run.run(()); }>{action.label}</button>
                }
            })}
            <button class="iconbtn xs" aria-label="Dismiss" on:click=move |_| notices.dismiss(id)>
                <Icon name="x" class="s12" />
            </button>
        </div>
    }
}
