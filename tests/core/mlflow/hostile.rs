//! Servers that mean no good: the engine ends, says what was lost, and the rest is there.

use runatlas_core::{
    mlflow::{
        Answer, Request, TransportError,
        sync::{Action, Stop, Sync, SyncOptions, SyncPlan},
    },
    model::{NoteKind, Point},
};
use serde_json::{Value, json};

use super::{
    drive::{Drive, sync, sync_with},
    fake::{Fake, Kind, error, html, ok},
    kept::Kept,
    sync::{equal, steady},
};

fn server() -> Fake {
    let mut server = Fake::new(Kind::Database3);
    for (run, experiment) in [("a", "1"), ("b", "1"), ("c", "2")] {
        steady(&mut server, run, "loss", 0..50);
        steady(&mut server, run, "acc", 0..5);
        experiment.clone_into(&mut server.runs.get_mut(run).unwrap().experiment);
    }
    server
}

/// Syncs with some answers replaced; gives the reasons of what was skipped, with what was kept.
#[track_caller]
pub(super) fn replaced(with: impl Fn(&Request) -> Option<Answer>) -> (Kept, Vec<String>) {
    let server = server();
    let mut kept = Kept::default();
    let report =
        sync(&mut kept, &mut |request, _| Ok(with(request).unwrap_or_else(|| server.answer(request)))).done();
    let skipped = report.notes.iter().filter(|note| note.kind == NoteKind::Skipped);
    (kept.clone(), skipped.map(|note| format!("{}: {}", note.path, note.reason)).collect())
}

/// A sync that goes on where another stopped.
fn anew(kept: &Kept) -> Sync {
    Sync::new(SyncPlan { stored: kept.stored_runs(), ..SyncPlan::default() }, &kept.cursor)
}

fn is_history(request: &Request) -> bool {
    request.path.contains("get-history")
}

fn asks_for(request: &Request, value: &str) -> bool {
    request.query.iter().any(|(_, given)| given == value)
}

#[test]
fn a_history_that_cannot_be_read_is_named_and_the_rest_is_there() {
    type Bad = fn() -> Answer;
    let cases: [(Bad, &str); 6] = [
        (|| error(500, "INTERNAL_ERROR", "boom\nTraceback"), "answered 500 INTERNAL_ERROR: boom, 2 times"),
        (|| error(400, "INVALID_PARAMETER_VALUE", "no"), "answered 400 INVALID_PARAMETER_VALUE: no"),
        (|| html(200), "it answered with a web page instead of JSON, 2 times"),
        (|| Answer { status: 200, ..Answer::default() }, "its answer is empty, 6 times"),
        (
            || Answer { body: b"{\"metrics\": [{\"val".to_vec(), status: 200, ..Answer::default() },
            "its answer is cut off after 18 bytes, 6 times",
        ),
        (|| Answer { status: 504, ..Answer::default() }, "answered 504, 6 times"),
    ];
    for (bad, reason) in cases {
        let (kept, skipped) =
            replaced(|request| (is_history(request) && asks_for(request, "loss")).then(bad));
        assert_eq!(skipped.len(), 3, "{reason}: {skipped:#?}");
        assert!(skipped[0].contains("metric_key=loss") && skipped[0].contains("run_id="), "{skipped:#?}");
        assert!(skipped.iter().all(|line| line.ends_with(reason)), "{reason}: {skipped:#?}");
        assert_eq!(kept.histories.len(), 3, "the other metric is there");
        assert_eq!(kept.runs.len(), 3);
        let loss = kept.runs["a"].metric("loss").unwrap();
        assert_eq!((loss.count, loss.last.step), (0, 49), "its latest value is known, its points are not");
    }
}

#[test]
fn json_of_another_shape_is_told_with_its_place() {
    let (_, skipped) = replaced(|request| {
        is_history(request).then(|| ok(&json!({ "metrics": [{ "value": 1, "step": "first" }] })))
    });
    assert_eq!(skipped.len(), 6);
    assert!(
        skipped[0].contains("is not what MLflow writes") && skipped[0].contains("column"),
        "{skipped:#?}"
    );
}

