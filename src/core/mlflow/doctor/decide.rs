//! What to ask next, and what follows: a function of situation and evidence alone, so that the same
//! answers always lead to the same verdict. Each function is one question; it asks on or concludes.

use super::{
    Cause, Outcome, ProbeKind, Situation,
    evidence::{Evidence, Reply},
    probe::elsewhere,
};
use crate::mlflow::Reach;

/// An answer that took longer costs a sync minutes: it makes hundreds of requests.
const SLOW_MILLIS: u32 = 3_000;
/// The first MLflow with `experiments/search` (1.28, 2022).
const SEARCH: &str = "experiments/search";

/// What comes next.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Next {
    /// Make this probe.
    Ask(ProbeKind),
    /// All is known that can be known.
    Done(Conclusion),
}

/// The end.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Conclusion {
    /// Why it does not work, likeliest first; empty when it works. Several when a browser cannot tell
    /// them apart.
    pub(super) causes: Vec<Cause>,
    /// What does not work although the connection does.
    pub(super) limits: Vec<Cause>,
}

/// Of the questions in their order, the first that is open.
pub(super) fn decide(situation: &Situation, evidence: &Evidence) -> Next {
    let asker = Asker { situation, evidence };
    asker
        .does_anything_answer()
        .or_else(|| asker.can_the_version_be_read())
        .or_else(|| asker.can_the_api_be_read())
        .or_else(|| asker.does_the_server_know_who_asks())
        .or_else(|| asker.may_this_page_post())
        .or_else(|| asker.is_what_we_need_there())
        .or_else(|| asker.can_artifacts_be_fetched())
        .unwrap_or_else(|| Next::Done(Conclusion { causes: Vec::new(), limits: asker.limits() }))
}

struct Asker<'a> {
    situation: &'a Situation,
    evidence: &'a Evidence,
}

#[expect(clippy::unnecessary_wraps, reason = "the end of a question, and those are options")]
fn blocked(causes: impl IntoIterator<Item = Cause>) -> Option<Next> {
    Some(Next::Done(Conclusion { causes: causes.into_iter().collect(), limits: Vec::new() }))
}

/// Causes that a readable answer names by itself, wherever it comes.
fn plain_cause(reply: &Reply) -> Option<Cause> {
    match reply {
        Reply::HostRefused => Some(Cause::HostRefused),
        Reply::PostRefused => Some(Cause::PostRefused),
        Reply::ArtifactsOnly => Some(Cause::ArtifactsOnly),
        Reply::TooMany => Some(Cause::TooManyRequests),
        Reply::BackendDown(status) => Some(Cause::BackendDown(*status)),
        Reply::ServerError(status) => Some(Cause::ServerError(*status)),
        Reply::LoginPage => Some(Cause::LoginPage),
        _ => None,
    }
}

