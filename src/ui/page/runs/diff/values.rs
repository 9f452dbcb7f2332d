use leptos::prelude::*;
use runatlas_core::{
    diff::{DiffCell, DiffRow},
    table::RunRef,
};

use super::Shared;
use crate::ui::{
    app::app,
    part::{Dialog, Icon},
    run_mark::Swatch,
};

/// All values of one key, whole: long texts are cut in the matrix.
#[component]
pub(super) fn FullValues(shared: Shared) -> impl IntoView {
    let app = app();
    let open = RwSignal::new(false);
    let row = Memo::new(move |_| {
        let (section, row) = shared.full.get()?;
        let comparison = shared.comparison.get()?;
        comparison.diff.row(section, row, &untrack(|| app.clock.core()))
    });
    // Each follows the other only where they differ, or they would chase each other for ever.
    Effect::new(move |_| {
        let wanted = shared.full.get().is_some();
        if open.get_untracked() != wanted {
            open.set(wanted);
        }
    });
    Effect::new(move |_| {
        if !open.get() && shared.full.get_untracked().is_some() {
            shared.full.set(None);
        }
    });
    let title =
        Signal::derive(move || row.with(|row| row.as_ref().map(|row| row.key.clone()).unwrap_or_default()));
    view! {
        <Dialog open=open title=title>
            <ul class="dfull">
                {move || {
                    let found: Option<DiffRow> = row.get();
                    let runs = shared.comparison.with_untracked(|c| c.as_ref().map(|c| c.diff.runs().to_vec()));
                    let pairs = runs.unwrap_or_default().into_iter().zip(found.map(|row| row.cells).unwrap_or_default());
                    pairs.enumerate().map(|(at, (run, cell))| value(at, &run, cell)).collect_view()
                }}
            </ul>
        </Dialog>
    }
}

fn value(at: usize, run: &RunRef, cell: DiffCell) -> impl IntoView + use<> {
    let app = app();
    let name = run.run.display_name().to_owned();
    let key = run.key();
    let slot = Signal::derive(move || app.runs.slot(&key));
    let words = match (&cell.delta, at) {
        (_, 0) => "Baseline".to_owned(),
        (Some(delta), _) => {
            format!("{}{}", delta.text, delta.percent.as_ref().map(|p| format!(" ({p})")).unwrap_or_default())
        }
        (None, _) if cell.differs => "Differs".to_owned(),
        _ => "Same".to_owned(),
    };
    let exact = cell.exact.clone();
    let copy = move |_| app.copy_text(exact.clone(), "The value is on the clipboard.".to_owned());
    let text = if cell.missing { cell.text } else { cell.exact };
    view! {
        <li class:differs=cell.differs>
            <div class="row g2">
                <Swatch color=slot />
                <span class="b5 ell" title=name.clone()>{name.clone()}</span>
                <span class="fs12 t3 nowrap grow">{words}</span>
                {(!cell.missing)
                    .then(|| {
                        view! {
                            <button class="iconbtn xs" aria-label=format!("Copy the value of {name}") title="Copy" on:click=copy>
                                <Icon name="copy" class="s12" />
                            </button>
                        }
                    })}
            </div>
            <pre class="mono" class:na=cell.missing>{text}</pre>
        </li>
    }
}
