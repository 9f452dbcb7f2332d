use std::{borrow::Cow, fmt};

use super::Take;
use crate::model::PARENT_TAG;

/// A column of the runs table. Its text id ([`fmt::Display`], [`Column::parse`]) stays the same
/// for ever, since links and saved views carry it; it follows MLflow's search syntax.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Column {
    /// The run's name for people.
    Name,
    /// Running, finished, failed, ….
    Status,
    /// When it started.
    StartTime,
    /// When it ended.
    EndTime,
    /// How long it ran.
    Duration,
    /// Who ran it.
    User,
    /// The program, from the tag `mlflow.source.name`.
    SourceName,
    /// The version of the program, from `mlflow.source.git.commit`.
    Commit,
    /// The branch, from `mlflow.source.git.branch`.
    Branch,
    /// The experiment's name.
    Experiment,
    /// The source that it was read from.
    Origin,
    /// Active or deleted.
    Lifecycle,
    /// The run's id.
    RunId,
    /// Names of the datasets it used.
    Datasets,
    /// What kind of program it was, from `mlflow.source.type`.
    SourceType,
    /// The logged models that it wrote.
    Models,
    /// Where its artifacts are.
    ArtifactUri,
    /// The latest value of a metric.
    Metric(String),
    /// Something else of a metric's history.
    Taken(String, Take),
    /// A param.
    Param(String),
    /// A tag.
    Tag(String),
}

/// Under which heading a column is offered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ColumnGroup {
    /// Name, status, times, ….
    Attributes,
    /// Metrics.
    Metrics,
    /// Params.
    Params,
    /// The people's own tags.
    Tags,
    /// MLflow's own tags, `mlflow.…`.
    SystemTags,
}

impl ColumnGroup {
    /// The heading.
    pub fn label(self) -> &'static str {
        match self {
            Self::Attributes => "Attributes",
            Self::Metrics => "Metrics",
            Self::Params => "Params",
            Self::Tags => "Tags",
            Self::SystemTags => "MLflow's tags",
        }
    }
}

const ATTRIBUTES: [(Column, &str, &str); 17] = [
    (Column::Status, "attributes.status", "Status"),
    (Column::Name, "attributes.run_name", "Run"),
    (Column::StartTime, "attributes.start_time", "Started"),
    (Column::EndTime, "attributes.end_time", "Ended"),
    (Column::Duration, "attributes.duration", "Duration"),
    (Column::User, "attributes.user_id", "User"),
    (Column::SourceName, "attributes.source_name", "Program"),
    (Column::Commit, "attributes.source_version", "Commit"),
    (Column::Branch, "attributes.branch", "Branch"),
    (Column::Experiment, "attributes.experiment", "Experiment"),
    (Column::Origin, "attributes.origin", "Source"),
    (Column::Lifecycle, "attributes.lifecycle", "Lifecycle"),
    (Column::RunId, "attributes.run_id", "Run ID"),
    (Column::Datasets, "attributes.datasets", "Datasets"),
    (Column::SourceType, "attributes.source_type", "Source type"),
    (Column::Models, "attributes.models", "Logged models"),
    (Column::ArtifactUri, "attributes.artifact_uri", "Artifact location"),
];

impl Column {
    /// Every column that is not a metric, param or tag, in the order in which they are offered.
    pub fn attributes() -> impl Iterator<Item = Self> {
        ATTRIBUTES.into_iter().map(|(column, _, _)| column)
    }

    /// Reads what [`fmt::Display`] writes; `None` for what no release wrote. Keys may hold any text.
    pub fn parse(id: &str) -> Option<Self> {
        match id.split_once('.')? {
            (head, key) if head.starts_with("metrics:") => {
                Some(Self::Taken(key.to_owned(), Take::parse(head.strip_prefix("metrics:")?)?))
            }
            ("metrics", key) => Some(Self::Metric(key.to_owned())),
            ("params", key) => Some(Self::Param(key.to_owned())),
            ("tags", key) => Some(Self::Tag(key.to_owned())),
            _ => ATTRIBUTES.into_iter().find(|(_, known, _)| *known == id).map(|(column, _, _)| column),
        }
    }

    /// A metric's column: its latest value, or what is taken instead.
    pub fn of_metric(key: String, take: Option<Take>) -> Self {
        match take {
            None => Self::Metric(key),
            Some(take) => Self::Taken(key, take),
        }
    }

    /// The run that started it: MLflow keeps its id in a tag.
    pub fn parent() -> Self {
        Self::Tag(PARENT_TAG.to_owned())
    }

    /// The key of a metric's column.
    pub fn metric_key(&self) -> Option<&str> {
        match self {
            Self::Metric(key) | Self::Taken(key, _) => Some(key),
            _ => None,
        }
    }

    /// What the column takes of its metric's history; `None` for the latest value, and for other columns.
    pub fn take(&self) -> Option<Take> {
        match self {
            Self::Taken(_, take) => Some(*take),
            _ => None,
        }
    }

    /// Whether its values are read from histories.
    pub fn is_at_step(&self) -> bool {
        matches!(self, Self::Taken(_, Take::At(_)))
    }

    /// The heading: `Duration`, or the key itself.
    pub fn label(&self) -> Cow<'_, str> {
        match self {
            Self::Tag(key) if key == PARENT_TAG => Cow::Borrowed("Parent run"),
            Self::Metric(key) | Self::Taken(key, _) | Self::Param(key) | Self::Tag(key) => Cow::Borrowed(key),
            _ => Cow::Borrowed(self.attribute().map_or("", |(_, label)| label)),
        }
    }

    /// The heading it is offered under.
    pub fn group(&self) -> ColumnGroup {
        match self {
            Self::Metric(_) | Self::Taken(..) => ColumnGroup::Metrics,
            Self::Param(_) => ColumnGroup::Params,
            Self::Tag(key) if key == PARENT_TAG => ColumnGroup::Attributes,
            Self::Tag(key) if super::tags::is_system(key) => ColumnGroup::SystemTags,
            Self::Tag(_) => ColumnGroup::Tags,
            _ => ColumnGroup::Attributes,
        }
    }

    /// Whether its cells stand at the right edge, as numbers do.
    pub fn is_numeric(&self) -> bool {
        self.take() != Some(Take::Curve) && matches!(self, Self::Metric(_) | Self::Taken(..) | Self::Duration)
    }

    fn attribute(&self) -> Option<(&'static str, &'static str)> {
        ATTRIBUTES.iter().find(|(column, _, _)| column == self).map(|(_, id, label)| (*id, *label))
    }
}

impl fmt::Display for Column {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Metric(key) => write!(f, "metrics.{key}"),
            Self::Taken(key, take) => write!(f, "metrics:{take}.{key}"),
            Self::Param(key) => write!(f, "params.{key}"),
            Self::Tag(key) => write!(f, "tags.{key}"),
            _ => f.write_str(self.attribute().map_or("", |(id, _)| id)),
        }
    }
}
