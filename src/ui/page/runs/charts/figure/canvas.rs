use leptos::{html, prelude::*};
use runatlas_core::figure::draw::Emphasis;

use super::FigurePlot;
use crate::web::canvas::Canvas;

/// The whole figure; painted anew when another item stands out.
#[component]
pub(super) fn FigureCanvas(plot: FigurePlot) -> impl IntoView {
    let node = NodeRef::<html::Canvas>::new();
    let focused = Memo::new(move |_| plot.focused());
    let meant = Memo::new(move |_| plot.meant());
    Effect::new(move |_| {
        let Some(canvas) = node.get().and_then(Canvas::new) else { return };
        let palette = plot.charts.palette.get();
        let Some(figure) = plot.figure.get().filter(|figure| figure.empty.is_none()) else {
            return canvas.clear();
        };
        canvas.resize(f64::from(figure.width) / figure.dpr, f64::from(figure.height) / figure.dpr);
        let painted = meant.with(|meant| {
            let emphasis = Emphasis { focused: focused.get(), meant: meant.as_deref() };
            canvas.paint_figure(&figure, &palette, emphasis)
        });
        plot.trouble.set(painted.err());
    });
    view! { <canvas node_ref=node aria-hidden="true"></canvas> }
}
