//! Artifact files: what is asked for, which of them by rule, and what becomes of those that do not come.

mod trouble;

use std::collections::BTreeSet;

use runatlas_core::{
    mlflow::{
        Answer, FileRule, FileTally, Request, TransportError, call,
        sync::{Action, FilesPlan, Stop, Sync, SyncPlan, SyncReport},
    },
    model::{ArtifactEntry, ArtifactOwner, stored},
};
use serde_json::json;

use super::{
    drive::{Drive, End, Reply},
    fake::{Fake, Kind, error, html, ok},
    kept::Kept,
    sync::steady,
};

fn rule(up_to: u64, patterns: &str) -> FileRule {
    FileRule { up_to, patterns: patterns.to_owned(), since: 1 }
}

#[test]
fn files_are_asked_for_by_names_of_all_kinds() {
    let run = ArtifactOwner::Run("0a".into());
    let model = ArtifactOwner::Model("m-1".into());
    let check = |owner: &ArtifactOwner, path: &str, expected: &str| {
        let request = call::artifact_file(owner, path, 5);
        assert_eq!(request.target(), expected);
        assert_eq!(request.limit, Some(5));
    };
    check(&run, "plain.txt", "get-artifact?path=plain.txt&run_uuid=0a");
    check(&run, "a b/c%25+d&e#f?.txt", "get-artifact?path=a%20b%2Fc%2525%2Bd%26e%23f%3F.txt&run_uuid=0a");
    check(&run, "ü/日", "get-artifact?path=%C3%BC%2F%E6%97%A5&run_uuid=0a");
    let files = "ajax-api/2.0/mlflow/logged-models/m-1/artifacts/files";
    check(&model, "MLmodel", &format!("{files}?artifact_file_path=MLmodel"));
    check(&model, "data/x y", &format!("{files}?artifact_file_path=data%2Fx%20y"));
}

