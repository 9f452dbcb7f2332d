use leptos::prelude::*;
use runatlas_core::{
    format,
    job::count_words,
    model::{NoteGroup, NoteKind, Source},
};

use super::notes::NotesDialog;
use crate::ui::{app::app, part::Icon};

/// What the last import read, skipped and repaired.
#[component]
pub(super) fn ReportCard(source: Source) -> impl IntoView {
    let app = app();
    let report = source.report.clone();
    let all = report.skipped + report.repaired + report.infos;
    let all_open = RwSignal::new(false);
    let id = source.id.clone();
    let counts = count_words(&report.read);
    let copy = move |_| app.library.copy_report(source.clone(), app.clock);
    let sections = [
        (NoteKind::Skipped, "Skipped: left out, the rest is in", report.skipped),
        (NoteKind::Repaired, "Repaired: read, though not as MLflow writes it", report.repaired),
        (NoteKind::Info, "Noted: nothing is wrong", report.infos),
    ];
    let sections = sections.into_iter().filter(|(.., count)| *count > 0).map(|(kind, words, count)| {
        let groups: Vec<NoteGroup> =
            report.groups.iter().filter(|group| group.kind == kind).cloned().collect();
        view! { <Section words=words count=count groups=groups /> }
    });
    view! {
        <section class="card report" aria-label="Import report">
            <div class="card-h">
                <h2>"Import report"</h2>
                <span class="grow"></span>
                <Show when=move || all != 0>
                    <button class="btn ghost sm" on:click=move |_| all_open.set(true)>
                        {format::count(all, "line", "lines")}
                    </button>
                </Show>
                <button class="btn sm" on:click=copy><Icon name="copy" class="s14" />"Copy as text"</button>
            </div>
            {if counts.is_empty() {
                view! { <p class="report-clean">"The last import brought nothing."</p> }.into_any()
            } else {
                let counts = counts.into_iter();
                view! {
                    <dl class="report-n">
                        {counts
                            .map(|(what, count)| view! { <div><dt>{what}</dt><dd>{format::unsigned(count)}</dd></div> })
                            .collect_view()}
                    </dl>
                }
                    .into_any()
            }}
            <Show when=move || all == 0>
                <p class="report-clean"><Icon name="circle-check" class="s14" />"Everything was read, as MLflow wrote it."</p>
            </Show>
            {sections.collect_view()}
            <NotesDialog source=id open=all_open />
        </section>
    }
}

/// The notes of one kind.
#[component]
fn Section(words: &'static str, count: u64, groups: Vec<NoteGroup>) -> impl IntoView {
    let listed: u64 = groups.iter().map(|group| group.count).sum();
    let unlisted = count.saturating_sub(listed);
    view! {
        <h3 class="report-s"><span class="grow ell">{words}</span><span class="badge">{format::unsigned(count)}</span></h3>
        <ul>
            {groups.into_iter().map(|group| view! { <Group group=group /> }).collect_view()}
            {(unlisted > 0)
                .then(|| view! { <li class="report-g t3">{format!("and {} for other reasons", format::unsigned(unlisted))}</li> })}
        </ul>
    }
}

/// So many paths of a group are seen at once.
const OPEN_PATHS: usize = 2;

#[component]
fn Group(group: NoteGroup) -> impl IntoView {
    let (icon, class) = match group.kind {
        NoteKind::Skipped => ("circle-x", "s14 bad"),
        NoteKind::Repaired => ("circle-check", "s14 warn"),
        NoteKind::Info => ("info", "s14 t3"),
    };
    let unnamed = group.count.saturating_sub(group.paths.len() as u64);
    let mut open: Vec<String> = group.paths.into_iter().filter(|path| !path.is_empty()).collect();
    let folded = open.split_off(open.len().min(OPEN_PATHS));
    let path = |path: String| view! { <li class="mono">{path}</li> };
    let more = folded.len() as u64 + unnamed;
    view! {
        <li class="report-g">
            <Icon name=icon class=class />
            <div class="grow">
                <p>
                    {format::sentence(&group.reason)}
                    {(group.count > 1).then(|| view! { " " <span class="badge">{format::unsigned(group.count)}</span> })}
                </p>
                <ul class="report-p">{open.into_iter().map(path).collect_view()}</ul>
                {(more > 0)
                    .then(|| {
                        view! {
                            <details class="report-p">
                                <summary>{format!("{} more", format::unsigned(more))}</summary>
                                <ul>
                                    {folded.into_iter().map(path).collect_view()}
                                    {(unnamed > 0).then(|| view! { <li class="t3">"The whole list opens at the top of this report."</li> })}
                                </ul>
                            </details>
                        }
                    })}
            </div>
        </li>
    }
}
