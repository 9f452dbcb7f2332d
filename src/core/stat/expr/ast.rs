use std::fmt;

use super::Function;

/// An expression.
#[derive(Debug, Clone, PartialEq)]
pub enum Expr {
    /// A number, not negative.
    Number(f64),
    /// The metric of this name.
    Metric(String),
    /// Its operand with the other sign.
    Negate(Box<Expr>),
    /// Two operands.
    Binary(Operator, Box<Expr>, Box<Expr>),
    /// A function of as many arguments as [`Function::arguments`] allows.
    Call(Function, Vec<Expr>),
}

/// What stands between two operands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Operator {
    /// `+`
    Add,
    /// `-`
    Subtract,
    /// `*`
    Multiply,
    /// `/`
    Divide,
    /// `^`
    Power,
}

/// How strongly an expression holds together: less strong ones need parentheses within stronger.
#[derive(PartialEq, PartialOrd)]
enum Strength {
    Sum,
    Product,
    Sign,
    Power,
    Whole,
}

impl Expr {
    /// The metrics it names, in the order of their first mention, each once.
    pub fn metrics(&self) -> Vec<&str> {
        let mut names = Vec::new();
        self.gather(&mut names);
        names
    }

    fn gather<'a>(&'a self, names: &mut Vec<&'a str>) {
        match self {
            Self::Number(_) => {}
            Self::Metric(name) if names.contains(&name.as_str()) => {}
            Self::Metric(name) => names.push(name),
            Self::Negate(operand) => operand.gather(names),
            Self::Binary(_, left, right) => {
                left.gather(names);
                right.gather(names);
            }
            Self::Call(_, arguments) => arguments.iter().for_each(|argument| argument.gather(names)),
        }
    }

    fn strength(&self) -> Strength {
        match self {
            Self::Number(_) | Self::Metric(_) | Self::Call(..) => Strength::Whole,
            Self::Negate(_) => Strength::Sign,
            Self::Binary(Operator::Power, ..) => Strength::Power,
            Self::Binary(Operator::Multiply | Operator::Divide, ..) => Strength::Product,
            Self::Binary(Operator::Add | Operator::Subtract, ..) => Strength::Sum,
        }
    }

    /// Itself, in parentheses unless it is at least this strong.
    fn within(&self, strength: Strength, f: &mut fmt::Formatter) -> fmt::Result {
        if self.strength() >= strength { write!(f, "{self}") } else { write!(f, "({self})") }
    }
}

/// As it is written: [`Expr::parse`] reads the same expression from it.
impl fmt::Display for Expr {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        match self {
            // Written out, the greatest number has 309 digits.
            Self::Number(number) if *number != 0.0 && !(1e-5..1e15).contains(number) => {
                write!(f, "{number:e}")
            }
            Self::Number(number) => write!(f, "{number}"),
            Self::Metric(name) => write!(f, "${{{}}}", name.replace('\\', "\\\\").replace('}', "\\}")),
            Self::Negate(operand) => {
                f.write_str("-")?;
                operand.within(Strength::Sign, f)
            }
            Self::Binary(Operator::Power, base, exponent) => {
                base.within(Strength::Whole, f)?;
                f.write_str(" ^ ")?;
                exponent.within(Strength::Sign, f)
            }
            Self::Binary(operator, left, right) => {
                let product = matches!(operator, Operator::Multiply | Operator::Divide);
                left.within(if product { Strength::Product } else { Strength::Sum }, f)?;
                write!(f, " {} ", operator.sign())?;
                // 1 - (2 - 3) is not 1 - 2 - 3.
                right.within(if product { Strength::Sign } else { Strength::Product }, f)
            }
            Self::Call(function, arguments) => {
                write!(f, "{}(", function.name())?;
                for (place, argument) in arguments.iter().enumerate() {
                    write!(f, "{}{argument}", if place == 0 { "" } else { ", " })?;
                }
                f.write_str(")")
            }
        }
    }
}

impl Operator {
    /// As it is written: `+`.
    pub fn sign(self) -> char {
        match self {
            Self::Add => '+',
            Self::Subtract => '-',
            Self::Multiply => '*',
            Self::Divide => '/',
            Self::Power => '^',
        }
    }

    pub(super) fn of(self, left: f64, right: f64) -> f64 {
        match self {
            Self::Add => left + right,
            Self::Subtract => left - right,
            Self::Multiply => left * right,
            Self::Divide => left / right,
            Self::Power => left.powf(right),
        }
    }
}
