//! Saved views: kept, compared, carried in files.

use proptest::prelude::*;
use runatlas_core::{
    link::{
        ExperimentKey, NamedExperiment, RunsView, SavedView, Tab, ViewsError, merge_views, read_views,
        write_views,
    },
    table::{Column, SortBy},
};

use super::scope;

fn named() -> Vec<NamedExperiment> {
    vec![NamedExperiment {
        source: "s".into(),
        source_name: "mlflow.db".into(),
        experiment: "1".into(),
        experiment_name: "vit".into(),
    }]
}

fn shown() -> RunsView {
    RunsView {
        scope: scope("s", "1"),
        tab: Tab::Charts,
        sort: vec![SortBy { column: Column::Metric("val/loss".into()), descending: false }],
        ..RunsView::default()
    }
}

fn saved(id: &str, name: &str) -> SavedView {
    SavedView::new(id.into(), name, &shown(), named(), 7)
}

#[test]
fn what_was_saved_is_opened_and_told_from_what_was_changed() {
    let view = saved("v1", "  Ablations \n vs baseline ");
    assert_eq!(view.name, "Ablations vs baseline");
    let opened = view.view();
    assert_eq!(opened, RunsView { saved: Some("v1".into()), ..shown() });
    assert!(view.is_shown_by(&opened));
    // Another tab of it, and what is folded out, is no change of it.
    assert!(view.is_shown_by(&RunsView { tab: Tab::Table, ..opened.clone() }));
    let changed = RunsView { search: "adam".into(), ..opened.clone() };
    assert!(!view.is_shown_by(&changed));
    assert!(!view.is_shown_by(&RunsView { scope: scope("s", "2"), ..opened }));
    let mut again = view.clone();
    again.put(&changed, 9);
    assert!(again.is_shown_by(&changed) && again.updated == 9 && again.created == 7);
    assert_eq!(SavedView::from_text(&again.to_text()), Some(again));
}

#[test]
fn what_is_not_here_is_named() {
    let view = saved("v1", "a");
    let nothing = |_: &ExperimentKey| false;
    assert_eq!(
        view.missing(nothing).iter().map(NamedExperiment::words).collect::<Vec<_>>(),
        ["vit of mlflow.db"]
    );
    assert!(view.missing(|_| true).is_empty());
    let unnamed = SavedView::new("v2".into(), "", &shown(), Vec::new(), 0);
    assert_eq!(unnamed.missing(nothing)[0].words(), "experiment 1 of source s");
    assert_eq!(unnamed.name, "View");
}

/// A file as version 1 writes it. Never edit it: add new ones.
const FILE: &str = r#"{
  "format": "runatlas-views",
  "version": 1,
  "later": "unknown members are ignored",
  "views": [
    {"id": "v1", "name": "Ablations", "link": "1/runs/charts/s:1?sort=ametrics.val%2Floss", "created": 7, "updated": 7, "new": 1,
     "scope": [{"source": "s", "source_name": "mlflow.db", "experiment": "1", "experiment_name": "vit"}]},
    {"id": "v2", "name": "No runs", "link": "1/home"},
    {"id": "<img>", "name": "Bad id", "link": "1/runs/table/s:1"},
    {"name": 5}
  ]
}"#;

#[test]
fn files_of_version_1_open_for_ever() {
    let read = read_views(FILE).unwrap();
    assert_eq!((read.views.as_slice(), read.skipped), ([saved("v1", "Ablations")].as_slice(), 3));
    assert_eq!(read_views(&write_views(&read.views)).unwrap().views, read.views);
}

#[test]
fn what_is_no_file_of_views_is_told() {
    for text in [
        "",
        "{}",
        "[]",
        "PK\u{3}\u{4}",
        r#"{"format":"runatlas-views"}"#,
        r#"{"format":"other","version":1,"views":[]}"#,
    ] {
        assert_eq!(read_views(text), Err(ViewsError::Foreign), "{text}");
    }
    let later = r#"{"format":"runatlas-views","version":2,"views":[]}"#;
    assert_eq!(read_views(later), Err(ViewsError::Later(2)));
}

#[test]
fn nothing_is_kept_twice_and_nothing_is_overwritten() {
    let here = [saved("v1", "a"), saved("v2", "b")];
    let came = vec![saved("v1", "a"), saved("v9", "b"), saved("v1", "c"), saved("v3", "d"), saved("v4", "d")];
    let kept = merge_views(&here, came, || "new".into());
    let ids: Vec<_> = kept.iter().map(|view| (view.id.as_str(), view.name.as_str())).collect();
    assert_eq!(ids, [("new", "c"), ("v3", "d")]);
}

proptest! {
    #[test]
    fn any_name_and_search_survive_a_file(name in "\\PC{0,150}", search in "\\PC{0,20}") {
        let view = RunsView { search, ..shown() };
        let saved = SavedView::new("v1".into(), &name, &view, named(), 1);
        prop_assert!(!saved.name.is_empty() && saved.name.chars().count() <= 120);
        let read = read_views(&write_views(std::slice::from_ref(&saved))).unwrap();
        prop_assert_eq!(&read.views, std::slice::from_ref(&saved));
        prop_assert!(read.views[0].is_shown_by(&view));
    }

    #[test]
    fn no_file_panics(text in "\\PC{0,60}", link in "\\PC{0,40}") {
        let _ = read_views(&text);
        let file = serde_json::json!({"format": "runatlas-views", "version": 1, "views": [{"id": "a", "name": text, "link": link}]});
        let _ = read_views(&file.to_string()).unwrap();
    }
}