#[test]
fn the_bulk_call_is_done_without() {
    for status in [404, 405] {
        let server = server();
        let mut kept = Kept::default();
        let mut bulks = 0;
        sync(&mut kept, &mut |request, _| {
            if request.path.ends_with("bulk") {
                bulks += 1;
                return Ok(html(status));
            }
            Ok(server.answer(request))
        })
        .done();
        equal(&kept, &server);
        assert!(bulks <= 2, "{bulks}");
    }
}

/// A page that names a next one for ever, with the same token or with new ones.
fn endless(good: &Answer, token: String) -> Answer {
    let mut value: Value = serde_json::from_slice(&good.body).unwrap();
    value["next_page_token"] = token.into();
    ok(&value)
}

#[test]
fn pages_that_do_not_end_are_noticed() {
    for fresh in [false, true] {
        let server = server();
        let count = std::cell::Cell::new(0);
        let (kept, skipped) = replaced(|request| {
            count.set(count.get() + 1);
            assert!(count.get() < 200, "endless");
            let paged = request.path.ends_with("/search");
            let token = if fresh { format!("token {}", count.get()) } else { "again".to_owned() };
            // Any token leads to the first page.
            let mut first = request.clone();
            first.query.retain(|(key, _)| key != "page_token");
            if let Some(body) = &mut first.body {
                let mut value: Value = serde_json::from_slice(body).unwrap();
                value.as_object_mut().unwrap().remove("page_token");
                *body = value.to_string().into_bytes();
            }
            paged.then(|| endless(&server.answer(&first), token))
        });
        equal(&kept, &server);
        assert_eq!(skipped.len(), 7, "one a listing: {skipped:#?}");
        let reason = if fresh { "sends nothing new" } else { "repeats a page token" };
        assert!(skipped.iter().all(|line| line.contains(reason)), "{skipped:#?}");
    }
}

#[test]
fn a_history_whose_pages_repeat_is_not_taken_for_whole() {
    for fresh in [false, true] {
        let server = server();
        let count = std::cell::Cell::new(0);
        let (kept, skipped) = replaced(|request| {
            count.set(count.get() + 1);
            assert!(count.get() < 200, "endless");
            let token = if fresh { format!("token {}", count.get()) } else { "again".to_owned() };
            if request.path.ends_with("bulk") {
                return Some(html(404));
            }
            let mut first = request.clone();
            first.query.retain(|(key, _)| key != "page_token");
            is_history(request).then(|| endless(&server.answer(&first), token))
        });
        assert_eq!((skipped.len(), kept.histories.len()), (6, 0), "{skipped:#?}");
    }
}

#[test]
fn empty_pages_are_the_end() {
    let (kept, skipped) = replaced(|request| request.path.ends_with("/search").then(|| ok(&json!({}))));
    assert!(kept.runs.is_empty() && kept.experiments.is_empty() && skipped.is_empty());
}

/// 60,000 points in one answer, though 25,000 were asked for.
#[test]
fn a_huge_page_is_read_whole() {
    let mut server = Fake::new(Kind::Database2);
    server.log("r", "m", (0..60_000).map(|at| Point { step: 0, timestamp: at, value: at as f64 }));
    let mut kept = Kept::default();
    sync(&mut kept, &mut |request, _| Ok(server.answer(request))).done();
    equal(&kept, &server);
}

#[test]
fn wrong_credentials_stop_all_and_right_ones_go_on() {
    let server = server();
    for (status, expected) in [
        (401, Stop::Unauthorized { message: "You are not authenticated".into() }),
        (403, Stop::Forbidden { message: "You are not authenticated".into() }),
    ] {
        let mut kept = Kept::default();
        let mut sync = Sync::new(SyncPlan::default(), &[]);
        let mut refuse = |request: &Request, _: i64| {
            if is_history(request) {
                let body = b"You are not authenticated".to_vec();
                return Ok(Answer { status, body, ..Answer::default() });
            }
            Ok(server.answer(request))
        };
        let stop = Drive::new(&mut refuse).run(&mut sync, &mut kept, 6).failed();
        assert_eq!(stop, expected);
        assert_eq!(kept.runs.len(), 3, "the table stays");
        assert!(sync.poll(2_000_000).is_empty(), "it asks nothing more");
        let mut sync = anew(&kept);
        let mut reply = |request: &Request, _: i64| Ok(server.answer(request));
        let mut drive = Drive::new(&mut reply);
        drive.now = 2_000_002;
        drive.run(&mut sync, &mut kept, 6).done();
        equal(&kept, &server);
    }
}

