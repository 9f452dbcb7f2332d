use std::borrow::Cow;

/// A column's head.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Heading {
    /// What programs call it: `metrics.val_loss`.
    pub name: String,
    /// What people read: `val_loss`.
    pub label: String,
    /// Its cells are numbers and stand at the right edge.
    pub numeric: bool,
}

/// A cell.
#[derive(Debug, Clone, PartialEq)]
pub struct Entry<'a> {
    /// As it stands on the screen.
    pub shown: Cow<'a, str>,
    /// The value in full; empty where there is none.
    pub exact: Cow<'a, str>,
    /// The value, where it is a number by its kind (a metric, not a param).
    pub number: Option<f64>,
    /// Nothing was logged.
    pub missing: bool,
}

impl<'a> Entry<'a> {
    /// Text.
    pub fn text(text: impl Into<Cow<'a, str>>) -> Self {
        let exact = text.into();
        Self { shown: exact.clone(), exact, number: None, missing: false }
    }

    /// A number, and how it is shown.
    pub fn number(value: f64, shown: impl Into<Cow<'a, str>>) -> Self {
        Self { shown: shown.into(), exact: exact(value).into(), number: Some(value), missing: false }
    }

    /// No value, and what stands in its place on the screen.
    pub fn missing(shown: impl Into<Cow<'a, str>>) -> Self {
        Self { shown: shown.into(), exact: Cow::Borrowed(""), number: None, missing: true }
    }
}

/// The shortest text that reads back to the same number, as Python reads it too.
fn exact(value: f64) -> String {
    match value {
        v if v.is_nan() => "nan".to_owned(),
        v if v.is_infinite() => if v > 0.0 { "inf" } else { "-inf" }.to_owned(),
        v if v != 0.0 && !(1e-5..1e16).contains(&v.abs()) => format!("{v:e}"),
        v => v.to_string(),
    }
}
