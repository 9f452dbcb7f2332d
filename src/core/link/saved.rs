//! Saved views: a name for a link, and the file that carries many of them.
//!
//! A file is JSON: `{"format": "runatlas-views", "version": 1, "views": [...]}`. Each view has `id`, `name`, `link` (the
//! fragment of [`encode`]), `created` and `updated` (milliseconds since the epoch), and `scope`: for each experiment
//! `source` and `experiment` with the names that they had (`source_name`, `experiment_name`), so that a view of what is
//! not here can say what that is. Members that a release does not know it ignores. A browser keeps each view as the text
//! of one such object.

use serde::{Deserialize, Serialize};

use super::{ExperimentKey, Page, RunsView, View, decode, encode};
use crate::model::Millis;

/// A view that a person gave a name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SavedView {
    /// Tells it from others in this browser.
    pub id: String,
    /// The name, for people.
    pub name: String,
    /// The link's fragment.
    link: String,
    /// What its experiments and sources were called.
    #[serde(default)]
    pub scope: Vec<NamedExperiment>,
    /// When it was made.
    #[serde(default)]
    pub created: Millis,
    /// When it was last changed.
    #[serde(default)]
    pub updated: Millis,
}

/// An experiment of a view, and what it was called where the view was saved.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct NamedExperiment {
    /// The source's id.
    pub source: String,
    /// The source's name.
    #[serde(default)]
    pub source_name: String,
    /// MLflow's id of the experiment.
    pub experiment: String,
    /// Its name.
    #[serde(default)]
    pub experiment_name: String,
}

/// Why a file gave no views.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ViewsError {
    /// It is no such file.
    #[error("it is no file of saved views: these are JSON and begin with \"format\": \"runatlas-views\"")]
    Foreign,
    /// It was written by a later release.
    #[error(
        "it was written by a later release of Runatlas (version {0} of the format): open it with that release"
    )]
    Later(u64),
}

/// What a file gave.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ReadViews {
    /// The views.
    pub views: Vec<SavedView>,
    /// How many more could not be read.
    pub skipped: usize,
}

const FORMAT: &str = "runatlas-views";
const VERSION: u64 = 1;
/// Longer names are cut.
const LONGEST_NAME: usize = 120;
/// More views than anybody has.
const MOST_VIEWS: usize = 10_000;

impl SavedView {
    /// A view under a name; `names` says what its experiments are called.
    pub fn new(id: String, name: &str, view: &RunsView, scope: Vec<NamedExperiment>, now: Millis) -> Self {
        let mut saved =
            Self { id, name: String::new(), link: String::new(), scope, created: now, updated: now };
        saved.rename(name, now);
        saved.put(view, now);
        saved
    }

    /// What it shows, opened as this saved view.
    pub fn view(&self) -> RunsView {
        match decode(&self.link).page {
            Page::Runs(view) => RunsView { saved: Some(self.id.clone()), ..view },
            _ => RunsView::default(),
        }
    }

    /// Whether a view shows what was saved: the same experiments and choices.
    pub fn is_shown_by(&self, view: &RunsView) -> bool {
        let saved = self.view();
        saved.scope == view.scope && saved.choices() == view.choices()
    }

    /// Saves what is shown now.
    pub fn put(&mut self, view: &RunsView, now: Millis) {
        let view = RunsView { saved: None, ..view.clone() };
        self.link = encode(&View { page: Page::Runs(view) });
        self.updated = now;
    }

    /// Gives it another name. Blanks around it are dropped; an empty one becomes "View".
    pub fn rename(&mut self, name: &str, now: Millis) {
        let shown: String = name.chars().filter(|c| c.is_whitespace() || !c.is_control()).collect();
        let words: String = shown.split_whitespace().collect::<Vec<_>>().join(" ");
        let name: String = words.chars().take(LONGEST_NAME).collect();
        // The cut may end behind a word.
        let name = name.trim_end();
        self.name = String::from(if name.is_empty() { "View" } else { name });
        self.updated = now;
    }

