use crate::table::RunRef;

/// A part of the matrix.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum SectionKind {
    /// Status, times, user, program.
    Attributes,
    /// Params.
    Params,
    /// Latest values of metrics.
    Metrics,
    /// The people's own tags.
    Tags,
    /// MLflow's own tags.
    SystemTags,
    /// Datasets used.
    Datasets,
}

impl SectionKind {
    /// Every kind, in the order in which they are shown.
    pub const ALL: [Self; 6] =
        [Self::Attributes, Self::Params, Self::Metrics, Self::Tags, Self::Datasets, Self::SystemTags];

    /// For links and saved views.
    pub fn id(self) -> &'static str {
        match self {
            Self::Attributes => "attributes",
            Self::Params => "params",
            Self::Metrics => "metrics",
            Self::Tags => "tags",
            Self::SystemTags => "system-tags",
            Self::Datasets => "datasets",
        }
    }

    /// Reads what [`Self::id`] gives.
    pub fn parse(id: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.id() == id)
    }

    /// The heading.
    pub fn title(self) -> &'static str {
        match self {
            Self::Attributes => "Attributes",
            Self::Params => "Parameters",
            Self::Metrics => "Metrics",
            Self::Tags => "Tags",
            Self::SystemTags => "MLflow tags",
            Self::Datasets => "Datasets",
        }
    }
}

/// A section with its keys.
#[derive(Debug)]
pub struct Section {
    /// Which.
    pub kind: SectionKind,
    /// How many of its keys differ.
    pub differing: usize,
}

impl Section {
    /// How many keys it has.
    pub fn len(&self) -> usize {
        0
    }

    /// Whether it has none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// `6 differ`, or `all equal`.
    pub fn differ_words(&self) -> String {
        String::new()
    }

    /// The keys that differ, for the head of a closed section: `phase, owner, 3 more`.
    pub fn differing_keys(&self, _at_most: usize) -> String {
        String::new()
    }
}

pub(super) fn sections(_runs: &[RunRef]) -> Vec<Section> {
    Vec::new()
}
