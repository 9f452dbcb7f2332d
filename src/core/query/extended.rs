//! What Runatlas adds to MLflow's filters: OR, NOT, brackets, and regular expressions after `=~` and
//! `!~`. NOT binds closest, then AND, then OR.
//!
//! Comparisons are MLflow's own still: each is cut out and read by MLflow's grammar. A regular
//! expression may match anywhere in the text; `!~` holds where there is a text and it does not match.

use std::{ops::Range, sync::Arc};

use regex_lite::Regex;

use super::{
    StoreKind,
    clause::{Entity, Subject},
    error::QueryError,
    filter::{Expr, Filter},
    parse,
    sql::{Leaf, tokens},
    subject::{Stored, stored},
};
use crate::model::Run;

/// A comparison with a regular expression.
#[derive(Debug, Clone)]
pub(super) struct Pattern {
    subject: Subject,
    negated: bool,
    regex: Arc<Regex>,
}

impl PartialEq for Pattern {
    fn eq(&self, other: &Self) -> bool {
        self.subject == other.subject
            && self.negated == other.negated
            && self.regex.as_str() == other.regex.as_str()
    }
}

impl Pattern {
    pub(super) fn matches(&self, run: &Run, store: StoreKind) -> bool {
        let fits = |text: &str| self.regex.is_match(text) != self.negated;
        if self.subject.entity == Entity::Dataset {
            return super::condition::texts_of(run, &self.subject.key).any(fits);
        }
        matches!(stored(run, &self.subject, store), Stored::Text(text) if fits(text))
    }
}

/// Whether a text has any of ours in it, so that its errors are ours too.
pub(super) fn is_used(text: &str) -> bool {
    let words = Words::new(text);
    words.list.iter().enumerate().any(|(at, word)| {
        matches!(word.sign, Sign::Or | Sign::Matches | Sign::Open)
            || word.sign == Sign::Not && !words.is_not_in(at)
    })
}

