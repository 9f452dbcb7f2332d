use leptos::{ev, prelude::*};
use runatlas_core::mlflow::SignIn;

use super::doctor::DoctorList;
use crate::ui::{
    app::app,
    part::{Icon, Segmented},
};

/// How a person signs in; what they typed is kept while they change their mind.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    None,
    Basic,
    Bearer,
    Header,
}

/// A header beside the first.
#[derive(Clone, Copy, PartialEq, Eq)]
struct Header {
    /// Tells it from others.
    id: u32,
    name: RwSignal<String>,
    value: RwSignal<String>,
}

impl Header {
    fn new(id: u32) -> Self {
        Self { id, name: RwSignal::new(String::new()), value: RwSignal::new(String::new()) }
    }

    fn get(self) -> (String, String) {
        (self.name.get_untracked(), self.value.get_untracked())
    }
}

/// Connect to a tracking server: its address, a sign-in, and what the doctor says.
#[component]
pub(super) fn ConnectCard() -> impl IntoView {
    let servers = app().servers;
    let address = servers.address;
    let kind = RwSignal::new(Kind::None);
    let (name, secret) = (RwSignal::new(String::new()), RwSignal::new(String::new()));
    let more = RwSignal::new(Vec::<Header>::new());
    let remember = RwSignal::new(false);
    let connect = move |event: ev::SubmitEvent| {
        event.prevent_default();
        let more = more.get_untracked().into_iter().map(Header::get).collect();
        let sign_in = sign_in(kind.get_untracked(), name.get_untracked(), secret.get_untracked(), more);
        servers.connect(sign_in, remember.get_untracked());
    };
    view! {
        <section class="card conn" aria-label="Connect to an MLflow server" on:focusin=move |_| servers.prepare()>
            <div class="row g2 conn-h"><Icon name="server" /><h2>"Connect to an MLflow server"</h2></div>
            <div class="conn-b">
                <form class="conn-f" on:submit=connect>
                    <label for="conn-url">"Tracking URL"</label>
                    <div class="field">
                        <input id="conn-url" class="mono" inputmode="url" autocomplete="off" spellcheck="false" placeholder="http://127.0.0.1:5000" prop:value=move || address.get() on:input:target=move |event| address.set(event.target().value()) />
                    </div>
                    <span class="conn-l">"Sign-in"</span>
                    <Segmented
                        label="Sign-in"
                        choices=vec![(Kind::None, "None"), (Kind::Basic, "Password"), (Kind::Bearer, "Token"), (Kind::Header, "Header")]
                        value=kind
                        on_change=Callback::new(move |chosen| kind.set(chosen))
                    />
                    <SignInFields kind=kind name=name secret=secret more=more remember=remember />
                    <button class="btn primary" disabled=move || servers.is_examining.get() || address.with(|text| text.trim().is_empty())>
                        {move || if servers.is_examining.get() { "Checking…" } else { "Connect" }}
                    </button>
                </form>
                <DoctorList />
            </div>
        </section>
    }
}

#[component]
fn SignInFields(
    kind: RwSignal<Kind>,
    name: RwSignal<String>,
    secret: RwSignal<String>,
    more: RwSignal<Vec<Header>>,
    remember: RwSignal<bool>,
) -> impl IntoView {
    let is_header = move || kind.get() == Kind::Header;
    let another =
        move |_| more.update(|more| more.push(Header::new(more.last().map_or(0, |last| last.id + 1))));
    let has_name = move || matches!(kind.get(), Kind::Basic | Kind::Header);
    let name_label = move || if kind.get() == Kind::Header { "Header name" } else { "User" };
    let secret_label = move || match kind.get() {
        Kind::Basic => "Password",
        Kind::Bearer => "Token",
        _ => "Header value",
    };
    view! {
        <Show when=move || kind.get() != Kind::None fallback=|| view! { <p class="conn-n">"For servers that anyone who reaches them may read."</p> }>
            <div class="row g2 conn-s">
                <Show when=has_name>
                    <div class="field grow">
                        <input aria-label=name_label placeholder=name_label autocomplete="off" spellcheck="false" prop:value=move || name.get() on:input:target=move |event| name.set(event.target().value()) />
                    </div>
                </Show>
                <div class="field grow">
                    <input type="password" aria-label=secret_label placeholder=secret_label autocomplete="off" prop:value=move || secret.get() on:input:target=move |event| secret.set(event.target().value()) />
                </div>
            </div>
            <Show when=is_header>
                <For each=move || more.get() key=|header| header.id children=move |header| view! { <HeaderFields header=header more=more /> } />
                <button type="button" class="btn ghost sm conn-copy" on:click=another><Icon name="plus" class="s12" />"Another header"</button>
            </Show>
            <label class="conn-n conn-r">
                <input type="checkbox" prop:checked=move || remember.get() on:change:target=move |event| remember.set(event.target().checked()) />
                "Remember on this device; else it is forgotten with this tab"
            </label>
        </Show>
    }
}

/// One of several headers.
#[component]
fn HeaderFields(header: Header, more: RwSignal<Vec<Header>>) -> impl IntoView {
    let (name, value) = (header.name, header.value);
    view! {
        <div class="row g2 conn-s">
            <div class="field grow">
                <input aria-label="Header name" placeholder="Header name" autocomplete="off" spellcheck="false" prop:value=move || name.get() on:input:target=move |event| name.set(event.target().value()) />
            </div>
            <div class="field grow">
                <input type="password" aria-label="Header value" placeholder="Header value" autocomplete="off" prop:value=move || value.get() on:input:target=move |event| value.set(event.target().value()) />
            </div>
            <button type="button" class="iconbtn xs" aria-label="Leave this header out" title="Leave this header out" on:click=move |_| more.update(|more| more.retain(|other| other.id != header.id))>
                <Icon name="x" class="s12" />
            </button>
        </div>
    }
}

fn sign_in(kind: Kind, name: String, secret: String, more: Vec<(String, String)>) -> SignIn {
    match kind {
        Kind::None => SignIn::None,
        Kind::Basic => SignIn::Basic { user: name, password: secret },
        Kind::Bearer => SignIn::Bearer { token: secret },
        Kind::Header => SignIn::Headers([vec![(name, secret)], more].concat()),
    }
}
