//! The examination as plain text.

use std::fmt::Write as _;

use super::{Doctor, Finding, Fix, Mode, Outcome, StepState, evidence, probe};

pub(super) fn report_text(doctor: &Doctor) -> String {
    let mut text = String::new();
    let situation = &doctor.situation;
    line(&mut text, format_args!("Runatlas connection report"));
    line(&mut text, format_args!("Server:  {}", situation.server));
    line(&mut text, format_args!("Page:    {}", situation.page_origin));
    line(&mut text, format_args!("Sign-in: {}", situation.sign_in_label));
    line(&mut text, format_args!("Result:  {}", doctor.summary()));
    line(&mut text, format_args!(""));
    for step in doctor.steps() {
        line(&mut text, format_args!("[{}] {}: {}", mark(step.state), step.title, step.detail));
    }
    line(&mut text, format_args!("\nAsked and seen"));
    for (kind, outcome) in doctor.evidence.iter() {
        let probe = probe::probe(*kind, situation, doctor.evidence.api_root());
        let mode = if probe.mode == Mode::NoCors { ", unread" } else { "" };
        let signed = if probe.with_credentials { ", signed in" } else { "" };
        let body = probe.body.map_or(String::new(), |(content_type, _)| format!(", {content_type}"));
        line(
            &mut text,
            format_args!("{} {}{body}{mode}{signed}: {}", probe.method, probe.url, seen(outcome)),
        );
    }
    if let Some(verdict) = doctor.verdict() {
        if verdict.findings.len() > 1 {
            line(&mut text, format_args!("\nThe browser cannot tell these apart, the likeliest first:"));
        }
        for finding in verdict.findings.iter().chain(&verdict.limits) {
            add_finding(&mut text, finding);
        }
        if let Some(find_out) = &verdict.find_out {
            text.push('\n');
            add_fix(&mut text, find_out);
        }
    }
    text
}

fn add_finding(text: &mut String, finding: &Finding) {
    line(text, format_args!("\n{}\n{}", finding.title, finding.why));
    for fix in &finding.fixes {
        add_fix(text, fix);
    }
}

fn add_fix(text: &mut String, fix: &Fix) {
    line(text, format_args!("- {}", fix.label));
    for code in fix.code.iter().flat_map(|code| code.lines()) {
        line(text, format_args!("    {code}"));
    }
    if let Some(note) = &fix.note {
        line(text, format_args!("  {note}"));
    }
}

/// Only what the answer was taken for: its text is the server's.
fn seen(outcome: &Outcome) -> String {
    match outcome {
        Outcome::Answer(answer) => {
            let redirected = if answer.is_redirected { ", redirected" } else { "" };
            let what = meaning(&evidence::judge(answer));
            format!("{}{redirected}, {what}, {} ms", answer.status, answer.millis)
        }
        Outcome::Opaque { millis } => format!("some answer, {millis} ms"),
        Outcome::Failed { millis } => format!("failed after {millis} ms, the browser does not say why"),
        Outcome::TimedOut => "no answer in time".to_owned(),
    }
}

fn meaning(reply: &evidence::Reply) -> &'static str {
    use evidence::Reply;
    match reply {
        Reply::Version(_) => "a version number",
        Reply::Object => "a JSON object",
        Reply::MlflowError => "an error of MLflow's",
        Reply::Unauthorized => "not signed in",
        Reply::HostRefused => "\"Invalid Host header\"",
        Reply::PostRefused => "\"Cross-origin request blocked\"",
        Reply::Forbidden => "forbidden",
        Reply::NotThere => "no such path",
        Reply::NoServeArtifacts => "artifacts are not served",
        Reply::ArtifactsOnly => "only artifacts are served",
        Reply::TooMany => "too many requests",
        Reply::BackendDown(_) => "nothing behind the proxy",
        Reply::ServerError(_) => "a server error",
        Reply::LoginPage => "a page that looks like a sign-in",
        Reply::Else => "something else",
    }
}

fn mark(state: StepState) -> &'static str {
    match state {
        StepState::Waiting | StepState::Skipped => "-",
        StepState::Running => "…",
        StepState::Passed => "ok",
        StepState::Limited => "limit",
        StepState::Failed => "fix",
    }
}

fn line(text: &mut String, arguments: std::fmt::Arguments<'_>) {
    // Writing to a string does not fail.
    let _ = writeln!(text, "{arguments}");
}
