use crate::{
    model::{Run, RunStatus},
    table::RunRef,
};

/// A run that is a parent or child of another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Relative {
    /// Its id.
    pub id: String,
    /// For people.
    pub name: String,
    /// `None` if only its id is known: it is in no experiment that is open, or was never in the store.
    pub status: Option<RunStatus>,
}

/// The runs around a run, by MLflow's tag `mlflow.parentRunId`.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Family {
    /// The run that started it.
    pub parent: Option<Relative>,
    /// The runs it started, the earliest first.
    pub children: Vec<Relative>,
}

impl Family {
    /// Finds a run's relatives among the runs of its source.
    pub fn new(run: &Run, source: &str, runs: &[RunRef]) -> Self {
        let mine = || runs.iter().filter(|other| other.source.as_ref() == source).map(|other| &other.run);
        let parent = run.parent_id().map(|id| match mine().find(|other| other.id == id) {
            Some(parent) => relative(parent),
            None => {
                Relative { id: id.to_owned(), name: crate::format::short_id(id).into_owned(), status: None }
            }
        });
        let mut children: Vec<_> =
            mine().filter(|other| other.parent_id() == Some(run.id.as_str()) && other.id != run.id).collect();
        children.sort_by(|a, b| (a.start_time, &a.id).cmp(&(b.start_time, &b.id)));
        Self { parent, children: children.into_iter().map(|child| relative(child)).collect() }
    }
}

fn relative(run: &Run) -> Relative {
    Relative { id: run.id.clone(), name: run.display_name().to_owned(), status: Some(run.status) }
}
