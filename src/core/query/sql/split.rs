//! Where one statement ends and the next begins: sqlparse's StatementSplitter.

use super::token::Leaf;

/// Follows the tokens of a text and says before which a new statement begins.
#[derive(Debug, Default)]
pub(super) struct Splitter {
    blocks: Vec<Block>,
    /// A loop whose body has not begun.
    begun: Option<Block>,
    in_create: bool,
    seen_begin: bool,
    level: i64,
    /// The statement is complete but for blanks and comments.
    ended: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Block {
    Declare,
    Begin,
    For,
    While,
    Loop,
    If,
    Case,
}

impl Splitter {
    /// Takes the next token; true when it is the first of a new statement.
    pub(super) fn begins(&mut self, leaf: Leaf, text: &str) -> bool {
        let begins = self.ended && !matches!(leaf, Leaf::Whitespace | Leaf::CommentSingle);
        if begins {
            *self = Self::default();
        }
        self.level += self.step(leaf, text);
        if leaf == Leaf::Punctuation && text == ";" {
            self.seen_begin = false;
            self.ended |= self.level <= 0 && !self.blocks.contains(&Block::Begin);
        } else if leaf == Leaf::Keyword && text.split_whitespace().next() == Some("GO") {
            self.ended = true;
        } else if !leaf.is_whitespace() && !leaf.is_comment() && !is_begin(leaf, text) {
            self.seen_begin = false;
        }
        begins
    }

    /// By how much a token changes the level.
    fn step(&mut self, leaf: Leaf, text: &str) -> i64 {
        match (leaf, text) {
            (Leaf::Punctuation, ";") => {
                self.begun = None;
                let stands_alone = std::mem::take(&mut self.seen_begin);
                if stands_alone { self.pop_if(&[Block::Begin]) } else { 0 }
            }
            (Leaf::Punctuation, "(") => 1,
            (Leaf::Punctuation, ")") => -1,
            _ if leaf.is_keyword() => self.keyword(leaf, &text.to_uppercase()),
            _ => 0,
        }
    }

    fn keyword(&mut self, leaf: Leaf, word: &str) -> i64 {
        if leaf == Leaf::KeywordCreate {
            self.in_create = true;
            return 0;
        }
        if word == "DECLARE" && self.in_create && self.blocks.is_empty() {
            return self.push(Block::Declare);
        }
        if word == "BEGIN" {
            self.seen_begin = true;
            if self.blocks.last() == Some(&Block::Declare) {
                self.blocks.pop();
                self.blocks.push(Block::Begin);
                return 0;
            }
            return self.push(Block::Begin);
        }
        if self.seen_begin && leaf == Leaf::Keyword && TRANSACTIONS.contains(&word) {
            self.seen_begin = false;
            return self.pop_if(&[Block::Begin]);
        }
        if self.blocks.contains(&Block::Begin)
            && let Some(step) = self.nested(word)
        {
            return step;
        }
        self.closing(word)
    }

    /// Inside a block: loops and conditions.
    fn nested(&mut self, word: &str) -> Option<i64> {
        match word {
            "FOR" => self.begun = Some(Block::For),
            "WHILE" => self.begun = Some(Block::While),
            "LOOP" | "DO" => match self.begun.take() {
                Some(block) => return Some(self.push(block)),
                None if word == "LOOP" => return Some(self.push(Block::Loop)),
                None => return None,
            },
            "IF" => return Some(self.push(Block::If)),
            "CASE" => return Some(self.push(Block::Case)),
            _ => return None,
        }
        Some(0)
    }

    fn closing(&mut self, word: &str) -> i64 {
        match word {
            "END IF" => self.pop_if(&[Block::If]),
            "END FOR" => self.pop_if(&[Block::For]),
            "END WHILE" => self.pop_if(&[Block::While]),
            "END LOOP" => self.pop_if(&[Block::Loop, Block::For, Block::While]),
            "END CASE" => self.pop_if(&[Block::Case]),
            "END" => {
                self.blocks.pop();
                -1
            }
            _ => 0,
        }
    }

    fn push(&mut self, block: Block) -> i64 {
        self.blocks.push(block);
        1
    }

    fn pop_if(&mut self, which: &[Block]) -> i64 {
        if !self.blocks.last().is_some_and(|last| which.contains(last)) {
            return 0;
        }
        self.blocks.pop();
        -1
    }
}

const TRANSACTIONS: &[&str] =
    &["TRANSACTION", "WORK", "TRAN", "DISTRIBUTED", "DEFERRED", "IMMEDIATE", "EXCLUSIVE"];

fn is_begin(leaf: Leaf, text: &str) -> bool {
    leaf == Leaf::Keyword && text.to_uppercase() == "BEGIN"
}
