//! Expressions over metrics: `${val_loss} - ${train_loss}`.
//!
//! Language: metrics as `${any name}` (within the braces `\}` and `\\` stand for `}` and `\`) or,
//! where the name is made of letters, digits, `_` and `.` and begins with a letter or `_`, bare:
//! `val_loss`. Numbers (`1`, `.5`, `1e-3`). By rising strength: `+` `-`, `*` `/`, the sign `-`,
//! `^` (or `**`), which binds to the right: `-2^2` is -4 and `2^-1` is 0.5. Parentheses, and the
//! functions of [`Function`]; a bare name before a parenthesis is a function, never a metric.
//!
//! Arithmetic is that of f64: 1/0 is infinite, and what has no value (`sqrt(-1)`, `0/0`) is NaN, a
//! gap in the chart.

mod ast;
mod eval;
mod function;
mod lex;
mod parse;

pub use ast::{Expr, Operator};
pub use eval::{Column, EvalError, Values};
pub use function::Function;
pub use parse::{GREATEST_DEPTH, GREATEST_LENGTH, ParseError};
