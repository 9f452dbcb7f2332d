use std::ops::Range;

/// What one token is, of sqlparse's token types those that a rule asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Leaf {
    Keyword,
    /// `Keyword.DML`, `.DDL` or `.CTE`.
    KeywordOther,
    /// `Keyword.DDL` of `CREATE`, after which `DECLARE` opens a block.
    KeywordCreate,
    /// `Keyword.DCL`.
    KeywordDcl,
    /// `ASC`, `DESC`, `NULLS FIRST` and the like.
    KeywordOrder,
    KeywordTzCast,
    Name,
    NameBuiltin,
    NamePlaceholder,
    StringSingle,
    /// In double quotes.
    StringSymbol,
    /// `$tag$ … $tag$`
    Literal,
    Integer,
    Float,
    Hexadecimal,
    Punctuation,
    Operator,
    /// `=`, `<=`, `LIKE`, …, and any run of their signs.
    Comparison,
    Wildcard,
    Assignment,
    CommentSingle,
    /// Hints of both kinds, and `/* … */`.
    CommentOther,
    Whitespace,
    Newline,
    Command,
    Error,
}

impl Leaf {
    pub(super) fn is_keyword(self) -> bool {
        use Leaf::{Keyword, KeywordCreate, KeywordDcl, KeywordOrder, KeywordOther, KeywordTzCast};
        matches!(self, Keyword | KeywordOther | KeywordCreate | KeywordDcl | KeywordOrder | KeywordTzCast)
    }

    pub(crate) fn is_whitespace(self) -> bool {
        matches!(self, Self::Whitespace | Self::Newline)
    }

    pub(super) fn is_comment(self) -> bool {
        matches!(self, Self::CommentSingle | Self::CommentOther)
    }

    /// `Number` and what is below it.
    pub(super) fn is_number(self) -> bool {
        matches!(self, Self::Integer | Self::Float | Self::Hexadecimal)
    }

    /// `Name` and what is below it.
    pub(super) fn is_name(self) -> bool {
        matches!(self, Self::Name | Self::NameBuiltin | Self::NamePlaceholder)
    }

    /// Numbers, strings and names that may be an operand.
    pub(super) fn is_operand(self) -> bool {
        use Leaf::{Float, Integer, Name, NamePlaceholder, StringSingle, StringSymbol};
        matches!(self, Integer | Float | StringSingle | StringSymbol | Name | NamePlaceholder)
    }
}

/// What a group of tokens is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Class {
    Statement,
    Comment,
    SquareBrackets,
    Parenthesis,
    Case,
    If,
    For,
    Begin,
    Over,
    Function,
    Where,
    Identifier,
    TypedLiteral,
    Operation,
    Comparison,
    Assignment,
    IdentifierList,
    Values,
}

/// A token or a group of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    Leaf(Leaf),
    Group(Class),
}

/// A place in [`Tree::nodes`].
pub(crate) type Id = usize;

/// A token or a group, and where it stands in the text (bytes).
#[derive(Debug, Clone)]
pub(crate) struct Node {
    pub(crate) kind: Kind,
    pub(crate) span: Range<usize>,
    pub(crate) children: Vec<Id>,
    /// How many groups lie in each other below it.
    height: usize,
    /// A keyword in capitals, anything else as it stands.
    word: String,
}

/// A statement: tokens, and groups of them, in an arena, since the rules of grouping tell tokens
/// apart by identity.
#[derive(Debug, Clone)]
pub(crate) struct Tree {
    nodes: Vec<Node>,
}

/// The statement itself.
pub(crate) const ROOT: Id = 0;

impl Tree {
    /// A statement of tokens that are in no group yet.
    pub(super) fn new(text: &str, leaves: &[(Leaf, Range<usize>)]) -> Self {
        let from = leaves.first().map_or(0, |(_, span)| span.start);
        let to = leaves.last().map_or(from, |(_, span)| span.end);
        let root = Node {
            kind: Kind::Group(Class::Statement),
            span: from..to,
            children: (1..=leaves.len()).collect(),
            height: 0,
            word: String::new(),
        };
        let nodes = leaves.iter().map(|(leaf, span)| {
            let word = text.get(span.clone()).unwrap_or_default();
            let word = if leaf.is_keyword() { word.to_uppercase() } else { word.to_owned() };
            Node { kind: Kind::Leaf(*leaf), span: span.clone(), children: Vec::new(), height: 0, word }
        });
        Self { nodes: std::iter::once(root).chain(nodes).collect() }
    }

    pub(crate) fn node(&self, id: Id) -> &Node {
        // Ids come from this tree only, and nodes are never taken away.
        &self.nodes[id]
    }

    pub(crate) fn children(&self, id: Id) -> &[Id] {
        &self.node(id).children
    }

    pub(super) fn child(&self, list: Id, at: usize) -> Option<Id> {
        self.children(list).get(at).copied()
    }

