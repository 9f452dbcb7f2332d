use std::sync::Arc;

use runatlas_core::{
    board::{self, Aggregate, Board, CardKind, CardRef, Grouping, Look, Y, value, values},
    chart::{Counts, Oddities, Series, Trace, XAxis},
    format,
    history::History,
    link::RunKey,
    model::RunStatus,
    table::Column,
};

use super::sources::{Found, Sources};
use crate::state::{Histories, ShownRun};

/// What a line card draws.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Wanted {
    ys: Vec<Y>,
    /// Expressions that cannot be read, and why.
    trouble: Vec<(String, String)>,
    x: XAxis,
    /// The metric on x, if there is one.
    x_metric: Option<String>,
    grouping: Grouping,
    /// The value of the facet column that its runs have.
    facet: Option<String>,
}

impl Wanted {
    pub(super) fn of(board: &Board, card: &CardRef) -> Self {
        let lines = board.lines_of(&card.id);
        let texts = match board.kind(&card.id) {
            Some(CardKind::Line { ys }) => ys,
            _ => Vec::new(),
        };
        let (mut ys, mut trouble) = (Vec::new(), Vec::new());
        for text in texts {
            match Y::parse(&text) {
                Ok(y) => ys.push(y),
                Err(error) => trouble.push((text, error.to_string())),
            }
        }
        Self {
            ys,
            trouble,
            x: lines.x,
            x_metric: (lines.x == XAxis::Metric).then_some(lines.x_metric),
            grouping: lines.group,
            facet: card.facet.clone(),
        }
    }

    fn shows(&self, run: &ShownRun) -> bool {
        match (&self.facet, &self.grouping.facet) {
            (Some(facet), Some(column)) => value(&run.run, column) == *facet,
            _ => true,
        }
    }
}

/// The values of the facet column among the runs.
pub(super) fn facets(shown: &[ShownRun], column: &Column) -> Vec<String> {
    values(shown.iter().map(|shown| &shown.run), column)
}

/// The curves of one chart, as far as they are here.
#[derive(Debug, Clone, Default)]
pub struct Curves {
    /// Those whose points are here, in the order of the runs; one a group where runs are put together.
    pub series: Vec<Series>,
    /// The run of each; of a group's the first.
    pub runs: Vec<RunKey>,
    /// The curves that each of a group's stands for; empty where runs stand for themselves.
    pub members: Vec<Vec<Series>>,
    /// How the curves of groups came about, for people.
    alignments: Vec<String>,
    /// Points that are still being read.
    pub reading: u64,
    /// Names of the runs that never logged the metric.
    pub absent: Vec<String>,
    /// Why histories could not be read: run and reason.
    pub failed: Vec<(String, String)>,
    /// The curves of runs, with what they were made of, so that nothing is made twice.
    made: Vec<Made>,
    aggregate: Option<Aggregate>,
}

/// The curve of a run.
#[derive(Debug, Clone)]
struct Made {
    run: RunKey,
    series: Series,
    group: String,
    sources: Vec<Arc<History>>,
}

impl PartialEq for Curves {
    fn eq(&self, other: &Self) -> bool {
        let same = |a: &Made, b: &Made| {
            let (x, y) = (&a.series, &b.series);
            Arc::ptr_eq(&x.trace, &y.trace)
                && (x.slot, x.dash, x.running, &x.label) == (y.slot, y.dash, y.running, &y.label)
                && (&a.run, &a.group) == (&b.run, &b.group)
        };
        self.made.len() == other.made.len()
            && self.made.iter().zip(&other.made).all(|(a, b)| same(a, b))
            && self.aggregate == other.aggregate
            && self.reading == other.reading
            && self.absent == other.absent
            && self.failed == other.failed
    }
}

impl Curves {
    /// The curves of a card; what `before` has made of the same points is kept.
    pub(super) fn of(
        wanted: &Wanted,
        shown: &[ShownRun],
        histories: Histories,
        before: Option<&Arc<Self>>,
    ) -> Self {
        let looked: Vec<_> = shown.iter().map(|shown| (&shown.run, shown.slot)).collect();
        let looks = wanted.grouping.looks(&looked);
        let mut curves =
            Self { failed: wanted.trouble.clone(), aggregate: wanted.grouping.aggregate, ..Self::default() };
        for y in &wanted.ys {
            let runs = shown.iter().zip(&looks).filter(|(run, _)| wanted.shows(run));
            for (run, look) in runs {
                let sources = Sources { y, x_metric: wanted.x_metric.as_deref() };
                match sources.find(run, histories) {
                    Found::Coming(points) => curves.reading += points,
                    Found::Absent => curves.absent.push(run.run.run.display_name().to_owned()),
                    Found::Failed(reason) => {
                        curves.failed.push((run.run.run.display_name().to_owned(), reason));
                    }
                    Found::Here(found) => curves.add(wanted, y, run, look, found, before),
                }
            }
        }
        curves.absent.dedup();
        curves.finish(wanted.x, before);
        curves
    }

