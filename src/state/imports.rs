use leptos::{prelude::*, task::spawn_local};
use runatlas_core::{
    format,
    job::{Event, ImportJob, ImportProgress, LargeArchive, LargeArchives},
    link::Page,
    model::{Note, Source},
};

use super::{Library, NoticeAction, Notices, Tone, ViewState, words};
use crate::web::{
    self,
    files::Dropped,
    worker::{ImportHandle, start_import},
};

/// An import that is under way.
#[derive(Debug, Clone, PartialEq)]
pub struct ImportStatus {
    /// What was dropped.
    pub file_name: String,
    /// The store that is being read, once one is found.
    pub store: Option<String>,
    /// Which of the stores it is, from 1, and how many there are.
    pub of: (u32, u32),
    /// How far it is.
    pub progress: ImportProgress,
    /// A person asked it to stop.
    pub stopping: bool,
}

/// What a person asked to read.
#[derive(Debug, Clone)]
struct Begun {
    files: Dropped,
    into: Option<String>,
    demo: bool,
}

/// Files being read into the store: one import at a time.
#[derive(Clone, Copy)]
pub struct Imports {
    /// The import under way.
    pub status: RwSignal<Option<ImportStatus>>,
    handle: StoredValue<Option<ImportHandle>, LocalStorage>,
    /// Archives that would unpack beyond the limits: a person is asked.
    pub too_large: RwSignal<Option<Vec<LargeArchive>>>,
    /// What is being read, to begin again when a person has answered.
    begun: StoredValue<Option<Begun>, LocalStorage>,
    done: StoredValue<Vec<Source>>,
    unreadable: StoredValue<Vec<Note>>,
    demo_failed: StoredValue<Option<Callback<String>>>,
    view: ViewState,
    library: Library,
    notices: Notices,
}

impl Imports {
    pub(super) fn new(view: ViewState, library: Library, notices: Notices) -> Self {
        Self {
            status: RwSignal::new(None),
            handle: StoredValue::new_local(None),
            too_large: RwSignal::new(None),
            begun: StoredValue::new_local(None),
            done: StoredValue::new(Vec::new()),
            unreadable: StoredValue::new(Vec::new()),
            demo_failed: StoredValue::new(None),
            view,
            library,
            notices,
        }
    }

    /// Reads files into the store; `into` is the source to merge with when something is read again.
    pub fn start(self, files: Dropped, into: Option<String>) {
        if files.is_empty() {
            self.notices.plain("There is no file in what was dropped. Drop a folder, a zip or a database.");
            return;
        }
        self.begin(Begun { files, into, demo: false }, LargeArchives::Ask);
    }

    /// Answers the question of [`Self::too_large`].
    pub fn answer_too_large(self, archives: LargeArchives) {
        self.too_large.set(None);
        if let Some(begun) = self.begun.get_value() {
            self.begin(begun, archives);
        }
    }

    /// Reads what was dropped, once the browser has listed it.
    pub fn start_dropped(self, files: impl Future<Output = Dropped> + 'static) {
        spawn_local(async move { self.start(files.await, None) });
    }

    /// Stops the import; complete runs stay.
    pub fn cancel(self) {
        self.status.update(|status| {
            if let Some(status) = status {
                status.stopping = true;
            }
        });
        self.handle.with_value(|handle| {
            if let Some(handle) = handle {
                handle.cancel();
            }
        });
    }

    /// Opens the bundled demo: reads it into the store unless it is there.
    pub fn open_demo(self, on_failure: Callback<String>) {
        spawn_local(async move {
            let library = self.library;
            until_ready(library).await;
            let stored = library
                .sources
                .with_untracked(|all| all.iter().find(|s| s.demo && words::is_complete(s)).cloned());
            if let Some(source) = stored {
                self.view.replace(untrack(|| library.open_page(&source.id)));
                return;
            }
            match fetch_demo().await {
                Ok(files) => {
                    self.demo_failed.set_value(Some(on_failure));
                    self.begin(Begun { files, into: None, demo: true }, LargeArchives::Ask);
                }
                Err(reason) => on_failure.run(reason),
            }
        });
    }