    pub(crate) fn leaf(&self, id: Id) -> Option<Leaf> {
        match self.node(id).kind {
            Kind::Leaf(leaf) => Some(leaf),
            Kind::Group(_) => None,
        }
    }

    pub(crate) fn class(&self, id: Id) -> Option<Class> {
        match self.node(id).kind {
            Kind::Leaf(_) => None,
            Kind::Group(class) => Some(class),
        }
    }

    pub(crate) fn is_whitespace(&self, id: Id) -> bool {
        self.leaf(id).is_some_and(Leaf::is_whitespace)
    }

    /// Whether the token is of this type and one of these words (keywords in capitals).
    pub(crate) fn is(&self, id: Id, leaf: Leaf, words: &[&str]) -> bool {
        self.leaf(id) == Some(leaf) && words.contains(&self.node(id).word.as_str())
    }

    /// Whether the token is a keyword of any kind and this word.
    pub(super) fn is_keyword(&self, id: Id, word: &str) -> bool {
        self.leaf(id).is_some_and(Leaf::is_keyword) && self.node(id).word == word
    }

    pub(super) fn word(&self, id: Id) -> &str {
        &self.node(id).word
    }

    pub(super) fn set_leaf(&mut self, id: Id, leaf: Leaf) {
        if let Some(node) = self.nodes.get_mut(id) {
            node.kind = Kind::Leaf(leaf);
        }
    }

    /// The next child after place `at` that is no whitespace.
    pub(super) fn next(&self, list: Id, at: usize) -> Option<(usize, Id)> {
        self.find(list, at + 1, |tree, id| !tree.is_whitespace(id))
    }

    /// The last child before place `at` that is no whitespace.
    pub(super) fn previous(&self, list: Id, at: usize) -> Option<(usize, Id)> {
        let mut before = self.children(list).iter().copied().enumerate().take(at);
        before.rfind(|&(_, id)| !self.is_whitespace(id))
    }

    /// The first child from place `from` on that is asked for.
    pub(super) fn find(
        &self,
        list: Id,
        from: usize,
        wanted: impl Fn(&Self, Id) -> bool,
    ) -> Option<(usize, Id)> {
        let from_there = self.children(list).iter().copied().enumerate().skip(from);
        from_there.into_iter().find(|&(_, id)| wanted(self, id))
    }

    /// Puts the children from place `from` to place `to` (with both) into a new group, or, where the
    /// first is such a group already and `extend` says so, the others into that.
    pub(super) fn group(&mut self, list: Id, class: Class, from: usize, to: usize, extend: bool) -> Id {
        match self.child(list, from) {
            Some(first) if extend && self.class(first) == Some(class) => self.extend(list, from, to),
            _ => {
                let group = self.nodes.len();
                let children: Vec<Id> = self.cut(list, from, to, group);
                let span = self.span_of(&children);
                let height = self.height_over(&children);
                let kind = Kind::Group(class);
                self.nodes.push(Node { kind, span, children, height, word: String::new() });
                self.grow(list, height + 1);
                group
            }
        }
    }

    /// Puts the children after place `from` up to place `to` into the group at `from`.
    pub(super) fn extend(&mut self, list: Id, from: usize, to: usize) -> Id {
        let Some(group) = self.child(list, from) else { return list };
        let children = self.cut(list, from, to, group);
        let more = children.get(1..).unwrap_or_default();
        let height = self.height_over(more);
        let end = self.span_of(&children).end;
        if let Some(node) = self.nodes.get_mut(group) {
            node.children.extend_from_slice(more);
            node.span.end = end;
            node.height = node.height.max(height);
        }
        let height = self.node(group).height;
        self.grow(list, height + 1);
        group
    }

    /// The greatest number of groups in each other.
    pub(super) fn height(&self, id: Id) -> usize {
        self.node(id).height
    }

    fn cut(&mut self, list: Id, from: usize, to: usize, by: Id) -> Vec<Id> {
        let Some(node) = self.nodes.get_mut(list) else { return Vec::new() };
        let to = to.min(node.children.len().saturating_sub(1));
        if from > to {
            return Vec::new();
        }
        node.children.splice(from..=to, [by]).collect()
    }

    fn span_of(&self, children: &[Id]) -> Range<usize> {
        let from = children.first().map_or(0, |&id| self.node(id).span.start);
        from..children.last().map_or(from, |&id| self.node(id).span.end)
    }

    fn height_over(&self, children: &[Id]) -> usize {
        let groups = children.iter().filter(|&&id| self.class(id).is_some());
        groups.map(|&id| self.node(id).height + 1).max().unwrap_or(0)
    }

    fn grow(&mut self, list: Id, height: usize) {
        if let Some(node) = self.nodes.get_mut(list) {
            node.height = node.height.max(height);
        }
    }
}
