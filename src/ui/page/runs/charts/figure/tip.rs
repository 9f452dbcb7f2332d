use leptos::prelude::*;
use runatlas_core::{
    figure::{Ink, Item},
    format,
};

use super::FigurePlot;
use crate::ui::chart::color_of;

/// Its width, and its distance from what it is about, in CSS pixels.
const WIDTH: f64 = 232.0;
const AWAY: f64 = 14.0;
/// So many values are shown, and so many more are counted.
const ROWS: usize = 9;

/// The run that is pointed at and its values, beside it.
#[component]
pub(super) fn Tip(plot: FigurePlot) -> impl IntoView {
    move || {
        let at = plot.pointed.get().filter(|_| !plot.brushing.get())?;
        let figure = plot.figure.get()?;
        let item = figure.items.get(at)?;
        let (x, width) = (item.anchor().0 / figure.dpr, f64::from(figure.width) / figure.dpr);
        let (y, height) = (item.anchor().1 / figure.dpr, f64::from(figure.height) / figure.dpr);
        // Above what lies below the middle, so that it hides nothing that is near.
        let side = if y > height / 2.0 {
            format!("bottom:{:.0}px", height - y + AWAY)
        } else {
            format!("top:{:.0}px", y + AWAY)
        };
        let rows = item.rows.iter().take(ROWS).map(|(name, value)| {
            view! {
                <div class="tr">
                    <span class="ell grow t2">{name.clone()}</span>
                    <span class="v ell">{format::one_line(value, 28).into_owned()}</span>
                </div>
            }
        });
        let rest = item.rows.len().checked_sub(ROWS).filter(|rest| *rest > 0);
        let rest = rest.map(|rest| view! { <div class="tr t3">{format!("and {rest} more")}</div> });
        let pinned = move || plot.pinned.get();
        Some(view! {
            <div class="tip fig-tip" class:pinned=pinned style=format!("--x:{:.0}px;{side}", place(x, width))>
                <div class="th">
                    <span class="sw" style=color(item)></span>
                    <b class="ell grow">{item.label.clone()}</b>
                </div>
                {rows.collect_view()}
                {rest}
            </div>
        })
    }
}

/// To the right where there is room, else to the left; within the figure.
fn place(x: f64, width: f64) -> f64 {
    let right = x + AWAY;
    let left = if right + WIDTH <= width + 8.0 { right } else { x - AWAY - WIDTH };
    left.clamp(-8.0, (width - WIDTH + 8.0).max(-8.0))
}

fn color(item: &Item) -> String {
    match item.ink {
        Ink::Slot(slot) => format!("--c:{}", color_of(slot)),
        Ink::Scale(share) => {
            let (from, to, share) = if share < 0.5 { (1, 2, share * 2.0) } else { (2, 3, share * 2.0 - 1.0) };
            format!("--c:color-mix(in srgb, var(--scale-{to}) {:.0}%, var(--scale-{from}))", share * 100.0)
        }
        _ => "--c:var(--text-3)".to_owned(),
    }
}