    fn add(
        &mut self,
        wanted: &Wanted,
        y: &Y,
        shown: &ShownRun,
        look: &Look,
        sources: Vec<Arc<History>>,
        before: Option<&Arc<Self>>,
    ) {
        let is_same = |made: &&Made| {
            made.run == shown.key
                && made.sources.len() == sources.len()
                && made.sources.iter().zip(&sources).all(|(a, b)| Arc::ptr_eq(a, b))
        };
        let known = before.and_then(|before| before.made.iter().find(is_same));
        let trace = match known {
            Some(made) => Arc::clone(&made.series.trace),
            None => Arc::new(trace(y, &sources, shown, wanted.x_metric.is_some())),
        };
        let name = shown.run.run.display_name();
        let label = if wanted.ys.len() > 1 { format!("{name}, {}", words(y)) } else { name.to_owned() };
        let series = Series {
            id: shown.key.run.clone(),
            label,
            slot: look.slot,
            dash: look.dash,
            running: shown.run.run.status == RunStatus::Running,
            trace,
            band: None,
        };
        let group =
            if wanted.ys.len() > 1 { format!("{} {}", look.group, words(y)) } else { look.group.clone() };
        self.made.push(Made { run: shown.key.clone(), series, group, sources });
    }

    /// Puts the runs of a group together, if that is wanted.
    fn finish(&mut self, x: XAxis, before: Option<&Arc<Self>>) {
        let Some(aggregate) = self.aggregate else {
            self.series = self.made.iter().map(|made| made.series.clone()).collect();
            self.runs = self.made.iter().map(|made| made.run.clone()).collect();
            return;
        };
        if let Some(before) = before.filter(|before| ***before == *self && before.reading == self.reading) {
            self.series.clone_from(&before.series);
            self.runs.clone_from(&before.runs);
            self.members.clone_from(&before.members);
            self.alignments.clone_from(&before.alignments);
            return;
        }
        let all: Vec<Series> = self.made.iter().map(|made| made.series.clone()).collect();
        let groups: Vec<String> = self.made.iter().map(|made| made.group.trim().to_owned()).collect();
        for gathered in board::gather(&all, &groups, x, aggregate) {
            let first = gathered.members.first().and_then(|&index| self.made.get(index));
            let Some(first) = first else { continue };
            self.runs.push(first.run.clone());
            self.alignments.push(gathered.words(aggregate, x));
            self.members.push(gathered.members.iter().filter_map(|&index| all.get(index).cloned()).collect());
            self.series.push(gathered.series);
        }
    }

    /// Which of the series belongs to a run, or to its group.
    pub fn index_of(&self, run: &RunKey) -> Option<usize> {
        let of_member = |members: &Vec<Series>| members.iter().any(|member| member.id == run.run);
        self.runs.iter().position(|key| key == run).or_else(|| self.members.iter().position(of_member))
    }

    /// How many points of how many runs are drawn, or are being read.
    pub fn words(&self, drawn: Option<Counts>) -> String {
        if self.reading > 0 {
            return format!("reading {}", format::count(self.reading, "point", "points"));
        }
        let Some(drawn) = drawn else { return String::default() };
        let here = self.made.len();
        let runs = here + self.absent.len() + self.failed.len();
        let mut words = drawn.words();
        if self.aggregate.is_some() {
            let points: usize = self.made.iter().map(|made| made.series.trace.history().len()).sum();
            let groups = format::count(self.series.len() as u64, "group", "groups");
            words = format!("{groups} of all {}", format::count(points as u64, "point", "points"));
        }
        if here < runs {
            words = format!("{words}, {}", format::of_total(here as u64, runs as u64, "run", "runs"));
        }
        words
    }

    /// What a person should know who reads the curves: how groups were put together, what is odd
    /// about the points, what could not be read.
    pub fn notes(&self) -> Vec<String> {
        let failed = self.failed.iter().map(|(run, reason)| format!("{run} could not be read: {reason}"));
        self.alignments.iter().cloned().chain(self.oddities()).chain(failed).collect()
    }

    /// Who did not log it; nothing where all did.
    pub fn absent_words(&self) -> Option<String> {
        (!self.absent.is_empty()).then(|| format!("Not logged by {}", self.absent.join(", ")))
    }

    /// What is odd about the points as they were logged.
    fn oddities(&self) -> Vec<String> {
        let of = |is: fn(Oddities) -> bool| {
            let named = self.made.iter().filter(|made| is(made.series.trace.oddities()));
            named.map(|made| made.series.label.as_str()).collect::<Vec<_>>()
        };
        let mut said = Vec::new();
        let twice = of(|odd| odd.same_step);
        if !twice.is_empty() {
            said.push(format!("Several points at one step, all drawn: {}", twice.join(", ")));
        }
        let back = of(|odd| odd.time_back);
        if !back.is_empty() {
            said.push(format!("Time goes back while the step goes on: {}", back.join(", ")));
        }
        said
    }
}

fn trace(y: &Y, sources: &[Arc<History>], shown: &ShownRun, has_x: bool) -> Trace {
    let (x, of_y) = match sources.split_last() {
        Some((x, rest)) if has_x => (Some(Arc::clone(x)), rest),
        _ => (None, sources),
    };
    let history = match y {
        Y::Metric(_) => of_y.first().map(Arc::clone).unwrap_or_default(),
        Y::Derived(expr) => {
            Arc::new(board::derived(expr, &of_y.iter().map(AsRef::as_ref).collect::<Vec<_>>()))
        }
    };
    let trace = Trace::new(history, shown.run.run.start_time);
    match x {
        Some(x) => trace.over(x),
        None => trace,
    }
}

fn words(y: &Y) -> String {
    match y {
        Y::Metric(name) => name.clone(),
        Y::Derived(expr) => expr.to_string(),
    }
}
