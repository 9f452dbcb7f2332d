//! Cells as words.

use std::{borrow::Cow, cmp::Ordering};

use super::{DiffCell, Verdict};
use crate::{diff::values::Measured, format};

/// The longest line of a cell, in characters.
pub(super) const LINE: usize = 300;

/// A text as it was logged.
pub(super) fn cell(text: &str) -> DiffCell {
    if text.is_empty() {
        return DiffCell { text: "empty".to_owned(), empty: true, ..DiffCell::default() };
    }
    let line = format::one_line(text, LINE);
    let title = (line != text).then(|| text.to_owned());
    DiffCell { text: line.into_owned(), title, exact: text.to_owned(), ..DiffCell::default() }
}

impl DiffCell {
    /// All there is to say about the cell, for a closer look: the exact value, then the change.
    pub fn hint(&self) -> String {
        let value = self.title.as_deref().unwrap_or(&self.text);
        let more = self.change().or_else(|| self.bad.clone());
        more.map_or_else(|| value.to_owned(), |more| format!("{value}\n{more}"))
    }

    /// The cell for ears: `0.85, +0.02 (+2.4%), better than the baseline`.
    pub fn spoken(&self, is_baseline: bool) -> String {
        let compared = match (is_baseline, self.differs) {
            (true, _) => "baseline".to_owned(),
            (false, false) => "same as the baseline".to_owned(),
            (false, true) => self
                .change()
                .or_else(|| self.bad.clone())
                .unwrap_or_else(|| "differs from the baseline".to_owned()),
        };
        let best = if self.best { ", best" } else { "" };
        format!("{}, {compared}{best}", self.text)
    }

    /// `+0.0292 (+3.6%), better than the baseline`.
    fn change(&self) -> Option<String> {
        let delta = self.delta.as_ref()?;
        let percent = delta.percent.as_ref().map(|percent| format!(" ({percent})")).unwrap_or_default();
        let verdict = match (delta.verdict, delta.sign) {
            (Verdict::Better, _) => "better than",
            (Verdict::Worse, _) => "worse than",
            (Verdict::Neutral, Ordering::Less) => "below",
            (Verdict::Neutral, _) => "above",
        };
        Some(format!("{}{percent}, {verdict} the baseline", delta.text))
    }
}

/// Since when the latest value is no number.
pub(super) fn bad_words(metric: &Measured<'_>) -> Option<String> {
    if metric.value.is_finite() {
        return None;
    }
    let summary = metric.summary;
    Some(match summary.first_non_finite_step {
        _ if summary.non_finite >= summary.count => "never a number".to_owned(),
        Some(step) => format!("diverged at {}", format::compact(step)),
        None => "diverged".to_owned(),
    })
}

/// The difference of two logged numbers without the noise of binary fractions: 0.3 − 0.1 is `+0.2`.
pub(super) fn short_delta(base: f64, value: f64) -> Option<String> {
    let difference = value - base;
    if !difference.is_finite() || difference == 0.0 {
        return None;
    }
    let rounded: f64 = format!("{difference:.6e}").parse().ok()?;
    let text = if rounded.abs() < 1e-4 || rounded.abs() >= 1e7 {
        format::metric(rounded)
    } else {
        rounded.to_string().replace('-', "−")
    };
    Some(if difference > 0.0 { format!("+{text}") } else { text })
}

/// Text whose blanks show, for values that differ in nothing else.
pub(super) fn visible(text: &str) -> String {
    let mark = |c: char| match c {
        ' ' => '·',
        '\n' => '␊',
        '\r' => '␍',
        '\t' => '␉',
        c if c.is_whitespace() || c.is_control() => '␣',
        c => c,
    };
    let marked: String = text.chars().map(mark).collect();
    let line: Cow<str> = format::one_line(&marked, LINE);
    line.into_owned()
}
