use leptos::{ev, prelude::*};
use runatlas_core::{
    format,
    mlflow::{FileRule, FileTally},
    model::Source,
};

use crate::{
    state::FileRuleOf,
    ui::{app::app, part::Segmented},
};

/// What a person most likely wants: pictures, tables, texts, but no checkpoints.
const USUAL_MEGABYTES: &str = "5";
const MEGABYTE: f64 = 1_000_000.0;

/// Which artifact files of a server are read at each refresh.
#[component]
pub(super) fn FilesCard(source: Source) -> impl IntoView {
    let rule = app().artifacts.rule_of(source.id);
    view! {
        <section class="card tools" aria-label="Artifact files">
            <div class="card-h"><h2>"Artifact files"</h2></div>
            <p class="tools-b fs12 t2">
                "A refresh lists all files. Opening one on the page of its run reads it; a rule reads more of them ahead, to have them offline."
            </p>
            <Show when=move || rule.is_ready.get()>
                <RuleForm rule=rule />
            </Show>
        </section>
    }
}

#[component]
fn RuleForm(rule: FileRuleOf) -> impl IntoView {
    let kept = rule.kept.get_untracked();
    let wanted = RwSignal::new(kept.is_some());
    let megabytes = RwSignal::new(kept.as_ref().map_or(USUAL_MEGABYTES.to_owned(), megabytes_of));
    let patterns = RwSignal::new(kept.map(|rule| rule.patterns).unwrap_or_default());
    let typed = Memo::new(move |_| typed(wanted.get(), &megabytes.get(), &patterns.get()));
    let is_changed = Memo::new(move |_| {
        let same =
            |typed: &FileRule, kept: &FileRule| FileRule { since: kept.since, ..typed.clone() } == *kept;
        match (typed.get(), rule.kept.get()) {
            (Ok(None), None) => false,
            (Ok(Some(typed)), Some(kept)) => !same(&typed, &kept),
            _ => true,
        }
    });
    let words = move || match typed.get() {
        Ok(None) => "No file is read ahead. What is here already stays.".to_owned(),
        Ok(Some(typed)) => tally_words(rule.tally(&typed), is_changed.get()),
        Err(reason) => reason.to_owned(),
    };
    let save = move |event: ev::SubmitEvent| {
        event.prevent_default();
        if let Ok(typed) = typed.get_untracked() {
            rule.save(typed);
        }
    };
    view! {
        <form class="col g2 tools-b files-f" on:submit=save>
            <Segmented
                label="Files that are read ahead"
                choices=vec![(false, "None"), (true, "By rule")]
                value=wanted
                on_change=Callback::new(move |now| wanted.set(now))
            />
            <Show when=move || wanted.get()>
                <label for="files-size">"Up to this size, in MB"</label>
                <div class="field">
                    <input id="files-size" inputmode="decimal" autocomplete="off" prop:value=move || megabytes.get() on:input:target=move |event| megabytes.set(event.target().value()) />
                </div>
                <label for="files-patterns">"Only those that match"</label>
                <div class="field">
                    <input id="files-patterns" class="mono" autocomplete="off" spellcheck="false" placeholder="all, or *.json, plots/**" prop:value=move || patterns.get() on:input:target=move |event| patterns.set(event.target().value()) />
                </div>
            </Show>
            <p class="fs12 t2" class:warn=move || typed.with(Result::is_err) role="status">{words}</p>
            <div class="row g2">
                <button class="btn" disabled=move || !is_changed.get() || typed.with(Result::is_err)>
                    "Save the rule"
                </button>
            </div>
        </form>
    }
}

fn tally_words(tally: FileTally, is_changed: bool) -> String {
    let here = match tally.here {
        0 => String::new(),
        here => format!(
            " {} here already.",
            if here == 1 { "1 is".to_owned() } else { format!("{} are", format::unsigned(here)) }
        ),
    };
    let when = if is_changed { "saved, they are read with" } else { "they are read with" };
    match tally.missing {
        0 if tally.here == 0 => "No listed file matches.".to_owned(),
        0 => format!("All that match are here: {}.", format::count(tally.here, "file", "files")),
        missing => format!(
            "{}, {}, {} not here; {when} the next refresh.{here}",
            format::count(missing, "file", "files"),
            format::bytes(tally.missing_bytes),
            if missing == 1 { "matches and is" } else { "match and are" },
        ),
    }
}

/// The rule as it is typed; `Ok(None)` for none.
fn typed(wanted: bool, megabytes: &str, patterns: &str) -> Result<Option<FileRule>, &'static str> {
    if !wanted {
        return Ok(None);
    }
    let size: f64 = megabytes.trim().replace(',', ".").parse().map_err(|_error| "The size is no number.")?;
    let most = FileRule::LARGEST as f64 / MEGABYTE;
    if !(size > 0.0 && size <= most) {
        return Err("The size must be above 0 and at most 256 MB; larger files can be opened one by one.");
    }
    let patterns = patterns.trim().to_owned();
    Ok(Some(FileRule { up_to: (size * MEGABYTE) as u64, patterns, since: 0 }))
}

fn megabytes_of(rule: &FileRule) -> String {
    (rule.up_to as f64 / MEGABYTE).to_string()
}
