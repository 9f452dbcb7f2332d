mod status;

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

pub use status::ImportStatus;

/// How an import ended.
enum Ending {
    Finished,
    Stopped,
    Failed(String),
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
    /// Stores that could not be opened, while a person looks at the list.
    pub unopened: RwSignal<Option<Vec<Note>>>,
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
            unopened: RwSignal::new(None),
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
            self.notices.plain(nothing_in(&files));
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

    /// The question of [`Self::too_large`] was closed without an answer: nothing is read.
    pub fn drop_too_large(self) {
        if self.too_large.with_untracked(Option::is_none) {
            return;
        }
        self.too_large.set(None);
        self.begun.set_value(None);
        if let Some(failed) = self.demo_failed.try_update_value(Option::take).flatten() {
            failed.run("it was not read".to_owned());
        }
        self.notices.plain("Nothing was read.");
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
            Event::Finished => self.end(Ending::Finished),
            Event::Cancelled => self.end(Ending::Stopped),
            Event::Failed { message } => self.end(Ending::Failed(message)),
            // Of servers, which have listeners of their own.
            _ => {}
        }
    }

    /// Whether a source is being read.
    pub fn is_reading(self, source: String) -> Memo<bool> {
        Memo::new(move |_| {
            self.status.with(|status| status.as_ref().is_some_and(|status| status.progress.source == source))
        })
    }

    fn edit(self, change: impl FnOnce(&mut ImportStatus)) {
        self.status.update(|status| {
            if let Some(status) = status {
                change(status);
            }
        });
    }

    fn end(self, ending: Ending) {
        self.handle.set_value(None);
        self.begun.set_value(None);
        let unopened = self.unreadable.try_update_value(std::mem::take).unwrap_or_default();
        let done = self.done.try_update_value(std::mem::take).unwrap_or_default();
        let demo_failed = self.demo_failed.try_update_value(Option::take).flatten();
        spawn_local(async move {
            self.library.refresh().await;
            self.status.set(None);
            match (ending, demo_failed) {
                (Ending::Failed(reason), Some(failed)) => failed.run(format::sentence(&reason)),
                (Ending::Stopped, Some(failed)) => failed.run("The import was stopped.".to_owned()),
                (ending, _) => self.say_trouble(ending, unopened),
            }
            self.show(&done);
            if !done.is_empty() {
                self.library.keep().await;
            }
        });
    }

    /// Says how an import ended that did not read all, and what could not be opened.
    fn say_trouble(self, ending: Ending, unopened: Vec<Note>) {
        match ending {
            Ending::Finished => {}
            Ending::Stopped => {
                self.notices.plain("The import was stopped. Every run that was complete is kept.");
            }
            // The last store that could not be opened ends an import that opened none.
            Ending::Failed(message)
                if unopened
                    .iter()
                    .any(|note| message.starts_with(&note.path) && message.ends_with(&note.reason)) => {}
            Ending::Failed(message) => self.notices.bad(format::sentence(&message)),
        }
        match unopened.as_slice() {
            [] => {}
            [note] => self.notices.bad(format::sentence(&format!("{}: {}", note.path, note.reason))),
            many => {
                let text =
                    format!("{} could not be opened.", format::count(many.len() as u64, "store", "stores"));
                let list = self.unopened;
                let run = Callback::new(move |()| list.set(Some(unopened.clone())));
                self.notices.offer(Tone::Bad, text, NoticeAction { label: "Show why".to_owned(), run });
            }
        }
    }

    /// Leads to what came in, and says what did not.
    fn show(self, done: &[Source]) {
        let Some(first) = done.iter().find(|source| source.counts.runs > 0).or(done.first()) else { return };
        if first.demo {
            self.view.replace(self.library.open_page(&first.id));
            return;
        }
        let sum = |of: fn(&Source) -> u64| done.iter().map(of).sum::<u64>();
        let (skipped, repaired) = (sum(|source| source.report.skipped), sum(|source| source.report.repaired));
        let runs = sum(|source| source.report.read.runs);
        let runs_and_points = format!(
            "{} with {}",
            format::count(runs, "run", "runs"),
            format::count(sum(|source| source.report.read.points), "point", "points")
        );
        let mut text = match done.len() {
            1 => format!("Read {runs_and_points}."),
            stores => format!("Read {stores} stores: {runs_and_points}."),
        };
        let trouble: Vec<String> = [(skipped, "skipped"), (repaired, "repaired")]
            .into_iter()
            .filter(|(count, _)| *count > 0)
            .map(|(count, what)| format!("{} {what}", format::unsigned(count)))
            .collect();
        if trouble.is_empty() && runs > 0 {
            self.notices.good(text);
        } else {
            if !trouble.is_empty() {
                text = format!("{text} {}.", trouble.join(", "));
            }
            let worst = done.iter().max_by_key(|s| s.report.skipped + s.report.repaired).unwrap_or(first);
            let (view, report) = (self.view, Page::Source { source: worst.id.clone() });
            let run = Callback::new(move |()| view.go(report.clone()));
            self.notices.offer(Tone::Plain, text, NoticeAction { label: "Import report".to_owned(), run });
        }
        self.view.go(untrack(|| self.library.open_page(&first.id)));
    }
}

/// Why there is nothing to read in what was dropped.
fn nothing_in(files: &Dropped) -> String {
    match files.notes.first() {
        Some(note) => format::sentence(&format!("{}: {}", note.path, note.reason)),
        None => "What was dropped holds no file. Drop a folder, a zip or a database.".to_owned(),
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