/// The basic-auth app refuses single experiments; the others are read.
#[test]
fn an_experiment_that_is_not_ours_is_left_out() {
    let (kept, skipped) = replaced(|request| {
        let body = String::from_utf8_lossy(request.body.as_deref().unwrap_or_default()).into_owned();
        (request.path.ends_with("runs/search") && body.contains("[\"2\"]")).then(|| Answer {
            status: 403,
            body: b"Permission denied".to_vec(),
            ..Answer::default()
        })
    });
    assert_eq!(kept.runs.keys().collect::<Vec<_>>(), ["a", "b"]);
    assert_eq!(skipped.len(), 1);
    assert!(skipped[0].contains("runs/search") && skipped[0].ends_with("answered 403: Permission denied"));
}

#[test]
fn a_dead_server_is_given_up_and_a_living_one_goes_on() {
    let server = server();
    for at in [0, 1, 4, 8] {
        let mut kept = Kept::default();
        let mut sync = Sync::new(SyncPlan::default(), &[]);
        let mut asked = 0;
        let mut dying = |request: &Request, _: i64| {
            asked += 1;
            if asked > at { Err(TransportError::Unreachable) } else { Ok(server.answer(request)) }
        };
        let mut drive = Drive::new(&mut dying);
        let stop = drive.run(&mut sync, &mut kept, 6).failed();
        assert!(matches!(stop, Stop::Unreachable { attempts: 6..=8, .. }), "{stop:?}");
        assert!(drive.now - 1_000_000 < 60_000, "it takes {} ms", drive.now - 1_000_000);
        assert!(asked < at + 20, "{asked} requests to a dead server");
        let mut sync = anew(&kept);
        let mut reply = |request: &Request, _: i64| Ok(server.answer(request));
        let mut drive = Drive::new(&mut reply);
        drive.now = 5_000_001;
        let report = drive.run(&mut sync, &mut kept, 6).done();
        assert!(report.notes.is_empty(), "{:?}", report.notes);
        equal(&kept, &server);
    }
}

#[test]
fn what_is_no_mlflow_is_said_so() {
    let mut kept = Kept::default();
    let stop = sync(&mut kept, &mut |_, _| Ok(html(200))).failed();
    let Stop::Unusable { request, reason } = stop else { panic!("{stop:?}") };
    assert!(request.contains("experiments/search") && reason.contains("web page"), "{request}: {reason}");
    assert!(kept.runs.is_empty());
}

#[test]
fn a_server_that_asks_to_wait_is_left_alone() {
    let server = server();
    let mut kept = Kept::default();
    let mut until = 0;
    let mut waits = 0;
    let options = SyncOptions { concurrency: 1, ..SyncOptions::default() };
    sync_with(&mut kept, options, &mut |request, now| {
        assert!(now >= until, "asked at {now}, before {until}");
        if is_history(request) && waits < 3 {
            waits += 1;
            until = now + 90_000;
            return Ok(Answer { retry_after: Some("90".into()), ..error(429, "", "slow down") });
        }
        Ok(server.answer(request))
    })
    .done();
    assert!(waits == 3 && until > 1_270_000);
    equal(&kept, &server);
}

#[test]
fn aborted_requests_are_asked_again_after_a_pause() {
    let server = server();
    let mut kept = Kept::default();
    let mut sync = Sync::new(SyncPlan::default(), &[]);
    let asks = |actions: Vec<Action>| {
        actions
            .into_iter()
            .filter_map(|action| match action {
                Action::Ask { ticket, .. } => Some(ticket),
                _ => None,
            })
            .collect::<Vec<_>>()
    };
    let tickets = asks(sync.poll(1));
    assert_eq!(tickets.len(), 1);
    for ticket in &tickets {
        sync.answered(*ticket, Err(TransportError::Aborted), 2);
    }
    let mut reply = |request: &Request, _: i64| Ok(server.answer(request));
    Drive::new(&mut reply).run(&mut sync, &mut kept, 6).done();
    equal(&kept, &server);
}
