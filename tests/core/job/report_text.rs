//! Tests of the report as text.

use runatlas_core::{
    format::Clock,
    job::{count_words, report_text},
    model::{Counts, ImportReport, Note, Source},
};

fn source(read: Counts) -> Source {
    Source {
        name: "thesis".into(),
        file_name: "thesis.zip".into(),
        updated: 1_763_545_260_000,
        report: ImportReport { read, ..ImportReport::default() },
        ..Source::default()
    }
}

#[test]
fn a_report_names_every_note_below_its_kind() {
    let read = Counts { experiments: 1, runs: 1204, points: 18_772, ..Counts::default() };
    let notes = [
        Note::repaired("mlruns/1/meta.yaml", "it is missing"),
        Note::skipped("mlruns/2/a", "it is empty"),
        Note::skipped("", "the archive ends early"),
    ];
    assert_eq!(
        report_text(&source(read), &notes, &Clock::utc(1_763_545_260_000)),
        "Runatlas import report: thesis\nFile: thesis.zip\nRead: 19 Nov 2025, 09:41\n\
         Brought: 1 experiment, 1,204 runs, 18,772 points\n\
         \n\
         Skipped: 2\n\
         - mlruns/2/a: it is empty\n\
         - the archive ends early\n\
         \n\
         Repaired: 1\n\
         - mlruns/1/meta.yaml: it is missing\n"
    );
}

#[test]
fn an_empty_report_says_that_nothing_came() {
    let text = report_text(&source(Counts::default()), &[], &Clock::utc(0));
    assert!(text.ends_with("Brought: nothing\n"), "{text}");
    assert_eq!(count_words(&Counts::default()), []);
}

#[test]
fn counts_agree_with_their_words() {
    let read = Counts { runs: 1, model_versions: 2, ..Counts::default() };
    assert_eq!(count_words(&read), [("run", 1), ("model versions", 2)]);
}
