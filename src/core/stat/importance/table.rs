use super::Param;
use crate::stat::factor::Factor;
use crate::stat::relation::ranks;

/// A param that a run does not have.
pub(super) const MISSING: u32 = u32::MAX;

/// The runs that count, as a forest sees them: only order matters, so that a logarithm of a param or
/// of the metric changes nothing and one run that diverged decides nothing.
pub(super) struct Table {
    pub(super) columns: Vec<Column>,
    /// The rank of each run's metric, 0 to 1.
    pub(super) target: Vec<f64>,
}

pub(super) struct Column {
    /// For each run the place of its number among all different ones, or of its category.
    pub(super) codes: Vec<u32>,
    /// Whether the order of the codes means something.
    pub(super) ordered: bool,
    /// If so, the rank of each run that has the param; NaN for the others.
    pub(super) ranks: Vec<f64>,
}

impl Table {
    pub(super) fn of(params: &[Param], metric: &[f64]) -> Self {
        let counts = |run: &usize| metric.get(*run).is_some_and(|value| value.is_finite());
        let runs: Vec<usize> = (0..metric.len()).filter(counts).collect();
        let values: Vec<f64> = runs.iter().filter_map(|&run| metric.get(run).copied()).collect();
        let last = (runs.len() as f64 - 1.0).max(1.0);
        let target = ranks(&values).into_iter().map(|rank| (rank - 1.0) / last).collect();
        Self { columns: params.iter().map(|param| Column::of(param.factor, &runs)).collect(), target }
    }

    pub(super) fn runs(&self) -> usize {
        self.target.len()
    }

    /// How many runs have the param.
    pub(super) fn present(&self, param: usize) -> usize {
        let column = self.columns.get(param);
        column.map_or(0, |column| column.codes.iter().filter(|&&code| code != MISSING).count())
    }

    pub(super) fn code(&self, param: usize, run: usize) -> u32 {
        self.columns.get(param).and_then(|column| column.codes.get(run)).copied().unwrap_or(MISSING)
    }
}

impl Column {
    fn of(factor: &Factor, runs: &[usize]) -> Self {
        let codes: Vec<Option<f64>> = runs.iter().map(|&run| factor.code(run)).collect();
        let mut all: Vec<f64> = codes.iter().flatten().copied().collect();
        all.sort_unstable_by(f64::total_cmp);
        all.dedup();
        let place = |code: f64| all.partition_point(|&other| other < code) as u32;
        let codes: Vec<u32> = codes.into_iter().map(|code| code.map_or(MISSING, place)).collect();
        let ordered = matches!(factor, Factor::Numbers(_));
        let ranks = if ordered { ranks_of(&codes) } else { Vec::new() };
        Self { codes, ordered, ranks }
    }

    /// Whether all runs have the same.
    pub(super) fn is_constant(&self) -> bool {
        self.codes.iter().all(|code| Some(code) == self.codes.first())
    }
}

fn ranks_of(codes: &[u32]) -> Vec<f64> {
    let present: Vec<f64> = codes.iter().filter(|&&code| code != MISSING).copied().map(f64::from).collect();
    let mut ranks = ranks(&present).into_iter();
    let rank = |&code: &u32| if code == MISSING { None } else { ranks.next() };
    codes.iter().map(rank).map(|rank| rank.unwrap_or(f64::NAN)).collect()
}
