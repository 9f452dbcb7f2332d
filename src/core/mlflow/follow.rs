//! When a live source is asked for news: often while it is looked at and something runs, seldom
//! otherwise, never without a network, and ever more seldom while it does not answer.
//!
//! Without a clock or a timer: the caller says what time it is and what became of each round, and
//! [`Follow::next`] says when the next one is due.

use crate::model::Millis;

/// Between two rounds while a run is running and somebody looks.
const LOOKED_AT: Millis = 5_000;
/// While somebody looks and nothing runs: new runs may begin.
const NOTHING_RUNS: Millis = 10_000;
/// While nobody looks and something runs.
const HIDDEN: Millis = 60_000;
/// A round that brings nothing makes the next wait longer, up to this.
const LONGEST_QUIET: Millis = 30_000;
/// A server is to spend at most this share of its time on us: a round that took a second is
/// followed by at least five of rest.
const REST: Millis = 5;
/// First and longest wait after a failure.
const FIRST_RETRY: Millis = 5_000;
const LONGEST_RETRY: Millis = 300_000;

/// What a source's rounds came to so far.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Follow {
    /// When the last round ended.
    ended: Option<Millis>,
    /// How long it took.
    took: Millis,
    /// Rounds without news, one after the other.
    quiet: u32,
    /// Rounds that failed, one after the other.
    failures: u32,
    /// Why no round is made until a person acts.
    is_stopped: bool,
}

/// What decides how often a source is asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Watch {
    /// The tab is visible.
    pub is_visible: bool,
    /// The browser says that there is a network, or none is needed: the server is on this machine.
    pub is_online: bool,
    /// A run of what is on screen is running, as far as is known.
    pub has_running: bool,
}

/// How a round ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Round {
    /// It brought something.
    News,
    /// There was nothing new.
    Quiet,
    /// It failed, and may go well another time.
    Failed,
    /// It failed, and only a person can mend it: a sign-in is missing.
    Stopped,
}

impl Follow {
    /// One whose source was brought up to date at a time.
    pub fn since(ended: Millis) -> Self {
        Self { ended: Some(ended), ..Self::default() }
    }

    /// Takes how a round ended that began at `began`.
    pub fn took(&mut self, round: Round, began: Millis, now: Millis) {
        self.ended = Some(now);
        self.took = now.saturating_sub(began).max(0);
        self.quiet = if round == Round::Quiet { self.quiet.saturating_add(1) } else { 0 };
        self.failures = if round == Round::Failed { self.failures.saturating_add(1) } else { 0 };
        self.is_stopped = round == Round::Stopped;
    }

    /// Something changed that makes waiting needless: the network is back, the tab is looked at again.
    pub fn nudge(&mut self) {
        (self.quiet, self.failures) = (0, 0);
    }

    /// When the next round is due, which may be past; `None` for not at all as things are.
    pub fn next(&self, watch: Watch) -> Option<Millis> {
        if self.is_stopped || !watch.is_online {
            return None;
        }
        let wait = match watch {
            _ if self.failures > 0 => (FIRST_RETRY << (self.failures - 1).min(10)).min(LONGEST_RETRY),
            Watch { is_visible: true, has_running: true, .. } => {
                // Half as long again each time.
                (0..self.quiet.min(8)).fold(LOOKED_AT, |wait, _| wait + wait / 2).min(LONGEST_QUIET)
            }
            Watch { is_visible: true, .. } => NOTHING_RUNS,
            Watch { has_running: true, .. } => HIDDEN,
            Watch { .. } => return None,
        };
        let wait = wait.max(self.took.saturating_mul(REST));
        Some(self.ended.map_or(Millis::MIN, |ended| ended.saturating_add(wait)))
    }
}

#[cfg(test)]
#[expect(clippy::expect_used, clippy::unwrap_used, reason = "a test may fail")]
mod tests {
    use super::{Follow, Round, Watch};

    const LOOKING: Watch = Watch { is_visible: true, is_online: true, has_running: true };

    #[track_caller]
    fn waits(follow: &Follow, watch: Watch, expected: Option<i64>) {
        let ended = follow.ended.expect("a round ended");
        assert_eq!(follow.next(watch).map(|next| next - ended), expected, "{follow:?} {watch:?}");
    }

    #[test]
    fn what_runs_and_is_looked_at_is_asked_often() {
        let follow = Follow::since(1_000_000);
        waits(&follow, LOOKING, Some(5_000));
        waits(&follow, Watch { has_running: false, ..LOOKING }, Some(10_000));
        waits(&follow, Watch { is_visible: false, ..LOOKING }, Some(60_000));
        waits(&follow, Watch { is_visible: false, has_running: false, ..LOOKING }, None);
        waits(&follow, Watch { is_online: false, ..LOOKING }, None);
    }

    #[test]
    fn rounds_without_news_grow_rare_and_news_bring_them_back() {
        let mut follow = Follow::since(0);
        let mut before = 0;
        for _ in 0..12 {
            follow.took(Round::Quiet, 0, 10);
            let wait = follow.next(LOOKING).unwrap() - 10;
            assert!((before..=30_000).contains(&wait), "{wait}");
            before = wait;
        }
        assert_eq!(before, 30_000);
        follow.took(Round::News, 0, 10);
        waits(&follow, LOOKING, Some(5_000));
    }

    #[test]
    fn a_slow_server_is_left_in_peace() {
        let mut follow = Follow::default();
        follow.took(Round::News, 0, 4_000);
        waits(&follow, LOOKING, Some(20_000));
    }

    #[test]
    fn failures_double_the_wait_until_the_network_is_back() {
        let mut follow = Follow::default();
        for expected in [5_000, 10_000, 20_000, 40_000, 80_000, 160_000, 300_000, 300_000] {
            follow.took(Round::Failed, 100, 100);
            waits(&follow, LOOKING, Some(expected));
        }
        follow.nudge();
        waits(&follow, LOOKING, Some(5_000));
    }

    #[test]
    fn a_missing_sign_in_waits_for_a_person() {
        let mut follow = Follow::default();
        follow.took(Round::Stopped, 0, 10);
        waits(&follow, LOOKING, None);
        follow.took(Round::News, 20, 30);
        waits(&follow, LOOKING, Some(5_000));
    }

    #[test]
    fn the_first_round_is_due_at_once() {
        assert_eq!(Follow::default().next(LOOKING), Some(i64::MIN));
    }
}
