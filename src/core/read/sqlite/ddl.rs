//! What a `CREATE TABLE` statement says about how rows are stored.

use super::{
    Affinity, Column, literal,
    tokens::{Token, tokens},
};

/// A table as its statement declares it.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Definition {
    pub(super) columns: Vec<Column>,
    pub(super) without_rowid: bool,
}

/// Reads a statement as SQLite keeps it in its schema; `None` if it is not one.
pub(super) fn parse(sql: &str) -> Option<Definition> {
    let tokens = tokens(sql);
    let open = tokens.iter().position(|t| *t == Token::Sign('('))?;
    let (head, rest) = tokens.split_at(open);
    let is_table = head.first().is_some_and(|t| t.is("create")) && head.iter().any(|t| t.is("table"));
    let close = closing(rest)?;
    let body = rest.get(1..close)?;
    let options = rest.get(close + 1..).unwrap_or_default();
    let without_rowid = options.windows(2).any(|w| matches!(w, [a, b] if a.is("without") && b.is("rowid")));
    let mut table = Table { columns: Vec::new(), key: Vec::new(), rowid_alias: None };
    for part in split(body) {
        if !table.add_constraint(part) {
            table.add_column(part)?;
        }
    }
    is_table.then(|| table.finish(without_rowid))
}

struct Table {
    columns: Vec<Draft>,
    /// The primary key's columns, by name.
    key: Vec<String>,
    /// The column that is a name of the rowid, if the table has rowids.
    rowid_alias: Option<String>,
}

struct Draft {
    column: Column,
    is_integer: bool,
    is_virtual: bool,
}

impl Table {
    /// Takes a table constraint; false if `part` is none.
    fn add_constraint(&mut self, part: &[Token]) -> bool {
        let words = match part {
            [first, _, rest @ ..] if first.is("constraint") => rest,
            other => other,
        };
        let Some(first) = words.first() else { return true };
        if first.is("primary") && words.get(1).is_some_and(|t| t.is("key")) {
            self.set_key(words);
            return true;
        }
        first.is("unique") || first.is("check") || first.is("foreign") || first.is("constraint")
    }

    fn set_key(&mut self, words: &[Token]) {
        let Some(open) = words.iter().position(|t| *t == Token::Sign('(')) else { return };
        let list = words.get(open..).unwrap_or_default();
        let end = closing(list).unwrap_or(list.len());
        let names = split(list.get(1..end).unwrap_or_default());
        self.key = names.filter_map(|n| n.first()?.as_name().map(str::to_owned)).collect();
        if let [only] = self.key.as_slice() {
            self.rowid_alias = Some(only.clone());
        }
    }

    fn add_column(&mut self, part: &[Token]) -> Option<()> {
        let (name, rest) = part.split_first()?;
        let name = name.as_name()?.to_owned();
        let constraints = rest.iter().position(is_constraint).unwrap_or(rest.len());
        let (declared, constraints) = rest.split_at(constraints);
        let declared = type_name(declared);
        let affinity = affinity(&declared);
        let mut draft = Draft {
            is_integer: declared.eq_ignore_ascii_case("integer"),
            is_virtual: false,
            column: Column { name, affinity, is_rowid: false, field: None, default: super::OwnedValue::Null },
        };
        self.read_constraints(&mut draft, constraints);
        self.columns.push(draft);
        Some(())
    }

    fn read_constraints(&mut self, draft: &mut Draft, constraints: &[Token]) {
        let mut rest = constraints;
        while let Some((first, after)) = rest.split_first() {
            rest = after;
            if first.is("primary") {
                self.key = vec![draft.column.name.clone()];
                // A quirk that SQLite keeps for old databases: INTEGER PRIMARY KEY DESC is no rowid.
                let descending = after.get(1).is_some_and(|t| t.is("desc"));
                self.rowid_alias = (!descending).then(|| draft.column.name.clone());
            } else if first.is("default") {
                let (value, after) = default_tokens(after);
                draft.column.default = literal::default_value(value, draft.column.affinity);
                rest = after;
            } else if first.is("as") {
                rest = behind_parentheses(after);
                draft.is_virtual = !rest.first().is_some_and(|t| t.is("stored"));
            } else if after.first() == Some(&Token::Sign('(')) {
                rest = behind_parentheses(after);
            }
        }
    }

