//! Reads the runs of the view's scope, and again those that are written meanwhile.

use std::{collections::HashMap, sync::Arc};

use leptos::{prelude::*, task::spawn_local};
use runatlas_core::{
    link::ExperimentKey,
    model::Run,
    table::{RunRef, Table},
};

use crate::state::{Library, Loadable, PageKind, ViewState, library::Changes};

type Shown = RwSignal<Loadable<Arc<Table>>>;

/// The experiments whose runs are needed: those of the runs view, or that of a run whose page was
/// opened by a link.
pub(super) fn scope_of(view: ViewState, of_open_run: Option<ExperimentKey>) -> Vec<ExperimentKey> {
    let scope = view.runs.with(|runs| runs.scope.clone());
    let is_run = view.page.with(|page| matches!(page, PageKind::Run(_) | PageKind::Compare));
    match of_open_run.filter(|open| is_run && !scope.contains(open)) {
        Some(open) => vec![open],
        None => scope,
    }
}

/// Keeps the table in step with the scope and the store.
pub(super) fn follow(library: Library, scope: Memo<Vec<ExperimentKey>>, table: Shown) {
    // Raised by each reading of all: one that was overtaken is thrown away.
    let turn = StoredValue::new(0_u64);
    Effect::new(move |before: Option<Vec<ExperimentKey>>| {
        let now = scope.get();
        library.revision.track();
        let ready = matches!(library.state.get(), Loadable::Ready(()));
        if before.as_ref() != Some(&now) {
            table.set(Loadable::Loading);
        }
        if ready && !now.is_empty() {
            spawn_local(load(library, now.clone(), turn, table));
        }
        now
    });
    Effect::new(move |_| {
        let changes = library.changes.get();
        let of_scope = scope.get_untracked();
        if of_scope.iter().any(|key| changes.contains_key(&key.source)) {
            spawn_local(update(library, of_scope, changes, turn, table));
        }
    });
}

/// Reads all runs of the scope.
async fn load(library: Library, scope: Vec<ExperimentKey>, turn: StoredValue<u64>, table: Shown) {
    let mine = turn.get_value() + 1;
    turn.set_value(mine);
    let result = read(library, &scope).await;
    // The person may have gone elsewhere meanwhile, or the store may have changed once more.
    if turn.get_value() == mine {
        table.set(match result {
            Ok(runs) => Loadable::Ready(Arc::new(Table::new(runs))),
            Err(reason) => Loadable::Failed(reason),
        });
    }
}

/// Reads those runs again that were written, and puts them in the place of the old ones.
async fn update(
    library: Library,
    scope: Vec<ExperimentKey>,
    changes: Changes,
    turn: StoredValue<u64>,
    table: Shown,
) {
    let before = turn.get_value();
    let old = table.with_untracked(|table| table.ready().cloned());
    let fresh = match (&old, library.store()) {
        (Some(_), Some(store)) => {
            let mut fresh: HashMap<(String, String), Run> = HashMap::new();
            for (source, ids) in changes {
                let ids: Vec<String> = ids.into_iter().collect();
                let Ok(runs) = store.some_runs(&source, &ids).await else { continue };
                fresh.extend(runs.into_iter().map(|run| ((source.clone(), run.id.clone()), run)));
            }
            fresh
        }
        _ => HashMap::new(),
    };
    let is_same = |now: &Arc<Table>| old.as_ref().is_some_and(|old| Arc::ptr_eq(old, now));
    let is_current = table.with_untracked(|table| table.ready().is_some_and(is_same));
    match old {
        Some(old) if is_current && turn.get_value() == before => {
            let runs = replaced(library, &scope, &old, fresh);
            table.set(Loadable::Ready(Arc::new(Table::new(runs))));
        }
        // Something else came in between, which may not know of these runs.
        _ => load(library, scope, turn, table).await,
    }
}

fn replaced(
    library: Library,
    scope: &[ExperimentKey],
    old: &Table,
    mut fresh: HashMap<(String, String), Run>,
) -> Vec<RunRef> {
    let mut runs: Vec<RunRef> = Vec::with_capacity(old.runs().len() + fresh.len());
    for run in old.runs() {
        let key = run.key();
        match fresh.remove(&(key.source, key.run)) {
            Some(new) => runs.push(RunRef { run: Arc::new(new), ..run.clone() }),
            None => runs.push(run.clone()),
        }
    }
    for key in scope {
        let is_of =
            |of: &(String, String), run: &mut Run| of.0 == key.source && run.experiment_id == key.experiment;
        let new: Vec<Run> = fresh.extract_if(is_of).map(|(_, run)| run).collect();
        runs.extend(refs(library, key, new));
    }
    runs
}

async fn read(library: Library, scope: &[ExperimentKey]) -> Result<Vec<RunRef>, String> {
    let store = library.store().ok_or("the browser's storage is not open")?;
    let mut all = Vec::new();
    for key in scope {
        let runs = store.runs(&key.source, &key.experiment).await.map_err(|error| error.to_string())?;
        all.extend(refs(library, key, runs));
    }
    Ok(all)
}

fn refs(library: Library, key: &ExperimentKey, runs: Vec<Run>) -> impl Iterator<Item = RunRef> {
    let source_name: Arc<str> = untrack(|| library.source_name(&key.source)).into();
    let experiment: Arc<str> = untrack(|| library.experiment_name(key)).into();
    let source: Arc<str> = key.source.as_str().into();
    runs.into_iter().map(move |run| RunRef {
        source: Arc::clone(&source),
        source_name: Arc::clone(&source_name),
        experiment: Arc::clone(&experiment),
        run: Arc::new(run),
        parent: None,
    })
}
