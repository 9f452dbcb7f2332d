use super::FigureRun;
use crate::{
    board::AxisColumn,
    format,
    stat::factor::Factor,
    table::{Column, number_of, text_of},
};

/// What numbers of a column mean.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Unit {
    Plain,
    /// Milliseconds since the epoch.
    Time,
    /// Milliseconds.
    Length,
}

/// What the runs have in a column.
#[derive(Debug)]
pub(super) struct Values {
    pub(super) label: String,
    pub(super) factor: Factor,
    pub(super) unit: Unit,
    /// A logarithmic axis: what is not above zero has no place.
    pub(super) log: bool,
    words: Vec<Option<String>>,
    utc_offset_minutes: i32,
}

impl Values {
    pub(super) fn of(axis: &AxisColumn, runs: &[FigureRun<'_>], utc_offset_minutes: i32) -> Self {
        let column = &axis.column;
        let unit = match column {
            Column::StartTime | Column::EndTime => Unit::Time,
            Column::Duration => Unit::Length,
            _ => Unit::Plain,
        };
        let is_number = unit != Unit::Plain || matches!(column, Column::Metric(_));
        let numbers = || runs.iter().map(|run| number_of(run.run, column));
        let texts: Vec<Option<String>> =
            runs.iter().map(|run| text_of(run.run, column).map(std::borrow::Cow::into_owned)).collect();
        let factor = if is_number {
            Factor::Numbers(numbers().map(Option::unwrap_or_nan).collect())
        } else {
            match Factor::of(texts.iter().map(Option::as_deref)) {
                // Whoever wants magnitudes means the runs that have one.
                Factor::Categories { .. } if axis.log && numbers().flatten().any(f64::is_finite) => {
                    Factor::Numbers(numbers().map(Option::unwrap_or_nan).collect())
                }
                factor => factor,
            }
        };
        let words = match unit {
            Unit::Plain => texts,
            Unit::Time | Unit::Length => {
                let say = |number: f64| number_words(number, unit, utc_offset_minutes);
                numbers().map(|number| number.map(say)).collect()
            }
        };
        let log = axis.log && matches!(factor, Factor::Numbers(_));
        Self { label: column.label().into_owned(), factor, unit, log, words, utc_offset_minutes }
    }

    /// Linear values of a column.
    pub(super) fn of_column(column: &Column, runs: &[FigureRun<'_>], utc_offset_minutes: i32) -> Self {
        Self::of(&AxisColumn::of(column.clone()), runs, utc_offset_minutes)
    }

    /// Numbers only, whatever the texts are.
    pub(super) fn numbers(column: &Column, runs: &[FigureRun<'_>], utc_offset_minutes: i32) -> Self {
        let mut values = Self::of_column(column, runs, utc_offset_minutes);
        if let Factor::Categories { .. } = values.factor {
            let number = |run: &FigureRun<'_>| number_of(run.run, column).unwrap_or_nan();
            values.factor = Factor::Numbers(runs.iter().map(number).collect());
        }
        values
    }

    /// An axis of plain numbers that no run has.
    pub(super) fn plain(label: &str, runs: usize) -> Self {
        let factor = Factor::Numbers(vec![f64::NAN; runs]);
        Self {
            label: label.to_owned(),
            factor,
            unit: Unit::Plain,
            log: false,
            words: Vec::new(),
            utc_offset_minutes: 0,
        }
    }

    /// The labels, if these are categories.
    pub(super) fn labels(&self) -> Option<&[String]> {
        match &self.factor {
            Factor::Categories { labels, .. } => Some(labels),
            Factor::Numbers(_) => None,
        }
    }

    /// What stands for a run on an axis; `None` for one that cannot be drawn.
    pub(super) fn code(&self, run: usize) -> Option<f64> {
        self.factor.code(run).filter(|code| !self.log || *code > 0.0)
    }

    /// All numbers that can be drawn.
    pub(super) fn codes(&self) -> impl Iterator<Item = f64> {
        (0..self.factor.len()).filter_map(|run| self.code(run))
    }

    /// The numbers of these runs that can be drawn.
    pub(super) fn codes_of(&self, runs: &[usize]) -> impl Iterator<Item = f64> {
        runs.iter().filter_map(|&run| self.code(run))
    }

    /// As an axis spreads it: its logarithm on a logarithmic one. NaN for one that cannot be drawn.
    pub(super) fn spread(&self, run: usize) -> f64 {
        let code = self.code(run).unwrap_or(f64::NAN);
        if self.log { code.log10() } else { code }
    }

    /// Minutes that local time is ahead of UTC.
    pub(super) fn offset(&self) -> i32 {
        self.utc_offset_minutes
    }

    /// What a run has, for people.
    pub(super) fn words(&self, run: usize) -> String {
        self.words.get(run).cloned().flatten().unwrap_or_else(|| "not set".to_owned())
    }

    /// A number of this column, for people.
    pub(super) fn say(&self, number: f64) -> String {
        number_words(number, self.unit, self.utc_offset_minutes)
    }

    /// A row of a tip.
    pub(super) fn row(&self, run: usize) -> (String, String) {
        (self.label.clone(), self.words(run))
    }

    /// Which runs cannot be drawn, and why.
    pub(super) fn lacks(&self) -> Vec<String> {
        let all = self.factor.len();
        let (mut missing, mut text, mut infinite, mut low) = (0, 0, 0, 0);
        for run in 0..all {
            let words = self.words.get(run).and_then(Option::as_deref);
            match (self.code(run), words, self.factor.code(run)) {
                (Some(_), ..) => {}
                (None, None, _) => missing += 1,
                (None, _, Some(_)) => low += 1,
                (None, Some(words), None) => match words.trim().replace('\u{2212}', "-").parse::<f64>() {
                    Ok(_) => infinite += 1,
                    Err(_) if matches!(words, "∞" | "-∞" | "\u{2212}∞") => infinite += 1,
                    Err(_) => text += 1,
                },
            }
        }
        let label = &self.label;
        let runs = |count: usize| format::of_total(count as u64, all as u64, "run", "runs");
        let has = if missing == 1 { "has" } else { "have" };
        let whys = [
            (missing, format!("{} {has} no {label}", runs(missing))),
            (infinite, format!("{label} is NaN or infinite in {}", runs(infinite))),
            (text, format!("{label} is no number in {}", runs(text))),
            (low, format!("{label} is not above 0 in {}, which a log axis cannot show", runs(low))),
        ];
        whys.into_iter().filter(|(count, _)| *count > 0).map(|(_, why)| why).collect()
    }
}

fn number_words(number: f64, unit: Unit, utc_offset_minutes: i32) -> String {
    match unit {
        Unit::Plain => format::metric(number),
        Unit::Time => format::date_time(number.round() as i64, utc_offset_minutes),
        Unit::Length => format::duration(number.round() as i64),
    }
}

trait OrNan {
    fn unwrap_or_nan(self) -> f64;
}

impl OrNan for Option<f64> {
    fn unwrap_or_nan(self) -> f64 {
        self.unwrap_or(f64::NAN)
    }
}