pub(super) fn parse(text: &str) -> Result<Filter, QueryError> {
    let mut parser = Parser { text, words: Words::new(text), at: 0, depth: 0 };
    let root = parser.any()?;
    match parser.peek() {
        None => Ok(Filter { root, ours: true }),
        Some(word) => {
            let span = word.span.clone();
            let what = text.get(span.clone()).unwrap_or_default();
            Err(QueryError::new(format!("{what} is not expected here"), span))
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Sign {
    Or,
    And,
    Not,
    Open,
    Close,
    /// `=~` and `!~`
    Matches,
    /// Part of a comparison.
    Other,
}

#[derive(Debug, Clone)]
struct Word {
    sign: Sign,
    span: Range<usize>,
    /// In lower case.
    text: String,
}

/// The tokens of a text without blanks and comments.
struct Words {
    list: Vec<Word>,
}

impl Words {
    fn new(text: &str) -> Self {
        let mut list: Vec<Word> = Vec::new();
        // Brackets of a list belong to the comparison.
        let mut in_list = 0_usize;
        for (leaf, span) in tokens(text) {
            if leaf.is_whitespace() || matches!(leaf, Leaf::CommentSingle | Leaf::CommentOther) {
                continue;
            }
            let lower = text.get(span.clone()).unwrap_or_default().to_lowercase();
            let after_in = list.last().is_some_and(|word: &Word| word.text == "in");
            let after_dot = list.last().is_some_and(|word| word.text == ".");
            let mut sign = match lower.as_str() {
                "or" if !after_dot => Sign::Or,
                "and" if !after_dot => Sign::And,
                "not" if !after_dot => Sign::Not,
                "=~" | "!~" => Sign::Matches,
                "(" => Sign::Open,
                ")" => Sign::Close,
                _ => Sign::Other,
            };
            match sign {
                Sign::Open if after_in || in_list > 0 => in_list += 1,
                Sign::Close if in_list > 0 => {
                    in_list -= 1;
                    sign = Sign::Other;
                }
                _ => {}
            }
            if in_list > 0 {
                sign = Sign::Other;
            }
            list.push(Word { sign, span, text: lower });
        }
        Self { list }
    }

    /// Whether a NOT is that of NOT IN.
    fn is_not_in(&self, at: usize) -> bool {
        at > 0 && self.list.get(at + 1).is_some_and(|next| next.text == "in")
    }
}

struct Parser<'t> {
    text: &'t str,
    words: Words,
    at: usize,
    depth: usize,
}

/// Brackets and NOTs in each other; more than anyone writes.
const DEEPEST: usize = 100;

impl Parser<'_> {
    fn peek(&self) -> Option<&Word> {
        self.words.list.get(self.at)
    }

    fn takes(&mut self, sign: Sign) -> bool {
        let here = self.peek().is_some_and(|word| word.sign == sign);
        self.at += usize::from(here);
        here
    }

    fn end(&self) -> Range<usize> {
        self.text.len()..self.text.len()
    }

    fn any(&mut self) -> Result<Expr, QueryError> {
        let mut list = vec![self.all()?];
        while self.takes(Sign::Or) {
            list.push(self.all()?);
        }
        Ok(if list.len() == 1 { list.remove(0) } else { Expr::Any(list) })
    }

    fn all(&mut self) -> Result<Expr, QueryError> {
        let mut list = vec![self.one()?];
        while self.takes(Sign::And) {
            list.push(self.one()?);
        }
        Ok(if list.len() == 1 { list.remove(0) } else { Expr::All(list) })
    }

    fn one(&mut self) -> Result<Expr, QueryError> {
        self.depth += 1;
        if self.depth > DEEPEST {
            return Err(QueryError::new("there are too many brackets in each other", 0..self.text.len()));
        }
        let expr = if self.takes(Sign::Not) {
            Expr::Not(Box::new(self.one()?))
        } else if self.takes(Sign::Open) {
            let open = self.words.list.get(self.at - 1).map_or_else(|| self.end(), |word| word.span.clone());
            let inner = self.any()?;
            if !self.takes(Sign::Close) {
                return Err(QueryError::new("this bracket is not closed", open));
            }
            inner
        } else {
            self.comparison()?
        };
        self.depth -= 1;
        Ok(expr)
    }

    /// Words up to the next of ours.
    fn comparison(&mut self) -> Result<Expr, QueryError> {
        let from = self.at;
        let mut matches = None;
        while let Some(word) = self.peek() {
            match word.sign {
                Sign::Other => {}
                Sign::Matches if matches.is_none() => matches = Some(self.at),
                Sign::Not if self.at > from && self.words.is_not_in(self.at) => {}
                _ => break,
            }
            self.at += 1;
        }
        let words = self.words.list.get(from..self.at).unwrap_or_default();
        let (Some(first), Some(last)) = (words.first(), words.last()) else {
            let here = self.peek().map_or_else(|| self.end(), |word| word.span.clone());
            return Err(QueryError::new("a comparison is expected here", here));
        };
        let span = first.span.start..last.span.end;
        match matches {
            Some(at) => self.pattern(span, at),
            None => self.clause(span),
        }
    }

    fn clause(&self, span: Range<usize>) -> Result<Expr, QueryError> {
        let text = self.text.get(span.clone()).unwrap_or_default();
        let clauses = parse::clauses(text).map_err(|error| error.shifted(span.start))?;
        let mut list: Vec<Expr> = clauses
            .into_iter()
            .map(|mut clause| {
                clause.spans.shift(span.start);
                Expr::Clause(clause)
            })
            .collect();
        match list.len() {
            0 => Err(QueryError::new("a comparison is expected here", span)),
            1 => Ok(list.remove(0)),
            _ => Ok(Expr::All(list)),
        }
    }

    /// `key =~ 'expression'`: the key and the quotes are read as MLflow reads those of `=`.
    fn pattern(&self, span: Range<usize>, at: usize) -> Result<Expr, QueryError> {
        let operator = self.words.list.get(at).map_or_else(|| self.end(), |word| word.span.clone());
        let text = self.text.get(span.clone()).unwrap_or_default();
        let place = operator.start - span.start..operator.end - span.start;
        let mut plain = text.to_owned();
        plain.replace_range(place, " =");
        let mut clauses = parse::clauses(&plain).map_err(|error| error.shifted(span.start))?;
        let (Some(mut clause), true) = (clauses.pop(), clauses.is_empty()) else {
            return Err(QueryError::new("one comparison is expected here", span));
        };
        clause.spans.shift(span.start);
        clause.spans.comparator = operator.clone();
        let super::clause::Value::Text(pattern) = &clause.value else {
            let message =
                "a regular expression is for texts: params, tags, datasets and attributes but times";
            return Err(QueryError::new(message, clause.spans.key));
        };
        let regex = Regex::new(pattern).map_err(|error| {
            QueryError::new(format!("this is no regular expression: {error}"), clause.spans.value.clone())
        })?;
        let negated = self.text.get(operator).is_some_and(|operator| operator.starts_with('!'));
        Ok(Expr::Pattern(Pattern { subject: clause.subject, negated, regex: Arc::new(regex) }))
    }
}