    /// Gives each column its place in the record.
    fn finish(mut self, without_rowid: bool) -> Definition {
        if !without_rowid {
            let alias = self.rowid_alias.take();
            let is_alias =
                |d: &Draft| d.is_integer && alias.as_ref().is_some_and(|a| same(a, &d.column.name));
            for draft in &mut self.columns {
                draft.column.is_rowid = is_alias(draft);
            }
        }
        self.columns.retain(|draft| !draft.is_virtual);
        let mut next = 0;
        let mut place = |draft: &mut Draft| {
            if draft.column.field.is_none() {
                draft.column.field = Some(next);
                next += 1;
            }
        };
        if without_rowid {
            // Such a table is its primary key's index: the key first, then the other columns.
            for name in &self.key {
                self.columns.iter_mut().filter(|d| same(name, &d.column.name)).for_each(&mut place);
            }
        }
        self.columns.iter_mut().for_each(place);
        Definition { columns: self.columns.into_iter().map(|d| d.column).collect(), without_rowid }
    }
}

/// What follows the parentheses that open `tokens`.
fn behind_parentheses(tokens: &[Token]) -> &[Token] {
    closing(tokens).and_then(|close| tokens.get(close + 1..)).unwrap_or_default()
}

/// The tokens of a default value, and what follows them.
fn default_tokens(tokens: &[Token]) -> (&[Token], &[Token]) {
    let signs = tokens.iter().take_while(|t| matches!(t, Token::Sign('+' | '-'))).count();
    let value = tokens.get(signs..).unwrap_or_default();
    let len = if value.first() == Some(&Token::Sign('(')) {
        closing(value).map_or(value.len(), |c| c + 1)
    } else {
        1
    };
    tokens.split_at_checked(signs + len).unwrap_or((tokens, &[]))
}

fn is_constraint(token: &Token) -> bool {
    let words = [
        "constraint",
        "primary",
        "not",
        "null",
        "unique",
        "check",
        "default",
        "collate",
        "references",
        "generated",
        "as",
    ];
    words.iter().any(|word| token.is(word))
}

/// The declared type without its `(…)`.
fn type_name(tokens: &[Token]) -> String {
    let words = tokens.iter().take_while(|t| **t != Token::Sign('('));
    words.filter_map(Token::as_name).collect::<Vec<_>>().join(" ")
}

/// <https://www.sqlite.org/datatype3.html#determination_of_column_affinity>
fn affinity(declared: &str) -> Affinity {
    let declared = declared.to_ascii_uppercase();
    let has = |words: &[&str]| words.iter().any(|word| declared.contains(word));
    if has(&["INT"]) {
        Affinity::Integer
    } else if has(&["CHAR", "CLOB", "TEXT"]) {
        Affinity::Text
    } else if declared.is_empty() || has(&["BLOB"]) {
        Affinity::Blob
    } else if has(&["REAL", "FLOA", "DOUB"]) {
        Affinity::Real
    } else {
        Affinity::Numeric
    }
}

fn same(a: &str, b: &str) -> bool {
    a.eq_ignore_ascii_case(b)
}

/// Where the parenthesis that opens `tokens` closes.
fn closing(tokens: &[Token]) -> Option<usize> {
    let mut depth = 0_usize;
    for (at, token) in tokens.iter().enumerate() {
        match token {
            Token::Sign('(') => depth += 1,
            Token::Sign(')') => {
                depth = depth.checked_sub(1)?;
                if depth == 0 {
                    return Some(at);
                }
            }
            _ => {}
        }
    }
    None
}

/// The parts between the commas of the outermost level.
fn split(tokens: &[Token]) -> impl Iterator<Item = &[Token]> {
    let mut depth = 0_usize;
    tokens.split(move |token| {
        match token {
            Token::Sign('(') => depth += 1,
            Token::Sign(')') => depth = depth.saturating_sub(1),
            _ => {}
        }
        depth == 0 && *token == Token::Sign(',')
    })
}
