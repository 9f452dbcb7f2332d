use super::table::{Column, MISSING, Table};
use super::{LEAST_RUNS, Param};
use crate::format;
use crate::stat::relation::pearson;

/// A reason to doubt importances.
#[derive(Debug, Clone, PartialEq)]
pub enum Caution {
    /// There are too few runs to say anything.
    TooFewRuns {
        /// So many.
        runs: usize,
    },
    /// There are few runs: another one may change the order.
    FewRuns {
        /// So many.
        runs: usize,
    },
    /// The metric is the same in all runs.
    SameMetric,
    /// Params that are the same in all runs: nothing is known of them.
    Constant {
        /// Their names.
        names: Vec<String>,
    },
    /// Params each of which changes together with another one of them: the importance of one may
    /// belong to another.
    Together {
        /// Their names, two or more.
        names: Vec<String>,
    },
    /// The params do not explain the metric, so that shares of what they explain mean little.
    LittleExplained {
        /// The share that they explain, 0 where the forest is no better than the mean.
        share: f64,
    },
}

impl Caution {
    /// For people.
    pub fn words(&self) -> String {
        match self {
            Self::TooFewRuns { runs } => format!(
                "{} with this metric: too few for importances, {LEAST_RUNS} are needed",
                format::count(*runs as u64, "run", "runs")
            ),
            Self::FewRuns { runs } => {
                format!("only {runs} runs: another one may change the order")
            }
            Self::SameMetric => "the metric is the same in all runs".to_owned(),
            Self::Constant { names } => {
                format!("the same in all runs, so nothing is known of: {}", names.join(", "))
            }
            Self::Together { names } => {
                let (last, others) =
                    names.split_last().map_or(("", names.as_slice()), |(l, o)| (l.as_str(), o));
                let others = others.join(", ");
                format!("{others} and {last} change together: the importance of one may belong to another")
            }
            Self::LittleExplained { share } => format!(
                "the params explain only {:.0} % of the differences between the runs: read little into their shares",
                share * 100.0
            ),
        }
    }
}

/// Fewer runs than this are few.
const FEW: usize = 30;
/// Less explained than this is little.
const LITTLE: f64 = 0.3;
/// A correlation stronger than this is one change, not two.
const TOGETHER: f64 = 0.9;
/// Beyond so many params, pairs are not looked for.
const MOST_PAIRED: usize = 200;

pub(super) fn all(params: &[Param], table: &Table, explained: Option<f64>) -> Vec<Caution> {
    let runs = table.runs();
    let mut cautions = Vec::new();
    match runs {
        _ if runs < LEAST_RUNS => cautions.push(Caution::TooFewRuns { runs }),
        _ if runs < FEW => cautions.push(Caution::FewRuns { runs }),
        _ => {}
    }
    let is_constant = |place: usize| table.columns.get(place).is_some_and(Column::is_constant);
    let name = |place: usize| params.get(place).map(|param| param.name.to_owned()).unwrap_or_default();
    if runs > 1 && table.target.iter().all(|rank| Some(rank) == table.target.first()) {
        cautions.push(Caution::SameMetric);
    } else if let Some(share) = explained.filter(|&share| share < LITTLE) {
        cautions.push(Caution::LittleExplained { share: share.max(0.0) });
    }
    let (constant, varied): (Vec<usize>, Vec<usize>) =
        (0..params.len()).partition(|&place| is_constant(place));
    if runs > 0 && !constant.is_empty() {
        cautions.push(Caution::Constant { names: constant.into_iter().map(name).collect() });
    }
    if runs >= LEAST_RUNS && varied.len() <= MOST_PAIRED {
        let sets = sets(table, &varied).into_iter();
        cautions.extend(sets.map(|set| Caution::Together { names: set.into_iter().map(name).collect() }));
    }
    cautions
}

/// The sets of two or more params that are linked by pairs that change together.
fn sets(table: &Table, params: &[usize]) -> Vec<Vec<usize>> {
    let mut sets: Vec<Vec<usize>> = Vec::new();
    for &param in params {
        let (linked, mut others): (Vec<_>, Vec<_>) =
            sets.into_iter().partition(|set| set.iter().any(|&other| together(table, other, param)));
        let mut set: Vec<usize> = linked.into_iter().flatten().chain([param]).collect();
        set.sort_unstable();
        others.push(set);
        sets = others;
    }
    sets.retain(|set| set.len() > 1);
    sets.sort_unstable();
    sets
}

/// Whether two params tell the same runs apart, or rise and fall together.
fn together(table: &Table, a: usize, b: usize) -> bool {
    let (Some(a), Some(b)) = (table.columns.get(a), table.columns.get(b)) else { return false };
    if let (Some(places), Some(others)) = (follows(a, b), follows(b, a)) {
        // Two params that are new in each run do not tell the same apart: they tell everything apart.
        if places == others && places < table.runs() {
            return true;
        }
    }
    let found = pearson(&a.ranks, &b.ranks);
    found.is_some_and(|found| found.r.abs() > TOGETHER && found.n >= LEAST_RUNS)
}

/// Of how many different places the one column is, if each of them goes with one place of the other.
fn follows(one: &Column, other: &Column) -> Option<usize> {
    let mut with: Vec<Option<u32>> = vec![None; one.codes.len() + 1];
    for (&code, &beside) in one.codes.iter().zip(&other.codes) {
        let place = if code == MISSING { one.codes.len() } else { code as usize };
        if *with.get_mut(place)?.get_or_insert(beside) != beside {
            return None;
        }
    }
    Some(with.iter().flatten().count())
}
