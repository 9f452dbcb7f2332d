use std::collections::{BTreeMap, BTreeSet};

use super::{Subject, subject::is_document};
use crate::{
    model::{ArtifactEntry, LoggedModel, Run},
    run_page::model_folder,
    table::natural,
};

/// What a run has that can be compared.
#[derive(Debug, Clone, Copy)]
pub struct RunContent<'a> {
    /// The run.
    pub run: &'a Run,
    /// Its artifacts.
    pub files: &'a [ArtifactEntry],
    /// The logged models that it wrote, with their artifacts.
    pub models: &'a [(LoggedModel, Vec<ArtifactEntry>)],
}

/// Something that one or both of two runs have.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// What it is.
    pub subject: Subject,
    /// Under which heading it is listed.
    pub group: Group,
    /// What it is called: the key, or the path within its group.
    pub name: String,
    /// What is known of it without reading files.
    pub standing: Standing,
    /// The file on the left.
    pub left: Option<ArtifactEntry>,
    /// The file on the right.
    pub right: Option<ArtifactEntry>,
}

/// Headings of the list.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Group {
    /// Note, params and tags.
    Run,
    /// Artifact files.
    Files,
    /// Files of a logged model, by its name.
    Model(String),
}

/// How two sides stand to each other.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Standing {
    /// They are equal.
    Equal,
    /// They differ.
    Changed,
    /// The left run has it, the right one has not.
    OnlyLeft,
    /// The right run has it, the left one has not.
    OnlyRight,
    /// Files of one size, which are not read yet.
    SameSize,
}

/// All that two runs have: note, params and tags, files, files of logged models with the same name.
pub fn listing(left: RunContent, right: RunContent) -> Vec<Entry> {
    let mut entries = of_run(left.run, right.run);
    entries.extend(files(left.files, right.files, &Group::Files, "", ""));
    let (lefts, rights) = (by_name(left.models), by_name(right.models));
    let names: BTreeSet<&(&str, usize)> = lefts.keys().chain(rights.keys()).collect();
    for name in names {
        let of = |models: &BTreeMap<(&str, usize), &(LoggedModel, Vec<ArtifactEntry>)>| {
            models.get(name).map(|(model, files)| (format!("{}/", model_folder(&model.id)), files.clone()))
        };
        let (a, b) = (of(&lefts).unwrap_or_default(), of(&rights).unwrap_or_default());
        // A model that one run has not: its files are found under no address of that run.
        let folder = |own: &String, other: &String| if own.is_empty() { other.clone() } else { own.clone() };
        let (left, right) = (folder(&a.0, &b.0), folder(&b.0, &a.0));
        entries.extend(files(&a.1, &b.1, &Group::Model(name.0.to_owned()), &left, &right));
    }
    entries
}

/// Models by name, and by their order where several have one.
fn by_name(
    models: &[(LoggedModel, Vec<ArtifactEntry>)],
) -> BTreeMap<(&str, usize), &(LoggedModel, Vec<ArtifactEntry>)> {
    let mut seen: BTreeMap<&str, usize> = BTreeMap::new();
    let mut found = BTreeMap::new();
    for model in models {
        let count = seen.entry(&model.0.name).or_default();
        found.insert((model.0.name.as_str(), *count), model);
        *count += 1;
    }
    found
}

fn of_run(left: &Run, right: &Run) -> Vec<Entry> {
    let mut subjects = vec![Subject::Note, Subject::Params];
    let keys = |of: fn(&Run) -> &[(String, String)]| {
        let both = of(left).iter().chain(of(right));
        both.filter(|(key, value)| is_document(key, value))
            .map(|(key, _)| key.clone())
            .collect::<BTreeSet<_>>()
    };
    subjects.extend(keys(|run| &run.params).into_iter().map(Subject::Param));
    subjects.extend(keys(|run| &run.tags).into_iter().map(Subject::Tag));
    let entry = |subject: Subject| {
        let text = |run: &Run| subject.text_of(run).map(|(_, text)| text).filter(|text| !text.is_empty());
        let standing = match (text(left), text(right)) {
            (None, None) => return None,
            (Some(_), None) => Standing::OnlyLeft,
            (None, Some(_)) => Standing::OnlyRight,
            (Some(left), Some(right)) if left == right => Standing::Equal,
            _ => Standing::Changed,
        };
        let name = subject.name().to_owned();
        Some(Entry { subject, group: Group::Run, name, standing, left: None, right: None })
    };
    subjects.into_iter().filter_map(entry).collect()
}

/// Files by their paths below a folder of each side.
fn files(
    left: &[ArtifactEntry],
    right: &[ArtifactEntry],
    group: &Group,
    left_folder: &str,
    right_folder: &str,
) -> Vec<Entry> {
    let by_path = |entries: &[ArtifactEntry]| -> BTreeMap<String, ArtifactEntry> {
        entries.iter().map(|entry| (entry.path.clone(), entry.clone())).collect()
    };
    let (mut lefts, mut rights) = (by_path(left), by_path(right));
    let mut paths: Vec<String> =
        lefts.keys().chain(rights.keys()).cloned().collect::<BTreeSet<_>>().into_iter().collect();
    paths.sort_by(|a, b| natural(a, b).then_with(|| a.cmp(b)));
    let entry = |path: String| {
        let (left, right) = (lefts.remove(&path), rights.remove(&path));
        let standing = match (&left, &right) {
            (Some(_), None) => Standing::OnlyLeft,
            (None, _) => Standing::OnlyRight,
            (Some(a), Some(b)) if a.size != b.size => Standing::Changed,
            (Some(a), Some(_)) if a.size == 0 => Standing::Equal,
            _ => Standing::SameSize,
        };
        let subject =
            Subject::File { left: format!("{left_folder}{path}"), right: format!("{right_folder}{path}") };
        Entry { subject, group: group.clone(), name: path, standing, left, right }
    };
    paths.into_iter().map(entry).collect()
}
