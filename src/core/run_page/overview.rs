use crate::{format::Clock, model::Run};

/// One labelled fact at the head of the page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fact {
    /// `Started`
    pub label: &'static str,
    /// `19 Nov 2026, 09:41`
    pub text: String,
    /// The exact value, where `text` is shortened: for the tooltip and for copying.
    pub title: Option<String>,
    /// An http or https address it leads to, such as the repository.
    pub href: Option<String>,
    /// In mono: ids, paths, commits.
    pub mono: bool,
}

/// Id, start, duration, user, program, commit, branch, entry point and so on; only what is known.
pub fn overview(_run: &Run, _clock: &Clock) -> Vec<Fact> {
    Vec::new()
}
