use leptos::prelude::*;
use runatlas_core::chart::XAxis;

use crate::ui::{
    chart::{Chart, Plot},
    part::EmptyState,
};

/// A line chart, or why there is none.
#[component]
pub(super) fn LineBody(plot: Plot) -> impl IntoView {
    #[derive(Clone, PartialEq)]
    enum Show {
        Chart,
        Reading,
        Nothing(String),
        Trouble(String),
    }
    let show = Memo::new(move |_| {
        if let Some(trouble) = plot.trouble.get() {
            return Show::Trouble(trouble);
        }
        plot.curves.with(|curves| match (curves.series.is_empty(), curves.reading, curves.failed.first()) {
            (false, ..) => Show::Chart,
            (true, 1.., _) => Show::Reading,
            (true, 0, Some((run, reason))) => Show::Trouble(format!("{run}: {reason}")),
            (true, 0, None) if plot.x() == XAxis::Metric && !curves.absent.is_empty() => {
                let x = plot.spec.with(|spec| spec.x_metric.clone());
                Show::Nothing(format!("No run on the charts logged both this and {x}, which is on x."))
            }
            (true, 0, None) => Show::Nothing(match curves.absent.as_slice() {
                [] => "No run is on the charts.".to_owned(),
                [run] => format!("{run} did not log it."),
                runs => format!("None of the {} runs on the charts logged it.", runs.len()),
            }),
        })
    });
    view! {
        <div class="card-plot">
            {move || match show.get() {
                Show::Chart => view! { <Chart plot=plot /> }.into_any(),
                Show::Reading => view! { <Placeholder /> }.into_any(),
                Show::Nothing(text) => view! { <EmptyState icon="chart-line" title="No points" text=text /> }.into_any(),
                Show::Trouble(text) => {
                    view! { <EmptyState icon="triangle-alert" title="This chart could not be drawn" text=text error=true /> }.into_any()
                }
            }}
        </div>
    }
}

/// Two soft curves where the chart will be.
#[component]
fn Placeholder() -> impl IntoView {
    view! {
        <svg class="skel" viewBox="0 0 340 140" preserveAspectRatio="none" aria-hidden="true">
            <path d="M10 90C80 40 180 36 330 28" />
            <path d="M10 104C90 66 190 56 330 46" />
        </svg>
    }
}
