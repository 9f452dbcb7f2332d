//! Saved views: kept in this browser, in step with its other tabs.

use std::fmt::Write as _;

use leptos::{prelude::*, task::spawn_local};
use runatlas_core::{
    format,
    link::{ExperimentKey, NamedExperiment, Page, RunsView, SavedView, merge_views, read_views, write_views},
};

use super::{App, Library, Loadable, NoticeAction, Notices, Tone, ViewState};
use crate::web::{self, download, files::Dropped, import::new_id};

/// The saved views of this browser.
#[derive(Clone, Copy)]
pub struct SavedViews {
    /// By name.
    pub list: RwSignal<Vec<SavedView>>,
    /// The one that was opened, as it was saved.
    pub open: Memo<Option<SavedView>>,
    /// Whether what is shown differs from it.
    pub is_changed: Memo<bool>,
    library: Library,
    view: ViewState,
    notices: Notices,
}

/// A file of views is small; what is larger is something else.
const LARGEST_FILE: u64 = 4_000_000;

impl SavedViews {
    pub(super) fn new(view: ViewState, library: Library, notices: Notices) -> Self {
        let list = RwSignal::new(Vec::<SavedView>::new());
        let open = Memo::new(move |_| {
            let id = view.runs.with(|runs| runs.saved.clone())?;
            list.with(|list| list.iter().find(|saved| saved.id == id).cloned())
        });
        let is_changed = Memo::new(move |_| {
            open.with(|open| open.as_ref().is_some_and(|open| view.runs.with(|runs| !open.is_shown_by(runs))))
        });
        let this = Self { list, open, is_changed, library, view, notices };
        Effect::new(move |was_ready: Option<bool>| {
            let is_ready = library.state.with(|state| matches!(state, Loadable::Ready(())));
            if is_ready && was_ready != Some(true) {
                this.follow();
            }
            is_ready
        });
        this
    }

    fn follow(self) {
        spawn_local(self.load());
        let listener =
            self.library.store().and_then(|store| store.on_views_changed(move || spawn_local(self.load())));
        if let Some(listener) = listener {
            listener.forget();
        }
    }

    async fn load(self) {
        let Some(store) = self.library.store() else { return };
        match store.views().await {
            Ok(texts) => {
                let mut views: Vec<SavedView> =
                    texts.iter().filter_map(|(_, text)| SavedView::from_text(text)).collect();
                views.sort_by_cached_key(|view| (view.name.to_lowercase(), view.created, view.id.clone()));
                self.list.set(views);
            }
            Err(error) => {
                self.notices.bad(format::sentence(&format!("The saved views could not be read: {error}")));
            }
        }
    }

    /// Keeps views, then does something; the list follows.
    fn keep(self, views: Vec<SavedView>, then: impl FnOnce() + 'static) {
        spawn_local(async move {
            let Some(store) = self.library.store() else { return };
            for view in &views {
                if let Err(error) = store.set_view(&view.id, Some(&view.to_text())).await {
                    let words = format!("{} was not saved: {error}", view.name);
                    self.notices.bad(format::sentence(&words));
                    return self.load().await;
                }
            }
            self.load().await;
            then();
        });
    }

    fn named_scope(self, view: &RunsView) -> Vec<NamedExperiment> {
        let named = |key: &ExperimentKey| NamedExperiment {
            source: key.source.clone(),
            source_name: self.library.source_name(&key.source),
            experiment: key.experiment.clone(),
            experiment_name: self.library.experiment_name(key),
        };
        untrack(|| view.scope.iter().map(named).collect())
    }

    /// Saves what is shown under a name, as a view of its own.
    pub fn save_as(self, name: &str) {
        let view = self.view.runs.get_untracked();
        let saved = SavedView::new(new_id(), name, &view, self.named_scope(&view), web::now());
        let (id, name) = (saved.id.clone(), saved.name.clone());
        self.keep(vec![saved], move || {
            self.view.edit_runs(|runs| runs.saved = Some(id));
            self.notices.good(format!("{name} is saved in this browser."));
        });
    }

    /// Saves what is shown over the view that was opened.
    pub fn save_changes(self) {
        let Some(mut saved) = self.open.get_untracked() else { return };
        let view = self.view.runs.get_untracked();
        saved.scope = self.named_scope(&view);
        saved.put(&view, web::now());
        let name = saved.name.clone();
        self.keep(vec![saved], move || self.notices.good(format!("{name} is saved as it is shown.")));
    }

