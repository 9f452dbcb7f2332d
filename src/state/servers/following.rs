//! Live sources that are looked at are asked for news now and then.

use std::{collections::BTreeSet, time::Duration};

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
        let scope = untrack(|| runs.scope.get());
        let shown: BTreeSet<&str> = scope.iter().map(|key| key.source.as_str()).collect();
        let servers: Vec<Source> = self.library.sources.with_untracked(|all| {
            let is_shown = |it: &&Source| it.kind == SourceKind::Server && shown.contains(it.id.as_str());
            all.iter().filter(is_shown).cloned().collect()
        });
        for server in servers {
            self.look_after(server, runs);
        }
    }

    fn look_after(self, source: Source, runs: RunTable) {
        // The runs of a large table are walked only when it may matter.
        let is_due = |has_running| self.is_due(&source, has_running);
        if self.is_busy(&source) || !(is_due(true) || is_due(false)) {
            return;
        }
        let Some(what) = untrack(|| looked_at(runs, &source.id)) else { return };
        if !is_due(!what.running.is_empty()) {
            return;
        }
        match source.state {
            SourceState::Complete => self.ask_for_news(&source, what),
            SourceState::Failed => self.go_on(source),
            // A person stopped it, or another tab is at it.
            SourceState::Importing | SourceState::Cancelled => {}
        }
    }

    fn is_due(self, source: &Source, has_running: bool) -> bool {
        let is_here = source.path.parse::<ServerUrl>().is_ok_and(|server| server.reach() == Reach::Loopback);
        let watch = Watch {
            is_visible: attention::is_visible(),
            is_online: offline::is_online() || is_here,
            has_running,
        };
        self.contacts.next(&source.id, watch).is_some_and(|next| next <= web::now())
    }

    fn is_busy(self, source: &Source) -> bool {
        self.syncs.is_busy(Some(&source.id), &source.name)
            || self.rounds.with_value(|rounds| rounds.contains_key(&source.id))
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

/// What the runs on screen are of a source: all that the scope of the view names. `None` until they are here.
fn looked_at(runs: RunTable, source: &str) -> Option<LookedAt> {
    let scope = runs.scope.get().into_iter().filter(|key| key.source == source);
    let mut found =
        LookedAt { experiments: scope.map(|key| key.experiment).collect(), ..LookedAt::default() };
    runs.table.with(|table| {
        for RunRef { run, .. } in table.ready()?.runs().iter().filter(|it| it.source.as_ref() == source) {
            found.since = found.since.max(run.start_time.unwrap_or(0));
            if run.status.is_open() {
                found.running.push(run.id.clone());
            }
        }
        Some(found)
    })
}
