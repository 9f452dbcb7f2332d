use leptos::prelude::*;
use runatlas_core::{
    board::Board,
    link::{self, CompareView, DiffView, DrawerView, Page, RunView, RunsView, Steps, Tab, Taken, View},
};

use crate::web::{self, location};

/// The view that screens render from, in step with the link in the address bar.
#[derive(Clone, Copy)]
pub struct ViewState {
    current: RwSignal<View>,
    /// The page, without its choices, so that a change of a choice does not rebuild the page.
    pub page: Memo<PageKind>,
    /// The runs view; on other pages the last one, so that the way back is short and a run's page
    /// knows what it is compared with.
    pub runs: Memo<RunsView>,
    /// The artifact that is open on a run's page.
    pub artifact: Memo<Option<String>>,
    /// The choices of the charts.
    pub charts: Memo<Board>,
    /// The choices of the diff.
    pub diff: Memo<DiffView>,
    /// The comparison of files below the diff, if it is open.
    pub drawer: Memo<Option<DrawerView>>,
    /// Two runs beside each other, on the page that compares them.
    pub compare: Memo<Option<CompareView>>,
    /// What of the runs view can be taken back.
    pub steps: RwSignal<Steps>,
    /// Raised when choices were put back: what is under way on a screen is given up.
    pub put_back: RwSignal<u64>,
}

/// A page as far as it decides which components exist.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PageKind {
    /// Open files, sources in this browser.
    Home,
    /// The bundled demo is being opened.
    Demo,
    /// Table, charts or diff.
    Runs(Tab),
    /// One run.
    Run(link::RunKey),
    /// Two runs, file by file.
    Compare,
    /// Models of a source.
    Models(String),
    /// A source: report, name, size.
    Source(String),
}

impl ViewState {
    /// Reads the address bar and follows it.
    pub(super) fn new() -> Self {
        let current = RwSignal::new(link::decode(&location::fragment()));
        let listener = location::on_change(move |fragment| {
            let next = link::decode(&fragment);
            if current.with_untracked(|view| *view != next) {
                current.set(next);
            }
        });
        if let Some(listener) = listener {
            listener.forget();
        }
        let page = Memo::new(move |_| current.with(|view| page_kind(&view.page)));
        let runs = Memo::new(move |last: Option<&RunsView>| {
            current.with(|view| runs_of(view).or(last).cloned().unwrap_or_default())
        });
        Self {
            current,
            page,
            runs,
            artifact: Memo::new(move |_| current.with(|view| artifact_of(&view.page))),
            charts: Memo::new(move |_| runs.with(|runs| runs.charts.clone())),
            diff: Memo::new(move |_| runs.with(|runs| runs.diff.clone())),
            drawer: Memo::new(move |_| runs.with(|runs| runs.drawer.clone())),
            compare: Memo::new(move |_| current.with(|view| compare_of(&view.page))),
            steps: RwSignal::new(Steps::default()),
            put_back: RwSignal::new(0),
        }
    }

    /// The whole view.
    pub fn get(&self) -> View {
        self.current.get()
    }

    /// The whole view, without following it.
    pub fn get_untracked(&self) -> View {
        self.current.get_untracked()
    }

    /// Goes to another page; "back" returns to this one.
    pub fn go(&self, page: Page) {
        if let Page::Runs(runs) = &page
            && self.runs.with_untracked(|before| before.choices() != runs.choices())
        {
            // Another set of choices has changes of its own; "back" returns to these.
            self.forget_steps();
        }
        let view = View { page };
        location::push_fragment(&link::encode(&view));
        self.current.set(view);
    }

    /// Replaces the page without a step in the browser's history.
    pub fn replace(&self, page: Page) {
        let view = View { page };
        location::replace_fragment(&link::encode(&view));
        self.current.set(view);
    }

    /// Goes to another tab of the same runs; "back" returns to this one.
    pub fn go_tab(&self, tab: Tab) {
        let mut runs = self.runs.get_untracked();
        runs.tab = tab;
        self.go(Page::Runs(runs));
    }

    /// Changes choices of the runs view in place; they can be taken back.
    pub fn edit_runs(&self, edit: impl FnOnce(&mut RunsView)) {
        let Page::Runs(before) = self.get_untracked().page else { return };
        let mut after = before.clone();
        edit(&mut after);
        if after != before {
            if link::change(&before, &after).is_some() {
                self.steps.update(|steps| steps.note(&before, &after, web::now()));
            }
            self.replace(Page::Runs(after));
        }
    }

    /// Changes choices of the comparison of two runs in place.
    pub fn edit_compare(&self, edit: impl FnOnce(&mut CompareView)) {
        if let Page::Compare(before) = self.get_untracked().page {
            let mut after = before.clone();
            edit(&mut after);
            if after != before {
                self.replace(Page::Compare(after));
            }
        }
    }

    /// Changes the comparison of files below the diff, if it is open.
    pub fn edit_drawer(&self, edit: impl FnOnce(&mut DrawerView)) {
        self.edit_runs(|runs| {
            if let Some(drawer) = &mut runs.drawer {
                edit(drawer);
            }
        });
    }

    /// Takes the last change of the runs view back.
    pub fn undo(&self) -> Option<Taken> {
        self.step(Steps::undo)
    }

    /// Makes the change that was taken back once more.
    pub fn redo(&self) -> Option<Taken> {
        self.step(Steps::redo)
    }

    fn step(&self, step: impl FnOnce(&mut Steps, &RunsView) -> Option<Taken>) -> Option<Taken> {
        let Page::Runs(now) = self.get_untracked().page else { return None };
        let taken = self.steps.try_update(|steps| step(steps, &now))??;
        self.put_back.update(|times| *times += 1);
        self.replace(Page::Runs(taken.view.clone()));
        Some(taken)
    }

    /// Another experiment, or another view, has changes of its own.
    pub(super) fn forget_steps(&self) {
        self.steps.set(Steps::default());
    }

    /// Opens an artifact on the page of a run; no step in the browser's history.
    pub fn open_artifact(&self, path: String) {
        if let Page::Run(run) = self.get_untracked().page {
            self.replace(Page::Run(RunView { artifact: Some(path), ..run }));
        }
    }

    /// The link to two runs beside each other, file by file, for `href`.
    pub fn compare_href(left: link::RunKey, right: link::RunKey) -> String {
        Self::href(Page::Compare(CompareView::new(left, right)))
    }

    /// The link to a page, for `href`.
    pub fn href(page: Page) -> String {
        format!("#{}", link::encode(&View { page }))
    }
}

fn runs_of(view: &View) -> Option<&RunsView> {
    match &view.page {
        Page::Runs(runs) => Some(runs),
        _ => None,
    }
}

fn artifact_of(page: &Page) -> Option<String> {
    match page {
        Page::Run(run) => run.artifact.clone(),
        _ => None,
    }
}

fn compare_of(page: &Page) -> Option<CompareView> {
    match page {
        Page::Compare(compare) => Some(compare.clone()),
        _ => None,
    }
}

fn page_kind(page: &Page) -> PageKind {
    match page {
        Page::Home => PageKind::Home,
        Page::Demo => PageKind::Demo,
        Page::Runs(runs) => PageKind::Runs(runs.tab),
        Page::Run(run) => PageKind::Run(run.run.clone()),
        Page::Compare(_) => PageKind::Compare,
        Page::Models { source, .. } => PageKind::Models(source.clone()),
        Page::Source { source } => PageKind::Source(source.clone()),
    }
}