    /// Shows the view that was opened as it was saved; that can be taken back.
    pub fn reset(self) {
        let Some(saved) = self.open.get_untracked() else { return };
        let saved = saved.view();
        self.view.edit_runs(|runs| {
            let back = runs.with_choices(&saved);
            *runs = RunsView { scope: saved.scope, ..back };
        });
    }

    /// Gives a view another name.
    pub fn rename(self, id: &str, name: &str) {
        if let Some(mut saved) = self.find(id) {
            saved.rename(name, web::now());
            self.keep(vec![saved], || ());
        }
    }

    /// Makes another view of it, and opens that.
    pub fn duplicate(self, id: &str) {
        let Some(saved) = self.find(id) else { return };
        let name = format!("{} (copy)", saved.name);
        let copy = SavedView::new(new_id(), &name, &saved.view(), saved.scope, web::now());
        let page = self.page(&copy);
        self.keep(vec![copy], move || self.view.go(page));
    }

    /// Deletes a view; the message offers to take that back.
    pub fn delete(self, id: String) {
        let Some(saved) = self.find(&id) else { return };
        spawn_local(async move {
            let Some(store) = self.library.store() else { return };
            if let Err(error) = store.set_view(&id, None).await {
                self.notices.bad(format::sentence(&format!("{} was not deleted: {error}", saved.name)));
                return;
            }
            self.load().await;
            let text = format!("The view {} was deleted. Its runs stay.", saved.name);
            let back = Callback::new(move |()| self.keep(vec![saved.clone()], || ()));
            self.notices.offer(Tone::Good, text, NoticeAction { label: "Undo".to_owned(), run: back });
        });
    }

    /// The page of a view.
    pub fn page(self, saved: &SavedView) -> Page {
        Page::Runs(saved.view())
    }

    /// A view by its id.
    pub fn find(self, id: &str) -> Option<SavedView> {
        self.list.with_untracked(|list| list.iter().find(|saved| saved.id == id).cloned())
    }

    /// What of a view is not in this browser, in words; empty while the sources are being read.
    pub fn missing(self, saved: &SavedView) -> Vec<String> {
        if self.library.state.with(|state| state.ready().is_none()) {
            return Vec::new();
        }
        self.library.listings.with(|all| {
            let missing = saved.missing(|key| {
                let listing = all.get(&key.source);
                listing.is_some_and(|it| {
                    it.experiments.iter().any(|listed| listed.experiment.id == key.experiment)
                })
            });
            missing.iter().map(NamedExperiment::words).collect()
        })
    }

    /// Saves all views as a file.
    pub fn export(self) {
        let text = self.list.with_untracked(|list| write_views(list));
        if let Err(reason) = download::save("runatlas-views.json", "application/json", text.as_bytes()) {
            self.notices.bad(format!("The views could not be saved: {reason}."));
        }
    }

    /// Takes the views of files in.
    pub fn import(self, chosen: Dropped) {
        spawn_local(async move {
            for file in &chosen.files {
                let read = match file.text(LARGEST_FILE).await {
                    Ok(text) => read_views(&text).map_err(|error| error.to_string()),
                    Err(reason) => Err(reason),
                };
                match read {
                    Ok(read) => {
                        let came = read.views.len();
                        let new = self.list.with_untracked(|here| merge_views(here, read.views, new_id));
                        let words = words(&file.path, new.len(), came - new.len(), read.skipped);
                        self.keep(new, move || self.notices.good(words));
                    }
                    Err(reason) => self.notices.bad(format!("{} was not read: {reason}.", file.path)),
                }
            }
        });
    }
}

fn words(file: &str, new: usize, known: usize, skipped: usize) -> String {
    let count = |views: usize| format::count(views as u64, "view", "views");
    let mut words = format!("{} from {file}", count(new));
    if known > 0 {
        let _ = write!(words, ", {} here already", count(known));
    }
    if skipped > 0 {
        let _ = write!(words, ", {} not understood", count(skipped));
    }
    words + "."
}

impl App {
    /// The experiments of the page of runs that are not in this browser, in words, with the name of the saved view.
    pub fn missing_here(self) -> Vec<String> {
        let runs = self.view.runs.get();
        let saved = self.views.open.get();
        let named = saved.filter(|saved| saved.view().scope == runs.scope);
        let of = named.unwrap_or_else(|| SavedView::new("x".to_owned(), "", &runs, Vec::new(), 0));
        self.views.missing(&of)
    }
}
