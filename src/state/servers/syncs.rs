//! Syncs that are under way: several servers at once, each in a worker of its own.

use leptos::{prelude::*, task::spawn_local};
use runatlas_core::{
    format,
    job::{Event, SyncJob},
    link::Page,
    mlflow::sync::{Pace, Phase, Progress, Stop},
    model::{ImportReport, Source},
};

use super::{SyncStatus, contacts::Contacts};
use crate::{
    state::{Library, NoticeAction, Notices, PageKind, Tone, ViewState},
    web::{
        self,
        worker::{ImportHandle, start_sync},
    },
};

/// Full syncs.
#[derive(Clone, Copy)]
pub struct Syncs {
    /// Those under way, in the order in which they began.
    pub all: RwSignal<Vec<SyncStatus>>,
    handles: StoredValue<Vec<(u64, ImportHandle)>, LocalStorage>,
    next: StoredValue<u64>,
    contacts: Contacts,
    view: ViewState,
    library: Library,
    notices: Notices,
}

/// Who wants a sync.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Asked {
    /// A person, who is told how it ends.
    ByPerson,
    /// It goes on where it was broken off.
    ToGoOn,
}

impl Syncs {
    pub(super) fn new(contacts: Contacts, view: ViewState, library: Library, notices: Notices) -> Self {
        Self {
            all: RwSignal::new(Vec::new()),
            handles: StoredValue::new_local(Vec::new()),
            next: StoredValue::new(0),
            contacts,
            view,
            library,
            notices,
        }
    }

    /// Whether a source, or a server that has none yet, is being synced.
    pub(super) fn is_busy(self, source: Option<&str>, name: &str) -> bool {
        self.all.with_untracked(|all| {
            all.iter().any(|sync| match (&sync.source, source) {
                (Some(a), Some(b)) => a == b,
                _ => sync.name == name,
            })
        })
    }

    /// The sync of a source.
    pub fn of(self, source: &str) -> Option<SyncStatus> {
        self.all.with(|all| all.iter().find(|sync| sync.source.as_deref() == Some(source)).cloned())
    }

    /// Begins a sync, unless the source is being synced.
    pub(super) fn start(self, job: SyncJob, asked: Asked) {
        if self.is_busy(job.into.as_deref(), &job.name) {
            return;
        }
        if let Some(source) = job.into.clone() {
            self.keep_paused(source, false);
        }
        let id = self.next.get_value();
        self.next.set_value(id + 1);
        let status = SyncStatus {
            id,
            name: job.name.clone(),
            source: job.into.clone(),
            progress: Progress::default(),
            pace: Pace::default(),
            is_paused: false,
            is_stopping: false,
        };
        self.all.update(|all| all.push(status));
        let handle = start_sync(job, move |event| self.follow(id, asked, event));
        self.handles.update_value(|handles| handles.push((id, handle)));
    }

    /// Holds a sync, or goes on with it.
    pub fn pause(self, id: u64, pause: bool) {
        self.edit(id, |status| {
            status.is_paused = pause;
            status.pace.clear();
        });
        self.with_handle(id, |handle| handle.pause(pause));
        // A reload must not go on with what a person holds.
        if let Some(source) = self.source_of(id) {
            self.keep_paused(source, pause);
        }
    }

    fn keep_paused(self, source: String, pause: bool) {
        spawn_local(async move {
            let Some(store) = self.library.store() else { return };
            // Where this cannot be kept, a reload goes on.
            let _ = store.set_setting(&paused_key(&source), pause.then_some("yes")).await;
        });
    }

    /// Ends a sync; complete runs stay.
    pub fn stop(self, id: u64) {
        self.edit(id, |status| status.is_stopping = true);
        self.with_handle(id, ImportHandle::cancel);
    }

    fn follow(self, id: u64, asked: Asked, event: Event) {
        match event {
            Event::Began { source, name, .. } => self.edit(id, |status| {
                status.source = Some(source);
                status.name = name;
            }),
            Event::Synced { source, progress } => self.progress(id, asked, &source, progress),
            Event::StoreDone { source, report } => self.done(id, asked, &source, &report),
            Event::Stopped(stop) => self.stopped(id, asked, &stop),
            Event::Failed { message } => {
                let source = self.end(id);
                if let Some(source) = source {
                    self.contacts.failed(source, message.clone());
                }
                self.notices.bad(format::sentence(&message));
            }
            Event::Cancelled => {
                self.end(id);
                self.notices
                    .plain("The sync was stopped. Every run that was complete is kept; Refresh goes on.");
            }
            Event::Elsewhere => {
                self.end(id);
                if asked == Asked::ByPerson {
                    self.notices.plain("Another tab is reading this server. What it reads shows here too.");
                }
            }
            Event::Finished => drop(self.end(id)),
            _ => {}
        }
    }

