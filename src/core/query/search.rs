use super::{
    StoreKind,
    clause::Entity,
    error::QueryError,
    filter::Filter,
    order::{self, OrderBy},
    python,
};
use crate::model::{Experiment, Lifecycle, Run};

/// Which runs, by lifecycle.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum View {
    /// Those that MLflow lists by default.
    #[default]
    Active,
    /// Those in the bin.
    Deleted,
    /// All.
    All,
}

impl View {
    fn shows(self, run: &Run) -> bool {
        match self {
            Self::Active => run.lifecycle == Lifecycle::Active,
            Self::Deleted => run.lifecycle == Lifecycle::Deleted,
            Self::All => true,
        }
    }
}

/// What MLflow's `search_runs` is asked.
#[derive(Debug, Clone, Default)]
pub struct Search {
    /// Ids of experiments; `None` is MLflow's `search_all_experiments`: those that are active.
    pub experiments: Option<Vec<String>>,
    /// The filter; empty for all runs.
    pub filter: String,
    /// The keys to order by; the latest start first where they leave runs equal.
    pub order_by: Vec<String>,
    /// Active runs, those in the bin, or all.
    pub view: View,
    /// Our additions to the filter are understood too.
    pub extended: bool,
}

impl Search {
    /// The runs found, in order, or MLflow's error.
    ///
    /// The stores find their errors at different times: a database is asked once all has been read,
    /// the file store holds run after run against the filter, and then reads the order.
    pub fn run<'r>(
        &self,
        experiments: &[Experiment],
        runs: &'r [Run],
        store: StoreKind,
    ) -> Result<Vec<&'r Run>, QueryError> {
        let active = || {
            let active = experiments.iter().filter(|one| one.lifecycle == Lifecycle::Active);
            active.map(|one| one.id.clone()).collect()
        };
        let ids: Vec<String> = self.experiments.clone().unwrap_or_else(active);
        if ids.is_empty() {
            return Ok(Vec::new());
        }
        match store {
            StoreKind::Sql => self.in_database(&ids, runs),
            StoreKind::File => self.in_files(&ids, runs),
        }
    }

    fn filter(&self) -> Result<Filter, QueryError> {
        if self.extended { Filter::parse_extended(&self.filter) } else { Filter::parse(&self.filter) }
    }

    fn in_database<'r>(&self, ids: &[String], runs: &'r [Run]) -> Result<Vec<&'r Run>, QueryError> {
        let filter = self.filter()?;
        let keys = order::parse_all(&self.order_by)?;
        let prepared = filter.prepare(StoreKind::Sql);
        prepared.first_comparator_error()?;
        let ids = ids.iter().map(|id| experiment_number(id)).collect::<Result<Vec<i128>, _>>()?;
        check_joins(
            filter.joins() + keys.iter().filter(|key| key.subject.entity != Entity::Attribute).count(),
        )?;
        prepared.first_error()?;
        let in_experiment = |run: &Run| python::int(&run.experiment_id).is_ok_and(|id| ids.contains(&id));
        let asked = runs.iter().filter(|run| self.view.shows(run) && in_experiment(run));
        found(asked, &prepared, &keys, StoreKind::Sql)
    }

    /// Here an experiment that is named twice gives its runs twice.
    fn in_files<'r>(&self, ids: &[String], runs: &'r [Run]) -> Result<Vec<&'r Run>, QueryError> {
        let filter = self.filter()?;
        let prepared = filter.prepare(StoreKind::File);
        let asked = ids
            .iter()
            .flat_map(|id| runs.iter().filter(move |run| self.view.shows(run) && run.experiment_id == *id));
        let mut left = found(asked, &prepared, &[], StoreKind::File)?;
        let keys = order::parse_reversed(&self.order_by, !left.is_empty())?;
        order::sort(&mut left, &keys, StoreKind::File);
        Ok(left)
    }
}

/// SQLite's bound on what is joined with the table of runs.
fn check_joins(joins: usize) -> Result<(), QueryError> {
    if joins < 64 {
        return Ok(());
    }
    Err(QueryError::new("at most 64 tables in a join", 0..0))
}

fn found<'r>(
    asked: impl Iterator<Item = &'r Run>,
    filter: &super::Prepared,
    keys: &[OrderBy],
    store: StoreKind,
) -> Result<Vec<&'r Run>, QueryError> {
    let mut left = Vec::new();
    for run in asked {
        if filter.check(run)? {
            left.push(run);
        }
    }
    order::sort(&mut left, keys, store);
    Ok(left)
}

fn experiment_number(id: &str) -> Result<i128, QueryError> {
    python::int(id).map_err(|_reason| {
        let message = format!("Invalid experiment ID '{id}'. Experiment ID must be a valid integer.");
        QueryError::new(message, 0..0)
    })
}
