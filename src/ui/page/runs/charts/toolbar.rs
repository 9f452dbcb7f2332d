use leptos::prelude::*;
use runatlas_core::chart::{Fit, XAxis};

use crate::{
    state::Charts,
    ui::part::{Icon, Menu, MenuItem, SearchField},
};

/// Search of metrics, x axis, smoothing, scale, zoom.
#[component]
pub(super) fn Toolbar(charts: Charts) -> impl IntoView {
    let search = Memo::new(move |_| charts.choices.with(|choices| choices.search.clone()));
    let zoomed = Memo::new(move |_| charts.choices.with(|choices| choices.zoom.is_some()));
    view! {
        <div class="toolbar chart-tools" role="toolbar" aria-label="Charts">
            <SearchField
                label="Find a metric"
                value=search
                on_change=Callback::new(move |text| charts.search(text))
            />
            <AxisMenu charts=charts />
            <Smoothing charts=charts />
            <ScaleMenu charts=charts />
            <span class="grow"></span>
            <button
                class="btn sm"
                style:visibility=move || if zoomed.get() { "visible" } else { "hidden" }
                data-hotkey="0"
                title="Show all of x (0, or double-click a chart)"
                on:click=move |_| charts.zoom(None)
            >
                "Reset zoom"
            </button>
        </div>
    }
}

fn x_name(x: XAxis) -> &'static str {
    match x {
        XAxis::Step => "Step",
        XAxis::WallTime => "Wall time",
        XAxis::RelativeTime => "Relative time",
    }
}

#[component]
fn AxisMenu(charts: Charts) -> impl IntoView {
    let x = Memo::new(move |_| charts.x());
    let face = move || {
        view! {
            <span class="lab">"X axis"</span>
            {move || x_name(x.get())}
            <Icon name="chevron-down" class="s12 caret" />
        }
    };
    view! {
        <Menu label=Signal::derive(move || format!("X axis: {}", x_name(x.get()))) face=face>
            {[XAxis::Step, XAxis::WallTime, XAxis::RelativeTime]
                .map(|choice| {
                    view! {
                        <MenuItem
                            label=x_name(choice)
                            ticked=Signal::derive(move || x.get() == choice)
                            action=Callback::new(move |()| charts.set_x(choice))
                        />
                    }
                })
                .collect_view()}
        </Menu>
    }
}

#[component]
fn ScaleMenu(charts: Charts) -> impl IntoView {
    let log = Signal::derive(move || charts.choices.with(|choices| choices.log_all));
    let all = Signal::derive(move || charts.choices.with(|choices| choices.fit == Fit::All));
    let face = move || {
        view! {
            <span class="lab">"Y axis"</span>
            {move || if log.get() { "Log" } else { "Linear" }}
            <Icon name="chevron-down" class="s12 caret" />
        }
    };
    view! {
        <Menu label="Y axis" face=face>
            <MenuItem
                label="Linear"
                ticked=Signal::derive(move || !log.get())
                action=Callback::new(move |()| charts.set_log_all(false))
            />
            <MenuItem label="Logarithmic" ticked=log action=Callback::new(move |()| charts.set_log_all(true)) />
            <div class="hr menu-hr"></div>
            <MenuItem
                label="Fit without outliers"
                ticked=Signal::derive(move || !all.get())
                action=Callback::new(move |()| charts.set_fit(Fit::Central))
            />
            <MenuItem label="Fit every value" ticked=all action=Callback::new(move |()| charts.set_fit(Fit::All)) />
        </Menu>
    }
}

/// Where the slider stands, in thousandths, for a factor and back: half of its way is 0 to 0.9, as
/// the most of the effect is in the last tenth.
const END: f64 = 1000.0;

fn slider_of(factor: f64) -> f64 {
    // 1 - factor falls from 1 to 0.001 by equal factors.
    ((1.0 - factor.clamp(0.0, 0.999)).log10() / -3.0 * END).round()
}

fn factor_of(slider: f64) -> f64 {
    let factor = 1.0 - 10_f64.powf(slider / END * -3.0);
    // Round values near the ends can be hit: three decimals from 0.9, else two.
    let unit = if factor > 0.9 { 1000.0 } else { 100.0 };
    ((factor * unit).round() / unit).clamp(0.0, 0.999)
}

#[component]
fn Smoothing(charts: Charts) -> impl IntoView {
    let factor = Memo::new(move |_| charts.choices.with(|choices| choices.smoothing));
    let words = move || {
        let factor = factor.get();
        if factor > 0.9 { format!("{factor:.3}") } else { format!("{factor:.2}") }
    };
    view! {
        <label class="smooth">
            <span class="t2">"Smoothing"</span>
            <input
                class="range"
                type="range"
                min="0"
                max="1000"
                step="1"
                style=move || format!("--v:{:.1}%", slider_of(factor.get()) / 10.0)
                aria-valuetext=words
                prop:value=move || slider_of(factor.get()).to_string()
                on:input:target=move |event| {
                    charts.smooth(factor_of(event.target().value().parse().unwrap_or_default()));
                }
                on:dblclick=move |_| charts.smooth(0.0)
            />
            <output class="num">{words}</output>
        </label>
    }
}
