/// A part of the matrix.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum SectionKind {
    /// Params.
    Params,
    /// Metrics that people logged.
    Metrics,
    /// Metrics of the machine, `system/…`.
    SystemMetrics,
    /// The people's own tags.
    Tags,
    /// Packages with their versions, and what describes the machine.
    Environment,
    /// Datasets used.
    Datasets,
    /// Program, commit, branch.
    Source,
    /// Logged models and their signatures.
    Models,
    /// Artifact files.
    Artifacts,
    /// Status, times, points; who ran it, and where it is from.
    Outcome,
    /// MLflow's own tags, without noise and without what stands in another section.
    SystemTags,
}

impl SectionKind {
    /// Every kind, in the order in which they are shown.
    pub const ALL: [Self; 11] = [
        Self::Params,
        Self::Metrics,
        Self::SystemMetrics,
        Self::Tags,
        Self::Environment,
        Self::Datasets,
        Self::Source,
        Self::Models,
        Self::Artifacts,
        Self::Outcome,
        Self::SystemTags,
    ];

    /// For links and saved views.
    pub fn id(self) -> &'static str {
        match self {
            Self::Params => "params",
            Self::Metrics => "metrics",
            Self::SystemMetrics => "system-metrics",
            Self::Tags => "tags",
            Self::Environment => "environment",
            Self::Datasets => "datasets",
            Self::Source => "source",
            Self::Models => "models",
            Self::Artifacts => "artifacts",
            Self::Outcome => "outcome",
            Self::SystemTags => "system-tags",
        }
    }

    /// Reads what [`Self::id`] gives, and the names of older releases.
    pub fn parse(id: &str) -> Option<Self> {
        if id == "attributes" {
            return Some(Self::Outcome);
        }
        Self::ALL.into_iter().find(|kind| kind.id() == id)
    }

    /// The heading.
    pub fn title(self) -> &'static str {
        match self {
            Self::Params => "Parameters",
            Self::Metrics => "Metrics",
            Self::SystemMetrics => "System metrics",
            Self::Tags => "Tags",
            Self::Environment => "Environment",
            Self::Datasets => "Datasets",
            Self::Source => "Source code",
            Self::Models => "Models",
            Self::Artifacts => "Artifacts",
            Self::Outcome => "Run and outcome",
            Self::SystemTags => "MLflow tags",
        }
    }

    /// Whether its rows are metrics: numbers with a direction.
    pub fn is_metrics(self) -> bool {
        matches!(self, Self::Metrics | Self::SystemMetrics)
    }

    /// Whether it says what went into a run, rather than what came out of it or how it was labelled.
    pub fn is_setup(self) -> bool {
        matches!(self, Self::Params | Self::Environment | Self::Datasets | Self::Source)
    }

    /// What a cell without a value says.
    pub(in crate::diff) fn missing_words(self) -> &'static str {
        match self {
            Self::Params | Self::Tags | Self::SystemTags | Self::Outcome | Self::Source => "not set",
            Self::Metrics | Self::SystemMetrics => "not logged",
            Self::Environment => "not listed",
            Self::Datasets => "not used",
            Self::Models => "not there",
            Self::Artifacts => "no file",
        }
    }
}
