use super::parse::ParseError;

/// A piece of an expression and the place of its first character, counted from 0.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Token {
    pub(super) at: usize,
    pub(super) kind: Kind,
}

#[derive(Debug, Clone, PartialEq)]
pub(super) enum Kind {
    Number(f64),
    /// `${…}`
    Metric(String),
    /// A bare name.
    Name(String),
    /// One of `+-*/^(),`
    Sign(char),
    End,
}

impl Kind {
    /// For people, as in "found …".
    pub(super) fn words(&self) -> String {
        match self {
            Self::Number(number) => format!("the number {number}"),
            Self::Metric(name) => format!("the metric `{name}`"),
            Self::Name(name) => format!("the name `{name}`"),
            Self::Sign(sign) => format!("`{sign}`"),
            Self::End => "the end".to_owned(),
        }
    }
}

pub(super) fn tokens(text: &str) -> Result<Vec<Token>, ParseError> {
    let mut lexer = Lexer { characters: text.chars().collect(), at: 0 };
    let mut tokens = Vec::new();
    loop {
        lexer.take_while(char::is_whitespace);
        let at = lexer.at;
        let kind = lexer.next()?;
        let ended = kind == Kind::End;
        tokens.push(Token { at, kind });
        if ended {
            return Ok(tokens);
        }
    }
}

struct Lexer {
    characters: Vec<char>,
    at: usize,
}

impl Lexer {
    fn peek(&self, ahead: usize) -> Option<char> {
        self.characters.get(self.at + ahead).copied()
    }

    fn take_while(&mut self, fits: impl Fn(char) -> bool) -> String {
        let rest = self.characters.get(self.at..).unwrap_or_default();
        let taken: String = rest.iter().take_while(|&&character| fits(character)).collect();
        self.at += taken.chars().count();
        taken
    }

    fn next(&mut self) -> Result<Kind, ParseError> {
        let Some(character) = self.peek(0) else { return Ok(Kind::End) };
        let digit = |character: Option<char>| character.is_some_and(|character| character.is_ascii_digit());
        match character {
            '$' if self.peek(1) == Some('{') => self.metric(),
            '*' if self.peek(1) == Some('*') => {
                self.at += 2;
                Ok(Kind::Sign('^'))
            }
            '+' | '-' | '*' | '/' | '^' | '(' | ')' | ',' => {
                self.at += 1;
                Ok(Kind::Sign(character))
            }
            '.' if digit(self.peek(1)) => self.number(),
            _ if character.is_ascii_digit() => self.number(),
            _ if character.is_alphabetic() || character == '_' => {
                Ok(Kind::Name(self.take_while(|c| c.is_alphanumeric() || matches!(c, '_' | '.'))))
            }
            _ => Err(ParseError::new(
                self.at,
                format!("`{character}`"),
                "a metric as `${name}`, a number, an operator or a parenthesis",
            )),
        }
    }

    fn metric(&mut self) -> Result<Kind, ParseError> {
        let start = self.at;
        self.at += 2;
        let mut name = String::new();
        while let Some(character) = self.peek(0) {
            self.at += 1;
            match (character, self.peek(0)) {
                ('}', _) if name.is_empty() => {
                    return Err(ParseError::new(start, "`${}`", "the name of a metric between the braces"));
                }
                ('}', _) => return Ok(Kind::Metric(name)),
                ('\\', Some(escaped @ ('}' | '\\'))) => {
                    self.at += 1;
                    name.push(escaped);
                }
                _ => name.push(character),
            }
        }
        Err(ParseError::new(start, "`${` that is not closed", "`}` after the name of the metric"))
    }

    fn number(&mut self) -> Result<Kind, ParseError> {
        let start = self.at;
        let mut text = self.take_while(|c| c.is_ascii_digit() || c == '.');
        let signed = matches!(self.peek(1), Some('+' | '-'));
        let exponent = self.peek(if signed { 2 } else { 1 }).is_some_and(|c| c.is_ascii_digit());
        if matches!(self.peek(0), Some('e' | 'E')) && exponent {
            self.at += 1;
            text.push('e');
            if signed {
                text.extend(self.peek(0));
                self.at += 1;
            }
            text += &self.take_while(|c| c.is_ascii_digit());
        }
        match text.parse::<f64>() {
            Ok(number) if number.is_finite() => Ok(Kind::Number(number)),
            _ => Err(ParseError::new(start, format!("`{text}`"), "a number such as 1, 0.5 or 1e-3")),
        }
    }
}
