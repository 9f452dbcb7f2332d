//! Keywords of several words, and those that come before their rules' turn.

use super::{
    super::{
        chars::{is_digit, is_space},
        token::Leaf,
    },
    Found,
    cursor::Cursor,
};

/// Words that stay keywords also right before a bracket.
pub(super) fn before_names(c: &Cursor, at: usize) -> Found {
    one_of(c, at, &["case", "in", "values", "using", "from", "as"]).map(|end| (Leaf::Keyword, end))
}

/// Keywords whose words have any blanks between them.
pub(super) fn phrase(c: &Cursor, at: usize) -> Found {
    let keyword = |end: usize| (Leaf::Keyword, end);
    join(c, at)
        .map(keyword)
        .or_else(|| end_of(c, at).map(keyword))
        .or_else(|| if_exists(c, at).map(keyword))
        .or_else(|| words(c, at, &["not", "null"]).map(keyword))
        .or_else(|| order(c, at).map(|end| (Leaf::KeywordOrder, end)))
        .or_else(|| words(c, at, &["union", "all"]).map(keyword))
        .or_else(|| create(c, at).map(|end| (Leaf::KeywordCreate, end)))
        .or_else(|| words(c, at, &["double", "precision"]).map(|end| (Leaf::NameBuiltin, end)))
        .or_else(|| two_words(c, at).map(keyword))
        .or_else(|| go(c, at).map(keyword))
        .or_else(|| lateral_view(c, at).map(keyword))
        .or_else(|| time_zone(c, at).map(|end| (Leaf::KeywordTzCast, end)))
        .or_else(|| pattern(c, at).map(|end| (Leaf::Comparison, end)))
}

/// A word that ends here, of several.
fn one_of(c: &Cursor, at: usize, list: &[&str]) -> Option<usize> {
    list.iter().find_map(|word| c.folded(at, word).filter(|&end| c.is_boundary(end)))
}

/// A word and the blanks after it.
fn and_blanks(c: &Cursor, at: usize, word: &str) -> Option<usize> {
    c.folded(at, word).and_then(|end| c.some(end, is_space))
}

/// One of several words and the blanks after it, or nothing: where to go on.
fn maybe(c: &Cursor, at: usize, list: &[&str]) -> usize {
    list.iter().find_map(|word| and_blanks(c, at, word)).unwrap_or(at)
}

/// Words with blanks between them.
fn words(c: &Cursor, at: usize, list: &[&str]) -> Option<usize> {
    let (last, before) = list.split_last()?;
    let at = before.iter().try_fold(at, |at, word| and_blanks(c, at, word))?;
    one_of(c, at, &[last])
}

fn join(c: &Cursor, at: usize) -> Option<usize> {
    let side = maybe(c, at, &["left", "right", "full"]);
    let kind = maybe(c, side, &["inner", "outer", "straight"]);
    one_of(c, kind, &["join"]).or_else(|| one_of(c, maybe(c, at, &["cross", "natural"]), &["join"]))
}

fn end_of(c: &Cursor, at: usize) -> Option<usize> {
    let what = ["if", "loop", "while", "for", "case"];
    what.iter().find_map(|word| words(c, at, &["end", word])).or_else(|| one_of(c, at, &["end"]))
}

fn if_exists(c: &Cursor, at: usize) -> Option<usize> {
    let at = and_blanks(c, at, "if")?;
    one_of(c, maybe(c, at, &["not"]), &["exists"])
}

fn order(c: &Cursor, at: usize) -> Option<usize> {
    let nulls = |at: usize| {
        let at = and_blanks(c, at, "nulls")?;
        one_of(c, at, &["first", "last"])
    };
    let Some(end) = c.folded(at, "asc").or_else(|| c.folded(at, "desc")) else { return nulls(at) };
    let longer = c.some(end, is_space).and_then(nulls);
    longer.or_else(|| c.is_boundary(end).then_some(end))
}

fn create(c: &Cursor, at: usize) -> Option<usize> {
    words(c, at, &["create", "or", "replace"]).or_else(|| one_of(c, at, &["create"]))
}

fn two_words(c: &Cursor, at: usize) -> Option<usize> {
    const PAIRS: [[&str; 2]; 4] = [["group", "by"], ["order", "by"], ["primary", "key"], ["handler", "for"]];
    PAIRS.iter().find_map(|pair| words(c, at, pair))
}

/// `GO 2`
fn go(c: &Cursor, at: usize) -> Option<usize> {
    let blank = c.folded(at, "go")?;
    c.get(blank).filter(|&letter| is_space(letter))?;
    let end = c.some(blank + 1, is_digit)?;
    c.is_boundary(end).then_some(end)
}

fn lateral_view(c: &Cursor, at: usize) -> Option<usize> {
    let at = and_blanks(c, at, "lateral").and_then(|at| and_blanks(c, at, "view"))?;
    one_of(c, at, &["explode", "inline", "parse_url_tuple", "posexplode", "stack"])
}

/// `AT TIME ZONE 'UTC'`
fn time_zone(c: &Cursor, at: usize) -> Option<usize> {
    let begin = c.folded(at, "at").or_else(|| c.folded(at, "with'"))?;
    let at = c.some(begin, is_space)?;
    let at = and_blanks(c, at, "time").and_then(|at| and_blanks(c, at, "zone"))?;
    if !c.is(at, '\'') {
        return None;
    }
    let end = c.some(at + 1, |letter| letter != '\'')?;
    c.is(end, '\'').then_some(end + 1)
}

/// `LIKE`, `NOT ILIKE`, `REGEXP BINARY`, …
fn pattern(c: &Cursor, at: usize) -> Option<usize> {
    let after_not = maybe(c, at, &["not"]);
    one_of(c, after_not, &["like", "ilike", "rlike"]).or_else(|| {
        let end = c.folded(after_not, "regexp")?;
        let longer = c.some(end, is_space).and_then(|at| one_of(c, at, &["binary"]));
        longer.or_else(|| c.is_boundary(end).then_some(end))
    })
}
