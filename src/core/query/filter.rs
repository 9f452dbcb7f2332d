use super::{
    StoreKind,
    clause::Clause,
    condition::Condition,
    error::QueryError,
    extended::{self, Pattern},
    parse,
};
use crate::model::Run;

/// A filter that was read: in MLflow's grammar, or with what Runatlas adds to it.
#[derive(Debug, Clone, PartialEq)]
pub struct Filter {
    pub(super) root: Expr,
    pub(super) ours: bool,
}

/// A filter as a tree.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Expr {
    /// One of MLflow's comparisons.
    Clause(Clause),
    /// A regular expression, which is ours.
    Pattern(Pattern),
    /// Ours.
    Not(Box<Expr>),
    /// AND, which is all that MLflow has; none of them is true.
    All(Vec<Expr>),
    /// OR, which is ours.
    Any(Vec<Expr>),
}

impl Filter {
    /// Reads a filter in MLflow's grammar alone, with its errors.
    ///
    /// Whether a comparator fits its key is asked later, as MLflow does; [`Filter::check`] asks at once.
    pub fn parse(text: &str) -> Result<Self, QueryError> {
        let clauses = parse::clauses(text)?;
        Ok(Self { root: Expr::All(clauses.into_iter().map(Expr::Clause).collect()), ours: false })
    }

    /// Reads a filter in MLflow's grammar or, where it is none, with OR, NOT, brackets and regular
    /// expressions. What both could read is MLflow's.
    pub fn parse_extended(text: &str) -> Result<Self, QueryError> {
        let theirs = Self::parse(text);
        let refused = match &theirs {
            Ok(filter) => filter.prepare(StoreKind::Sql).first_comparator_error().is_err(),
            Err(_) => true,
        };
        // A text without any of ours has MLflow's error.
        if refused && extended::is_used(text) { extended::parse(text) } else { theirs }
    }

    /// Whether it takes Runatlas to understand it: MLflow would refuse it.
    pub fn is_ours(&self) -> bool {
        self.ours
    }

    /// Whether there is nothing to be filtered by.
    pub fn is_empty(&self) -> bool {
        matches!(&self.root, Expr::All(all) if all.is_empty())
    }

    /// The first comparison that no run of any store could be held against.
    pub fn check(&self) -> Result<(), QueryError> {
        self.prepare(StoreKind::Sql).first_error()
    }

    /// How many tables MLflow's database store joins for it.
    pub(super) fn joins(&self) -> usize {
        if self.ours { 0 } else { self.root.joins() }
    }

    /// Makes it ready for runs of one kind of store.
    pub fn prepare(&self, store: StoreKind) -> Prepared {
        Prepared { root: prepare(&self.root, store) }
    }

    /// Whether a run fits; false too where MLflow would have an error.
    pub fn matches(&self, run: &Run, store: StoreKind) -> bool {
        self.prepare(store).check(run).unwrap_or(false)
    }
}

/// A filter that can be held against many runs.
#[derive(Debug, Clone)]
pub struct Prepared {
    root: Ready,
}

#[derive(Debug, Clone)]
enum Ready {
    Condition(Condition),
    /// A comparison whose comparator does not fit.
    Wrong(QueryError),
    Pattern(Pattern, StoreKind),
    Not(Box<Ready>),
    All(Vec<Ready>),
    Any(Vec<Ready>),
}

fn prepare(expr: &Expr, store: StoreKind) -> Ready {
    let all = |list: &[Expr]| list.iter().map(|expr| prepare(expr, store)).collect();
    match expr {
        Expr::Clause(clause) => match Condition::new(clause, store) {
            Ok(condition) => Ready::Condition(condition),
            Err(error) => Ready::Wrong(error),
        },
        Expr::Pattern(pattern) => Ready::Pattern(pattern.clone(), store),
        Expr::Not(inner) => Ready::Not(Box::new(prepare(inner, store))),
        Expr::All(list) => Ready::All(all(list)),
        Expr::Any(list) => Ready::Any(all(list)),
    }
}

impl Expr {
    /// How many tables MLflow joins for it.
    fn joins(&self) -> usize {
        match self {
            Self::Clause(clause) => clause.joins(),
            Self::Pattern(_) => 0,
            Self::Not(inner) => inner.joins(),
            Self::All(list) | Self::Any(list) => list.iter().map(Self::joins).sum(),
        }
    }
}

impl Prepared {
    /// Whether a run fits. Comparisons are held from the first on, until one decides: an error behind
    /// that one is none, as in MLflow's file store.
    pub fn check(&self, run: &Run) -> Result<bool, QueryError> {
        self.root.check(run)
    }

    /// What the database store says before it looks at any run.
    pub fn first_error(&self) -> Result<(), QueryError> {
        self.first_comparator_error()?;
        self.first(|ready| match ready {
            Ready::Condition(condition) => condition.refused(),
            _ => None,
        })
    }

    /// The first comparator that does not fit its key.
    pub(super) fn first_comparator_error(&self) -> Result<(), QueryError> {
        self.first(|ready| match ready {
            Ready::Wrong(error) => Some(error),
            _ => None,
        })
    }

    fn first(&self, of: fn(&Ready) -> Option<&QueryError>) -> Result<(), QueryError> {
        self.root.find(of).map_or(Ok(()), |error| Err(error.clone()))
    }
}

impl Ready {
    fn check(&self, run: &Run) -> Result<bool, QueryError> {
        match self {
            Self::Condition(condition) => condition.check(run),
            Self::Wrong(error) => Err(error.clone()),
            Self::Pattern(pattern, store) => Ok(pattern.matches(run, *store)),
            Self::Not(inner) => inner.check(run).map(|fits| !fits),
            Self::All(list) => {
                for ready in list {
                    if !ready.check(run)? {
                        return Ok(false);
                    }
                }
                Ok(true)
            }
            Self::Any(list) => {
                for ready in list {
                    if ready.check(run)? {
                        return Ok(true);
                    }
                }
                Ok(false)
            }
        }
    }

    fn find(&self, of: fn(&Self) -> Option<&QueryError>) -> Option<&QueryError> {
        of(self).or_else(|| match self {
            Self::Not(inner) => inner.find(of),
            Self::All(list) | Self::Any(list) => list.iter().find_map(|ready| ready.find(of)),
            _ => None,
        })
    }
}