    fn progress(self, id: u64, asked: Asked, source: &str, progress: Progress) {
        let mut turned = false;
        self.edit(id, |status| {
            turned = status.progress.phase != progress.phase;
            status.progress = progress;
            status.pace.add(&progress);
        });
        // A table of runs is of use before their histories are here.
        if turned && progress.phase == Phase::Histories && asked == Asked::ByPerson {
            let source = source.to_owned();
            spawn_local(async move {
                self.library.refresh().await;
                self.lead_to(&source);
            });
        }
    }

    fn done(self, id: u64, asked: Asked, source: &Source, report: &ImportReport) {
        self.contacts.reached(source.id.clone(), web::now());
        self.end(id);
        if asked == Asked::ToGoOn {
            return;
        }
        let trouble = report.skipped + report.repaired;
        let mut text = format!(
            "Read {} with {} from {}.",
            format::count(report.read.runs, "run", "runs"),
            format::count(report.read.points, "point", "points"),
            source.name,
        );
        let is_quiet = report.read.runs + report.read.points == 0 && source.imports > 1;
        if trouble == 0 && is_quiet {
            self.notices.good(format!("Nothing is new on {}.", source.name));
        } else if trouble == 0 {
            self.notices.good(text);
        } else {
            text = format!(
                "{text} {} could not be read as they are.",
                format::count(trouble, "thing", "things")
            );
            let (view, page) = (self.view, Page::Source { source: source.id.clone() });
            let run = Callback::new(move |()| view.go(page.clone()));
            self.notices.offer(Tone::Plain, text, NoticeAction { label: "Report".to_owned(), run });
        }
        let source = source.id.clone();
        spawn_local(async move {
            self.library.refresh().await;
            self.lead_to(&source);
            self.library.keep().await;
        });
    }

    fn stopped(self, id: u64, asked: Asked, stop: &Stop) {
        let source = self.end(id);
        if let Some(source) = &source {
            self.contacts.stopped(source.clone(), stop);
        }
        if asked == Asked::ByPerson {
            self.notices.bad(format::sentence(&stop.to_string()));
        }
    }

    /// From the home page or the source's own to the runs that came in; who has gone elsewhere
    /// meanwhile stays there.
    fn lead_to(self, source: &str) {
        if self.view.page.with_untracked(|page| matches!(page, PageKind::Home)) {
            self.view.go(untrack(|| self.library.open_page(source)));
        }
    }

    /// Takes a sync off the list; its source.
    fn end(self, id: u64) -> Option<String> {
        let source = self.source_of(id);
        self.all.update(|all| all.retain(|sync| sync.id != id));
        self.handles.update_value(|handles| handles.retain(|(of, _)| *of != id));
        if let Some(source) = source.clone() {
            self.keep_paused(source, false);
            spawn_local(self.library.refresh());
        }
        source
    }

    fn source_of(self, id: u64) -> Option<String> {
        self.all.with_untracked(|all| all.iter().find(|sync| sync.id == id)?.source.clone())
    }

    fn edit(self, id: u64, change: impl FnOnce(&mut SyncStatus)) {
        self.all.update(|all| {
            if let Some(status) = all.iter_mut().find(|sync| sync.id == id) {
                change(status);
            }
        });
    }

    fn with_handle(self, id: u64, act: impl FnOnce(&ImportHandle)) {
        self.handles.with_value(|handles| {
            if let Some((_, handle)) = handles.iter().find(|(of, _)| *of == id) {
                act(handle);
            }
        });
    }
}

/// Whether a person holds the sync of a source.
pub(super) async fn is_paused(library: Library, source: &str) -> bool {
    let Some(store) = library.store() else { return false };
    store.setting(&paused_key(source)).await.is_ok_and(|found| found.is_some())
}

fn paused_key(source: &str) -> String {
    format!("paused:{source}")
}