    fn begin(self, begun: Begun, large_archives: LargeArchives) {
        if self.status.with_untracked(Option::is_some) {
            self.notices.plain("An import is under way. Wait for it, or stop it, then drop this again.");
            return;
        }
        let file_name = begun.files.name();
        self.done.set_value(Vec::new());
        self.unreadable.set_value(Vec::new());
        self.begun.set_value(Some(begun.clone()));
        let Begun { files, into, demo } = begun;
        self.status.set(Some(ImportStatus {
            file_name: file_name.clone(),
            store: None,
            of: (0, 0),
            progress: ImportProgress::default(),
            stopping: false,
        }));
        let job = ImportJob {
            file_name,
            demo,
            into,
            keep_artifacts_up_to: None,
            large_archives,
            notes: files.notes.clone(),
            now: web::now(),
        };
        let handle = start_import(files, job, move |event| self.follow(event));
        self.handle.set_value(Some(handle));
    }

    fn follow(self, event: Event) {
        match event {
            Event::Ready { .. } => {}
            Event::Discovered { stores } => self.edit(|status| status.of.1 = stores),
            Event::Unreadable { note } => self.unreadable.update_value(|notes| notes.push(note)),
            Event::TooLarge { archives } => {
                self.handle.set_value(None);
                self.status.set(None);
                self.too_large.set(Some(archives));
            }
            Event::Began { name, index, .. } => self.edit(|status| {
                status.of.0 = index + 1;
                status.store = Some(name);
                status.progress = ImportProgress::default();
            }),
            Event::Progress(progress) => self.edit(|status| status.progress = progress),
            Event::StoreDone { source, .. } => self.done.update_value(|done| done.push(*source)),
            Event::Finished => self.end(None),
            Event::Cancelled => {
                self.end(Some("The import was stopped. What was complete is kept.".to_owned()))
            }
            Event::Failed { message } => self.end(Some(message)),
        }
    }

    fn edit(self, change: impl FnOnce(&mut ImportStatus)) {
        self.status.update(|status| {
            if let Some(status) = status {
                change(status);
            }
        });
    }

    fn end(self, trouble: Option<String>) {
        self.handle.set_value(None);
        self.begun.set_value(None);
        for note in self.unreadable.try_update_value(std::mem::take).unwrap_or_default() {
            self.notices.bad(format!("{}: {}.", note.path, note.reason));
        }
        let done = self.done.try_update_value(std::mem::take).unwrap_or_default();
        spawn_local(async move {
            self.library.refresh().await;
            self.status.set(None);
            if let Some(trouble) = trouble {
                if let Some(failed) = self.demo_failed.try_update_value(Option::take).flatten() {
                    failed.run(trouble.clone());
                }
                self.notices.bad(trouble);
            }
            self.show(&done);
        });
    }

    /// Leads to what came in, and says what did not.
    fn show(self, done: &[Source]) {
        let Some(first) = done.first() else { return };
        let demo = first.demo;
        if demo {
            self.view.replace(untrack(|| self.library.open_page(&first.id)));
            return;
        }
        let trouble: u64 = done.iter().map(|source| source.report.skipped + source.report.repaired).sum();
        let runs: u64 = done.iter().map(|source| source.report.read.runs).sum();
        let points: u64 = done.iter().map(|source| source.report.read.points).sum();
        let text = format!(
            "{} with {} are open.",
            format::count(runs, "run", "runs"),
            format::count(points, "point", "points")
        );
        let report = Page::Source { source: first.id.clone() };
        if trouble > 0 || runs == 0 {
            let text = format!(
                "{text} {} could not be taken as they were.",
                format::count(trouble, "thing", "things")
            );
            let view = self.view;
            let run = Callback::new(move |()| view.go(report.clone()));
            self.notices.offer(Tone::Plain, text, NoticeAction { label: "Import report".to_owned(), run });
        } else {
            self.notices.good(text);
        }
        self.view.go(untrack(|| self.library.open_page(&first.id)));
    }
}

async fn until_ready(library: Library) {
    use super::Loadable;
    while matches!(library.state.get_untracked(), Loadable::Loading) {
        web::sleep_millis(10).await;
    }
}

async fn fetch_demo() -> Result<Dropped, String> {
    let bytes = web::http::fetch_beside("demo/demo.zip", |_, _| {}).await?;
    Dropped::from_bytes("demo.zip", &bytes).ok_or_else(|| "the browser refused to hold the file".to_owned())
}
