//! Two runs beside each other: what both have, and the comparison of what a person chose.

mod bytes;
mod known;
mod opened;
mod pictures;
mod save;

use std::sync::Arc;

use leptos::{prelude::*, task::spawn_local};
use runatlas_core::{
    compare::{Entry, Group, RunContent, Standing, Subject, listing},
    link::{ExperimentKey, RunKey},
    model::ArtifactEntry,
    run_page,
};

pub use bytes::Content;
use known::Known;
pub use opened::{Compared, OpenPair, OpenSide};
pub use pictures::Pictures;

use super::{App, Loadable, RunData};

/// Which runs, and what of them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Asked {
    /// The run on the left.
    pub left: RunKey,
    /// The run on the right.
    pub right: RunKey,
    /// What is compared; `None` for the first that differs.
    pub subject: Option<Subject>,
}

/// Two runs as the store has them.
#[derive(Debug, Clone)]
pub struct Pair {
    /// Where the left one is.
    pub left_key: RunKey,
    /// Where the right one is.
    pub right_key: RunKey,
    /// The run on the left.
    pub left: Arc<RunData>,
    /// The run on the right.
    pub right: Arc<RunData>,
}

/// A comparison of two runs while a screen shows it.
#[derive(Clone, Copy)]
pub struct Comparing {
    /// Both runs.
    pub pair: Memo<Loadable<Arc<Pair>>>,
    /// What they have.
    pub entries: Memo<Arc<Vec<Entry>>>,
    /// What of it is compared; `None` while nothing is known, and where there is nothing.
    pub entry: Memo<Option<Entry>>,
    known: Known,
    app: App,
}

impl Comparing {
    /// Reads both runs and follows changes of the store, of the runs that are asked for, and of the choice.
    pub fn new(app: App, asked: Signal<Asked>) -> Self {
        let pair = read(app, asked);
        let known = Known::new();
        let listed = Memo::new(move |_| {
            pair.with(|pair| pair.ready().map(|pair| Arc::new(list(pair))).unwrap_or_default())
        });
        let entries = Memo::new(move |_| {
            let mut entries = listed.get().as_ref().clone();
            known.tell(&mut entries);
            Arc::new(entries)
        });
        let wanted = Memo::new(move |_| asked.with(|asked| asked.subject.clone()));
        // What is learned of other files is no reason to open this one again.
        let entry = Memo::new(move |_| {
            let listed = listed.get();
            match wanted.get() {
                Some(subject) => listed
                    .iter()
                    .find(|entry| entry.subject == subject)
                    .cloned()
                    .or_else(|| pair.with(|pair| pair.ready().and_then(|pair| other(pair, &subject)))),
                None => first_that_differs(&listed).cloned(),
            }
        });
        let comparing = Self { pair, entries, entry, known, app };
        known.look(app, listed, pair);
        comparing
    }

    /// Opens what is compared; ends with the scope that it is called in.
    pub fn open(self, entry: &Entry) -> Option<OpenPair> {
        let pair = self.pair.get_untracked().ready().cloned()?;
        Some(OpenPair::new(self.app, self.known, &pair, entry))
    }
}

/// The first entry worth a look: one that differs, if there is one; a file rather than all parameters.
fn first_that_differs(entries: &[Entry]) -> Option<&Entry> {
    let rank = |entry: &&Entry| match (entry.standing, &entry.group) {
        (Standing::Changed, Group::Run) if entry.subject != Subject::Note => 1,
        (Standing::Changed, _) => 0,
        (Standing::SameSize, _) => 2,
        (Standing::OnlyLeft | Standing::OnlyRight, _) => 3,
        (Standing::Equal, _) => 4,
    };
    entries.iter().min_by_key(rank)
}

fn list(pair: &Pair) -> Vec<Entry> {
    listing(content(&pair.left), content(&pair.right))
}

fn content(data: &RunData) -> RunContent<'_> {
    RunContent { run: &data.run, files: &data.artifacts, models: &data.model_artifacts }
}

