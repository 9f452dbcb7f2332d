//! Clauses made ready to be held against runs: which comparators fit which keys, and what they mean
//! in the store that is read.

use std::cmp::Ordering;

use super::{
    StoreKind,
    clause::{Clause, Entity, Subject, Value},
    error::QueryError,
    like::Like,
    python::{Number, float, repr_set},
    subject::{Stored, stored},
};
use crate::model::{DatasetInput, Run};

const NUMERIC: &[&str] = &[">", ">=", "!=", "=", "<", "<="];
const TEXT: &[&str] = &["!=", "=", "LIKE", "ILIKE", "IS NULL", "IS NOT NULL"];
const LISTED: &[&str] = &["!=", "=", "LIKE", "ILIKE", "IN", "NOT IN"];

/// The comparators that MLflow takes for a key.
pub(super) fn comparators(subject: &Subject) -> &'static [&'static str] {
    match subject.entity {
        Entity::Metric => NUMERIC,
        Entity::Param | Entity::Tag => TEXT,
        Entity::Attribute if subject.is_numeric_attribute() => NUMERIC,
        Entity::Attribute | Entity::Dataset => LISTED,
    }
}

/// A clause that can be held against runs.
#[derive(Debug, Clone)]
pub(super) struct Condition {
    subject: Subject,
    test: Test,
    store: StoreKind,
    /// What Python or the database refuses to compare.
    refused: Option<QueryError>,
}

#[derive(Debug, Clone)]
enum Test {
    /// IS NULL and, negated, IS NOT NULL.
    Missing(bool),
    Number(Sign, f64),
    Time(Sign, Number),
    Text(TextTest),
}

#[derive(Debug, Clone)]
enum TextTest {
    Equal(String),
    Unequal(String),
    Like(Like),
    In(Vec<String>),
    NotIn(Vec<String>),
    /// A text is no list.
    Always(bool),
}

#[derive(Debug, Clone, Copy)]
enum Sign {
    Less,
    AtMost,
    Equal,
    Unequal,
    AtLeast,
    Greater,
}

impl Condition {
    /// Checks the comparator; the error is MLflow's when it comes to the clause.
    pub(super) fn new(clause: &Clause, store: StoreKind) -> Result<Self, QueryError> {
        let comparator = clause.comparator.as_str();
        if !comparators(&clause.subject).contains(&comparator) {
            return Err(QueryError::new(wrong_comparator(clause), clause.spans.comparator.clone()));
        }
        let (test, refused) = match &clause.value {
            Value::None => (Test::Missing(comparator == "IS NULL"), None),
            Value::Digits(digits) => (Test::Number(sign(comparator), float(digits)), None),
            Value::Number(number) => {
                let refused = (store == StoreKind::Sql && !number.fits_database())
                    .then_some("Python int too large to convert to SQLite INTEGER");
                (Test::Time(sign(comparator), *number), refused)
            }
            Value::Text(text) => (Test::Text(text_test(comparator, text, store)), None),
            Value::List(list) => list_test(comparator, list, store),
        };
        let refused = refused.map(|message| QueryError::new(message, clause.spans.value.clone()));
        Ok(Self { subject: clause.subject.clone(), test, store, refused })
    }

    /// What is refused whatever the runs: the database's errors.
    pub(super) fn refused(&self) -> Option<&QueryError> {
        self.refused.as_ref().filter(|_| self.store == StoreKind::Sql)
    }

    /// Whether a run fits; the error of a comparison that Python refuses once there is a value.
    pub(super) fn check(&self, run: &Run) -> Result<bool, QueryError> {
        match &self.refused {
            Some(error) if self.has_value(run) => Err(error.clone()),
            _ => Ok(self.matches(run)),
        }
    }

    fn has_value(&self, run: &Run) -> bool {
        match self.subject.entity {
            Entity::Dataset => texts_of(run, &self.subject.key).next().is_some(),
            _ => stored(run, &self.subject, self.store) != Stored::None,
        }
    }

