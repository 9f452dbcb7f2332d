use super::values::Values;
use crate::table::RunRef;

/// A part of the matrix.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum SectionKind {
    /// Status, user, program, version. Start and duration stand at the head of each run.
    Attributes,
    /// Params.
    Params,
    /// Latest values of metrics.
    Metrics,
    /// The people's own tags.
    Tags,
    /// MLflow's own tags, without noise.
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
    pub(super) keys: Vec<Key>,
    pub(super) values: Values,
}

/// A key, and whether its values differ between runs.
#[derive(Debug)]
pub(super) struct Key {
    pub(super) name: String,
    pub(super) differs: bool,
}

impl Section {
    fn new(kind: SectionKind, names: Vec<String>, values: Values, runs: &[RunRef]) -> Self {
        // Run after run, as the values of one run lie side by side in memory.
        let mut keys: Vec<Key> = names.into_iter().map(|name| Key { name, differs: false }).collect();
        for run in 1..runs.len() {
            for (row, key) in keys.iter_mut().enumerate() {
                key.differs = key.differs || !values.same(runs, row, 0, run);
            }
        }
        let differing = keys.iter().filter(|key| key.differs).count();
        Self { kind, differing, keys, values }
    }

    /// How many keys it has.
    pub fn len(&self) -> usize {
        self.keys.len()
    }

    /// Whether it has none.
    pub fn is_empty(&self) -> bool {
        self.keys.is_empty()
    }

    /// `6 differ`, or `all equal`; `of 34` stands behind it in another tone.
    pub fn differ_words(&self) -> String {
        match self.differing {
            0 => "all equal".to_owned(),
            1 => "1 differs".to_owned(),
            many => format!("{} differ", crate::format::unsigned(many as u64)),
        }
    }

    /// The keys that differ, for the head of a closed section: `phase, owner, 3 more`.
    pub fn differing_keys(&self, at_most: usize) -> String {
        let names = self.keys.iter().filter(|key| key.differs).map(|key| key.name.as_str());
        let mut words: Vec<String> = names.take(at_most).map(str::to_owned).collect();
        let more = self.differing.saturating_sub(words.len());
        if more > 0 {
            words.push(format!("{} more", crate::format::unsigned(more as u64)));
        }
        words.join(", ")
    }
}

/// All sections that have a key.
pub(super) fn sections(runs: &[RunRef]) -> Vec<Section> {
    let section = |kind| {
        let (names, values) = Values::gather(kind, runs);
        Section::new(kind, names, values, runs)
    };
    SectionKind::ALL.into_iter().map(section).filter(|section| !section.is_empty()).collect()
}
