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
/// Height of a row, of what is around the rows, and of the card's heading above the figure.
const LINE: f64 = 18.0;
const AROUND: f64 = 40.0;
const HEAD: f64 = 34.0;
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
        // Above what lies below the middle, so that it hides nothing that is near; but not above
        // the card, where the page would cut it.
        let lines = item.rows.len().min(ROWS + 1) as f64;
        let top = if y > height / 2.0 { (y - AWAY - AROUND - lines * LINE).max(-HEAD) } else { y + AWAY };
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
            <div class="tip fig-tip" class:pinned=pinned style=format!("--x:{:.0}px;top:{top:.0}px", place(x, width))>
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
