use leptos::prelude::*;
use runatlas_core::{board::ReadoutOrder, history::smooth::Smoothing};

use super::super::settings::Pick;
use crate::{
    state::Charts,
    ui::part::{Icon, Menu, MenuItem},
};

/// The ways to smooth; each has an amount of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Way {
    Ema,
    TimeWeighted,
    Mean,
    Gaussian,
}

const WAYS: [(Way, &str); 4] = [
    (Way::Ema, "EMA"),
    (Way::TimeWeighted, "Time-weighted EMA"),
    (Way::Mean, "Running mean"),
    (Way::Gaussian, "Gaussian"),
];

const READOUTS: [(ReadoutOrder, &str); 3] = [
    (ReadoutOrder::Nearest, "The nearest, best on top"),
    (ReadoutOrder::Distance, "Nearest first"),
    (ReadoutOrder::Value, "Best first"),
];

/// Where the slider stands at its right end.
const END: f64 = 1000.0;
/// Widest running mean, and greatest deviation of the Gaussian, in points.
const MOST_POINTS: f64 = 1000.0;
const MOST_SIGMA: f64 = 100.0;

impl Way {
    fn of(smoothing: Smoothing) -> Option<Self> {
        match smoothing {
            Smoothing::Ema(_) => Some(Self::Ema),
            Smoothing::TimeWeighted { .. } => Some(Self::TimeWeighted),
            Smoothing::Mean(_) => Some(Self::Mean),
            Smoothing::Gaussian(_) => Some(Self::Gaussian),
            _ => None,
        }
    }

    /// What the slider says, from 0 to [`END`].
    fn smoothing(self, slider: f64) -> Smoothing {
        if slider <= 0.0 {
            return Smoothing::Off;
        }
        // From 1 to the greatest amount by equal factors.
        let amount = |most: f64| most.powf(slider / END);
        match self {
            Self::Ema => Smoothing::Ema(factor_of(slider)),
            Self::TimeWeighted => Smoothing::TimeWeighted { factor: factor_of(slider), span: None },
            Self::Mean => Smoothing::Mean((amount(MOST_POINTS).round() as u32).max(2)),
            Self::Gaussian => Smoothing::Gaussian((amount(MOST_SIGMA) * 10.0).round() / 10.0),
        }
    }
}

fn slider_of(smoothing: Smoothing) -> f64 {
    let place = |amount: f64, most: f64| (amount.max(1.0).ln() / most.ln() * END).clamp(0.0, END);
    match smoothing {
        Smoothing::Ema(factor) | Smoothing::TimeWeighted { factor, .. } => {
            // 1 - factor falls from 1 to 0.001 by equal factors: half of the way is 0 to 0.97.
            ((1.0 - factor.clamp(0.0, 0.999)).log10() / -3.0 * END).round()
        }
        Smoothing::Mean(points) => place(f64::from(points), MOST_POINTS),
        Smoothing::Gaussian(sigma) => place(sigma, MOST_SIGMA),
        _ => 0.0,
    }
}

fn factor_of(slider: f64) -> f64 {
    let factor = 1.0 - 10_f64.powf(slider / END * -3.0);
    // Round values near the ends can be hit: three decimals from 0.9, else two.
    let unit = if factor > 0.9 { 1000.0 } else { 100.0 };
    ((factor * unit).round() / unit).clamp(0.0, 0.999)
}

fn words(smoothing: Smoothing) -> String {
    match smoothing {
        Smoothing::Ema(factor) | Smoothing::TimeWeighted { factor, .. } if factor > 0.9 => {
            format!("{factor:.3}")
        }
        Smoothing::Ema(factor) | Smoothing::TimeWeighted { factor, .. } => format!("{factor:.2}"),
        Smoothing::Mean(points) => points.to_string(),
        Smoothing::Gaussian(sigma) => format!("{sigma:.1}"),
        _ => "0".to_owned(),
    }
}

/// How much, with the way behind a menu.
#[component]
pub(super) fn SmoothingTools(charts: Charts) -> impl IntoView {
    let smoothing = Memo::new(move |_| charts.board.with(|board| board.lines.smoothing));
    // What was chosen last counts while the slider is at its left end.
    let way = RwSignal::new(Way::of(smoothing.get_untracked()).unwrap_or(Way::Ema));
    Effect::new(move |_| {
        if let Some(now) = Way::of(smoothing.get()) {
            way.set(now);
        }
    });
    let slide = move |slider: f64| charts.smooth(way.get_untracked().smoothing(slider));
    view! {
        <div class="smooth">
            <label class="smooth-l">
                <span class="t2 lab">"Smoothing"</span>
                <input
                    class="range"
                    type="range"
                    min="0"
                    max="1000"
                    step="1"
                    style=move || format!("--v:{:.1}%", slider_of(smoothing.get()) / 10.0)
                    aria-valuetext=move || smoothing.get().words()
                    prop:value=move || slider_of(smoothing.get()).to_string()
                    on:input:target=move |event| slide(event.target().value().parse().unwrap_or_default())
                    on:dblclick=move |_| charts.smooth(Smoothing::Off)
                />
                <output class="num" title=move || smoothing.get().words()>{move || words(smoothing.get())}</output>
            </label>
            <Menu label="How curves are smoothed" title="How curves are smoothed" class="iconbtn sm" face=|| view! { <Icon name="sliders-horizontal" class="s14" /> }>
                {WAYS
                    .map(|(choice, name)| {
                        view! {
                            <MenuItem
                                label=name
                                ticked=Signal::derive(move || way.get() == choice)
                                action=Callback::new(move |()| {
                                    way.set(choice);
                                    charts.smooth(choice.smoothing(slider_of(smoothing.get_untracked())));
                                })
                            />
                        }
                    })
                    .collect_view()}
                <div class="hr menu-hr"></div>
                <MenuItem
                    label="Show the values as logged behind"
                    ticked=Signal::derive(move || charts.board.with(|board| board.lines.raw))
                    action=Callback::new(move |()| charts.edit_lines(|lines| lines.raw = !lines.raw))
                />
                <div class="hr menu-hr"></div>
                <Pick
                    label="Readout"
                    choices=READOUTS.to_vec()
                    value=Signal::derive(move || charts.board.with(|board| board.lines.readout))
                    on_change=Callback::new(move |order| charts.edit_lines(|lines| lines.readout = order))
                />
            </Menu>
        </div>
    }
}
