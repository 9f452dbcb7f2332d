//! `ast.literal_eval` of the brackets after IN: that is how MLflow reads lists.
//!
//! Strings, numbers, None, True, False, tuples, lists, sets and dictionaries are values; names, calls
//! and operators are Python too, but "malformed"; all else is no Python.

mod digits;
mod scan;

use scan::{Scanner, Token};

/// A value, as far as MLflow tells them apart.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Literal {
    Text(String),
    Tuple(Vec<Literal>),
    /// Anything else, as Python prints it.
    Other(String),
}

/// Why there is no value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum LiteralError {
    /// No Python.
    Syntax,
    /// Python, but no literal: the class of the node.
    Malformed(&'static str),
}

impl Literal {
    /// `repr`
    pub(crate) fn repr(&self) -> String {
        match self {
            Self::Text(text) => super::repr(text),
            Self::Tuple(items) => tuple_repr(items),
            Self::Other(text) => text.clone(),
        }
    }
}

/// `repr` of a tuple.
pub(crate) fn tuple_repr(items: &[Literal]) -> String {
    let list: Vec<String> = items.iter().map(Literal::repr).collect();
    if list.len() == 1 { format!("({},)", list.concat()) } else { format!("({})", list.join(", ")) }
}

/// The value of a text.
pub(crate) fn literal_eval(text: &str) -> Result<Literal, LiteralError> {
    let mut parser = Parser { tokens: Scanner::new(text).tokens()?, at: 0, depth: 0 };
    let parsed = parser.expression()?;
    if parser.peek().is_some() {
        return Err(LiteralError::Syntax);
    }
    parsed
}

/// A well-formed expression: its value, or why it has none.
type Parsed = Result<Literal, LiteralError>;

struct Parser {
    tokens: Vec<Token>,
    at: usize,
    depth: usize,
}

/// CPython gives up at 200 brackets in each other.
const DEEPEST: usize = 200;

impl Parser {
    fn peek(&self) -> Option<&Token> {
        self.tokens.get(self.at)
    }

    fn next(&mut self) -> Option<Token> {
        let token = self.tokens.get(self.at).cloned();
        self.at += 1;
        token
    }

    fn takes(&mut self, sign: char) -> bool {
        let here = self.peek() == Some(&Token::Sign(sign));
        self.at += usize::from(here);
        here
    }

    /// Operands with operators between them. The outer error is a syntax error.
    fn expression(&mut self) -> Result<Parsed, LiteralError> {
        let mut parsed = self.operand()?;
        while let Some(Token::Operator(class)) = self.peek() {
            let class = *class;
            self.at += 1;
            self.operand()?.ok();
            parsed = Err(LiteralError::Malformed(class));
        }
        Ok(parsed)
    }

    fn operand(&mut self) -> Result<Parsed, LiteralError> {
        let parsed = match self.next() {
            Some(Token::Text(mut text)) => {
                while let Some(Token::Text(more)) = self.peek() {
                    text.push_str(more);
                    self.at += 1;
                }
                // Strings and bytes do not stand side by side.
                if matches!(self.peek(), Some(Token::Bytes(_))) {
                    return Err(LiteralError::Syntax);
                }
                Ok(Literal::Text(text))
            }
            Some(Token::Bytes(text)) => match self.peek() {
                Some(Token::Text(_)) => return Err(LiteralError::Syntax),
                _ => Ok(Literal::Other(text)),
            },
            Some(Token::Format) => Err(LiteralError::Malformed("JoinedStr")),
            Some(Token::Number(text) | Token::Constant(text)) => Ok(Literal::Other(text)),
            Some(Token::Not) => {
                self.expression()?.ok();
                Err(LiteralError::Malformed("UnaryOp"))
            }
            Some(Token::Name) => Err(LiteralError::Malformed("Name")),
            Some(Token::Operator("BinOp")) => self.signed()?,
            Some(Token::Sign('(')) => self.brackets(')')?,
            Some(Token::Sign('[')) => self.brackets(']')?,
            Some(Token::Sign('{')) => self.brackets('}')?,
            _ => return Err(LiteralError::Syntax),
        };
        self.trailers(parsed)
    }

    /// `-1`: a sign before a number is a value, before anything else it is not.
    fn signed(&mut self) -> Result<Parsed, LiteralError> {
        let is_number = matches!(self.peek(), Some(Token::Number(_)));
        let operand = self.operand()?;
        Ok(match operand {
            Ok(Literal::Other(text)) if is_number => Ok(Literal::Other(format!("-{text}"))),
            _ => Err(LiteralError::Malformed("UnaryOp")),
        })
    }

    /// `f(…)`, `a.b`, `a[…]`
    fn trailers(&mut self, mut parsed: Parsed) -> Result<Parsed, LiteralError> {
        loop {
            if self.takes('(') {
                self.brackets(')')?.ok();
                parsed = Err(LiteralError::Malformed("Call"));
            } else if self.peek() == Some(&Token::Sign('[')) {
                self.at += 1;
                if self.takes(']') {
                    return Err(LiteralError::Syntax);
                }
                self.brackets(']')?.ok();
                parsed = Err(LiteralError::Malformed("Subscript"));
            } else if self.takes('.') {
                if self.next() != Some(Token::Name) {
                    return Err(LiteralError::Syntax);
                }
                parsed = Err(LiteralError::Malformed("Attribute"));
            } else {
                return Ok(parsed);
            }
        }
    }

    /// What stands in brackets, up to the closing one.
    fn brackets(&mut self, close: char) -> Result<Parsed, LiteralError> {
        self.depth += 1;
        if self.depth > DEEPEST {
            return Err(LiteralError::Syntax);
        }
        let mut items: Vec<Literal> = Vec::new();
        let mut trouble: Option<LiteralError> = None;
        let (mut commas, mut pairs) = (0, 0);
        while !self.takes(close) {
            let mut item = self.expression()?;
            if close == '}' && self.takes(':') {
                pairs += 1;
                let value = self.expression()?;
                item = item.and_then(|key| {
                    value.map(|value| Literal::Other(format!("{}: {}", key.repr(), value.repr())))
                });
            }
            match item {
                Ok(item) => items.push(item),
                Err(error) => {
                    trouble.get_or_insert(error);
                }
            }
            if self.takes(',') {
                commas += 1;
            } else if self.peek() != Some(&Token::Sign(close)) {
                return Err(LiteralError::Syntax);
            }
        }
        self.depth -= 1;
        if let Some(error) = trouble {
            return Ok(Err(error));
        }
        let count = items.len();
        if pairs > 0 && pairs != count {
            return Err(LiteralError::Syntax);
        }
        Ok(Ok(closed(items, close, commas)))
    }
}

/// The value that brackets make of their items.
fn closed(mut items: Vec<Literal>, close: char, commas: usize) -> Literal {
    if close == ')' {
        return match items.len() {
            1 if commas == 0 => items.remove(0),
            _ => Literal::Tuple(items),
        };
    }
    let list: Vec<String> = items.iter().map(Literal::repr).collect();
    let open = if close == ']' { '[' } else { '{' };
    Literal::Other(format!("{open}{}{close}", list.join(", ")))
}
