//! The engine against servers in memory: nothing is lost, nothing is asked twice.

use runatlas_core::{
    history::History,
    mlflow::sync::{Scope, Sync, SyncOptions, SyncPlan},
    model::Point,
};

use super::{
    drive::{Drive, sync, sync_with},
    fake::{Fake, Kind, same},
    kept::Kept,
};

/// Everything that the server has is stored, value for value, and nothing else.
#[track_caller]
pub(super) fn equal(kept: &Kept, server: &Fake) {
    for (id, run) in &server.runs {
        for key in run.metrics.keys() {
            let mut truth: Vec<Point> = server.history(id, key).iter().collect();
            let mut stored: Vec<Point> =
                kept.histories.get(&(id.clone(), key.clone())).into_iter().flat_map(History::iter).collect();
            // Points of one step and time keep the order in which they came to us.
            for points in [&mut truth, &mut stored] {
                points.sort_by(|a, b| {
                    (a.step, a.timestamp).cmp(&(b.step, b.timestamp)).then(a.value.total_cmp(&b.value))
                });
            }
            let alike = truth.len() == stored.len() && truth.iter().zip(&stored).all(|(a, b)| same(a, b));
            assert!(alike, "{id} {key}: {} stored of {}", stored.len(), truth.len());
        }
        let stored = kept.runs.get(id).unwrap_or_else(|| panic!("{id} is not stored"));
        assert_eq!(stored.status.as_str(), run.status);
        assert_eq!(stored.metrics.len(), run.metrics.values().filter(|points| !points.is_empty()).count());
    }
    assert_eq!(kept.runs.len(), server.runs.len());
}

fn point(step: i64, timestamp: i64, value: f64) -> Point {
    Point { step, timestamp, value }
}

/// A run that logs once a step.
pub(super) fn steady(server: &mut Fake, run: &str, key: &str, steps: std::ops::Range<i64>) {
    server.log(run, key, steps.map(|step| point(step, 1000 + step * 3, (step as f64).sin())));
}

/// A long history of a running run: only its new points are asked for.
#[test]
fn only_new_points_of_a_long_history_are_read() {
    for kind in [Kind::Database3, Kind::Files3] {
        let mut server = Fake::new(kind);
        steady(&mut server, "r", "loss", 0..30_000);
        let mut kept = Kept::default();
        let first = sync(&mut kept, &mut |request, _| Ok(server.answer(request))).done();
        assert_eq!(first.progress.points, 30_000);
        steady(&mut server, "r", "loss", 30_000..30_010);
        let second = sync(&mut kept, &mut |request, _| Ok(server.answer(request))).done();
        assert_eq!(second.progress.points, 10, "{kind:?}");
        equal(&kept, &server);
        // One that came late lies before the last stored one: all is read again.
        server.log("r", "loss", [point(5, 1001, 0.5), point(40_000, 200_000, 1.0)]);
        sync(&mut kept, &mut |request, _| Ok(server.answer(request))).done();
        if kind == Kind::Database3 {
            equal(&kept, &server);
        }
        server.runs.get_mut("r").unwrap().status = "FINISHED";
        sync(&mut kept, &mut |request, _| Ok(server.answer(request))).done();
        equal(&kept, &server);
    }
}

/// MLflow 2 ignores page tokens: what was meant as the end is the whole, and that is found out.
#[test]
fn a_server_without_pages_of_histories_is_recognised() {
    let mut server = Fake::new(Kind::Database2);
    for run in ["a", "b", "c"] {
        steady(&mut server, run, "loss", 0..3000);
    }
    let mut kept = Kept::default();
    sync(&mut kept, &mut |request, _| Ok(server.answer(request))).done();
    for run in ["a", "b", "c"] {
        steady(&mut server, run, "loss", 3000..3001);
    }
    let options = SyncOptions { concurrency: 1, ..SyncOptions::default() };
    let mut asked = 0;
    sync_with(&mut kept, options, &mut |request, _| {
        asked += usize::from(request.path.ends_with("get-history"));
        Ok(server.answer(request))
    })
    .done();
    equal(&kept, &server);
    // The first pays twice; the others were already under way or are read whole at once.
    assert!(asked <= 6, "{asked} requests");
}

