use std::collections::BTreeSet;

use crate::{
    history::History,
    mlflow::{Request, call},
    model::{ArtifactEntry, ArtifactOwner, Millis},
};

/// What is to be asked, with what is known of it so far.
#[derive(Debug, Clone)]
pub(super) enum Job {
    /// Whether anybody is there.
    Version,
    /// The list of experiments.
    Experiments { paging: Paging },
    /// One experiment.
    Experiment { id: String },
    /// Runs, as a search finds them.
    Runs { of: RunsOf, paging: Paging },
    /// One run.
    Run { id: String },
    /// A run once more, for the models that it read.
    Inputs { run: usize },
    /// One metric of several runs, by their numbers in the book.
    Bulk { key: String, runs: Vec<usize> },
    /// One metric of one run, from a point on (in the server's order).
    Points(PointsJob),
    /// The logged models of an experiment.
    LoggedModels { experiment: String, paging: Paging },
    /// The registered models.
    RegisteredModels { paging: Paging },
    /// Their versions.
    ModelVersions { paging: Paging },
    /// Artifacts, folder by folder.
    Artifacts(Box<ArtifactsJob>),
    /// The bytes of an artifact.
    File(Box<FileJob>),
}

/// Which runs are searched for.
#[derive(Debug, Clone)]
pub(super) enum RunsOf {
    /// All of an experiment.
    Experiment(String),
    /// Those of some experiments that are running.
    Running(Vec<String>),
    /// Those of some experiments that began after a time.
    Since(Vec<String>, Millis),
}

impl RunsOf {
    fn request(&self, size: u32, token: Option<&str>) -> Request {
        let (experiments, filter) = match self {
            Self::Experiment(id) => (std::slice::from_ref(id), String::new()),
            Self::Running(ids) => (ids.as_slice(), "attributes.status = 'RUNNING'".to_owned()),
            Self::Since(ids, time) => (ids.as_slice(), format!("attributes.start_time > {time}")),
        };
        let experiments: Vec<&str> = experiments.iter().map(String::as_str).collect();
        call::runs(&experiments, &filter, size, token)
    }

    /// For people.
    pub(super) fn describe(&self) -> String {
        match self {
            Self::Experiment(id) => format!("runs/search of experiment {id}"),
            Self::Running(ids) => format!("runs/search for running runs of {}", ids.join(", ")),
            Self::Since(ids, _) => format!("runs/search for new runs of {}", ids.join(", ")),
        }
    }
}

#[derive(Debug, Clone)]
pub(super) struct PointsJob {
    /// The run's number in the book.
    pub(super) run: usize,
    pub(super) key: String,
    /// How many points the server has before those that are asked for; 0 for the whole history.
    pub(super) from: u64,
    pub(super) so_far: History,
    pub(super) paging: Paging,
    /// What an answer from a point on began with, when it was not what was expected: does the server
    /// know pages at all?
    pub(super) misled: Option<(u64, usize)>,
    /// Pages in a row that were the end of what came before once more.
    pub(super) repeats: u32,
}

impl PointsJob {
    /// The whole history.
    pub(super) fn whole(run: usize, key: String) -> Self {
        Self::from(run, key, 0)
    }

    /// The points from a point on.
    pub(super) fn from(run: usize, key: String, from: u64) -> Self {
        let (so_far, paging) = (History::default(), Paging::default());
        Self { run, key, from, so_far, paging, misled: None, repeats: 0 }
    }

    /// Moves it out.
    pub(super) fn take(&mut self) -> Self {
        let empty = Self::from(self.run, String::new(), self.from);
        std::mem::replace(self, empty)
    }
}

#[derive(Debug, Clone)]
pub(super) struct ArtifactsJob {
    pub(super) owner: ArtifactOwner,
    /// The state in which they are listed, for the cursor.
    pub(super) mark: u64,
    /// The folder that is asked for.
    pub(super) folder: String,
    pub(super) paging: Paging,
    /// Folders to come.
    pub(super) folders: BTreeSet<String>,
    pub(super) found: Vec<ArtifactEntry>,
}

