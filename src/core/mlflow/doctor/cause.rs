//! Why a connection does not work, or works with a limit.

/// One reason.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Cause {
    /// The browser says that there is no network.
    Offline,
    /// The connection is refused, the name unknown or the way closed.
    NothingListens,
    /// The server's certificate is not trusted.
    Certificate,
    /// The host answers in the other scheme.
    OtherScheme,
    /// An https page must not call an http server.
    MixedContent,
    /// The browser does not let this page into the local network.
    LocalNetwork,
    /// Connected, or perhaps so, and never an answer.
    NoAnswer,
    /// Answers take longer than a request waits.
    TooSlow,
    /// Answers lack the header that lets this page read them.
    OriginRefused,
    /// `POST` is refused by MLflow itself, whatever a proxy adds.
    PostRefused,
    /// The request before the request (`OPTIONS`) is refused.
    PreflightRefused,
    /// The same, as it comes without the credentials: the server wants them there too.
    PreflightWantsSignIn,
    /// MLflow does not know the name that it is called by.
    HostRefused,
    /// A sign-in page answers instead.
    LoginPage,
    /// Something else answers.
    NotMlflow,
    /// MLflow is below another path; which one, if it was found.
    PrefixWrong(Option<String>),
    /// 401 without credentials.
    SignInNeeded,
    /// 401 with credentials.
    SignInWrong,
    /// 403.
    Forbidden,
    /// 429.
    TooManyRequests,
    /// A proxy answers and MLflow behind it does not.
    BackendDown(u16),
    /// Another answer of the 500s.
    ServerError(u16),
    /// The server runs with `--artifacts-only`.
    ArtifactsOnly,
    /// A call that Runatlas cannot do without is not there.
    MissingEndpoint(&'static str),
    /// Limit: artifacts do not pass through the server.
    ArtifactsNotProxied,
    /// Limit: the artifact proxy does not answer as it should.
    ArtifactsUnclear,
    /// Limit: answers take seconds.
    Slow,
}

/// The lines of the list on the screen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum StepKind {
    /// Something answers.
    Reachable,
    /// This page may read and write.
    Cors,
    /// The server knows who asks.
    SignIn,
    /// It is MLflow and has what is needed.
    Version,
    /// Artifacts can be fetched.
    Artifacts,
}

impl StepKind {
    /// In the order of the list.
    pub const ALL: [Self; 5] = [Self::Reachable, Self::Cors, Self::SignIn, Self::Version, Self::Artifacts];

    /// The line's name.
    pub fn title(self) -> &'static str {
        match self {
            Self::Reachable => "Reachable",
            Self::Cors => "CORS",
            Self::SignIn => "Sign-in",
            Self::Version => "Version",
            Self::Artifacts => "Artifacts",
        }
    }
}

impl Cause {
    /// The line that it stands at.
    pub fn step(&self) -> StepKind {
        match self {
            Self::Offline
            | Self::NothingListens
            | Self::Certificate
            | Self::OtherScheme
            | Self::MixedContent
            | Self::LocalNetwork
            | Self::NoAnswer
            | Self::TooSlow
            | Self::Slow
            | Self::BackendDown(_)
            | Self::TooManyRequests => StepKind::Reachable,
            Self::OriginRefused
            | Self::PostRefused
            | Self::PreflightRefused
            | Self::PreflightWantsSignIn
            | Self::HostRefused => StepKind::Cors,
            Self::LoginPage | Self::SignInNeeded | Self::SignInWrong | Self::Forbidden => StepKind::SignIn,
            Self::NotMlflow
            | Self::PrefixWrong(_)
            | Self::ServerError(_)
            | Self::ArtifactsOnly
            | Self::MissingEndpoint(_) => StepKind::Version,
            Self::ArtifactsNotProxied | Self::ArtifactsUnclear => StepKind::Artifacts,
        }
    }

    /// A few words behind the line's name.
    pub fn label(&self) -> String {
        match self {
            Self::Offline => "this device is offline",
            Self::NothingListens => "nothing answers",
            Self::Certificate => "certificate not trusted",
            Self::OtherScheme => "answers in the other scheme",
            Self::MixedContent => "https page, http server",
            Self::LocalNetwork => "local network not allowed",
            Self::NoAnswer => "no answer in time",
            Self::TooSlow => "too slow",
            Self::Slow => "answers slowly",
            Self::OriginRefused => "blocks this origin",
            Self::PostRefused => "blocks POST from this origin",
            Self::PreflightRefused => "blocks the pre-flight",
            Self::PreflightWantsSignIn => "wants a sign-in for the pre-flight",
            Self::HostRefused => "refuses the host name",
            Self::LoginPage => "a sign-in page answers",
            Self::NotMlflow => "not an MLflow server",
            Self::PrefixWrong(Some(_)) => "found at another path",
            Self::PrefixWrong(None) => "perhaps at another path",
            Self::SignInNeeded => "needed",
            Self::SignInWrong => "not accepted",
            Self::Forbidden => "no permission",
            Self::TooManyRequests => "too many requests",
            Self::BackendDown(status) => return format!("proxy answers {status}"),
            Self::ServerError(status) => return format!("server error {status}"),
            Self::ArtifactsOnly => "serves artifacts only",
            Self::MissingEndpoint(_) => "too old",
            Self::ArtifactsNotProxied => "not through the server",
            Self::ArtifactsUnclear => "cannot be listed",
        }
        .to_owned()
    }
}
