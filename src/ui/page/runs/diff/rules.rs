use leptos::prelude::*;
use runatlas_core::diff::{MetricAt, Tolerance};

use crate::ui::{
    app::app,
    part::{Icon, Menu, MenuItem},
};

/// By which rules runs are compared: which value of a metric, and when numbers are equal.
#[component]
pub(super) fn RulesMenu() -> impl IntoView {
    let app = app();
    let face = move || {
        let words = move || {
            app.view.diff.with(|diff| {
                let at = match diff.at {
                    MetricAt::Last => "last".to_owned(),
                    MetricAt::Best => "best".to_owned(),
                    MetricAt::Step(step) => format!("step {step}"),
                };
                if diff.tolerance.is_exact() { at } else { format!("{at}, tolerant") }
            })
        };
        view! {
            <span class="t3">"Metrics at"</span>
            <span class="b5">{words}</span>
            <Icon name="chevron-down" class="s12" />
        }
    };
    view! {
        <Menu label="Which values are compared, and when they are equal" face=face>
            <Values />
            <hr />
            <Tolerances />
        </Menu>
    }
}

#[component]
fn Values() -> impl IntoView {
    let app = app();
    let at = move || app.view.diff.with(|diff| diff.at);
    let item = move |label: &'static str, choice: MetricAt| {
        let on = Signal::derive(move || at() == choice);
        let act = Callback::new(move |()| app.diff.edit(|diff| diff.at = choice));
        view! { <MenuItem label=label ticked=on action=act /> }
    };
    let step = move || match at() {
        MetricAt::Step(step) => step.to_string(),
        MetricAt::Last | MetricAt::Best => String::new(),
    };
    let set = move |text: String| {
        if let Ok(step) = text.trim().parse() {
            app.diff.edit(|diff| diff.at = MetricAt::Step(step));
        }
    };
    view! {
        <p class="menu-note">"Metrics are compared at their"</p>
        {item("last value", MetricAt::Last)}
        {item("best value, where the direction is known", MetricAt::Best)}
        <label class="menu-field">
            "value at step"
            <input type="number" inputmode="numeric" step="1" placeholder="e.g. 1000" prop:value=step on:change:target=move |event| set(event.target().value()) />
        </label>
    }
}

#[component]
fn Tolerances() -> impl IntoView {
    let app = app();
    let tolerance = move || app.view.diff.with(|diff| diff.tolerance);
    let shown = |number: f64| if number > 0.0 { number.to_string() } else { String::new() };
    let set = move |text: String, change: fn(&mut Tolerance, f64)| {
        let number: f64 = text.trim().parse().unwrap_or(0.0);
        let number = if number.is_finite() && number > 0.0 { number } else { 0.0 };
        app.diff.edit(|diff| change(&mut diff.tolerance, number));
    };
    view! {
        <p class="menu-note">"Numbers count as equal when they are no further apart than"</p>
        <label class="menu-field">
            "absolute"
            <input
                type="number"
                min="0"
                step="any"
                placeholder="0"
                prop:value=move || shown(tolerance().absolute)
                on:change:target=move |event| set(event.target().value(), |tolerance, number| tolerance.absolute = number)
            />
        </label>
        <label class="menu-field">
            "% of the larger"
            <input
                type="number"
                min="0"
                max="100"
                step="any"
                placeholder="0"
                prop:value=move || shown(tolerance().relative * 100.0)
                on:change:target=move |event| {
                    set(event.target().value(), |tolerance, number| tolerance.relative = (number / 100.0).min(1.0));
                }
            />
        </label>
    }
}
