use crate::{
    mlflow::FileRule,
    model::{ArtifactEntry, Millis, Run},
};

/// What to bring up to date.
#[derive(Debug, Clone, Default)]
pub struct SyncPlan {
    /// Which experiments or runs.
    pub scope: Scope,
    /// The runs of that scope as they lie in the store, deleted ones included: what is compared with
    /// the server's to see what is new. A history counts as stored when its summary has points.
    pub stored: Vec<Run>,
    /// Which artifact files are read.
    pub files: FilesPlan,
    /// How.
    pub options: SyncOptions,
}

/// Which artifact files are read with the rest: those that are listed now, and those listed before.
#[derive(Debug, Clone, Default)]
pub struct FilesPlan {
    /// None without.
    pub rule: Option<FileRule>,
    /// What is listed in the store, of that scope: those whose bytes are there are not read again, the
    /// others are if the rule wants them.
    pub listed: Vec<ArtifactEntry>,
}

/// Which part of a server.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum Scope {
    /// All that the server lists.
    #[default]
    All,
    /// These experiments, by id.
    Experiments(Vec<String>),
    /// What is new in these experiments: the runs that are running, those that began after a time, and
    /// those in [`SyncPlan::stored`], which were running and may have ended. Two small requests when
    /// there is nothing new.
    News {
        /// The experiments' ids.
        experiments: Vec<String>,
        /// The latest start of a stored run.
        since: Millis,
    },
}

/// How a server is asked, and for what.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(clippy::struct_excessive_bools, reason = "each stands for one thing that a person ticks")]
pub struct SyncOptions {
    /// Requests under way at once.
    pub concurrency: usize,
    /// Anything; spreads the back-off of several tabs.
    pub seed: u64,
    /// How often a request is repeated that failed for a passing reason.
    pub retries: u32,
    /// Runs in the first page of an experiment: small, so that a table shows at once.
    pub first_page: u32,
    /// Runs in every other page.
    pub page: u32,
    /// Whether to ask for logged models.
    pub logged_models: bool,
    /// Whether to ask for the registry.
    pub registry: bool,
    /// Whether to list artifacts: a request a folder.
    pub artifacts: bool,
    /// Whether to read every history again, whatever is stored.
    pub verify: bool,
    /// How long a small answer may take, in milliseconds.
    pub small_timeout: u32,
    /// How long a large answer may take, in milliseconds.
    pub large_timeout: u32,
}

impl Default for SyncOptions {
    fn default() -> Self {
        Self {
            concurrency: 6,
            seed: 0,
            retries: 5,
            first_page: 100,
            page: 1000,
            logged_models: true,
            registry: true,
            artifacts: true,
            verify: false,
            small_timeout: 30_000,
            large_timeout: 120_000,
        }
    }
}
