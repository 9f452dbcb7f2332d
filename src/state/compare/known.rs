use std::{collections::BTreeMap, sync::Arc};

use leptos::{prelude::*, task::spawn_local};
use runatlas_core::{
    compare::{Entry, Standing, Subject},
    model::ArtifactEntry,
};

use super::Pair;
use crate::{
    state::{App, Loadable},
    web,
};

/// Files up to this size, in bytes, are read to know whether they are equal.
const SMALL: u64 = 1_000_000;
/// So many bytes are read of all of them.
const IN_ALL: u64 = 24_000_000;

/// Which files of one size are equal, as far as they were read.
#[derive(Clone, Copy)]
pub(super) struct Known {
    equal: RwSignal<BTreeMap<Subject, bool>>,
    /// Raised for each pair of runs: what was learned of others does not count.
    turn: StoredValue<u64>,
}

impl Known {
    pub(super) fn new() -> Self {
        Self { equal: RwSignal::new(BTreeMap::new()), turn: StoredValue::new(0) }
    }

    /// Puts what is known into entries.
    pub(super) fn tell(self, entries: &mut [Entry]) {
        self.equal.with(|equal| {
            for entry in entries.iter_mut().filter(|entry| entry.standing == Standing::SameSize) {
                match equal.get(&entry.subject) {
                    Some(true) => entry.standing = Standing::Equal,
                    Some(false) => entry.standing = Standing::Changed,
                    None => {}
                }
            }
        });
    }

    /// That a pair of files was read.
    pub(super) fn learn(self, subject: &Subject, is_equal: bool) {
        let is_news = self.equal.try_with_untracked(|equal| equal.get(subject) != Some(&is_equal));
        if is_news == Some(true) {
            let _ = self.equal.try_update(|equal| equal.insert(subject.clone(), is_equal));
        }
    }

    /// Reads small files of one size, one pair after the other, to say whether they are equal.
    pub(super) fn look(self, app: App, listed: Memo<Arc<Vec<Entry>>>, pair: Memo<Loadable<Arc<Pair>>>) {
        Effect::new(move |_| {
            let listed = listed.get();
            let Some(pair) = pair.get_untracked().ready().cloned() else { return };
            let turn = self.turn.get_value() + 1;
            self.turn.set_value(turn);
            self.equal.set(BTreeMap::new());
            spawn_local(async move {
                web::idle::idle().await;
                let mut left = IN_ALL;
                for entry in listed.iter().filter(|entry| entry.standing == Standing::SameSize) {
                    let (Some(a), Some(b)) = (&entry.left, &entry.right) else { continue };
                    let is_small = a.size <= SMALL && 2 * a.size <= left;
                    if !is_small || !app.artifacts.is_here(a) || !app.artifacts.is_here(b) {
                        continue;
                    }
                    left -= 2 * a.size;
                    let (a, b) = (
                        bytes(app, &pair.left_key.source, a).await,
                        bytes(app, &pair.right_key.source, b).await,
                    );
                    if self.turn.try_get_value() != Some(turn) {
                        return;
                    }
                    if let (Some(a), Some(b)) = (a, b) {
                        self.learn(&entry.subject, a == b);
                    }
                }
            });
        });
    }
}

async fn bytes(app: App, source: &str, entry: &ArtifactEntry) -> Option<Vec<u8>> {
    app.library.artifact_bytes(source, &entry.owner, &entry.path).await.ok().flatten()
}
