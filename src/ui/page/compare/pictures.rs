use std::sync::Arc;

use leptos::{html, prelude::*};
use runatlas_core::{
    compare::{Picture, PicturePair},
    format,
    link::PictureLayout,
};

use super::{Shared, pane::loading};
use crate::{
    state::{Loadable, OpenPair, Pictures},
    ui::part::EmptyState,
    web::download::ObjectUrl,
};

/// Two pictures: beside each other, one over the other, or what differs between them.
#[component]
pub(super) fn PicturesView(shared: Shared, open: OpenPair, pair: PicturePair, same: bool) -> impl IntoView {
    let pictures = open.pictures(&pair);
    let layout = Memo::new(move |_| shared.choices.with(|choices| choices.pictures));
    move || {
        match pictures.get() {
        Loadable::Loading => loading("Reading the pictures"),
        Loadable::Failed(reason) => view! {
            <EmptyState icon="triangle-alert" title="The pictures could not be shown" text=format::sentence(&reason) error=true />
        }
        .into_any(),
        Loadable::Ready(Pictures { left: Some(left), right: Some(right) }) => match layout.get() {
            PictureLayout::Beside => beside(shared, &pair, Some(&left), Some(&right)),
            layout => view! { <Stack shared=shared left=left right=right layout=layout same=same /> }.into_any(),
        },
        Loadable::Ready(Pictures { left, right }) => beside(shared, &pair, left.as_ref(), right.as_ref()),
    }
    }
}

fn beside(
    shared: Shared,
    pair: &PicturePair,
    left: Option<&Arc<ObjectUrl>>,
    right: Option<&Arc<ObjectUrl>>,
) -> AnyView {
    let (a, b) = shared.names.get_untracked();
    view! {
        <div class="cmp-pics">
            {figure(a, pair.left.as_ref(), left.cloned())}
            {figure(b, pair.right.as_ref(), right.cloned())}
        </div>
    }
    .into_any()
}

fn figure(run: String, picture: Option<&Picture>, url: Option<Arc<ObjectUrl>>) -> impl IntoView + use<> {
    let size =
        picture.and_then(|picture| picture.size).map(|(width, height)| format!("{width} × {height} pixels"));
    let body = match url {
        Some(url) => view! { <div class="cmp-paper"><Image url=url alt=format!("Picture of {run}") /></div> }
            .into_any(),
        None => view! { <p class="none">"This run has no such picture."</p> }.into_any(),
    };
    view! {
        <figure class="cmp-pic">
            <figcaption class="fs12"><span class="b6 ell">{run}</span> <span class="t3 nowrap">{size}</span></figcaption>
            {body}
        </figure>
    }
}

/// A picture; its URL lives as long as it.
#[component]
fn Image(url: Arc<ObjectUrl>, alt: String) -> impl IntoView {
    let failed = RwSignal::new(false);
    let kept = StoredValue::new(url);
    let address = kept.with_value(|url| url.as_str().to_owned());
    view! {
        <Show when=move || !failed.get() fallback=|| view! { <p class="none">"The browser cannot draw this picture: it may be damaged."</p> }>
            <img src=address.clone() alt=alt.clone() on:error=move |_| failed.set(true) />
        </Show>
    }
}

/// One picture over the other.
#[component]
fn Stack(
    shared: Shared,
    left: Arc<ObjectUrl>,
    right: Arc<ObjectUrl>,
    layout: PictureLayout,
    same: bool,
) -> impl IntoView {
    let part = RwSignal::new(50.0_f64);
    let stage = NodeRef::<html::Div>::new();
    let (a, b) = shared.names.get_untracked();
    let (class, label) = match layout {
        PictureLayout::Swipe => ("cmp-stage swipe", "Where the left picture ends"),
        PictureLayout::Blend => ("cmp-stage blend", "How much of the right picture shows"),
        PictureLayout::Difference | PictureLayout::Beside => ("cmp-stage differ", ""),
    };
    let has_slider = layout != PictureLayout::Difference;
    let drag = move |event: leptos::ev::PointerEvent| {
        if layout != PictureLayout::Swipe || event.buttons() & 1 == 0 {
            return;
        }
        if let Some(stage) = stage.get_untracked() {
            let place = stage.get_bounding_client_rect();
            part.set(
                ((f64::from(event.client_x()) - place.left()) / place.width().max(1.0) * 100.0)
                    .clamp(0.0, 100.0),
            );
        }
    };
    let words = move || match layout {
        PictureLayout::Difference if same => "Both pictures are equal: all of it is black.".to_owned(),
        PictureLayout::Difference => {
            "Black where both are equal; the brighter, the more they differ.".to_owned()
        }
        PictureLayout::Blend => format!("{:.0} % of {b} over {a}", part.get()),
        _ => format!("{a} up to the line, {b} behind it. Drag it, or use the arrow keys on the slider."),
    };
    view! {
        <div class="cmp-stack">
            <div class=class node_ref=stage style:--part=move || format!("{}%", part.get()) on:pointerdown=drag on:pointermove=drag>
                <Image url=left alt="Picture on the left".to_owned() />
                <div class="cmp-over"><Image url=right alt="Picture on the right".to_owned() /></div>
                {(layout == PictureLayout::Swipe).then(|| view! { <span class="cmp-edge" aria-hidden="true"></span> })}
            </div>
            {has_slider.then(|| view! {
                <input
                    class="cmp-slider"
                    type="range"
                    min="0"
                    max="100"
                    aria-label=label
                    prop:value=move || part.get().to_string()
                    on:input:target=move |event| part.set(event.target().value().parse().unwrap_or(50.0))
                />
            })}
            <p class="fs12 t3">{words}</p>
        </div>
    }
}
