//! What a person typed: words to look for, or a filter.

use super::{
    Filter, QueryError,
    clause::Entity,
    parse::ATTRIBUTES,
    sql::{Leaf, tokens},
};

/// What stands in the field above the runs.
#[derive(Debug, Clone, PartialEq)]
pub enum Typed {
    /// No filter: words that names, ids and values must contain.
    Words,
    /// A filter, MLflow's or with our additions.
    Filter(Filter),
    /// Meant as a filter, which it is not, and why.
    Broken(QueryError),
}

impl Typed {
    /// Reads the text. It is meant as a filter when it begins with a key that MLflow knows and has a
    /// comparator; `loss`, `lr=0.1` and `a > b` are words.
    pub fn read(text: &str) -> Self {
        if !is_meant(text) {
            return Self::Words;
        }
        let text = text.trim_end();
        match Filter::parse_extended(text).and_then(|filter| filter.check().map(|()| filter)) {
            Ok(filter) => Self::Filter(filter),
            Err(error) => Self::Broken(error),
        }
    }
}

fn is_meant(text: &str) -> bool {
    let all = tokens(text).into_iter().filter(|(leaf, _)| !leaf.is_whitespace());
    let mut words = all
        .map(|(leaf, span)| (leaf, text.get(span).unwrap_or_default()))
        .skip_while(|(_, word)| *word == "(" || word.eq_ignore_ascii_case("not"));
    let Some((_, first)) = words.next() else { return false };
    let rest: Vec<(Leaf, &str)> = words.collect();
    let bare = first.trim_matches(['`', '"', '\'']);
    let follows =
        |at: usize, word: &str| rest.get(at).is_some_and(|(_, text)| text.eq_ignore_ascii_case(word));
    let compares = |(leaf, word): &(Leaf, &str)| {
        *leaf == Leaf::Comparison
            || ["in", "is", "not null"].iter().any(|keyword| word.eq_ignore_ascii_case(keyword))
    };
    if Entity::from_word(bare).is_some() && follows(0, ".") {
        return rest.iter().any(compares);
    }
    ATTRIBUTES.contains(&bare)
        && rest.first().is_some_and(|word| compares(word) || follows(0, "not") && follows(1, "in"))
}

impl QueryError {
    /// What to do about it, for people; `None` where the message says it.
    pub fn advice(&self) -> Option<&'static str> {
        ADVICE.iter().find(|(begin, _)| self.message.starts_with(begin)).map(|(_, advice)| *advice)
    }
}

/// By how MLflow's messages begin.
const ADVICE: &[(&str, &str)] = &[
    ("Expected a quoted", "Put the value in quotes: 'value'."),
    ("Parameter value is", "Put the value in quotes: 'value'."),
    ("Expected numeric", "Write a number without quotes."),
    ("Invalid entity", "Begin with metrics., params., tags., attributes. or datasets."),
    ("Invalid clause", "Join conditions with AND, and put keys with blanks or signs in backticks."),
    ("Invalid comparison", "Write key, comparator, value: metrics.loss < 0.5."),
    ("Error on parsing", "It is too long, or its brackets lie too deep in each other."),
    ("Search filter contained", "Leave out the semicolon."),
    ("Only ['run_id']", "Lists are for run_id and datasets; write OR between conditions instead."),
    ("IS NULL / IS NOT NULL", "Only params and tags can be asked so."),
];
