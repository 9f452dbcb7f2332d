//! What the palette finds: commands of the screen, and places by name.

use std::sync::Arc;

use leptos::prelude::*;
use runatlas_core::{
    command::{Words, rank},
    format,
    link::{ExperimentKey, Page, RunView},
};

use super::{Command, Commands};
use crate::state::{App, ViewState, words};

/// Something to choose.
pub struct PaletteItem {
    /// What is remembered of it.
    id: String,
    /// Its name.
    pub title: String,
    /// Where it is, or what it is.
    pub detail: String,
    /// Lucide's name of its icon.
    pub icon: &'static str,
    /// The caps of its first key.
    pub keys: Vec<String>,
    section: Section,
    action: Action,
    /// Found by its beginning only: a run's id.
    hidden_name: String,
}

#[derive(Clone)]
#[expect(clippy::large_enum_variant, reason = "some dozens of them while the palette is open")]
enum Action {
    Run(Callback<()>),
    Go(Page),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Section {
    Recent,
    Commands,
    Places,
    Runs,
}

impl Section {
    fn label(self) -> &'static str {
        match self {
            Self::Recent => "Recent",
            Self::Commands => "Commands",
            Self::Places => "Go to",
            Self::Runs => "Runs",
        }
    }
}

/// A line of the list.
#[derive(Clone)]
pub struct PaletteRow {
    /// The heading above it, where it is the first of its section.
    pub heading: Option<&'static str>,
    /// What it is.
    pub item: Arc<PaletteItem>,
    /// The title in pieces, with whether each was typed.
    pub pieces: Vec<(String, bool)>,
}

/// Everything that can be found, as of the moment when the palette was opened.
#[derive(Clone)]
pub struct Palette {
    items: Arc<Vec<Arc<PaletteItem>>>,
    app: App,
}

/// So many lines at most: whoever needs more types more.
const MOST: usize = 50;
/// Typed so far, it may be a run's id.
const LEAST_OF_AN_ID: usize = 4;

impl Palette {
    /// Gathers what there is.
    pub fn new(app: App) -> Self {
        let items = untrack(|| {
            let commands = app.commands.available().into_iter().filter(|command| !command.is_silent);
            let mut items: Vec<PaletteItem> =
                commands.map(|command| PaletteItem::of_command(&command, app.commands)).collect();
            places(app, &mut items);
            runs(app, &mut items);
            items
        });
        Self { items: Arc::new(items.into_iter().map(Arc::new).collect()), app }
    }

    /// What fits what was typed, best first within sections, the section with the best first. Without anything typed:
    /// what was chosen last, then what can be done here.
    pub fn rows(&self, typed: &str) -> Vec<PaletteRow> {
        let words = Words::new(typed);
        if words.is_empty() {
            return self.first_rows();
        }
        let typed = typed.trim().to_lowercase();
        let is_id =
            |item: &PaletteItem| typed.len() >= LEAST_OF_AN_ID && item.hidden_name.starts_with(&typed);
        let names = self.items.iter().map(|item| {
            let name = if is_id(item) { item.hidden_name.as_str() } else { item.title.as_str() };
            (name, item.section.bonus())
        });
        let hits = rank(&words, names, MOST);
        // What fits far worse than the best was hardly meant.
        let least = hits.first().map_or(0, |hit| hit.found.score / 3);
        let fit = hits.into_iter().filter(|hit| hit.found.score >= least).filter_map(|hit| {
            let item = self.items.get(hit.index)?;
            let marks = if is_id(item) { Vec::new() } else { hit.found.marks };
            Some((Arc::clone(item), marks))
        });
        let fit: Vec<_> = fit.collect();
        let mut sections: Vec<Section> = Vec::new();
        for (item, _) in &fit {
            if !sections.contains(&item.section) {
                sections.push(item.section);
            }
        }
        let of = |section: Section| {
            let rows = fit.iter().filter(move |(item, _)| item.section == section);
            rows.enumerate().map(move |(at, (item, marks))| PaletteRow {
                heading: (at == 0).then(|| section.label()),
                item: Arc::clone(item),
                pieces: pieces(&item.title, marks),
            })
        };
        sections.into_iter().flat_map(of).collect()
    }

