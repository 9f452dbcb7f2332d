use leptos::prelude::*;

use super::{
    Artifacts, Clock, Commands, Comparison, Exports, Histories, Imports, Library, Notices, Prefs, RunTable,
    SavedViews, Servers, ViewState,
};

/// All state of the app: a handful of rooms, each with one duty.
#[derive(Clone, Copy)]
pub struct App {
    /// What is looked at.
    pub view: ViewState,
    /// What this browser holds.
    pub library: Library,
    /// The runs that the view's scope names: rows, columns, selection.
    pub runs: RunTable,
    /// The shown runs, compared.
    pub diff: Comparison,
    /// Histories, read when something visible wants them.
    pub histories: Histories,
    /// Views under names.
    pub views: SavedViews,
    /// Files being read.
    pub imports: Imports,
    /// MLflow servers.
    pub servers: Servers,
    /// Artifact files.
    pub artifacts: Artifacts,
    /// What can be done, by name and by key.
    pub commands: Commands,
    /// Tables to take away.
    pub exports: Exports,
    /// Messages for the person.
    pub notices: Notices,
    /// Theme, connection, release.
    pub prefs: Prefs,
    /// The time, for ages.
    pub clock: Clock,
}

/// Makes the state, starts to read the store, and hands the state to all components below.
pub fn provide_app() -> App {
    let notices = Notices::new();
    let view = ViewState::new();
    let library = Library::new(notices);
    let histories = Histories::new(library);
    let imports = Imports::new(view, library, notices);
    let runs = RunTable::new(view, library);
    let servers = Servers::new(view, library, notices);
    let artifacts = Artifacts::new(library, servers);
    let prefs = Prefs::new(notices);
    let app = App {
        view,
        library,
        views: SavedViews::new(view, library, notices),
        runs,
        histories,
        imports,
        servers,
        artifacts,
        diff: Comparison::new(view, runs, library, artifacts, prefs),
        commands: Commands::new(),
        exports: Exports::new(notices),
        notices,
        prefs,
        clock: Clock::new(),
    };
    app.servers.watch(runs);
    app.commands.add_everywhere(app);
    // Another experiment's charts have changes of their own.
    Effect::new(move |before: Option<Vec<_>>| {
        let scope = runs.scope.get();
        if before.is_some_and(|before| before != scope) {
            app.view.forget_steps();
            runs.marked.set(None);
        }
        scope
    });
    provide_context(app);
    library.open(histories);
    app
}

impl App {
    /// The state that [`provide_app`] provided; components exist only below it.
    ///
    /// # Panics
    /// Outside the app.
    #[expect(clippy::expect_used, reason = "a component outside the app is a bug that the first look shows")]
    pub fn expect() -> Self {
        use_context().expect("the app's state is provided at its root")
    }
}
