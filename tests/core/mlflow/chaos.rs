//! Servers, faults and closed tabs as they come: all arrives, and nothing is asked twice.

use proptest::{collection::vec, prelude::*};
use runatlas_core::{
    mlflow::{
        Answer, TransportError,
        sync::{Sync, SyncPlan},
    },
    model::Point,
};

use super::{
    drive::{Drive, End, Reply, sync},
    fake::{Fake, Kind, error, html},
    kept::Kept,
    sync::equal,
};

fn any_point() -> impl Strategy<Value = Point> {
    let step = prop_oneof![3 => 0_i64..5, 1 => Just(i64::MAX), 1 => Just(i64::MIN), 1 => any::<i64>()];
    let time = prop_oneof![3 => 0_i64..4, 1 => any::<i64>()];
    let value = prop_oneof![
        4 => any::<f64>(),
        1 => Just(f64::NAN),
        1 => Just(f64::INFINITY),
        1 => Just(f64::NEG_INFINITY),
        1 => Just(-0.0),
        1 => Just(5e-324),
        1 => Just(0.1 + 0.2),
    ];
    (step, time, value).prop_map(|(step, timestamp, value)| Point { step, timestamp, value })
}

fn any_server() -> impl Strategy<Value = Fake> {
    let kind = prop_oneof![Just(Kind::Database3), Just(Kind::Files3), Just(Kind::Database2)];
    let run = (0_u8..3, any::<bool>(), vec(vec(any_point(), 0..12), 0..4));
    let cap = prop_oneof![Just(usize::MAX), 1_usize..8];
    (kind, vec(run, 0..12), cap).prop_map(|(kind, runs, page_cap)| {
        let mut server = Fake { page_cap, ..Fake::new(kind) };
        for (number, (experiment, ended, metrics)) in runs.into_iter().enumerate() {
            let id = format!("run{number}");
            server.log(&id, "a/b c", []);
            for (key, points) in metrics.into_iter().enumerate() {
                server.log(&id, &format!("metric {key}"), points);
            }
            let run = server.runs.get_mut(&id).unwrap();
            run.experiment = format!("{}", 100 + u32::from(experiment));
            run.status = if ended { "FINISHED" } else { "RUNNING" };
        }
        server
    })
}

/// Something of every kind that goes wrong once and may go well the next time.
fn fault(number: u64, good: &Answer) -> Reply {
    let cut = good.body.get(..good.body.len() / 2).unwrap_or_default().to_vec();
    match number % 11 {
        0 => Err(TransportError::Unreachable),
        1 => Err(TransportError::TimedOut),
        2 => Err(TransportError::CutOff),
        3 => Err(TransportError::Aborted),
        4 => Ok(error(500, "INTERNAL_ERROR", "database is locked")),
        5 => Ok(error(503, "TEMPORARILY_UNAVAILABLE", "busy")),
        6 => Ok(Answer { retry_after: Some("2".into()), ..error(429, "", "slow down") }),
        7 => Ok(html(200)),
        8 => Ok(Answer { body: cut, ..good.clone() }),
        9 => Ok(Answer { body: Vec::new(), ..good.clone() }),
        _ => Ok(Answer { body: b"[1, 2]".to_vec(), ..good.clone() }),
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 40, failure_persistence: None, ..ProptestConfig::default() })]

    /// Whatever fails once on the way, in whatever order answers come: all arrives, and a second
    /// sync finds nothing to do.
    #[test]
    fn all_arrives_through_faults(server in any_server(), seed in any::<u64>()) {
        let mut kept = Kept::default();
        let mut failed = std::collections::BTreeSet::new();
        let mut number = seed;
        let mut reply = |request: &runatlas_core::mlflow::Request, _: i64| {
            number = number.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            let good = server.answer(request);
            if (number >> 40).is_multiple_of(2) && failed.insert(request.describe()) {
                return fault(number >> 41, &good);
            }
            Ok(good)
        };
        let plan = SyncPlan::default();
        let mut drive = Drive::new(&mut reply);
        drive.pick = seed;
        let report = drive.run(&mut Sync::new(plan, &[]), &mut kept, 6).done();
        equal(&kept, &server);
        prop_assert_eq!(report.read.runs, server.runs.len() as u64);
        let skipped: Vec<_> = report.notes.iter().filter(|n| !n.path.contains("logged-models")).collect();
        prop_assert!(skipped.is_empty(), "{:?}", skipped);

        let report = sync(&mut kept, &mut |request, _| {
            assert!(!request.path.contains("get-history"), "asked again: {}", request.describe());
            assert!(!request.path.contains("artifacts"), "listed again: {}", request.describe());
            Ok(server.answer(request))
        }).done();
        prop_assert_eq!(report.progress.unchanged, server.runs.len() as u64);
    }

    /// Tabs that are closed after any number of answers: each next one goes on, and all arrives.
    #[test]
    fn a_killed_sync_goes_on(server in any_server(), kills in vec(1_usize..25, 0..5), pick in any::<u64>()) {
        let mut kept = Kept::default();
        for kill_after in kills {
            let mut reply = |request: &_, _| Ok(server.answer(request));
            let plan = SyncPlan { stored: kept.stored_runs(), ..SyncPlan::default() };
            let mut drive = Drive::new(&mut reply);
            (drive.kill_after, drive.pick) = (kill_after, pick);
            let cursor = kept.cursor.clone();
            if let End::Failed(stop) = drive.run(&mut Sync::new(plan, &cursor), &mut kept, 6) {
                panic!("{stop}");
            }
        }
        sync(&mut kept, &mut |request, _| Ok(server.answer(request))).done();
        equal(&kept, &server);
    }

    /// Runs that log on, out of order too, and end: after the sync that sees their end all is there.
    #[test]
    fn what_is_logged_between_two_syncs_arrives(
        server in any_server(),
        more in vec((0_usize..12, 0_usize..4, any_point()), 0..20),
    ) {
        let mut server = server;
        let mut kept = Kept::default();
        server.runs.values_mut().for_each(|run| run.status = "RUNNING");
        sync(&mut kept, &mut |request, _| Ok(server.answer(request))).done();
        for (run, key, point) in more {
            let id = format!("run{run}");
            if server.runs.contains_key(&id) {
                server.log(&id, &format!("metric {key}"), [point]);
            }
        }
        server.runs.values_mut().for_each(|run| run.status = "FINISHED");
        sync(&mut kept, &mut |request, _| Ok(server.answer(request))).done();
        equal(&kept, &server);
    }
}
