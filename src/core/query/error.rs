use std::ops::Range;

/// Why a filter or an order is refused.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{message}")]
pub struct QueryError {
    /// What MLflow says, word for word but for what differs from one of its runs to the next: sets
    /// are in the order of its source, and addresses of Python objects are left out.
    pub message: String,
    /// The part of the text that it is about (bytes); the whole text where MLflow blames that.
    pub span: Range<usize>,
}

impl QueryError {
    pub(super) fn new(message: impl Into<String>, span: Range<usize>) -> Self {
        Self { message: message.into(), span }
    }

    /// The same about a part of a longer text that begins at byte `by` of it.
    pub(super) fn shifted(self, by: usize) -> Self {
        Self { span: self.span.start + by..self.span.end + by, ..self }
    }
}
