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
    /// A metric: what a run has is a number, however it is said.
    is_metric: bool,
    /// So many runs have text where others have numbers, and so all are names.
    mixed: Option<usize>,
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
        let mut mixed = None;
        let factor = if is_number {
            Factor::Numbers(numbers().map(Option::unwrap_or_nan).collect())
        } else {
            let (are, texts_among) = counts(&texts, numbers());
            match Factor::of(texts.iter().map(Option::as_deref)) {
                // Whoever wants magnitudes means the runs that have one; and a few texts do not make
                // names of many numbers. What is left out is said.
                Factor::Categories { .. } if are > 0 && (axis.log || are >= texts_among * 2) => {
                    Factor::Numbers(numbers().map(Option::unwrap_or_nan).collect())
                }
                factor => {
                    mixed = (are > 0 && matches!(factor, Factor::Categories { .. })).then_some(texts_among);
                    factor
                }
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
        let is_metric = matches!(column, Column::Metric(_));
        let label = column.label().into_owned();
        Self { label, factor, unit, log, is_metric, mixed, words, utc_offset_minutes }
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
            values.mixed = None;
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
            is_metric: false,
            mixed: None,
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
        // 64 layers are no 64.00 layers.
        if self.unit == Unit::Plain && !self.is_metric {
            let text = number.to_string();
            if text.len() <= 6 {
                return text.replace('-', "\u{2212}");
            }
        }
        number_words(number, self.unit, self.utc_offset_minutes)
    }

    /// What a run has, in a table.
    pub(super) fn cell(&self, run: usize) -> Cell {
        let Some(words) = self.words.get(run).cloned().flatten() else { return Cell::missing() };
        match &self.factor {
            Factor::Numbers(numbers) if self.is_metric || self.unit != Unit::Plain => {
                numbers.get(run).map_or_else(Cell::missing, |number| self.cell_of(*number))
            }
            Factor::Numbers(_) => Cell { is_number: self.factor.code(run).is_some(), ..Cell::text(words) },
            Factor::Categories { .. } => Cell::text(words),
        }
    }

    /// A number of this column, in a table.
    pub(super) fn cell_of(&self, number: f64) -> Cell {
        match self.unit {
            Unit::Plain => Cell::number(number),
            Unit::Time | Unit::Length => Cell { words: self.say(number), ..Cell::number(number) },
        }
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
        // None begins with the column: a key is not written with a capital.
        let whys = [
            (missing, format!("{} {has} no {label}", runs(missing))),
            (infinite, format!("in {} {label} is NaN or infinite", runs(infinite))),
            (text, format!("in {} {label} is not a number", runs(text))),
            (low, format!("in {} {label} is not above 0, which a log axis cannot show", runs(low))),
            (
                self.mixed.unwrap_or_default(),
                format!(
                    "in {} {label} is not a number, so each of its values has a place of its own",
                    runs(self.mixed.unwrap_or_default())
                ),
            ),
        ];
        whys.into_iter().filter(|(count, _)| *count > 0).map(|(_, why)| why).collect()
    }
}

/// A cell of a table.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Cell {
    /// For people.
    pub words: String,
    /// For programs; empty where there is nothing.
    pub exact: String,
    /// Whether it is a number.
    pub is_number: bool,
}

impl Cell {
    pub(super) fn missing() -> Self {
        Self { words: "\u{2013}".to_owned(), ..Self::default() }
    }

    pub(super) fn text(text: String) -> Self {
        Self { words: text.clone(), exact: text, is_number: false }
    }

    pub(super) fn number(number: f64) -> Self {
        Self { words: format::exact(number), exact: number.to_string(), is_number: true }
    }

    pub(super) fn count(count: usize) -> Self {
        Self { words: format::unsigned(count as u64), exact: count.to_string(), is_number: true }
    }
}

/// How many of the texts are finite numbers, and how many are no numbers at all.
fn counts(texts: &[Option<String>], numbers: impl Iterator<Item = Option<f64>>) -> (usize, usize) {
    texts.iter().zip(numbers).filter_map(|(text, number)| Some((text.as_ref()?, number))).fold(
        (0, 0),
        |(are, text), (_, number)| match number {
            Some(number) if number.is_finite() => (are + 1, text),
            Some(_) => (are, text),
            None => (are, text + 1),
        },
    )
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
