use super::SectionKind;
use crate::escape::{join, split};

/// A row by name, for links: it means the same whatever runs are compared.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RowId {
    /// The section it is in.
    pub section: SectionKind,
    /// The key: of a param, a metric, a file.
    pub key: String,
    /// The place inside of the key's value, for a row below it.
    pub inner: Option<String>,
}

impl RowId {
    /// For links; holds no character that would need escaping there, and no `~`.
    pub fn to_text(&self) -> String {
        let parts = [Some(self.section.id()), Some(self.key.as_str()), self.inner.as_deref()];
        // `!` stands for `~`, which separates the ids themselves.
        join(parts.into_iter().flatten()).replace('~', "!")
    }

    /// Reads what [`Self::to_text`] gives.
    pub fn parse(text: &str) -> Option<Self> {
        let parts = split(&text.replace('!', "~"));
        let mut parts = parts.into_iter();
        let section = SectionKind::parse(&parts.next()?)?;
        Some(Self { section, key: parts.next()?, inner: parts.next() })
    }

    /// `optimizer.lr` of `config` is `config.optimizer.lr`.
    pub fn words(&self) -> String {
        match &self.inner {
            Some(inner) if inner.starts_with('[') => format!("{}{inner}", self.key),
            Some(inner) => format!("{}.{inner}", self.key),
            None => self.key.clone(),
        }
    }
}
