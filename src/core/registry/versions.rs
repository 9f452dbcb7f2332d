use super::{SourceRun, StatusTone, status_words};
use crate::model::{Millis, ModelVersion, RegisteredModel, Run};

/// A version of a registered model.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct VersionRow {
    /// Its number.
    pub version: String,
    /// Aliases that point at it.
    pub aliases: Vec<String>,
    /// `Staging`, `Production`, `Archived`, or empty.
    pub stage: String,
    /// `Ready`, `Pending`, `Failed`.
    pub status: String,
    /// How the status is marked.
    pub tone: StatusTone,
    /// More about the status; empty if there is no more.
    pub status_message: String,
    /// When it was registered.
    pub created: Option<Millis>,
    /// Who registered it; may be empty.
    pub user: String,
    /// Free text, Markdown.
    pub description: String,
    /// Its tags.
    pub tags: Vec<(String, String)>,
    /// The run that it came from.
    pub run: SourceRun,
    /// MLflow 3: the logged model that it was made from.
    pub model_id: Option<String>,
    /// Where its files are.
    pub location: String,
}

/// The versions of a registered model, newest number first.
pub fn version_rows(
    name: &str,
    models: &[RegisteredModel],
    versions: &[ModelVersion],
    runs: &[Run],
) -> Vec<VersionRow> {
    let model = models.iter().find(|model| model.name == name);
    let aliases = model.map(|model| model.aliases.as_slice()).unwrap_or_default();
    let mut mine: Vec<&ModelVersion> = versions.iter().filter(|version| version.name == name).collect();
    // Numbers in text; what is none comes last.
    mine.sort_by(|a, b| {
        let number = |version: &ModelVersion| version.version.parse::<u64>().ok();
        number(b).cmp(&number(a)).then_with(|| b.version.cmp(&a.version))
    });
    mine.into_iter().map(|version| row(version, aliases, runs)).collect()
}

fn row(version: &ModelVersion, aliases: &[(String, String)], runs: &[Run]) -> VersionRow {
    let (status, tone) = status_words(&version.status);
    let stage = version.current_stage.as_str();
    let mine = aliases.iter().filter(|(_, number)| *number == version.version);
    VersionRow {
        version: version.version.clone(),
        aliases: mine.map(|(alias, _)| alias.clone()).collect(),
        // MLflow writes the word for no stage.
        stage: if stage == "None" { String::new() } else { stage.to_owned() },
        status,
        tone,
        status_message: version.status_message.clone(),
        created: version.creation_timestamp,
        user: version.user_id.clone(),
        description: version.description.clone(),
        tags: version.tags.clone(),
        run: SourceRun::find(&version.run_id, runs),
        model_id: version.model_id.clone().filter(|id| !id.is_empty()),
        location: version.source.clone(),
    }
}
