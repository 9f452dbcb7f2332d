use leptos::{html, prelude::*};
use runatlas_core::chart::Range;

/// A visible range as two numbers to type; automatic where both are empty.
#[component]
pub(in super::super) fn RangeFields(
    /// Of which axis: `x` or `y`.
    axis: &'static str,
    /// The range that holds.
    #[prop(into)]
    value: Signal<Option<(f64, f64)>>,
    /// Called with a new range; `None` for the automatic one.
    on_change: Callback<Option<Range>>,
) -> impl IntoView {
    let ends = [NodeRef::<html::Input>::new(), NodeRef::<html::Input>::new()];
    let bad = RwSignal::new(false);
    let take = move || {
        let texts = ends
            .map(|end| end.get_untracked().map(|input| input.value().trim().to_owned()).unwrap_or_default());
        match Typed::of(&texts) {
            Typed::Automatic => on_change.run(None),
            Typed::Range(range) => on_change.run(Some(range)),
            Typed::Half | Typed::Nonsense => {}
        }
        bad.set(matches!(Typed::of(&texts), Typed::Nonsense));
    };
    let field = move |place: usize, what: &'static str| {
        let end = move |(from, to): (f64, f64)| if place == 0 { from } else { to };
        let text = move || value.get().map(|range| end(range).to_string()).unwrap_or_default();
        view! {
            <input
                class="numfield"
                class:bad=move || bad.get()
                node_ref=ends[place]
                inputmode="decimal"
                aria-label=format!("{} {what}", axis.to_uppercase())
                aria-invalid=move || bad.get().to_string()
                placeholder="auto"
                prop:value=text
                on:change=move |_| take()
            />
        }
    };
    view! {
        <div class="menu-row" role="group" aria-label=format!("Range of {axis}")>
            <span class="grow">{format!("Range of {axis}")}</span>
            {field(0, "from")}
            <span class="t3">"to"</span>
            {field(1, "to")}
        </div>
    }
}

/// What two fields say.
enum Typed {
    Automatic,
    Range(Range),
    /// The other end is still to be typed.
    Half,
    Nonsense,
}

impl Typed {
    fn of([from, to]: &[String; 2]) -> Self {
        let number = |text: &str| text.parse::<f64>().ok().filter(|value| value.is_finite());
        match (from.as_str(), to.as_str()) {
            ("", "") => Self::Automatic,
            ("", _) | (_, "") => Self::Half,
            (from, to) => match (number(from), number(to)) {
                (Some(lo), Some(hi)) if lo < hi => Self::Range(Range { lo, hi }),
                _ => Self::Nonsense,
            },
        }
    }
}
