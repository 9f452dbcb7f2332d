use thiserror::Error;

use super::lex::{Kind, Token, tokens};
use super::{Expr, Function, Operator};

/// The most characters of an expression.
pub const GREATEST_LENGTH: usize = 4_096;
/// How deeply expressions may stand in each other; a chain such as a + b + c counts each link.
pub const GREATEST_DEPTH: usize = 200;

/// Why a text is not an expression.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("at character {}: found {found}, expected {expected}", at + 1)]
pub struct ParseError {
    /// Where, in characters from 0.
    pub at: usize,
    /// What stands there, for people: `` `)` ``.
    pub found: String,
    /// What could stand there, for people: `a metric, a number or a parenthesis`.
    pub expected: String,
}

impl ParseError {
    pub(super) fn new(at: usize, found: impl Into<String>, expected: impl Into<String>) -> Self {
        Self { at, found: found.into(), expected: expected.into() }
    }
}

impl Expr {
    /// Reads an expression, which must name a metric.
    pub fn parse(text: &str) -> Result<Self, ParseError> {
        let length = text.chars().count();
        if length > GREATEST_LENGTH {
            let found = format!("an expression of {length} characters");
            return Err(ParseError::new(GREATEST_LENGTH, found, format!("at most {GREATEST_LENGTH}")));
        }
        let mut parser = Parser { tokens: tokens(text)?, next: 0, open: 0 };
        let part = parser.sum()?;
        let rest = parser.take();
        if rest.kind != Kind::End {
            return Err(ParseError::new(rest.at, rest.kind.words(), "an operator or the end"));
        }
        if part.expr.metrics().is_empty() {
            return Err(ParseError::new(0, "no metric", "at least one, as `${name}`"));
        }
        Ok(part.expr)
    }
}

/// An expression and how deep it is.
struct Part {
    expr: Expr,
    depth: usize,
}

struct Parser {
    tokens: Vec<Token>,
    next: usize,
    /// How many calls of [`Self::sign`] wait for an inner one: bounds the stack.
    open: usize,
}

impl Parser {
    fn peek(&self) -> Token {
        self.tokens.get(self.next).cloned().unwrap_or(Token { at: 0, kind: Kind::End })
    }

    fn take(&mut self) -> Token {
        let token = self.peek();
        self.next += 1;
        token
    }

    fn take_sign(&mut self, wanted: char) -> bool {
        let fits = self.peek().kind == Kind::Sign(wanted);
        self.next += usize::from(fits);
        fits
    }

    fn sum(&mut self) -> Result<Part, ParseError> {
        self.chain(&[('+', Operator::Add), ('-', Operator::Subtract)], Self::product)
    }

    fn product(&mut self) -> Result<Part, ParseError> {
        self.chain(&[('*', Operator::Multiply), ('/', Operator::Divide)], Self::sign)
    }

    /// Operators of the same strength, from left to right.
    fn chain(
        &mut self,
        operators: &[(char, Operator)],
        operand: fn(&mut Self) -> Result<Part, ParseError>,
    ) -> Result<Part, ParseError> {
        let mut left = operand(self)?;
        loop {
            let token = self.peek();
            let Some(&(_, operator)) = operators.iter().find(|(sign, _)| token.kind == Kind::Sign(*sign))
            else {
                return Ok(left);
            };
            self.next += 1;
            let right = operand(self)?;
            let depth = left.depth.max(right.depth) + 1;
            let expr = Expr::Binary(operator, Box::new(left.expr), Box::new(right.expr));
            left = bounded(expr, depth, token.at)?;
        }
    }

    fn sign(&mut self) -> Result<Part, ParseError> {
        let token = self.peek();
        self.open += 1;
        if self.open > GREATEST_DEPTH {
            return Err(too_deep(token.at));
        }
        let part = if self.take_sign('-') {
            let operand = self.sign()?;
            bounded(Expr::Negate(Box::new(operand.expr)), operand.depth + 1, token.at)
        } else {
            self.power()
        };
        self.open -= 1;
        part
    }

    fn power(&mut self) -> Result<Part, ParseError> {
        let base = self.whole()?;
        let at = self.peek().at;
        if !self.take_sign('^') {
            return Ok(base);
        }
        let exponent = self.sign()?;
        let depth = base.depth.max(exponent.depth) + 1;
        bounded(Expr::Binary(Operator::Power, Box::new(base.expr), Box::new(exponent.expr)), depth, at)
    }

    fn whole(&mut self) -> Result<Part, ParseError> {
        let token = self.take();
        let leaf = |expr| Ok(Part { expr, depth: 1 });
        match token.kind {
            Kind::Number(number) => leaf(Expr::Number(number)),
            Kind::Metric(name) => leaf(Expr::Metric(name)),
            Kind::Name(name) if self.take_sign('(') => self.call(&name, token.at),
            Kind::Name(name) => leaf(Expr::Metric(name)),
            Kind::Sign('(') => {
                let inner = self.sum()?;
                self.close("an operator or `)`")?;
                Ok(inner)
            }
            other => Err(ParseError::new(token.at, other.words(), "a metric, a number or `(`")),
        }
    }

    fn close(&mut self, expected: &str) -> Result<(), ParseError> {
        let token = self.take();
        match token.kind {
            Kind::Sign(')') => Ok(()),
            other => Err(ParseError::new(token.at, other.words(), expected)),
        }
    }

    fn call(&mut self, name: &str, at: usize) -> Result<Part, ParseError> {
        let Some(function) = Function::named(name) else {
            let all = Function::ALL.map(|(name, _)| name).join(", ");
            return Err(ParseError::new(at, format!("`{name}(`"), format!("one of the functions {all}")));
        };
        let mut arguments = Vec::new();
        let mut depth = 0;
        loop {
            let start = self.peek().at;
            let argument = self.sum()?;
            if function == Function::Ema && arguments.len() == 1 && !matches!(argument.expr, Expr::Number(_))
            {
                let found = format!("`{}`", argument.expr);
                return Err(ParseError::new(start, found, "a number from 0 to 1, the factor of ema"));
            }
            depth = argument.depth.max(depth);
            arguments.push(argument.expr);
            if !self.take_sign(',') {
                break;
            }
        }
        self.close("an operator, `,` or `)`")?;
        let (least, most) = function.arguments();
        if arguments.len() < least || arguments.len() > most {
            let found = format!("{} of {name}", words(arguments.len()));
            let expected = if least < most { format!("{} or more", words(least)) } else { words(least) };
            return Err(ParseError::new(at, found, expected + hint(function)));
        }
        bounded(Expr::Call(function, arguments), depth + 1, at)
    }
}

fn words(arguments: usize) -> String {
    format!("{arguments} argument{}", if arguments == 1 { "" } else { "s" })
}

/// What the person may have meant.
fn hint(function: Function) -> &'static str {
    match function {
        Function::Min => " (the least value so far is cummin)",
        Function::Max => " (the greatest value so far is cummax)",
        Function::Ema => ", as in ema(${loss}, 0.9)",
        _ => "",
    }
}

fn bounded(expr: Expr, depth: usize, at: usize) -> Result<Part, ParseError> {
    if depth > GREATEST_DEPTH { Err(too_deep(at)) } else { Ok(Part { expr, depth }) }
}

fn too_deep(at: usize) -> ParseError {
    let found = "an expression too deep";
    ParseError::new(at, found, format!("at most {GREATEST_DEPTH} operations in each other"))
}
