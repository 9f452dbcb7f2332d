use super::super::{
    TooLarge,
    token::{Class, Id, Leaf, ROOT, Tree},
};

/// sqlparse's MAX_GROUPING_DEPTH.
const MAX_DEPTH: usize = 100;
/// sqlparse's MAX_GROUPING_TOKENS, of one list.
const MAX_TOKENS: usize = 10_000;

/// Whether a list may be walked. Groups that lie deeper than the bound are an error sooner or later:
/// saying so at once keeps the walks below that have no bound of their own shallow.
pub(super) fn check(tree: &Tree, list: Id, depth: usize) -> Result<(), TooLarge> {
    let fits = depth <= MAX_DEPTH && tree.children(list).len() <= MAX_TOKENS;
    if fits && tree.height(list) <= MAX_DEPTH + 1 { Ok(()) } else { Err(TooLarge) }
}

/// Applies a rule to all groups that are not of class `but`, the innermost first, then to the list.
pub(super) fn innermost_first(tree: &mut Tree, list: Id, but: Option<Class>, rule: &impl Fn(&mut Tree, Id)) {
    let groups: Vec<Id> = tree.children(list).to_vec();
    for id in groups {
        if tree.class(id).is_some_and(|class| Some(class) != but) {
            innermost_first(tree, id, but, rule);
        }
    }
    rule(tree, list);
}

/// A rule that groups what lies around a token, `x < y`.
pub(super) struct Joined {
    pub(super) class: Class,
    pub(super) is_middle: fn(&Tree, Id) -> bool,
    pub(super) is_before: fn(&Tree, Id) -> bool,
    /// `None`: nothing follows.
    pub(super) is_after: fn(&Tree, Option<Id>) -> bool,
    /// From the places of the middle and of what follows it, the last place to take.
    pub(super) end: fn(&mut Tree, Id, usize, Option<usize>) -> usize,
    /// The group begins with what lies before the middle, rather than with the middle.
    pub(super) takes_before: bool,
    /// Where the first is such a group already, it takes in the rest.
    pub(super) extend: bool,
    /// Groups of other classes are walked too.
    pub(super) inner: bool,
}

impl Joined {
    pub(super) fn apply(&self, tree: &mut Tree) -> Result<(), TooLarge> {
        self.walk(tree, ROOT, 0)
    }

    fn walk(&self, tree: &mut Tree, list: Id, depth: usize) -> Result<(), TooLarge> {
        check(tree, list, depth)?;
        let snapshot: Vec<Id> = tree.children(list).to_vec();
        let mut taken = 0_usize;
        let mut before: Option<(usize, Id)> = None;
        for (index, &id) in snapshot.iter().enumerate() {
            let Some(at) = index.checked_sub(taken) else { continue };
            if tree.is_whitespace(id) {
                continue;
            }
            if self.inner && tree.class(id).is_some_and(|class| class != self.class) {
                self.walk(tree, id, depth + 1)?;
            }
            if (self.is_middle)(tree, id) {
                let next = tree.next(list, at);
                let fits = before.filter(|&(_, first)| {
                    (self.is_before)(tree, first)
                        && (self.is_after)(tree, next.map(|(_, id)| id))
                        && !is_delimiter(tree, list, first)
                        && !next.is_some_and(|(_, id)| is_delimiter(tree, list, id))
                });
                if let Some((from, _)) = fits {
                    let from = if self.takes_before { from } else { at };
                    let to = (self.end)(tree, list, at, next.map(|(place, _)| place));
                    let group = tree.group(list, self.class, from, to, self.extend);
                    taken += to.saturating_sub(from);
                    before = Some((from, group));
                    continue;
                }
            }
            before = Some((at, id));
        }
        Ok(())
    }
}

/// Whether the token opens or closes the list itself.
fn is_delimiter(tree: &Tree, list: Id, id: Id) -> bool {
    use Class::{Begin, Case, For, If, Parenthesis, SquareBrackets};
    let delimited = matches!(tree.class(list), Some(Parenthesis | SquareBrackets | Case | If | For | Begin));
    let children = tree.children(list);
    delimited && (children.first() == Some(&id) || children.last() == Some(&id))
}

pub(super) fn is_class(tree: &Tree, id: Id, classes: &[Class]) -> bool {
    tree.class(id).is_some_and(|class| classes.contains(&class))
}

pub(super) fn is_operand(tree: &Tree, id: Id) -> bool {
    tree.leaf(id).is_some_and(Leaf::is_operand)
}