impl Asker<'_> {
    fn does_anything_answer(&self) -> Option<Next> {
        match self.evidence.of(ProbeKind::Reach) {
            None => Some(Next::Ask(ProbeKind::Reach)),
            Some(Outcome::Answer(_) | Outcome::Opaque { .. }) => None,
            Some(Outcome::TimedOut) => blocked([Cause::NoAnswer]),
            Some(Outcome::Failed { .. }) => self.why_nothing_answers(),
        }
    }

    fn why_nothing_answers(&self) -> Option<Next> {
        let (situation, reach) = (self.situation, self.situation.server.reach());
        if situation.is_mixed_content() && reach != Reach::Loopback {
            return blocked([Cause::MixedContent]);
        }
        if situation.is_into_local_network() && situation.local_network == super::LocalNetwork::Denied {
            return blocked([Cause::LocalNetwork]);
        }
        match self.evidence.of(ProbeKind::OtherScheme) {
            None if situation.may_ask_other_scheme() => return Some(Next::Ask(ProbeKind::OtherScheme)),
            Some(Outcome::Answer(_) | Outcome::Opaque { .. }) => return blocked([Cause::OtherScheme]),
            _ => {}
        }
        let mut causes = Vec::new();
        if !situation.is_online && reach != Reach::Loopback {
            causes.push(Cause::Offline);
        }
        causes.push(Cause::NothingListens);
        if situation.server.is_https() {
            causes.push(Cause::Certificate);
        }
        if situation.is_into_local_network() && situation.local_network != super::LocalNetwork::Granted {
            causes.push(Cause::LocalNetwork);
        }
        // Safari refuses http://localhost to an https page, where Chromium and Firefox do not.
        if situation.is_mixed_content() {
            causes.push(Cause::MixedContent);
        }
        blocked(causes)
    }

    fn can_the_version_be_read(&self) -> Option<Next> {
        match self.evidence.of(ProbeKind::Version) {
            None => Some(Next::Ask(ProbeKind::Version)),
            Some(_) => match self.evidence.reply(ProbeKind::Version) {
                Some(Reply::HostRefused) => blocked([Cause::HostRefused]),
                Some(Reply::TooMany) => blocked([Cause::TooManyRequests]),
                _ => None,
            },
        }
    }

    fn can_the_api_be_read(&self) -> Option<Next> {
        let read = match self.evidence.of(ProbeKind::Read) {
            None => return Some(Next::Ask(ProbeKind::Read)),
            Some(Outcome::TimedOut) => return blocked([Cause::TooSlow]),
            Some(Outcome::Failed { .. } | Outcome::Opaque { .. }) => return self.why_it_cannot_be_read(),
            Some(Outcome::Answer(_)) => self.evidence.reply(ProbeKind::Read)?,
        };
        if let Some(cause) = plain_cause(&read) {
            return blocked([cause]);
        }
        match read {
            Reply::Object | Reply::MlflowError | Reply::Unauthorized => None,
            // With credentials it may be allowed.
            Reply::Forbidden if self.situation.has_credentials => None,
            Reply::Forbidden => blocked([Cause::Forbidden]),
            _ => self.where_is_the_api(),
        }
    }

    fn why_it_cannot_be_read(&self) -> Option<Next> {
        let is_page_known = self.situation.is_page_allowed_by_default();
        match self.evidence.reply(ProbeKind::Version) {
            // `version` allows this origin and any Host, the API checks the Host: only that differs.
            Some(Reply::Version(_)) => blocked([Cause::HostRefused]),
            Some(Reply::Unauthorized | Reply::Forbidden) => blocked([Cause::OriginRefused, Cause::LoginPage]),
            Some(_) => blocked([Cause::NotMlflow, Cause::PrefixWrong(None)]),
            // MLflow 3.5 and later allow a page of this machine: then it is an older one, or none.
            None if is_page_known => {
                blocked([Cause::OriginRefused, Cause::NotMlflow, Cause::PrefixWrong(None)])
            }
            None => {
                let mut causes = vec![Cause::OriginRefused];
                if !self.situation.is_host_allowed_by_default() {
                    causes.push(Cause::HostRefused);
                }
                causes.extend([Cause::NotMlflow, Cause::LoginPage]);
                blocked(causes)
            }
        }
    }

    /// `experiments/search` is not where it should be.
    fn where_is_the_api(&self) -> Option<Next> {
        let ajax = match self.evidence.of(ProbeKind::ReadAjax) {
            None => return Some(Next::Ask(ProbeKind::ReadAjax)),
            Some(_) => self.evidence.reply(ProbeKind::ReadAjax).unwrap_or(Reply::Else),
        };
        if ajax.is_of_mlflow() || ajax == Reply::Unauthorized {
            return None;
        }
        if self.evidence.of(ProbeKind::OldList).is_none() {
            return Some(Next::Ask(ProbeKind::OldList));
        }
        if self.evidence.reply(ProbeKind::OldList) == Some(Reply::Object) {
            return blocked([Cause::MissingEndpoint(SEARCH)]);
        }
        match self.evidence.of(ProbeKind::Elsewhere) {
            None => Some(Next::Ask(ProbeKind::Elsewhere)),
            Some(_) if matches!(self.evidence.reply(ProbeKind::Elsewhere), Some(Reply::Version(_))) => {
                let found = elsewhere(&self.situation.server).to_string();
                blocked([Cause::PrefixWrong(Some(found))])
            }
            Some(_) if self.evidence.version().is_some() => blocked([Cause::MissingEndpoint(SEARCH)]),
            Some(_) => blocked([Cause::NotMlflow, Cause::PrefixWrong(None)]),
        }
    }

    fn does_the_server_know_who_asks(&self) -> Option<Next> {
        let read = if self.evidence.of(ProbeKind::ReadAjax).is_some() {
            ProbeKind::ReadAjax
        } else {
            ProbeKind::Read
        };
        if !self.situation.has_credentials {
            let is_asked = self.evidence.reply(read) == Some(Reply::Unauthorized);
            return is_asked.then(|| blocked([Cause::SignInNeeded])).flatten();
        }
        match self.evidence.of(ProbeKind::SignIn) {
            None => Some(Next::Ask(ProbeKind::SignIn)),
            Some(Outcome::TimedOut) => blocked([Cause::TooSlow]),
            Some(Outcome::Failed { .. } | Outcome::Opaque { .. }) => {
                let wants = self.evidence.reply(read) == Some(Reply::Unauthorized);
                blocked(if wants {
                    vec![Cause::PreflightWantsSignIn, Cause::PreflightRefused]
                } else {
                    vec![Cause::PreflightRefused]
                })
            }
            Some(Outcome::Answer(_)) => {
                let reply = self.evidence.reply(ProbeKind::SignIn)?;
                match reply {
                    Reply::Object | Reply::MlflowError => None,
                    Reply::Unauthorized => blocked([Cause::SignInWrong]),
                    Reply::Forbidden => blocked([Cause::Forbidden]),
                    other => blocked([plain_cause(&other).unwrap_or(Cause::NotMlflow)]),
                }
            }
        }
    }

    fn may_this_page_post(&self) -> Option<Next> {
        match self.evidence.of(ProbeKind::Post) {
            None => Some(Next::Ask(ProbeKind::Post)),
            Some(Outcome::TimedOut) => blocked([Cause::TooSlow]),
            Some(Outcome::Failed { .. } | Outcome::Opaque { .. }) => self.why_posts_fail(),
            Some(Outcome::Answer(_)) => match self.evidence.reply(ProbeKind::Post)? {
                Reply::Object | Reply::MlflowError => None,
                Reply::Unauthorized => blocked([Cause::SignInWrong]),
                Reply::Forbidden => blocked([Cause::Forbidden]),
                Reply::NotThere => blocked([Cause::MissingEndpoint("runs/search")]),
                other => blocked([plain_cause(&other).unwrap_or(Cause::NotMlflow)]),
            },
        }
    }

    /// The same without a pre-flight tells which of the two is refused.
    fn why_posts_fail(&self) -> Option<Next> {
        match self.evidence.of(ProbeKind::PostSimple) {
            None => Some(Next::Ask(ProbeKind::PostSimple)),
            Some(Outcome::Answer(_)) => match self.evidence.reply(ProbeKind::PostSimple) {
                Some(Reply::PostRefused) => blocked([Cause::PostRefused]),
                _ => blocked([Cause::PreflightRefused]),
            },
            Some(_) => blocked([Cause::PreflightRefused, Cause::PostRefused]),
        }
    }

    fn is_what_we_need_there(&self) -> Option<Next> {
        match self.evidence.of(ProbeKind::History) {
            None => Some(Next::Ask(ProbeKind::History)),
            Some(Outcome::Answer(_)) => {
                let is_missing = self.evidence.reply(ProbeKind::History) == Some(Reply::NotThere);
                is_missing.then(|| blocked([Cause::MissingEndpoint("metrics/get-history")])).flatten()
            }
            Some(Outcome::TimedOut) => blocked([Cause::TooSlow]),
            // Its neighbours were read a moment ago.
            Some(Outcome::Failed { .. } | Outcome::Opaque { .. }) => {
                blocked([Cause::MissingEndpoint("metrics/get-history")])
            }
        }
    }

    fn can_artifacts_be_fetched(&self) -> Option<Next> {
        self.evidence.of(ProbeKind::Artifacts).is_none().then_some(Next::Ask(ProbeKind::Artifacts))
    }

    fn limits(&self) -> Vec<Cause> {
        let artifacts = match self.evidence.reply(ProbeKind::Artifacts) {
            Some(Reply::Object | Reply::MlflowError) => None,
            Some(Reply::NoServeArtifacts | Reply::NotThere) => Some(Cause::ArtifactsNotProxied),
            _ => Some(Cause::ArtifactsUnclear),
        };
        let is_slow = self.evidence.quickest_millis().is_some_and(|millis| millis >= SLOW_MILLIS);
        is_slow.then_some(Cause::Slow).into_iter().chain(artifacts).collect()
    }
}
