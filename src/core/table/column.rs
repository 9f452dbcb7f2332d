use std::{borrow::Cow, fmt};

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
    /// The latest value of a metric.
    Metric(String),
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

const ATTRIBUTES: [(Column, &str, &str); 14] = [
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
];

impl Column {
    /// Every column that is not a metric, param or tag, in the order in which they are offered.
    pub fn attributes() -> impl Iterator<Item = Self> {
        ATTRIBUTES.into_iter().map(|(column, _, _)| column)
    }

    /// Reads what [`fmt::Display`] writes; `None` for what no release wrote. Keys may hold any text.
    pub fn parse(id: &str) -> Option<Self> {
        match id.split_once('.')? {
            ("metrics", key) => Some(Self::Metric(key.to_owned())),
            ("params", key) => Some(Self::Param(key.to_owned())),
            ("tags", key) => Some(Self::Tag(key.to_owned())),
            _ => ATTRIBUTES.into_iter().find(|(_, known, _)| *known == id).map(|(column, _, _)| column),
        }
    }

    /// The heading: `Duration`, or the key itself.
    pub fn label(&self) -> Cow<'_, str> {
        match self {
            Self::Metric(key) | Self::Param(key) | Self::Tag(key) => Cow::Borrowed(key),
            _ => Cow::Borrowed(self.attribute().map_or("", |(_, label)| label)),
        }
    }

    /// The heading it is offered under.
    pub fn group(&self) -> ColumnGroup {
        match self {
            Self::Metric(_) => ColumnGroup::Metrics,
            Self::Param(_) => ColumnGroup::Params,
            Self::Tag(key) if super::tags::is_system(key) => ColumnGroup::SystemTags,
            Self::Tag(_) => ColumnGroup::Tags,
            _ => ColumnGroup::Attributes,
        }
    }

    /// Whether its cells stand at the right edge, as numbers do.
    pub fn is_numeric(&self) -> bool {
        matches!(self, Self::Metric(_) | Self::Duration)
    }

    fn attribute(&self) -> Option<(&'static str, &'static str)> {
        ATTRIBUTES.iter().find(|(column, _, _)| column == self).map(|(_, id, label)| (*id, *label))
    }
}

impl fmt::Display for Column {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Metric(key) => write!(f, "metrics.{key}"),
            Self::Param(key) => write!(f, "params.{key}"),
            Self::Tag(key) => write!(f, "tags.{key}"),
            _ => f.write_str(self.attribute().map_or("", |(id, _)| id)),
        }
    }
}
