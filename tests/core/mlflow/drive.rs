//! Drives a sync as the worker does, with a clock of its own.

use std::collections::VecDeque;

use runatlas_core::mlflow::{
    Answer, Request, TransportError,
    sync::{Action, Phase, Progress, Stop, Sync, SyncOptions, SyncPlan, SyncReport, Ticket},
};

use super::kept::Kept;

pub(super) type Reply = Result<Answer, TransportError>;

/// How a sync ended.
#[derive(Debug)]
pub(super) enum End {
    Done(Box<SyncReport>),
    Failed(Stop),
    /// The test stopped it.
    Killed,
}

impl End {
    #[track_caller]
    pub(super) fn done(self) -> SyncReport {
        match self {
            Self::Done(report) => *report,
            other => panic!("{other:?}"),
        }
    }

    #[track_caller]
    pub(super) fn failed(self) -> Stop {
        match self {
            Self::Failed(stop) => stop,
            other => panic!("{other:?}"),
        }
    }
}

pub(super) struct Drive<'a> {
    /// Answers, given the time of the simulated clock.
    pub(super) server: &'a mut dyn FnMut(&Request, i64) -> Reply,
    pub(super) now: i64,
    /// Stop after so many answers, as a closed tab does.
    pub(super) kill_after: usize,
    /// Which of the requests under way is answered next.
    pub(super) pick: u64,
    pub(super) asked: Vec<String>,
    pub(super) progress: Vec<Progress>,
}

/// More polls than any test needs.
const ENDLESS: usize = 200_000;

impl<'a> Drive<'a> {
    pub(super) fn new(server: &'a mut dyn FnMut(&Request, i64) -> Reply) -> Self {
        Self {
            server,
            now: 1_000_000,
            kill_after: usize::MAX,
            pick: 0,
            asked: Vec::new(),
            progress: Vec::new(),
        }
    }

    pub(super) fn run(&mut self, sync: &mut Sync, kept: &mut Kept, concurrency: usize) -> End {
        let mut under_way: VecDeque<(Ticket, Request)> = VecDeque::new();
        let mut answers = 0;
        for _ in 0..ENDLESS {
            let mut wait = None;
            for action in sync.poll(self.now) {
                match action {
                    Action::Ask { ticket, request, timeout_millis } => {
                        assert!(timeout_millis > 0);
                        self.asked.push(request.describe());
                        under_way.push_back((ticket, request));
                        assert!(under_way.len() <= concurrency, "too many at once");
                    }
                    Action::Write { records, cursor } => kept.write(records, cursor),
                    Action::Progress(progress) => self.tell(progress),
                    Action::WaitUntil(time) => wait = Some(time),
                    Action::Done(report) => return End::Done(report),
                    Action::Failed(stop) => return End::Failed(stop),
                }
            }
            if answers >= self.kill_after {
                return End::Killed;
            }
            let next = (self.pick as usize) % under_way.len().max(1);
            self.pick = self.pick.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
            if let Some((ticket, request)) = under_way.remove(next) {
                self.now += 7;
                let reply = (self.server)(&request, self.now);
                sync.answered(ticket, reply, self.now);
                answers += 1;
            } else {
                let time = wait.expect("nothing under way and nothing to wait for: it hangs");
                assert!(time >= self.now, "it waits for the past");
                self.now = time.max(self.now + 1);
            }
        }
        panic!("the sync does not end");
    }

    fn tell(&mut self, progress: Progress) {
        if let Some(last) = self.progress.last() {
            let steps = |p: &Progress| {
                [
                    p.requests,
                    p.bytes,
                    p.runs,
                    p.points,
                    p.histories_done,
                    p.listings_done,
                    p.files_done,
                    p.file_bytes,
                ]
            };
            assert!(steps(last).iter().zip(steps(&progress)).all(|(before, now)| *before <= now), "{last:?}");
            assert!(last.phase <= progress.phase);
        }
        assert!(progress.files_done <= progress.files);
        assert!(progress.histories_done <= progress.histories && progress.listings_done <= progress.listings);
        self.progress.push(progress);
    }

    pub(super) fn last(&self) -> Progress {
        *self.progress.last().expect("progress")
    }
}

/// One sync from what is kept to its end.
pub(super) fn sync(kept: &mut Kept, server: &mut dyn FnMut(&Request, i64) -> Reply) -> End {
    sync_with(kept, SyncOptions::default(), server)
}

pub(super) fn sync_with(
    kept: &mut Kept,
    options: SyncOptions,
    server: &mut dyn FnMut(&Request, i64) -> Reply,
) -> End {
    let plan = SyncPlan { stored: kept.stored_runs(), options, ..SyncPlan::default() };
    let mut sync = Sync::new(plan, &kept.cursor);
    let mut drive = Drive::new(server);
    let end = drive.run(&mut sync, kept, options.concurrency);
    if matches!(end, End::Done(_)) {
        assert_eq!(drive.last().phase, Phase::Over);
    }
    end
}
