//! Live sources that are looked at are asked for news now and then.

use std::{
    collections::{BTreeMap, BTreeSet},
    time::Duration,
};

use leptos::{prelude::*, task::spawn_local};
use runatlas_core::{
    job::{Event, FollowJob, Followed, Request},
    mlflow::{Reach, ServerUrl, follow::Watch},
    model::{Millis, Source, SourceKind, SourceState},
    table::RunRef,
};

use super::{Servers, sign_in, syncs};
use crate::{
    state::{Loadable, RunTable},
    web::{self, attention, offline},
};

/// How often it is looked whether a source is due.
const LOOK: Duration = Duration::from_secs(1);

/// What of a source is looked at.
#[derive(Debug, Default)]
struct LookedAt {
    experiments: BTreeSet<String>,
    running: Vec<String>,
    since: Millis,
}

impl Servers {
    /// Follows what `runs` shows from now on, and goes on with syncs that a closed tab broke off.
    pub(in crate::state) fn watch(self, runs: RunTable) {
        // Lives as long as the page.
        let _ = set_interval_with_handle(move || self.look(runs), LOOK);
        if let Some(listener) = attention::on_return(move || self.contacts.nudge()) {
            listener.forget();
        }
        for listener in offline::on_online_change(move |_| self.contacts.nudge()) {
            listener.forget();
        }
        let resumed = StoredValue::new(false);
        Effect::new(move |_| {
            let ready = matches!(self.library.state.get(), Loadable::Ready(()));
            if ready && !resumed.get_value() {
                resumed.set_value(true);
                self.resume_all();
            }
        });
    }

    fn resume_all(self) {
        let broken_off =
            |source: &Source| source.kind == SourceKind::Server && source.state == SourceState::Importing;
        let sources = self.library.sources.get_untracked();
        spawn_local(async move {
            for source in sources.into_iter().filter(broken_off) {
                if !syncs::is_paused(self.library, &source.id).await {
                    self.go_on(source);
                }
            }
        });
    }

    /// Asks those sources that are looked at and due.
    fn look(self, runs: RunTable) {
        let looked_at = untrack(|| looked_at(runs));
        for (source, what) in looked_at {
            let found = self.library.sources.with_untracked(|all| {
                all.iter().find(|it| it.id == source && it.kind == SourceKind::Server).cloned()
            });
            if let Some(found) = found {
                self.look_after(found, what);
            }
        }
    }

    fn look_after(self, source: Source, what: LookedAt) {
        let is_here = source.path.parse::<ServerUrl>().is_ok_and(|server| server.reach() == Reach::Loopback);
        let watch = Watch {
            is_visible: attention::is_visible(),
            is_online: offline::is_online() || is_here,
            has_running: !what.running.is_empty(),
        };
        let is_due = self.contacts.next(&source.id, watch).is_some_and(|next| next <= web::now());
        let is_busy = self.syncs.is_busy(Some(&source.id), &source.name)
            || self.rounds.with_value(|rounds| rounds.contains_key(&source.id));
        if !is_due || is_busy {
            return;
        }
        match source.state {
            SourceState::Complete => self.ask_for_news(&source, what),
            SourceState::Failed => self.go_on(source),
            // A person stopped it, or another tab is at it.
            SourceState::Importing | SourceState::Cancelled => {}
        }
    }

    fn ask_for_news(self, source: &Source, what: LookedAt) {
        let (id, server) = (source.id.clone(), source.path.clone());
        self.rounds.update_value(|rounds| {
            rounds.insert(id.clone(), web::now());
        });
        spawn_local(async move {
            match sign_in::access(self.library, &server).await {
                Ok(access) => self.ask(Request::Follow(Box::new(FollowJob {
                    access,
                    source: id,
                    experiments: what.experiments.into_iter().collect(),
                    running: what.running,
                    since: what.since,
                    seed: web::now().unsigned_abs(),
                }))),
                Err(reason) => self.followed(&id, Followed::Failed(reason)),
            }
        });
    }

    pub(super) fn followed(self, source: &str, result: Followed) {
        let began = self.rounds.try_update_value(|rounds| rounds.remove(source)).flatten();
        let Some(began) = began else { return };
        let source = source.to_owned();
        match result {
            Followed::Changed(runs) => self.contacts.round(source, runs, began),
            // What it finds shows here too.
            Followed::Elsewhere => self.contacts.round(source, 0, began),
            Followed::Stopped(stop) => self.contacts.stopped(source, &stop),
            Followed::Failed(reason) => self.contacts.failed(source, reason),
        }
    }

    pub(super) fn hear(self, event: Event) {
        match event {
            Event::Followed { source, result } => self.followed(&source, result),
            Event::Browsed { id, result } => self.browsed(id, result),
            Event::Kept { id, result } => self.kept(id, result),
            Event::Failed { message } => self.session_failed(&message),
            _ => {}
        }
    }

    /// The worker is gone: whoever waits for it is told, and the next question starts another.
    fn session_failed(self, reason: &str) {
        self.session.set_value(None);
        let rounds = self.rounds.try_update_value(std::mem::take).unwrap_or_default();
        for source in rounds.into_keys() {
            self.contacts.failed(source, reason.to_owned());
        }
        self.browse_failed(reason);
        // Those who wait hear that nobody will answer.
        self.keeps.set_value(Vec::new());
    }
}

/// What the runs on screen are, by source: all that the scope of the view names.
fn looked_at(runs: RunTable) -> BTreeMap<String, LookedAt> {
    let mut found: BTreeMap<String, LookedAt> = BTreeMap::new();
    for key in runs.scope.get() {
        found.entry(key.source).or_default().experiments.insert(key.experiment);
    }
    runs.table.with(|table| {
        let Some(table) = table.ready() else { return found.clear() };
        for RunRef { source, run, .. } in table.runs() {
            let Some(of) = found.get_mut(source.as_ref()) else { continue };
            of.since = of.since.max(run.start_time.unwrap_or(0));
            if run.status.is_open() {
                of.running.push(run.id.clone());
            }
        }
    });
    found
}
