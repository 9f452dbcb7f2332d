use leptos::prelude::*;
use runatlas_core::{
    format,
    model::{NoteGroup, NoteKind, Source},
};

use crate::ui::part::Icon;

/// What the last import read, skipped and repaired.
#[component]
pub(super) fn ReportCard(source: Source) -> impl IntoView {
    let report = source.report;
    let read = report.read;
    let rows = [
        ("experiments", read.experiments),
        ("runs", read.runs),
        ("metrics", read.metrics),
        ("points", read.points),
        ("artifacts", read.artifacts),
        ("logged models", read.logged_models),
        ("registered models", read.registered_models),
        ("model versions", read.model_versions),
    ];
    let clean = report.groups.is_empty();
    view! {
        <section class="card report" aria-label="Import report">
            <div class="card-h">
                <h2>"Import report"</h2>
                <span class="grow"></span>
                <span class="chip bad" class:hide=report.skipped == 0>{format::count(report.skipped, "skipped", "skipped")}</span>
                <span class="chip warn" class:hide=report.repaired == 0>{format::count(report.repaired, "repaired", "repaired")}</span>
            </div>
            <dl class="read">
                {rows
                    .into_iter()
                    .filter(|(_, count)| *count > 0)
                    .map(|(what, count)| view! { <div><dt>{what}</dt><dd>{format::unsigned(count)}</dd></div> })
                    .collect_view()}
            </dl>
            <Show when=move || clean>
                <p class="report-clean"><Icon name="circle-check" class="s14" />"Everything was read as MLflow wrote it."</p>
            </Show>
            <ul class="report-l">{report.groups.into_iter().map(|group| view! { <Group group=group /> }).collect_view()}</ul>
        </section>
    }
}

#[component]
fn Group(group: NoteGroup) -> impl IntoView {
    let (icon, class, word) = match group.kind {
        NoteKind::Skipped => ("circle-x", "bad", "Skipped"),
        NoteKind::Repaired => ("circle-check", "warn", "Repaired"),
        NoteKind::Info => ("activity", "t3", "Noted"),
    };
    let more = group.count.saturating_sub(group.paths.len() as u64);
    view! {
        <li class="report-g">
            <span class=class><Icon name=icon class="s14" /></span>
            <div class="grow">
                <p>
                    <span class="b5">{word}</span>
                    {(group.count > 1).then(|| view! { <span class="badge">{format::unsigned(group.count)}</span> })}
                    " "
                    {group.reason}
                </p>
                <ul class="report-p mono">
                    {group.paths.into_iter().filter(|path| !path.is_empty()).map(|path| view! { <li>{path}</li> }).collect_view()}
                    {(more > 0).then(|| view! { <li class="t3">{format!("and {} more", format::unsigned(more))}</li> })}
                </ul>
            </div>
        </li>
    }
}