    fn first_rows(&self) -> Vec<PaletteRow> {
        let recent = self.app.commands.recent.get_untracked();
        let find = |id: &String| self.items.iter().find(|item| item.id == *id);
        let recent: Vec<_> = recent.iter().filter_map(find).map(|item| (Section::Recent, item)).collect();
        let others = self.items.iter().filter(|item| item.section != Section::Runs);
        let others = others.filter(|item| !recent.iter().any(|(_, other)| other.id == item.id));
        let mut before = None;
        let all = recent.iter().copied().chain(others.map(|item| (item.section, item)));
        all.take(MOST)
            .map(|(section, item)| PaletteRow {
                heading: (before.replace(section) != Some(section)).then(|| section.label()),
                item: Arc::clone(item),
                pieces: pieces(&item.title, &[]),
            })
            .collect()
    }

    /// Does what was chosen.
    pub fn choose(&self, item: &PaletteItem) {
        self.app.commands.remember(&item.id);
        self.app.commands.overlay.set(None);
        match item.action.clone() {
            // The palette gives the focus back before the command moves it.
            Action::Run(run) => set_timeout(move || run.run(()), std::time::Duration::ZERO),
            Action::Go(page) => self.app.view.go(page),
        }
    }
}

impl Section {
    /// Of equals, what can be done goes before what can be opened, and places before the many runs.
    fn bonus(self) -> i32 {
        match self {
            Self::Recent | Self::Commands => 4,
            Self::Places => 3,
            Self::Runs => 0,
        }
    }
}

impl PaletteItem {
    fn of_command(command: &Command, commands: Commands) -> Self {
        Self {
            id: command.id.to_owned(),
            title: command.title.get(),
            detail: String::new(),
            icon: command.icon,
            keys: command.keys.first().map(|key| key.caps(commands.mac)).unwrap_or_default(),
            section: Section::Commands,
            action: Action::Run(command.run),
            hidden_name: String::new(),
        }
    }

    fn place(title: String, detail: impl Into<String>, icon: &'static str, page: Page) -> Self {
        Self {
            id: ViewState::href(page.clone()),
            title,
            detail: detail.into(),
            icon,
            keys: Vec::new(),
            section: Section::Places,
            action: Action::Go(page),
            hidden_name: String::new(),
        }
    }
}

/// Saved views, sources, experiments and models.
fn places(app: App, items: &mut Vec<PaletteItem>) {
    for saved in app.views.list.get() {
        let page = app.views.page(&saved);
        let item = PaletteItem::place(saved.name, "saved view", "bookmark", page);
        items.push(PaletteItem { id: format!("view:{}", saved.id), ..item });
    }
    let sources = app.library.sources.get();
    for source in &sources {
        let listing = app.library.listings.with(|all| all.get(&source.id).cloned()).unwrap_or_default();
        let report = Page::Source { source: source.id.clone() };
        items.push(PaletteItem::place(source.name.clone(), "source", words::source_icon(source), report));
        for listed in listing.experiments {
            let key = ExperimentKey { source: source.id.clone(), experiment: listed.experiment.id };
            let page = app.runs.page_of(key);
            items.push(PaletteItem::place(
                listed.experiment.name,
                source.name.clone(),
                "flask-conical",
                page,
            ));
        }
        for model in listing.models {
            let page = Page::Models { source: source.id.clone(), model: Some(model.name.clone()) };
            items.push(PaletteItem::place(model.name, "registered model", "box", page));
        }
    }
}

/// The runs of the open experiments.
fn runs(app: App, items: &mut Vec<PaletteItem>) {
    app.runs.table.with(|table| {
        for run in table.ready().map(|table| table.runs()).unwrap_or_default() {
            let key = run.key();
            let page = Page::Run(RunView { run: key.clone(), artifact: None });
            let detail = format!("{} · {}", format::short_id(&key.run), run.experiment);
            let item = PaletteItem::place(run.run.display_name().to_owned(), detail, "activity", page);
            items.push(PaletteItem { section: Section::Runs, hidden_name: key.run.to_lowercase(), ..item });
        }
    });
}

/// A text cut where marks begin and end.
fn pieces(text: &str, marks: &[std::ops::Range<usize>]) -> Vec<(String, bool)> {
    let mut pieces = Vec::new();
    let mut from = 0;
    let piece = |range: std::ops::Range<usize>| text.get(range).unwrap_or_default().to_owned();
    for mark in marks {
        pieces.push((piece(from..mark.start), false));
        pieces.push((piece(mark.clone()), true));
        from = mark.end;
    }
    pieces.push((piece(from..text.len()), false));
    pieces.retain(|(text, _)| !text.is_empty());
    pieces
}
