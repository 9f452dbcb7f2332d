use super::{has_words, version_rows};
use crate::{
    format,
    model::{Millis, ModelVersion, RegisteredModel},
};

/// A registered model in the list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RegisteredRow {
    /// Its name.
    pub name: String,
    /// (alias, version), sorted by alias.
    pub aliases: Vec<(String, String)>,
    /// The highest version.
    pub latest: Option<String>,
    /// How many versions it has.
    pub versions: usize,
    /// The stages of its versions, without those of none: `Production v3`.
    pub stages: Vec<(String, String)>,
    /// Free text, Markdown.
    pub description: String,
    /// Its tags.
    pub tags: Vec<(String, String)>,
    /// When it was made.
    pub created: Option<Millis>,
    /// When it, or a version, last changed.
    pub updated: Option<Millis>,
}

impl RegisteredRow {
    /// The description's first line, without a heading's marks.
    pub fn summary(&self) -> String {
        let line = self.description.lines().map(str::trim).find(|line| !line.is_empty()).unwrap_or_default();
        format::one_line(line.trim_start_matches('#').trim_start(), 200).into_owned()
    }
}

/// The registered models by name, as far as the search leaves them: its words may be in the name,
/// an alias, a tag or the description. A model that only its versions name is listed too.
pub fn registered_rows(
    models: &[RegisteredModel],
    versions: &[ModelVersion],
    search: &str,
) -> Vec<RegisteredRow> {
    let known = |name: &str| models.iter().any(|model| model.name == name);
    let mut all = models.to_vec();
    for version in versions.iter().filter(|version| !known(&version.name)) {
        if all.iter().all(|model| model.name != version.name) {
            all.push(RegisteredModel { name: version.name.clone(), ..RegisteredModel::default() });
        }
    }
    let mut rows: Vec<RegisteredRow> =
        all.iter().map(|model| row(model, versions)).filter(|row| is_wanted(row, search)).collect();
    rows.sort_by_cached_key(|row| (row.name.to_lowercase(), row.name.clone()));
    rows
}

fn row(model: &RegisteredModel, versions: &[ModelVersion]) -> RegisteredRow {
    let mine = version_rows(&model.name, std::slice::from_ref(model), versions, &[]);
    let stages = mine.iter().filter(|version| !version.stage.is_empty());
    RegisteredRow {
        name: model.name.clone(),
        aliases: model.aliases.clone(),
        latest: mine.first().map(|version| version.version.clone()),
        versions: mine.len(),
        stages: stages.map(|version| (version.stage.clone(), version.version.clone())).collect(),
        description: model.description.clone(),
        tags: model.tags.clone(),
        created: model.creation_timestamp,
        updated: model.last_updated_timestamp,
    }
}

fn is_wanted(row: &RegisteredRow, search: &str) -> bool {
    let mut texts = vec![row.name.as_str(), row.description.as_str()];
    for (key, value) in row.aliases.iter().chain(&row.tags).chain(&row.stages) {
        texts.extend([key.as_str(), value.as_str()]);
    }
    has_words(search, &texts)
}