/// 2,000 runs of ten single values are read a hundred runs a request.
#[test]
fn many_small_histories_take_few_requests() {
    let mut server = Fake::new(Kind::Database3);
    for run in 0..2000 {
        for key in 0..10 {
            server.log(&format!("{run:032x}"), &format!("m{key}"), [point(0, 1, f64::from(run))]);
        }
    }
    let mut kept = Kept::default();
    let options = SyncOptions { artifacts: false, logged_models: false, ..SyncOptions::default() };
    let report = sync_with(&mut kept, options, &mut |request, _| {
        assert!(request.target().len() < 4000, "gunicorn refuses longer request lines");
        Ok(server.answer(request))
    })
    .done();
    equal(&kept, &server);
    assert!(report.progress.requests < 300, "{} requests", report.progress.requests);
}

/// What a bulk answer left out is asked for by itself: beyond MLflow's bound, or a proxy's own.
#[test]
fn a_bulk_answer_that_was_cut_is_noticed() {
    for bulk_cap in [usize::MAX, 40, 51, 1] {
        let mut server = Fake { bulk_cap, ..Fake::new(Kind::Database3) };
        for run in ["a", "b", "c", "d"] {
            server.log(run, "zero", (0..9000).map(|at| point(0, at, at as f64)));
            steady(&mut server, run, "steady", 0..50);
        }
        let mut kept = Kept::default();
        let report = sync(&mut kept, &mut |request, _| Ok(server.answer(request))).done();
        equal(&kept, &server);
        assert!(report.notes.is_empty());
    }
}

#[test]
fn the_table_comes_before_any_history() {
    let mut server = Fake::new(Kind::Database3);
    for run in 0..250 {
        steady(&mut server, &format!("{run:032x}"), "loss", 0..10);
    }
    let mut asked = Vec::new();
    let mut kept = Kept::default();
    let mut reply = |request: &runatlas_core::mlflow::Request, _: i64| {
        asked.push(request.path.clone());
        Ok(server.answer(request))
    };
    let mut drive = Drive::new(&mut reply);
    drive.kill_after = 2;
    drive.run(&mut Sync::new(SyncPlan::default(), &[]), &mut kept, 6);
    assert_eq!(kept.runs.len(), 100, "the first page is stored after two answers: {asked:?}");
    assert!(kept.runs.values().all(|run| run.metrics[0].last.step == 9 && run.metrics[0].count == 0));
}

#[test]
fn chosen_experiments_and_their_models_are_read() {
    let mut server = Fake::new(Kind::Database3);
    for (run, experiment) in [("a", "100000000000000001"), ("b", "2")] {
        steady(&mut server, run, "loss", 0..3);
        experiment.clone_into(&mut server.runs.get_mut(run).unwrap().experiment);
    }
    let mut kept = Kept::default();
    let scope = Scope::Experiments(vec!["100000000000000001".into()]);
    let plan = SyncPlan { scope, ..SyncPlan::default() };
    let mut reply = |request: &_, _| Ok(server.answer(request));
    let report = Drive::new(&mut reply).run(&mut Sync::new(plan, &[]), &mut kept, 6).done();
    let names: Vec<&String> = kept.others.keys().collect();
    let expected = [
        "artifact a/a.txt",
        "artifact a/sub/b",
        "artifact m-100000000000000001/a.txt",
        "artifact m-100000000000000001/sub/b",
        "logged m-100000000000000001",
        "model best",
        "version best/3",
    ];
    assert_eq!(names, expected);
    assert_eq!(kept.experiments.keys().collect::<Vec<_>>(), ["100000000000000001"]);
    assert_eq!((report.read.runs, report.read.points, report.read.artifacts), (1, 3, 4));
}
