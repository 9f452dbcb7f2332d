use leptos::prelude::*;

use crate::{
    state::{Notice, Tone},
    ui::{
        app::{app, focus_main_if_lost},
        part::Icon,
    },
};

/// The messages at the bottom left.
#[component]
pub(crate) fn NoticeStack() -> impl IntoView {
    let notices = app().notices;
    view! {
        <div
            class="toasts"
            role="status"
            aria-live="polite"
            on:pointerenter=move |_| notices.held.set(true)
            on:pointerleave=move |_| notices.held.set(false)
            on:focusin=move |_| notices.held.set(true)
            on:focusout=move |_| notices.held.set(false)
        >
            <For each=move || notices.list.get() key=|notice| notice.id children=|notice| view! { <Toast notice=notice /> } />
        </div>
    }
}

#[component]
fn Toast(notice: Notice) -> impl IntoView {
    let notices = app().notices;
    let (icon, class) = match notice.tone {
        Tone::Good => ("check", "good"),
        Tone::Plain => ("info", "t3"),
        Tone::Bad => ("triangle-alert", "bad"),
    };
    // What is pressed goes away without the pointer leaving it.
    let dismiss = move || {
        notices.held.set(false);
        notices.dismiss(notice.id);
        request_animation_frame(focus_main_if_lost);
    };
    view! {
        <div class="toast" role=(notice.tone == Tone::Bad).then_some("alert")>
            <Icon name=icon class=class />
            <span class="grow">{notice.text}</span>
            {notice.action.map(|action| {
                let run = action.run;
                view! {
                    <button class="btn ghost sm" on:click=move |_| { dismiss(); run.run(()); }>{action.label}</button>
                }
            })}
            <button class="iconbtn xs" aria-label="Dismiss" on:click=move |_| dismiss()>
                <Icon name="x" class="s12" />
            </button>
        </div>
    }
}
