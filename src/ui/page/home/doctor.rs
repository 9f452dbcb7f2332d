use leptos::prelude::*;
use runatlas_core::{
    job::{Advice, Examination, ExaminedStep},
    mlflow::doctor::{Fix, StepState},
};

use crate::ui::{app::app, part::Icon};

/// What the connection doctor says: a line a step, below them what to do.
#[component]
pub(super) fn DoctorList() -> impl IntoView {
    let servers = app().servers;
    let summary = move || servers.examination.with(|found| found.as_ref().map(|found| found.summary.clone()));
    view! {
        <div class="conn-d">
            <div class="row conn-dh">
                <h3 class="overline">"Connection doctor"</h3>
                <span class="fs11 t3" role="status">{summary}</span>
            </div>
            {move || match (servers.problem.get(), servers.examination.get()) {
                (Some(problem), _) => view! { <p class="conn-bad" role="alert">{problem}</p> }.into_any(),
                (None, Some(found)) => view! { <Found found=found /> }.into_any(),
                (None, None) => view! {
                    <p class="conn-n">
                        "Runatlas asks the server straight from this tab, keeps what it reads here, and goes on when the server is gone. If a browser or the server is in the way, this says what mends it."
                    </p>
                }.into_any(),
            }}
        </div>
    }
}

#[component]
fn Found(found: Examination) -> impl IntoView {
    let app = app();
    let verdict = found.verdict.unwrap_or_default();
    let report = verdict.report.clone();
    let copy = move |_| app.copy_text(report.clone(), "The doctor's report is on the clipboard.".to_owned());
    view! {
        <ul>{found.steps.into_iter().map(step).collect_view()}</ul>
        {verdict.findings.into_iter().map(|advice| view! { <AdviceView advice=advice /> }).collect_view()}
        {(!verdict.report.is_empty()).then(|| view! {
            <button class="btn ghost sm conn-copy" on:click=copy><Icon name="copy" class="s12" />"Copy the report"</button>
        })}
    }
}

fn step(step: ExaminedStep) -> impl IntoView {
    let (class, icon) = match step.state {
        StepState::Passed => ("doc ok", "circle-check"),
        StepState::Limited => ("doc lim", "triangle-alert"),
        StepState::Failed => ("doc no", "circle-x"),
        StepState::Running => ("doc run", "circle-dashed"),
        StepState::Waiting | StepState::Skipped => ("doc na", "circle-dashed"),
    };
    let title = step.detail.clone();
    view! {
        <li class=class>
            <Icon name=icon class="s14" />
            <span class="b5 doc-t">{step.title}</span>
            <span class="doc-d ell" title=title>{step.detail}</span>
        </li>
    }
}

#[component]
fn AdviceView(advice: Advice) -> impl IntoView {
    view! {
        <div class="doc-fix">
            <p><b>{advice.title}</b></p>
            <p>{advice.why}</p>
            {advice.fixes.into_iter().map(|fix| view! { <FixView fix=fix /> }).collect_view()}
        </div>
    }
}

#[component]
fn FixView(fix: Fix) -> impl IntoView {
    let app = app();
    let code = fix.code.map(|code| {
        let text = code.clone();
        let copy = move |_| app.copy_text(text.clone(), "Copied.".to_owned());
        view! {
            <div class="fix">
                <code>{code}</code>
                <button class="iconbtn xs" aria-label="Copy" title="Copy" on:click=copy><Icon name="copy" class="s12" /></button>
            </div>
        }
    });
    view! {
        <p>{fix.label}</p>
        {code}
        {fix.note.map(|note| view! { <p class="t3">{note}</p> })}
    }
}
