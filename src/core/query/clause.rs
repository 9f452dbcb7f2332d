use std::ops::Range;

use super::python::Number;

/// What a clause asks about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Entity {
    /// `metrics.…`, `metric.…`
    Metric,
    /// `params.…`, `param.…`, `parameters.…`, `parameter.…`
    Param,
    /// `tags.…`, `tag.…`
    Tag,
    /// `attributes.…`, `attribute.…`, `attr.…`, `run.…`, or no word at all.
    Attribute,
    /// `datasets.…`, `dataset.…`
    Dataset,
}

impl Entity {
    pub(super) const ALL: [Self; 5] = [Self::Metric, Self::Param, Self::Tag, Self::Attribute, Self::Dataset];

    /// MLflow's word for it in its errors.
    pub(super) fn as_str(self) -> &'static str {
        match self {
            Self::Metric => "metric",
            Self::Param => "parameter",
            Self::Tag => "tag",
            Self::Attribute => "attribute",
            Self::Dataset => "dataset",
        }
    }

    /// The word to write: the one that MLflow's documentation uses.
    pub fn prefix(self) -> &'static str {
        match self {
            Self::Metric => "metrics",
            Self::Param => "params",
            Self::Tag => "tags",
            Self::Attribute => "attributes",
            Self::Dataset => "datasets",
        }
    }

    /// From any of MLflow's words.
    pub(super) fn from_word(word: &str) -> Option<Self> {
        Some(match word {
            "metric" | "metrics" => Self::Metric,
            "parameter" | "parameters" | "param" | "params" => Self::Param,
            "tag" | "tags" => Self::Tag,
            "attribute" | "attr" | "attributes" | "run" => Self::Attribute,
            "dataset" | "datasets" => Self::Dataset,
            _ => return None,
        })
    }
}

/// An entity and its key.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Subject {
    /// What kind of thing.
    pub entity: Entity,
    /// As written, without quotes; aliases of attributes are still in it.
    pub key: String,
}

impl Subject {
    /// The attribute's own name: `start_time` of `Created`, `run_name` of `Run name`.
    pub(super) fn translated(&self) -> &str {
        match self.key.as_str() {
            "created" | "Created" => "start_time",
            "run name" | "Run name" | "Run Name" => "run_name",
            key => key,
        }
    }

    pub(super) fn is_numeric_attribute(&self) -> bool {
        self.entity == Entity::Attribute
            && matches!(self.key.as_str(), "start_time" | "end_time" | "created" | "Created")
    }
}

/// The value after a comparator.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Value {
    Text(String),
    List(Vec<String>),
    /// Of a metric: as written.
    Digits(String),
    /// Of an attribute.
    Number(Number),
    /// IS NULL has none.
    None,
}

/// One comparison of a filter, well formed, though its comparator may not fit its key.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Clause {
    pub(super) subject: Subject,
    /// In capitals.
    pub(super) comparator: String,
    pub(super) value: Value,
    pub(super) spans: Spans,
}

impl Clause {
    /// How many tables MLflow's database store joins for it: names of runs are in their tags.
    pub(super) fn joins(&self) -> usize {
        match self.subject.entity {
            _ if self.value == Value::None => 0,
            Entity::Dataset if self.subject.key == "context" => 3,
            Entity::Dataset => 2,
            Entity::Attribute if self.subject.translated() != "run_name" => 0,
            _ => 1,
        }
    }
}

/// Where the parts of a clause stand (bytes).
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Spans {
    pub(super) key: Range<usize>,
    pub(super) comparator: Range<usize>,
    pub(super) value: Range<usize>,
}

impl Spans {
    /// The same in a longer text, in which this one begins at byte `by`.
    pub(super) fn shift(&mut self, by: usize) {
        for span in [&mut self.key, &mut self.comparator, &mut self.value] {
            *span = span.start + by..span.end + by;
        }
    }
}
