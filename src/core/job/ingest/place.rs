/// The kinds of entries of a source; each is an object store of the database.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Place {
    /// By experiment.
    Experiments,
    /// By experiment and run.
    Runs,
    /// Run to experiment.
    RunPlaces,
    /// By run: the pack of its small histories; by run and metric: a large history.
    Histories,
    /// Artifact lists by owner.
    Artifacts,
    /// Bytes by owner and path.
    ArtifactFiles,
    /// By id.
    LoggedModels,
    /// By name.
    RegisteredModels,
    /// By name and version.
    Versions,
    /// By import and block.
    Notes,
    /// Where the sync of a live source stands; one a source.
    Cursors,
}

impl Place {
    /// All kinds.
    pub const ALL: [Self; 11] = [
        Self::Experiments,
        Self::Runs,
        Self::RunPlaces,
        Self::Histories,
        Self::Artifacts,
        Self::ArtifactFiles,
        Self::LoggedModels,
        Self::RegisteredModels,
        Self::Versions,
        Self::Notes,
        Self::Cursors,
    ];

    /// The object store's name.
    pub fn name(self) -> &'static str {
        match self {
            Self::Experiments => "experiments",
            Self::Runs => "runs",
            Self::RunPlaces => "run_places",
            Self::Histories => "histories",
            Self::Artifacts => "artifacts",
            Self::ArtifactFiles => "artifact_files",
            Self::LoggedModels => "logged_models",
            Self::RegisteredModels => "registered_models",
            Self::Versions => "versions",
            Self::Notes => "notes",
            Self::Cursors => "cursors",
        }
    }
}

/// Where an entry lies within its source. The store puts the source's id before the parts.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Key {
    /// The object store.
    pub place: Place,
    /// The rest of the key.
    pub parts: Vec<String>,
}

impl Key {
    fn new<const N: usize>(place: Place, parts: [&str; N]) -> Self {
        Self { place, parts: parts.map(str::to_owned).into() }
    }

    /// Where a sync stands.
    pub fn cursor() -> Self {
        Self::new(Place::Cursors, ["sync"])
    }

    /// An experiment.
    pub fn experiment(id: &str) -> Self {
        Self::new(Place::Experiments, [id])
    }

    /// A run.
    pub fn run(experiment: &str, id: &str) -> Self {
        Self::new(Place::Runs, [experiment, id])
    }

    /// The experiment of a run.
    pub fn run_place(id: &str) -> Self {
        Self::new(Place::RunPlaces, [id])
    }

    /// The pack of a run's small histories.
    pub fn histories(run: &str) -> Self {
        Self::new(Place::Histories, [run])
    }

    /// A large history.
    pub fn history(run: &str, metric: &str) -> Self {
        Self::new(Place::Histories, [run, metric])
    }

    /// The artifacts of a run or a logged model, by its id.
    pub fn artifacts(owner: &str) -> Self {
        Self::new(Place::Artifacts, [owner])
    }

    /// The bytes of an artifact.
    pub fn artifact_file(owner: &str, path: &str) -> Self {
        Self::new(Place::ArtifactFiles, [owner, path])
    }

    /// A logged model.
    pub fn logged_model(id: &str) -> Self {
        Self::new(Place::LoggedModels, [id])
    }

    /// A registered model.
    pub fn registered_model(name: &str) -> Self {
        Self::new(Place::RegisteredModels, [name])
    }

    /// A version of a registered model.
    pub fn model_version(name: &str, version: &str) -> Self {
        Self::new(Place::Versions, [name, version])
    }

    /// A block of notes of an import. The numbers are padded, for keys are compared as text.
    pub fn notes(import: u32, block: u32) -> Self {
        Self::new(Place::Notes, [&format!("{import:08}"), &format!("{block:08}")])
    }

    /// The key one level below.
    pub(super) fn and(&self, part: &str) -> Self {
        let mut key = self.clone();
        key.parts.push(part.to_owned());
        key
    }

    /// Its share of the space that an entry takes, in bytes.
    pub fn size(&self) -> i64 {
        self.parts.iter().map(|part| part.len() as i64 + 2).sum()
    }
}