    fn matches(&self, run: &Run) -> bool {
        if self.subject.entity == Entity::Dataset {
            let Test::Text(test) = &self.test else { return false };
            return texts_of(run, &self.subject.key).any(|text| test.matches(text));
        }
        match (&self.test, stored(run, &self.subject, self.store)) {
            (Test::Missing(wanted), value) => (value == Stored::None) == *wanted,
            (Test::Number(sign, number), Stored::Metric(value)) => match value.partial_cmp(number) {
                Some(order) => sign.fits(order),
                // NaN is unequal to everything, and nothing else.
                None => matches!(sign, Sign::Unequal),
            },
            (Test::Time(sign, number), Stored::Time(time)) => sign.fits(number.compare(time)),
            (Test::Text(test), Stored::Text(text)) => test.matches(text),
            _ => false,
        }
    }
}

/// The texts of a run's datasets that a key asks for.
pub(super) fn texts_of<'r>(run: &'r Run, key: &str) -> impl Iterator<Item = &'r str> {
    run.inputs.iter().flat_map(move |input| dataset_texts(input, key))
}

/// The texts of one dataset that a key asks for.
fn dataset_texts<'d>(input: &'d DatasetInput, key: &str) -> impl Iterator<Item = &'d str> + use<'d> {
    let (own, context) = match key {
        "name" => (Some(input.name.as_str()), false),
        "digest" => (Some(input.digest.as_str()), false),
        _ => (None, true),
    };
    let tags = input.tags.iter().filter(move |(key, _)| context && key == "mlflow.data.context");
    own.into_iter().chain(tags.map(|(_, value)| value.as_str()))
}

/// As MLflow says it, with quotes where it has them.
fn wrong_comparator(clause: &Clause) -> String {
    let comparator = &clause.comparator;
    let (set, close) = match clause.subject.entity {
        Entity::Metric => (NUMERIC, ""),
        Entity::Param => (TEXT, "'"),
        Entity::Tag => (TEXT, ""),
        // For times too MLflow lists the comparators of texts.
        Entity::Attribute if clause.subject.is_numeric_attribute() => (LISTED, ""),
        Entity::Attribute => (LISTED, "'"),
        Entity::Dataset => (LISTED, ""),
    };
    format!("Invalid comparator '{comparator}' not one of '{}{close}", repr_set(set))
}

fn sign(comparator: &str) -> Sign {
    match comparator {
        "<" => Sign::Less,
        "<=" => Sign::AtMost,
        "=" => Sign::Equal,
        ">=" => Sign::AtLeast,
        ">" => Sign::Greater,
        _ => Sign::Unequal,
    }
}

impl Sign {
    fn fits(self, order: Ordering) -> bool {
        match self {
            Self::Less => order.is_lt(),
            Self::AtMost => order.is_le(),
            Self::Equal => order.is_eq(),
            Self::Unequal => order.is_ne(),
            Self::AtLeast => order.is_ge(),
            Self::Greater => order.is_gt(),
        }
    }
}

fn text_test(comparator: &str, text: &str, store: StoreKind) -> TextTest {
    match comparator {
        "=" => TextTest::Equal(text.to_owned()),
        "LIKE" => TextTest::Like(Like::new(text, false, store)),
        "ILIKE" => TextTest::Like(Like::new(text, true, store)),
        _ => TextTest::Unequal(text.to_owned()),
    }
}

/// A list with a comparator; after `=` and its like the stores differ.
fn list_test(comparator: &str, list: &[String], store: StoreKind) -> (Test, Option<&'static str>) {
    let test = match comparator {
        "IN" => TextTest::In(list.to_vec()),
        "NOT IN" => TextTest::NotIn(list.to_vec()),
        "=" => TextTest::Always(false),
        _ => TextTest::Always(true),
    };
    let refused = match (comparator, store) {
        ("IN" | "NOT IN", _) | ("=" | "!=", StoreKind::File) => None,
        (_, StoreKind::File) => Some("decoding to str: need a bytes-like object, tuple found"),
        (_, StoreKind::Sql) => Some("Error binding parameter: type 'tuple' is not supported"),
    };
    (Test::Text(test), refused)
}

impl TextTest {
    fn matches(&self, text: &str) -> bool {
        match self {
            Self::Equal(wanted) => text == wanted,
            Self::Unequal(unwanted) => text != unwanted,
            Self::Like(like) => like.matches(text),
            Self::In(list) => list.iter().any(|wanted| text == wanted),
            Self::NotIn(list) => list.iter().all(|unwanted| text != unwanted),
            Self::Always(answer) => *answer,
        }
    }
}
