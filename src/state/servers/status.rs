use runatlas_core::{
    format,
    mlflow::sync::{Pace, Phase, Progress},
    model::Millis,
};

/// A sync that is under way.
#[derive(Debug, Clone, PartialEq)]
pub struct SyncStatus {
    /// Tells it from others.
    pub id: u64,
    /// The source's name, or the server's.
    pub name: String,
    /// The source, once it is there.
    pub source: Option<String>,
    /// How far it is.
    pub progress: Progress,
    /// How fast.
    pub pace: Pace,
    /// A person holds it.
    pub is_paused: bool,
    /// A person asked it to stop.
    pub is_stopping: bool,
}

impl SyncStatus {
    /// "Syncing ml.example.com".
    pub fn title(&self) -> String {
        let verb = if self.is_paused { "Paused" } else { "Syncing" };
        format!("{verb} {}", self.name)
    }

    /// What it is at: "metric histories".
    pub fn phase(&self) -> &'static str {
        match self.progress.phase {
            Phase::Runs => "runs",
            Phase::Histories => "metric histories",
            Phase::Models => "models",
            Phase::Artifacts => "lists of artifacts",
            Phase::Files => "artifact files",
            Phase::Over => "done",
        }
    }

    /// "96 runs, 41,200 points, 3.1 MB, 14,000 points/s, about 2 min left".
    pub fn counts(&self) -> String {
        let Progress { runs, points, bytes, requests, .. } = self.progress;
        if requests == 0 {
            return "Asking the server".to_owned();
        }
        let mut words = format!(
            "{}, {}, {}",
            format::count(runs, "run", "runs"),
            format::count(points, "point", "points"),
            format::bytes(bytes),
        );
        let pace = self.pace.words();
        if !self.is_paused && !pace.is_empty() {
            words = format!("{words}, {pace}");
        }
        words
    }

    /// Why nothing is asked for now: "The server does not answer; asking again in 12 s".
    pub fn hold(&self, now: Millis) -> Option<String> {
        let wait = self.progress.held_until?.saturating_sub(now);
        let is_held = wait > 0 && !self.is_paused && self.progress.under_way == 0;
        is_held.then(|| {
            format!("The server asks to wait, or does not answer; next try in {} s", (wait + 999) / 1000)
        })
    }

    /// How much of the phase is done; `None` while nobody knows.
    pub fn percent(&self) -> Option<f64> {
        let progress = &self.progress;
        let total = progress.histories + progress.listings + progress.files;
        let done = progress.histories_done + progress.listings_done + progress.files_done;
        (total > 0).then(|| (done as f64 / total as f64 * 100.0).min(100.0))
    }
}

/// What a live source is at, for people.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Standing {
    /// Everything is being read.
    Syncing,
    /// A person holds the sync.
    Paused,
    /// It is looked at and asked for news.
    Live,
    /// What is here is as of this time.
    Stale(Millis),
    /// There is no network; what is here is as of this time.
    Offline(Millis),
    /// The server wants a sign-in.
    SignIn(Millis),
    /// It could not be read: since when, and why.
    Failed(Millis, String),
}

impl Standing {
    /// A word or two; `ago` says how long ago a time is.
    pub fn label(&self, ago: impl Fn(Millis) -> String) -> String {
        match self {
            Self::Syncing => "syncing".to_owned(),
            Self::Paused => "paused".to_owned(),
            Self::Live => "live".to_owned(),
            Self::Stale(at) => format!("as of {}", ago(*at)),
            Self::Offline(at) => format!("offline, as of {}", ago(*at)),
            Self::SignIn(_) => "sign-in needed".to_owned(),
            Self::Failed(at, _) => format!("failed, as of {}", ago(*at)),
        }
    }

    /// The whole story.
    pub fn words(&self, ago: impl Fn(Millis) -> String) -> String {
        match self {
            Self::Syncing => "The server is being read.".to_owned(),
            Self::Paused => "Reading the server is paused.".to_owned(),
            Self::Live => "The server is asked for new runs and points while you look.".to_owned(),
            Self::Stale(at) => format!("The server was last asked {}.", ago(*at)),
            Self::Offline(at) => format!("There is no network. What is here is as of {}.", ago(*at)),
            Self::SignIn(at) => {
                format!("The server wants a sign-in: connect again. What is here is as of {}.", ago(*at))
            }
            Self::Failed(at, why) => format!("{} What is here is as of {}.", format::sentence(why), ago(*at)),
        }
    }

    /// The class of its mark.
    pub fn tone(&self) -> &'static str {
        match self {
            Self::Live => "live",
            Self::Syncing => "busy",
            Self::Paused | Self::Stale(_) | Self::Offline(_) => "idle",
            Self::SignIn(_) | Self::Failed(..) => "bad",
        }
    }
}
