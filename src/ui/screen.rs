//! Screens whose code is loaded when they are first opened.
//!
//! `src/parts.rs` says how each is fetched; here is what each is made of and what stands in its place meanwhile.

use leptos::prelude::*;
use runatlas_core::link::RunKey;

use super::{
    overlay,
    page::{ChartsTab, CompareDrawer, ComparePage, DiffTab, ModelsPage, RunPage, RunsPage, SourcePage},
    part::{EmptyState, Loading},
};
pub use crate::state::Overlay;
use crate::state::{Fetching, Loadable, Part, load_when_idle};

/// Makes a screen from what it is told.
pub type Make<P> = fn(P) -> AnyView;

/// The way to the code of each screen.
#[derive(Clone, Copy)]
pub struct Screens {
    /// Runs of experiments, with their table.
    pub runs: fn() -> Fetching<Make<()>>,
    /// Their charts.
    pub charts: fn() -> Fetching<Make<()>>,
    /// Their differences.
    pub diff: fn() -> Fetching<Make<()>>,
    /// One run.
    pub run: fn() -> Fetching<Make<RunKey>>,
    /// Two runs, file by file.
    pub compare: fn() -> Fetching<Make<CompareAt>>,
    /// The models of a source, by its id.
    pub models: fn() -> Fetching<Make<String>>,
    /// A source, by its id.
    pub source: fn() -> Fetching<Make<String>>,
    /// What lies over a page: the palette, the key map.
    pub overlay: fn() -> Fetching<Make<Overlay>>,
}

/// The screens as parts of the program, for components.
#[derive(Clone, Copy)]
pub(super) struct ScreenParts {
    pub(super) runs: Part<Make<()>>,
    pub(super) charts: Part<Make<()>>,
    pub(super) diff: Part<Make<()>>,
    pub(super) run: Part<Make<RunKey>>,
    pub(super) compare: Part<Make<CompareAt>>,
    pub(super) models: Part<Make<String>>,
    pub(super) source: Part<Make<String>>,
    overlay: Part<Make<Overlay>>,
}

/// Hands the screens to all components below, and loads them one by one once the browser has nothing to do.
pub(super) fn provide_screens(screens: Screens) {
    let parts = ScreenParts {
        runs: Part::new(screens.runs),
        charts: Part::new(screens.charts),
        diff: Part::new(screens.diff),
        run: Part::new(screens.run),
        compare: Part::new(screens.compare),
        models: Part::new(screens.models),
        source: Part::new(screens.source),
        overlay: Part::new(screens.overlay),
    };
    provide_context(parts);
    load_when_idle(async move {
        parts.runs.come().await;
        parts.overlay.come().await;
        parts.charts.come().await;
        parts.run.come().await;
        parts.diff.come().await;
        parts.compare.come().await;
        parts.source.come().await;
        parts.models.come().await;
    });
}

/// What lies over a page.
pub(super) fn overlay_part() -> Option<Part<Make<Overlay>>> {
    use_context::<ScreenParts>().map(|parts| parts.overlay)
}

/// A screen, or what stands in its place while its code is on its way.
pub(super) fn lazy<P: Clone + Send + Sync + 'static>(
    part: impl Fn(ScreenParts) -> Part<Make<P>>,
    told: P,
) -> AnyView {
    let Some(part) = use_context::<ScreenParts>().map(part) else {
        return ().into_any();
    };
    part.want();
    (move || match part.get() {
        Loadable::Ready(make) => make(told.clone()),
        Loadable::Loading => view! { <Loading what="Loading this screen" /> }.into_any(),
        Loadable::Failed(reason) => view! {
            <EmptyState icon="cloud-off" title="This screen could not be loaded" text=reason error=true>
                <button class="btn" on:click=move |_| part.want()>"Try again"</button>
            </EmptyState>
        }
        .into_any(),
    })
    .into_any()
}

/// The page of runs.
pub fn runs((): ()) -> AnyView {
    view! { <RunsPage /> }.into_any()
}

/// The tab of charts.
pub fn charts((): ()) -> AnyView {
    view! { <ChartsTab /> }.into_any()
}

/// The tab of differences.
pub fn diff((): ()) -> AnyView {
    view! { <DiffTab /> }.into_any()
}

/// The page of a run.
pub fn run(run: RunKey) -> AnyView {
    view! { <RunPage run=run /> }.into_any()
}

/// Where two runs are compared file by file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CompareAt {
    /// On a page of its own.
    Page,
    /// In a drawer below the matrix.
    Drawer,
}

/// Two runs, file by file.
pub fn compare(at: CompareAt) -> AnyView {
    match at {
        CompareAt::Page => view! { <ComparePage /> }.into_any(),
        CompareAt::Drawer => view! { <CompareDrawer /> }.into_any(),
    }
}

/// The page of a source's models.
pub fn models(source: String) -> AnyView {
    view! { <ModelsPage source=source /> }.into_any()
}

/// The page of a source.
pub fn source(source: String) -> AnyView {
    view! { <SourcePage source=source /> }.into_any()
}

/// The palette or the key map.
pub fn overlay(what: Overlay) -> AnyView {
    overlay::make(what)
}
