//! Tests of the import: its report, its merging, and what it writes.

mod ingest;
mod merge;
mod report_text;
mod runner;

use runatlas_core::job::{self, Event, ImportJob, ImportProgress, LargeArchive, Request};

#[test]
fn messages_survive_the_way() {
    let job =
        ImportJob { file_name: "runs.zip".into(), into: Some("s".into()), now: -1, ..ImportJob::default() };
    for request in [Request::Import(job), Request::Cancel] {
        assert_eq!(job::decode(&job::encode(&request)), Some(request));
    }
    let progress = ImportProgress { done: 3, total: Some(u64::MAX), ..ImportProgress::default() };
    let archives = vec![LargeArchive { path: "a.zip".into(), bytes: 1 << 50, entries: 7 }];
    for event in [
        Event::Ready { protocol: job::PROTOCOL, build: "b".into() },
        Event::Progress(progress),
        Event::TooLarge { archives },
        Event::Failed { message: "why".into() },
    ] {
        assert_eq!(job::decode(&job::encode(&event)), Some(event));
    }
}

#[test]
fn bytes_of_another_build_are_no_message() {
    assert_eq!(job::decode::<Event>(&[]), None);
    assert_eq!(job::decode::<Event>(&[200, 1, 2, 3]), None);
    assert_eq!(job::decode::<Request>(b"junk"), None);
}

#[test]
fn an_import_ends_once() {
    let ends = [
        Event::Finished,
        Event::Cancelled,
        Event::TooLarge { archives: Vec::new() },
        Event::Failed { message: String::new() },
    ];
    assert!(ends.iter().all(Event::is_end));
    assert!(!Event::Discovered { stores: 1 }.is_end());
    assert!(!Event::Progress(ImportProgress::default()).is_end());
}