    /// The experiments that are not among those here.
    pub fn missing(&self, is_here: impl Fn(&ExperimentKey) -> bool) -> Vec<NamedExperiment> {
        let names = |key: &ExperimentKey| {
            let same = |it: &&NamedExperiment| it.source == key.source && it.experiment == key.experiment;
            self.scope.iter().find(same).cloned().unwrap_or_else(|| NamedExperiment::unnamed(key))
        };
        self.view().scope.iter().filter(|key| !is_here(key)).map(names).collect()
    }

    /// The text that a browser keeps.
    pub fn to_text(&self) -> String {
        serde_json::to_string(self).unwrap_or_default()
    }

    /// Reads [`Self::to_text`]; `None` for what is no view of runs.
    pub fn from_text(text: &str) -> Option<Self> {
        serde_json::from_str(text).ok().and_then(Self::checked)
    }

    /// A view from elsewhere, in the form that this release would have written.
    fn checked(mut self) -> Option<Self> {
        let Page::Runs(view) = decode(&self.link).page else { return None };
        if view.scope.is_empty() || self.id.is_empty() || !self.id.chars().all(|c| c.is_ascii_alphanumeric())
        {
            return None;
        }
        let (name, updated) = (std::mem::take(&mut self.name), self.updated);
        self.rename(&name, updated);
        self.put(&view, updated);
        Some(self)
    }
}

impl NamedExperiment {
    fn unnamed(key: &ExperimentKey) -> Self {
        Self {
            source: key.source.clone(),
            source_name: String::new(),
            experiment: key.experiment.clone(),
            experiment_name: String::new(),
        }
    }

    /// `vit-s16 of mlflow.db`: names where they are known, ids where not.
    pub fn words(&self) -> String {
        let or = |name: &str, what: &str, id: &str| {
            if name.is_empty() { format!("{what} {id}") } else { name.to_owned() }
        };
        let experiment = or(&self.experiment_name, "experiment", &self.experiment);
        format!("{experiment} of {}", or(&self.source_name, "source", &self.source))
    }
}

/// The file of these views.
pub fn write_views(views: &[SavedView]) -> String {
    let file = serde_json::json!({ "format": FORMAT, "version": VERSION, "views": views });
    serde_json::to_string_pretty(&file).unwrap_or_default() + "\n"
}

/// Reads a file of views; single views that are broken cost only themselves.
pub fn read_views(text: &str) -> Result<ReadViews, ViewsError> {
    let file: serde_json::Value =
        serde_json::from_str(text.trim_start_matches('\u{feff}')).map_err(|_not_json| ViewsError::Foreign)?;
    if file.get("format").and_then(serde_json::Value::as_str) != Some(FORMAT) {
        return Err(ViewsError::Foreign);
    }
    let version = file.get("version").and_then(serde_json::Value::as_u64).ok_or(ViewsError::Foreign)?;
    if version > VERSION {
        return Err(ViewsError::Later(version));
    }
    let all = file.get("views").and_then(serde_json::Value::as_array).ok_or(ViewsError::Foreign)?;
    let one =
        |value: &serde_json::Value| serde_json::from_value(value.clone()).ok().and_then(SavedView::checked);
    let views: Vec<SavedView> = all.iter().take(MOST_VIEWS).filter_map(one).collect();
    Ok(ReadViews { skipped: all.len() - views.len(), views })
}

/// Which of the views that came are to be kept beside those that are here. What is here already, word for word or under
/// another id, is not kept twice; one whose id here means something else gets a new id.
pub fn merge_views(
    here: &[SavedView],
    came: Vec<SavedView>,
    mut new_id: impl FnMut() -> String,
) -> Vec<SavedView> {
    let mut kept: Vec<SavedView> = Vec::new();
    for mut view in came {
        let all = || here.iter().chain(&kept);
        if all().any(|other| other.name == view.name && other.link == view.link) {
            continue;
        }
        if all().any(|other| other.id == view.id) {
            view.id = new_id();
        }
        kept.push(view);
    }
    kept
}