/// What is not listed: two files of different names.
fn other(pair: &Pair, subject: &Subject) -> Option<Entry> {
    let Subject::File { left, right } = subject else { return None };
    let (left, right) = (find(&pair.left, left), find(&pair.right, right));
    let standing = match (&left, &right) {
        (Some(a), Some(b)) if a.size == b.size => Standing::SameSize,
        (Some(_), Some(_)) => Standing::Changed,
        (Some(_), None) => Standing::OnlyLeft,
        _ => Standing::OnlyRight,
    };
    Some(Entry {
        subject: subject.clone(),
        group: Group::Files,
        name: subject.name().to_owned(),
        standing,
        left,
        right,
    })
}

fn find(data: &RunData, address: &str) -> Option<ArtifactEntry> {
    let (owner, path) = run_page::locate(&data.run.id, address);
    let of_models = data.model_artifacts.iter().flat_map(|(_, files)| files);
    data.artifacts.iter().chain(of_models).find(|entry| entry.owner == owner && entry.path == path).cloned()
}

/// Reads both runs, again after each change of the store that may concern them.
fn read(app: App, asked: Signal<Asked>) -> Memo<Loadable<Arc<Pair>>> {
    let library = app.library;
    let keys = Memo::new(move |_| asked.with(|asked| (asked.left.clone(), asked.right.clone())));
    let out = RwSignal::new((None, Loadable::Loading));
    let changed = Memo::new(move |count: Option<&u64>| {
        let keys = keys.get();
        let is_in = library.changes.with(|changes| {
            [&keys.0, &keys.1]
                .iter()
                .any(|key| changes.get(&key.source).is_some_and(|runs| runs.contains(&key.run)))
        });
        count.copied().unwrap_or(0) + u64::from(is_in)
    });
    Effect::new(move |_| {
        let keys = keys.get();
        library.revision.track();
        changed.track();
        if !matches!(library.state.get(), Loadable::Ready(())) {
            return;
        }
        spawn_local(async move {
            let found = read_pair(app, &keys).await;
            let found = found.map_or_else(Loadable::Failed, |pair| Loadable::Ready(Arc::new(pair)));
            // The screen may be gone by now.
            let _ = out.try_set((Some(keys), found));
        });
    });
    Memo::new_with_compare(
        move |_| match library.state.get() {
            Loadable::Failed(reason) => Loadable::Failed(reason),
            // What is still there of other runs is not what was asked for.
            _ => out.with(
                |(of, found)| {
                    if of.as_ref() == Some(&keys.get()) { found.clone() } else { Loadable::Loading }
                },
            ),
        },
        |before, after| !is_alike(before, after),
    )
}

/// Whether two readings are the same for a screen that shows no metrics.
fn is_alike(before: Option<&Loadable<Arc<Pair>>>, after: Option<&Loadable<Arc<Pair>>>) -> bool {
    match (before, after) {
        (Some(Loadable::Ready(a)), Some(Loadable::Ready(b))) => {
            (&a.left_key, &a.right_key) == (&b.left_key, &b.right_key)
                && a.left.is_alike(&b.left)
                && a.right.is_alike(&b.right)
        }
        (Some(Loadable::Loading), Some(Loadable::Loading)) => true,
        (Some(Loadable::Failed(a)), Some(Loadable::Failed(b))) => a == b,
        _ => false,
    }
}

async fn read_pair(app: App, keys: &(RunKey, RunKey)) -> Result<Pair, String> {
    let left = app.library.read_run(&keys.0).await?;
    let right = app.library.read_run(&keys.1).await?;
    let experiment = left.run.experiment_id.clone();
    let experiment = ExperimentKey { source: keys.0.source.clone(), experiment };
    app.runs.experiment_of_open_run.set(Some(experiment));
    Ok(Pair {
        left_key: keys.0.clone(),
        right_key: keys.1.clone(),
        left: Arc::new(left),
        right: Arc::new(right),
    })
}
