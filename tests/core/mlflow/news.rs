//! Following runs that go on: what is new costs few requests, and nothing is missed.

use runatlas_core::{
    mlflow::sync::{Scope, Sync, SyncPlan, SyncReport},
    model::Point,
};

use super::{
    drive::{Drive, sync},
    fake::{Fake, Kind},
    kept::Kept,
    sync::{equal, steady},
};

/// One round, as the worker makes it; what was asked, and what it brought.
fn round(kept: &mut Kept, server: &Fake, experiments: &[&str]) -> (Vec<String>, SyncReport) {
    let open: Vec<_> = kept.stored_runs().into_iter().filter(|run| run.status.is_open()).collect();
    let since = kept.runs.values().filter_map(|run| run.start_time).max().unwrap_or(0);
    let experiments = experiments.iter().map(|&id| id.to_owned()).collect();
    let plan = SyncPlan { scope: Scope::News { experiments, since }, stored: open, ..SyncPlan::default() };
    let mut reply = |request: &_, _| Ok(server.answer(request));
    let mut drive = Drive::new(&mut reply);
    let cursor = kept.cursor.clone();
    let report = drive.run(&mut Sync::new(plan, &cursor), kept, 6).done();
    (drive.asked, report)
}

fn running(kind: Kind) -> (Fake, Kept) {
    let mut server = Fake::new(kind);
    for run in ["a", "b", "c"] {
        steady(&mut server, run, "loss", 0..50);
        steady(&mut server, run, "accuracy", 0..50);
    }
    server.runs.get_mut("a").unwrap().status = "FINISHED";
    let mut kept = Kept::default();
    sync(&mut kept, &mut |request, _| Ok(server.answer(request))).done();
    (server, kept)
}

#[test]
fn no_news_are_two_requests_and_no_writing() {
    for kind in [Kind::Database3, Kind::Files3, Kind::Database2] {
        let (server, mut kept) = running(kind);
        let writes = kept.writes;
        let (asked, report) = round(&mut kept, &server, &["1"]);
        assert_eq!(asked.len(), 2, "{asked:#?}");
        assert!(asked.iter().all(|request| request.contains("runs/search")));
        assert_eq!((report.read.runs, report.read.points, kept.writes), (0, 0, writes));
    }
}

#[test]
fn new_points_come_and_only_of_the_metrics_that_have_them() {
    for kind in [Kind::Database3, Kind::Files3, Kind::Database2] {
        let (mut server, mut kept) = running(kind);
        steady(&mut server, "b", "loss", 50..60);
        let (asked, report) = round(&mut kept, &server, &["1"]);
        let histories: Vec<&String> =
            asked.iter().filter(|request| request.contains("get-history")).collect();
        assert_eq!(histories.len(), 1, "{asked:#?}");
        assert!(histories[0].contains("metric_key=loss") && histories[0].contains("run_id=b"));
        assert!(!histories[0].contains("run_id=c"));
        assert_eq!(report.read.runs, 1);
        equal(&kept, &server);
    }
}

#[test]
fn long_histories_are_read_on_from_their_end() {
    let mut server = Fake::new(Kind::Database3);
    steady(&mut server, "r", "loss", 0..30_000);
    let mut kept = Kept::default();
    sync(&mut kept, &mut |request, _| Ok(server.answer(request))).done();
    for turn in 0..3 {
        steady(&mut server, "r", "loss", 30_000 + turn * 7..30_007 + turn * 7);
        let (_, report) = round(&mut kept, &server, &["1"]);
        assert_eq!(report.read.points, 7, "seven points, and no more, cross the wire");
    }
    equal(&kept, &server);
}

#[test]
fn runs_that_begin_and_end_between_two_rounds_are_found() {
    let (mut server, mut kept) = running(Kind::Database3);
    for (run, status) in [("new", "RUNNING"), ("quick", "FAILED")] {
        steady(&mut server, run, "loss", 0..5);
        let new = server.runs.get_mut(run).unwrap();
        (new.status, new.start) = (status, 9);
    }
    server.log("elsewhere", "loss", [Point { step: 0, timestamp: 0, value: 1.0 }]);
    server.runs.get_mut("elsewhere").unwrap().experiment = "2".to_owned();
    let (_, report) = round(&mut kept, &server, &["1"]);
    assert_eq!(report.read.runs, 2);
    assert!(!kept.runs.contains_key("elsewhere"), "nobody looks at its experiment");
    round(&mut kept, &server, &["1", "2"]);
    equal(&kept, &server);
}

#[test]
fn a_run_that_ends_is_read_to_its_end_with_its_models() {
    let (mut server, mut kept) = running(Kind::Database3);
    // A point that came late, before the latest one: seen only because the run has ended.
    server.log("b", "loss", [Point { step: 3, timestamp: 1001, value: 0.25 }]);
    server.runs.get_mut("b").unwrap().status = "KILLED";
    let (asked, _) = round(&mut kept, &server, &["1"]);
    equal(&kept, &server);
    let has = |part: &str| asked.iter().any(|request| request.contains(part));
    assert!(has("runs/get") && has("logged-models/search") && has("registered-models/search"), "{asked:#?}");
    let (asked, _) = round(&mut kept, &server, &["1"]);
    assert_eq!(asked.len(), 2, "then there is nothing new: {asked:#?}");
}