#[test]
fn rules_mean_what_they_say() {
    let check = |patterns: &str, path: &str, expected: bool| {
        assert_eq!(rule(100, patterns).matches(path, 100), expected, "{patterns:?} of {path:?}");
    };
    for (patterns, path, expected) in [
        ("", "any/thing", true),
        (" , ", "any/thing", true),
        ("*.json", "a.json", true),
        ("*.json", "deep/er/a.json", true),
        ("*.json", "a.json.txt", false),
        ("*.json", "a.JSON", false),
        ("plots/*", "plots/a.png", true),
        ("plots/*", "plots/in/a.png", false),
        ("plots/*", "my/plots/a.png", false),
        ("plots/", "plots/in/a.png", true),
        ("/plots/**", "plots/in/a.png", true),
        ("**", "a/b/c", true),
        ("**/plots/*", "plots/a.png", true),
        ("**/plots/*", "a/b/plots/a.png", true),
        ("**/plots/*", "a/myplots/a.png", false),
        ("a/**/z", "a/z", true),
        ("a/**/z", "a/b/c/z", true),
        ("a/**/z", "a/bz", false),
        ("model?.pt", "model1.pt", true),
        ("model?.pt", "model.pt", false),
        ("model?.pt", "sub/model1.pt", true),
        ("m?x", "m/x", false),
        ("*.csv, plots/*, conf*", "config.yaml", true),
        ("*.csv, plots/*, conf*", "plots/a", true),
        ("*.csv, plots/*, conf*", "a.txt", false),
        ("[a].txt", "[a].txt", true),
        ("größe ?.txt", "größe 1.txt", true),
        ("*", "a/b", true),
        ("a*b*c", "aXbXbXc", true),
        ("a*b*c", "aXcXb", false),
        ("*a*a*a*a*a*a*a*a*b", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", false),
    ] {
        check(patterns, path, expected);
    }
    assert!(!rule(99, "").matches("a", 100));
    assert!(!rule(u64::MAX, "").matches("a", FileRule::LARGEST + 1), "several are in memory at once");
}

#[test]
fn rules_are_kept_as_text() {
    let rule = rule(5_000_000, "*.json, \"quoted\"");
    assert_eq!(FileRule::from_text(&rule.to_text()), Some(rule));
    assert_eq!(FileRule::from_text("no rule"), None);
    assert_eq!(FileRule::setting("s"), "files:s");
}

#[test]
fn what_a_rule_finds_is_counted() {
    let entry = |path: &str, size, kept| ArtifactEntry {
        owner: ArtifactOwner::Run("r".into()),
        path: path.into(),
        size,
        kept,
    };
    let entries =
        [entry("a.txt", 3, false), entry("b.txt", 4, false), entry("c.txt", 5, true), entry("d", 6, false)];
    let expected = FileTally { missing: 2, missing_bytes: 7, here: 1 };
    assert_eq!(rule(10, "*.txt").tally(&entries), expected);
}

/// Three runs and two logged models, each with `a.txt` of 7 bytes and `sub/b` of 9.
fn server() -> Fake {
    let mut server = Fake::new(Kind::Database3);
    for (run, experiment) in [("a", "1"), ("b", "1"), ("c", "2")] {
        steady(&mut server, run, "loss", 0..5);
        experiment.clone_into(&mut server.runs.get_mut(run).unwrap().experiment);
    }
    server
}

fn is_file(request: &Request) -> bool {
    request.path == "get-artifact" || request.path.ends_with("/files")
}

fn plan(kept: &Kept, rule: Option<FileRule>) -> SyncPlan {
    SyncPlan {
        stored: kept.stored_runs(),
        files: FilesPlan { rule, listed: kept.listed() },
        ..SyncPlan::default()
    }
}

/// One sync; gives its end with the files that were asked for.
fn sync_files(
    kept: &mut Kept,
    rule: Option<FileRule>,
    kill_after: usize,
    with: &mut dyn FnMut(&Request) -> Option<Reply>,
) -> (End, Vec<String>) {
    let server = server();
    let mut reply = |request: &Request, _: i64| with(request).unwrap_or_else(|| Ok(server.answer(request)));
    let mut sync = Sync::new(plan(kept, rule), &kept.cursor);
    let mut drive = Drive::new(&mut reply);
    drive.kill_after = kill_after;
    let end = drive.run(&mut sync, kept, 6);
    let asked =
        drive.asked.into_iter().filter(|what| what.contains("get-artifact") || what.contains("/files"));
    (end, asked.collect())
}

fn done(kept: &mut Kept, rule: Option<FileRule>) -> (SyncReport, Vec<String>) {
    let (end, asked) = sync_files(kept, rule, usize::MAX, &mut |_| None);
    (end.done(), asked)
}

#[test]
fn files_are_read_once_and_counted() {
    let mut kept = Kept::default();
    let (report, asked) = done(&mut kept, None);
    assert_eq!((asked.len(), report.progress.files, kept.files.len()), (0, 0, 0), "no rule, no file");

    // Those that were listed before the rule was made.
    let (report, asked) = done(&mut kept, Some(rule(100, "")));
    assert_eq!((asked.len(), report.notes.len()), (10, 0));
    assert_eq!((report.progress.files, report.progress.files_done, report.progress.file_bytes), (10, 10, 80));
    assert_eq!(kept.files[&("m-2".to_owned(), "sub/b".to_owned())], b"\0\xff9 bytes");
    assert!(kept.listed().iter().all(|entry| entry.kept));
    assert_eq!(report.read.artifacts, 0, "they were counted when they were listed");

    let (_, asked) = done(&mut kept, Some(rule(100, "")));
    assert_eq!(asked, Vec::<String>::new());

    // Listed and read by one sync.
    let mut fresh = Kept::default();
    let (report, asked) = done(&mut fresh, Some(rule(100, "")));
    assert_eq!((asked.len(), report.read.artifacts), (10, 10));
    assert_eq!(fresh.files, kept.files);
}

#[test]
fn only_what_the_rule_names_is_read() {
    for (rule, expected) in
        [(rule(8, ""), "a.txt"), (rule(100, "sub/*"), "sub/b"), (rule(100, "*.txt"), "a.txt")]
    {
        let mut kept = Kept::default();
        done(&mut kept, Some(rule));
        let paths: BTreeSet<&str> = kept.files.keys().map(|(_, path)| path.as_str()).collect();
        assert_eq!((kept.files.len(), paths), (5, BTreeSet::from([expected])));
    }
}

#[test]
fn reading_goes_on_where_it_stopped() {
    let mut whole = Kept::default();
    let (_, all) = done(&mut whole, Some(rule(100, "")));
    let mut kept = Kept::default();
    let (mut asked, mut rounds) = (0, 0);
    loop {
        let before = kept.files.len();
        let (end, files) = sync_files(&mut kept, Some(rule(100, "")), 20 + rounds, &mut |_| None);
        asked += files.len();
        rounds += 1;
        let done = matches!(end, End::Done(_));
        assert!(kept.files.len() >= before);
        if done {
            break;
        }
    }
    assert!(rounds > 1, "it never stopped");
    assert_eq!(kept.files, whole.files);
    // What was under way when it was killed is asked for again, nothing else.
    assert!(asked <= all.len() + 6 * rounds, "{asked} requests in {rounds} rounds");
}

#[test]
fn a_refused_file_is_noted_and_not_asked_for_each_time() {
    let refuse = |request: &Request| {
        let of_a = request.query.iter().any(|(key, value)| key == "run_uuid" && value == "a");
        (is_file(request) && of_a).then(|| Ok(error(404, "RESOURCE_DOES_NOT_EXIST", "No such artifact: 'x'")))
    };
    let mut kept = Kept::default();
    let (end, asked) = sync_files(&mut kept, Some(rule(100, "")), usize::MAX, &mut |request| refuse(request));
    let report = end.done();
    assert_eq!((asked.len(), kept.files.len(), report.progress.files_done), (10, 8, 10));
    let paths: BTreeSet<&str> = report.notes.iter().map(|note| note.path.as_str()).collect();
    let of_a = ["GET get-artifact?path=a.txt&run_uuid=a", "GET get-artifact?path=sub/b&run_uuid=a"];
    assert_eq!(paths, BTreeSet::from(of_a));
    assert_eq!(report.notes[0].reason, "answered 404 RESOURCE_DOES_NOT_EXIST: No such artifact: 'x'");
    let (report, asked) = done(&mut kept, Some(rule(100, "")));
    assert_eq!((asked.len(), report.progress.files), (0, 0));
    // A person who makes the rule anew means it.
    let (_, asked) = done(&mut kept, Some(FileRule { since: 2, ..rule(100, "") }));
    assert_eq!((asked.len(), kept.files.len()), (2, 10));
}

#[test]
fn files_that_do_not_come_well_cost_themselves() {
    type Bad = fn() -> Reply;
    // What comes, how often it is asked for, and whether it is asked for again by the next sync.
    let cases: [(Bad, usize, usize); 6] = [
        (|| Err(TransportError::CutOff), 6, 1),
        (|| Err(TransportError::TooLarge), 1, 0),
        (|| Ok(html(200)), 1, 1),
        (|| Ok(html(500)), 2, 0),
        (|| Ok(error(403, "", "no")), 1, 0),
        (|| Ok(error(400, "INVALID_PARAMETER_VALUE", "Invalid path")), 1, 0),
    ];
    for (at, (bad, times, again)) in cases.into_iter().enumerate() {
        let mut kept = Kept::default();
        let mut hits = 0;
        let (end, _) = sync_files(&mut kept, Some(rule(100, "*.txt")), usize::MAX, &mut |request| {
            let is_bad = is_file(request) && request.target().ends_with("run_uuid=b");
            hits += usize::from(is_bad);
            is_bad.then(bad)
        });
        let report = end.done();
        assert_eq!(
            (hits, kept.files.len(), report.notes.len()),
            (times, 4, 1),
            "case {at}: {:?}",
            report.notes
        );
        let (_, asked) = done(&mut kept, Some(rule(100, "*.txt")));
        assert_eq!(asked.len(), again, "case {at}");
    }
}

/// A storage without its key is not asked for thousands of files.
#[test]
fn hopeless_storages_are_left() {
    let mut server = Fake::new(Kind::Database3);
    for run in 0..200 {
        steady(&mut server, &format!("{run}"), "loss", 0..1);
    }
    let mut asked = 0;
    let mut reply = |request: &Request, _: i64| {
        if request.path == "get-artifact" {
            asked += 1;
            return Ok(html(500));
        }
        Ok(server.answer(request))
    };
    let mut kept = Kept::default();
    let mut sync = Sync::new(plan(&kept, Some(rule(100, ""))), &[]);
    let report = Drive::new(&mut reply).run(&mut sync, &mut kept, 6).done();
    assert_eq!(kept.files.len(), 2, "those of the logged model lie elsewhere");
    assert_eq!(report.progress.files_done, report.progress.files);
    assert!(asked < 40, "{asked}");
    assert!(report.notes.iter().any(|note| note.reason.contains("others are not asked for")));
}

#[test]
fn a_sign_in_that_ends_stops_the_sync() {
    let mut kept = Kept::default();
    let (end, _) = sync_files(&mut kept, Some(rule(100, "")), usize::MAX, &mut |request| {
        is_file(request).then(|| Ok(error(401, "", "sign in")))
    });
    assert!(matches!(end.failed(), Stop::Unauthorized { .. }));
    assert_eq!(done(&mut kept, Some(rule(100, ""))).1.len(), 10);
}

/// What the server lists as sizes bounds how many files are in memory at once.
#[test]
fn few_large_files_are_under_way_at_once() {
    let files: Vec<_> = (0..20)
        .map(|at| json!({ "path": format!("{at}"), "is_dir": false, "file_size": 60_000_000 }))
        .collect();
    let server = server();
    let mut sync = Sync::new(plan(&Kept::default(), Some(rule(100_000_000, ""))), &[]);
    let mut under_way = Vec::new();
    let (mut now, mut most, mut read) = (1, 0, 0);
    for _ in 0..2000 {
        now += 5;
        for action in sync.poll(now) {
            match action {
                Action::Ask { ticket, request, timeout_millis } => {
                    if is_file(&request) {
                        assert_eq!(request.limit, Some(120_000_000));
                        assert!(timeout_millis >= 600_000, "at 100 kB a second");
                    }
                    under_way.push((ticket, request));
                }
                Action::WaitUntil(time) => {
                    let waits_for_memory = under_way.iter().any(|(_, request)| is_file(request));
                    assert!(!waits_for_memory || time > now, "it spins");
                }
                Action::Done(report) => {
                    assert_eq!((most, report.progress.files), (2, 100));
                    return;
                }
                _ => {}
            }
        }
        most = most.max(under_way.iter().filter(|(_, request)| is_file(request)).count());
        let Some((ticket, request)) = under_way.pop() else { continue };
        let answer = if request.path.contains("artifacts/list") || request.path.ends_with("/directories") {
            ok(&json!({ "files": files }))
        } else if is_file(&request) {
            read += 1;
            Answer { status: 200, body: vec![read], ..Answer::default() }
        } else {
            server.answer(&request)
        };
        sync.answered(ticket, Ok(answer), now);
    }
    panic!("it does not end");
}

/// A file of another size than before is another file.
#[test]
fn a_file_that_has_changed_is_read_again() {
    let mut kept = Kept::default();
    done(&mut kept, Some(rule(100, "a.txt")));
    let mut server = server();
    server.runs.get_mut("a").unwrap().status = "FINISHED";
    let mut asked = 0;
    let mut reply = |request: &Request, _: i64| {
        asked += usize::from(is_file(request));
        if request.path.ends_with("artifacts/list") {
            return Ok(ok(&json!({ "files": [{ "path": "a.txt", "is_dir": false, "file_size": 70 }] })));
        }
        Ok(server.answer(request))
    };
    let mut sync = Sync::new(plan(&kept, Some(rule(100, "a.txt"))), &kept.cursor);
    Drive::new(&mut reply).run(&mut sync, &mut kept, 6).done();
    assert_eq!(asked, 1);
}

/// A cursor as it was written before files were read is not lost.
#[test]
fn older_cursors_are_read() {
    type Older = (BTreeSet<String>, BTreeSet<u64>, BTreeSet<u64>);
    let mut kept = Kept::default();
    done(&mut kept, None);
    let older: Older = stored::decode(&kept.cursor).unwrap();
    assert!(!older.2.is_empty());
    kept.cursor = stored::encode(&older).unwrap();
    let (end, _) = sync_files(&mut kept, None, usize::MAX, &mut |request| {
        assert!(!request.path.ends_with("artifacts/list"), "listed again");
        None
    });
    end.done();
}