impl ArtifactsJob {
    /// Begins at the root.
    pub(super) fn new(owner: ArtifactOwner, mark: u64) -> Self {
        let (folder, paging, folders, found) = Default::default();
        Self { owner, mark, folder, paging, folders, found }
    }

    /// Moves it out.
    pub(super) fn take(&mut self) -> Self {
        let empty = Self::new(self.owner.clone(), self.mark);
        std::mem::replace(self, empty)
    }
}

#[derive(Debug, Clone)]
pub(super) struct FileJob {
    pub(super) entry: ArtifactEntry,
    /// Names it in its state and under its rule, for the cursor.
    pub(super) mark: u64,
    /// Where it lies, as far as that is known.
    pub(super) storage: String,
}

impl FileJob {
    /// A file may have grown since it was listed; what is far larger was never meant.
    pub(super) fn request(&self) -> Request {
        let limit = self.entry.size.saturating_mul(2).max(1_000_000);
        call::artifact_file(&self.entry.owner, &self.entry.path, limit)
    }
}

impl Job {
    /// What to ask; `name` gives a run's id by its number.
    pub(super) fn request<'a>(&self, first_page: u32, page: u32, name: impl Fn(usize) -> &'a str) -> Request {
        match self {
            Self::Version => call::version(),
            Self::Experiments { paging } => call::experiments("", paging.token()),
            Self::Experiment { id } => call::experiment(id),
            Self::Runs { of, paging } => {
                let size = if paging.pages == 0 { first_page } else { page };
                of.request(size, paging.token())
            }
            Self::Run { id } => call::run(id),
            Self::Inputs { run } => call::run(name(*run)),
            Self::Bulk { key, runs } => call::bulk(key, runs.iter().map(|&run| name(run))),
            Self::Points(job) => match job.paging.token() {
                None => call::history_from(name(job.run), &job.key, job.from),
                token => call::history(name(job.run), &job.key, token),
            },
            Self::LoggedModels { experiment, paging } => call::logged_models(experiment, paging.token()),
            Self::RegisteredModels { paging } => call::registered_models(paging.token()),
            Self::ModelVersions { paging } => call::model_versions(paging.token()),
            Self::Artifacts(job) => call::artifacts(&job.owner, &job.folder, job.paging.token()),
            Self::File(job) => job.request(),
        }
    }
}

impl Job {
    /// What a large file may take longer than other answers, in milliseconds: that of a slow line.
    pub(super) fn extra_time(&self) -> u32 {
        match self {
            Self::File(job) => u32::try_from(job.entry.size / SLOW_LINE).unwrap_or(u32::MAX),
            _ => 0,
        }
    }
}

/// Bytes in a millisecond.
const SLOW_LINE: u64 = 100;

/// Pages are not endless: those of a real server hold thousands of entries each.
const MOST_PAGES: u32 = 10_000;

/// Where a paged listing is.
#[derive(Debug, Clone, Default)]
pub(super) struct Paging {
    token: Option<String>,
    seen: BTreeSet<String>,
    pages: u32,
}

impl Paging {
    fn token(&self) -> Option<&str> {
        self.token.as_deref()
    }

    /// How many pages came.
    pub(super) fn pages(&self) -> u32 {
        self.pages
    }

    /// Takes what a page said of the next one: whether to ask on, or why not to. `news` is whether
    /// the page held anything that had not come before.
    pub(super) fn turn(&mut self, next: Option<String>, news: bool) -> Result<bool, &'static str> {
        self.pages += 1;
        let Some(token) = next else { return Ok(false) };
        if !self.seen.insert(token.clone()) {
            return Err("the server repeats a page token");
        }
        if !news {
            return Err("the server names further pages but sends nothing new");
        }
        if self.pages >= MOST_PAGES {
            return Err("the server's pages do not end");
        }
        self.token = Some(token);
        Ok(true)
    }
}
