use super::{Phase, Progress};
use crate::{format, model::Millis};

/// How fast a sync is, and how long it still takes, from what it told of itself.
///
/// Counts what came in the last while, so that a pause or a slow start does not spoil the figures
/// for the rest.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Pace {
    /// Oldest first.
    seen: Vec<Progress>,
}

/// Figures are of this long, in milliseconds.
const WINDOW: i64 = 10_000;
/// Before this much is seen, figures would jump.
const LEAST: i64 = 1_500;

impl Pace {
    /// Takes what the sync told.
    pub fn add(&mut self, progress: &Progress) {
        let is_other = |last: &Progress| last.phase != progress.phase || last.started != progress.started;
        if self.seen.last().is_some_and(is_other) {
            self.seen.clear();
        }
        self.seen.push(*progress);
        let from = progress.now.saturating_sub(WINDOW);
        let old = self.seen.iter().take_while(|seen| seen.now < from).count();
        self.seen.drain(..old);
    }

    /// Forgets what it saw: the time of a pause is no part of the pace.
    pub fn clear(&mut self) {
        self.seen.clear();
    }

    /// Points a second; `None` while too little is seen or no points come.
    pub fn points_a_second(&self) -> Option<u64> {
        let (first, last) = self.span()?;
        let points = last.points.checked_sub(first.points).filter(|points| *points > 0)?;
        Some((points as f64 * 1000.0 / (last.now - first.now) as f64).round() as u64)
    }

    /// Milliseconds until the phase is over; `None` while nobody can say.
    pub fn left(&self) -> Option<Millis> {
        let (first, last) = self.span()?;
        let (done, total) = done_of(last)?;
        let gained = done.checked_sub(done_of(first)?.0).filter(|gained| *gained > 0)?;
        let left = (total - done) as f64 * (last.now - first.now) as f64 / gained as f64;
        Some(left as Millis)
    }

    /// "12,400 points/s, about 2 min left", or as much of it as is known.
    pub fn words(&self) -> String {
        let rate = self.points_a_second().map(|rate| format!("{} points/s", format::unsigned(rate)));
        let left = self.left().map(|left| match left {
            ..60_000 => format!("about {} s left", (left / 1000).max(1)),
            60_000..3_600_000 => format!("about {} min left", (left + 30_000) / 60_000),
            _ => "more than an hour left".to_owned(),
        });
        [rate, left].into_iter().flatten().collect::<Vec<_>>().join(", ")
    }

    fn span(&self) -> Option<(&Progress, &Progress)> {
        let (first, last) = (self.seen.first()?, self.seen.last()?);
        (last.now - first.now >= LEAST).then_some((first, last))
    }
}

/// What is done of the phase, and how much there is.
fn done_of(progress: &Progress) -> Option<(u64, u64)> {
    let (done, total) = match progress.phase {
        Phase::Histories => (progress.histories_done, progress.histories),
        Phase::Artifacts => (progress.listings_done, progress.listings),
        Phase::Files => (progress.files_done, progress.files),
        Phase::Runs | Phase::Models | Phase::Over => return None,
    };
    (total > 0).then_some((done.min(total), total))
}

#[cfg(test)]
mod tests {
    use super::{Pace, Phase, Progress};

    fn at(now: i64, phase: Phase, points: u64, done: u64) -> Progress {
        Progress { phase, now, points, histories: 1000, histories_done: done, ..Progress::default() }
    }

    #[test]
    fn figures_are_of_the_last_while() {
        let mut pace = Pace::default();
        assert_eq!(pace.words(), "");
        pace.add(&at(0, Phase::Histories, 0, 0));
        pace.add(&at(1000, Phase::Histories, 5_000, 5));
        assert_eq!(pace.words(), "", "too early to say");
        pace.add(&at(2000, Phase::Histories, 10_000, 10));
        assert_eq!(pace.words(), "5,000 points/s, about 3 min left");
        // Ten times as fast from here: the slow start falls out of the window.
        for second in 3..=20 {
            let points = 10_000 + (second - 2) * 50_000;
            pace.add(&at(second as i64 * 1000, Phase::Histories, points, 10 + (second - 2) * 50));
        }
        assert_eq!(pace.points_a_second(), Some(50_000));
        assert_eq!(pace.left(), Some(1_800));
    }

    #[test]
    fn a_new_phase_and_a_pause_begin_anew() {
        let mut pace = Pace::default();
        pace.add(&at(0, Phase::Histories, 0, 0));
        pace.add(&at(5000, Phase::Histories, 100, 10));
        pace.add(&at(5100, Phase::Models, 100, 1000));
        assert_eq!((pace.points_a_second(), pace.left()), (None, None));
        pace.clear();
        pace.add(&at(60_000, Phase::Histories, 100, 10));
        assert_eq!(pace.left(), None);
    }

    #[test]
    fn nothing_gained_says_nothing() {
        let mut pace = Pace::default();
        pace.add(&at(0, Phase::Histories, 7, 3));
        pace.add(&at(9000, Phase::Histories, 7, 3));
        assert_eq!(pace.words(), "");
    }
}
