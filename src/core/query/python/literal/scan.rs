use super::LiteralError;

/// A token of Python.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Token {
    Text(String),
    /// As Python prints it.
    Bytes(String),
    /// A string with an `f` before it.
    Format,
    Number(String),
    /// None, True, False, `...`
    Constant(String),
    Name,
    Not,
    /// The class of its node; `BinOp` of `-` and `+`, which may be signs.
    Operator(&'static str),
    Sign(char),
}

pub(super) struct Scanner {
    letters: Vec<char>,
    at: usize,
}

impl Scanner {
    pub(super) fn new(text: &str) -> Self {
        Self { letters: text.chars().collect(), at: 0 }
    }

    pub(super) fn tokens(mut self) -> Result<Vec<Token>, LiteralError> {
        let mut tokens = Vec::new();
        while let Some(letter) = self.peek(0) {
            match letter {
                ' ' | '\t' | '\n' | '\r' | '\u{c}' => self.at += 1,
                '#' => {
                    while self.peek(0).is_some_and(|letter| letter != '\n') {
                        self.at += 1;
                    }
                }
                '\\' if self.peek(1) == Some('\n') => self.at += 2,
                '\'' | '"' => tokens.push(self.string("")?),
                _ if letter.is_ascii_digit() => tokens.push(self.number()?),
                '.' if self.peek(1).is_some_and(|next| next.is_ascii_digit()) => tokens.push(self.number()?),
                _ if letter == '_' || letter.is_alphabetic() => tokens.push(self.word()?),
                '(' | ')' | '[' | ']' | '{' | '}' | ',' | ':' => {
                    tokens.push(Token::Sign(letter));
                    self.at += 1;
                }
                '.' if self.peek(1) == Some('.') && self.peek(2) == Some('.') => {
                    tokens.push(Token::Constant("Ellipsis".to_owned()));
                    self.at += 3;
                }
                '.' => {
                    tokens.push(Token::Sign('.'));
                    self.at += 1;
                }
                _ => tokens.push(self.operator()?),
            }
        }
        Ok(tokens)
    }

    fn peek(&self, ahead: usize) -> Option<char> {
        self.letters.get(self.at + ahead).copied()
    }

    fn bump(&mut self) -> Option<char> {
        let letter = self.peek(0);
        self.at += 1;
        letter
    }

    fn operator(&mut self) -> Result<Token, LiteralError> {
        const SIGNS: &[(&str, &str)] = &[
            ("**", "BinOp_"),
            ("//", "BinOp_"),
            ("<<", "BinOp_"),
            (">>", "BinOp_"),
            ("==", "Compare"),
            ("!=", "Compare"),
            ("<=", "Compare"),
            (">=", "Compare"),
            ("<", "Compare"),
            (">", "Compare"),
            ("*", "BinOp_"),
            ("/", "BinOp_"),
            ("%", "BinOp_"),
            ("&", "BinOp_"),
            ("|", "BinOp_"),
            ("^", "BinOp_"),
            ("@", "BinOp_"),
            ("+", "BinOp"),
            ("-", "BinOp"),
        ];
        let here: String = (0..2).filter_map(|ahead| self.peek(ahead)).collect();
        let found = SIGNS.iter().find(|(sign, _)| here.starts_with(sign));
        let &(sign, class) = found.ok_or(LiteralError::Syntax)?;
        self.at += sign.len();
        Ok(Token::Operator(class))
    }

    fn number(&mut self) -> Result<Token, LiteralError> {
        let from = self.at;
        let mut seen_exponent = false;
        while let Some(letter) = self.peek(0) {
            let sign = matches!(letter, '+' | '-')
                && seen_exponent
                && self.letters.get(self.at - 1).is_some_and(|before| matches!(before, 'e' | 'E'));
            if !(letter.is_ascii_alphanumeric() || letter == '.' || letter == '_' || sign) {
                break;
            }
            seen_exponent |= matches!(letter, 'e' | 'E');
            self.at += 1;
        }
        let text: String = self.letters.get(from..self.at).unwrap_or_default().iter().collect();
        super::digits::repr(&text).map(Token::Number).ok_or(LiteralError::Syntax)
    }

    fn word(&mut self) -> Result<Token, LiteralError> {
        let from = self.at;
        while self.peek(0).is_some_and(|letter| letter == '_' || letter.is_alphanumeric()) {
            self.at += 1;
        }
        let word: String = self.letters.get(from..self.at).unwrap_or_default().iter().collect();
        if matches!(self.peek(0), Some('\'' | '"')) && is_prefix(&word) {
            return self.string(&word.to_lowercase());
        }
        Ok(match word.as_str() {
            "None" | "True" | "False" => Token::Constant(word),
            "and" | "or" => Token::Operator("BoolOp"),
            "is" | "in" => Token::Operator("Compare"),
            "not" => Token::Not,
            "if" | "else" | "for" | "while" | "def" | "class" | "return" | "import" | "from" | "as"
            | "with" | "try" | "except" | "finally" | "raise" | "pass" | "break" | "continue" | "del"
            | "global" | "nonlocal" | "assert" | "async" | "elif" | "lambda" | "yield" | "await" => {
                return Err(LiteralError::Syntax);
            }
            _ => Token::Name,
        })
    }

    /// A string, from its first quote on.
    fn string(&mut self, prefix: &str) -> Result<Token, LiteralError> {
        let quote = self.bump().ok_or(LiteralError::Syntax)?;
        let triple = self.peek(0) == Some(quote) && self.peek(1) == Some(quote);
        self.at += if triple { 2 } else { 0 };
        let raw = prefix.contains('r');
        let bytes = prefix.contains('b');
        let mut text = String::new();
        loop {
            let letter = self.bump().ok_or(LiteralError::Syntax)?;
            if letter == quote && (!triple || self.peek(0) == Some(quote) && self.peek(1) == Some(quote)) {
                self.at += if triple { 2 } else { 0 };
                break;
            }
            match letter {
                '\n' | '\r' if !triple => return Err(LiteralError::Syntax),
                '\\' => self.escape(raw, bytes, &mut text)?,
                _ if bytes && !letter.is_ascii() => return Err(LiteralError::Syntax),
                _ => text.push(letter),
            }
        }
        Ok(if prefix.contains('f') {
            Token::Format
        } else if bytes {
            Token::Bytes(format!("b{}", super::super::repr(&text)))
        } else {
            Token::Text(text)
        })
    }

    /// What stands after a backslash.
    fn escape(&mut self, raw: bool, bytes: bool, text: &mut String) -> Result<(), LiteralError> {
        let letter = self.bump().ok_or(LiteralError::Syntax)?;
        if raw {
            text.extend(['\\', letter]);
            return Ok(());
        }
        match letter {
            '\n' => {}
            'a' => text.push('\u{7}'),
            'b' => text.push('\u{8}'),
            'f' => text.push('\u{c}'),
            'n' => text.push('\n'),
            'r' => text.push('\r'),
            't' => text.push('\t'),
            'v' => text.push('\u{b}'),
            '\\' | '\'' | '"' => text.push(letter),
            'x' => text.push(self.code(2, 16)?),
            'u' if !bytes => text.push(self.code(4, 16)?),
            'U' if !bytes => text.push(self.code(8, 16)?),
            '0'..='7' => {
                self.at -= 1;
                let digits = (0..3).take_while(|&ahead| matches!(self.peek(ahead), Some('0'..='7'))).count();
                text.push(self.code(digits, 8)?);
            }
            'N' if !bytes => text.push(self.named()?),
            _ => text.extend(['\\', letter]),
        }
        Ok(())
    }

    /// `\N{NAME}`. Which letter that is would take a table of all names, so it is one that no stored
    /// text has.
    fn named(&mut self) -> Result<char, LiteralError> {
        let opens = self.bump() == Some('{');
        let closes = opens
            && loop {
                match self.bump() {
                    Some('}') => break true,
                    Some(letter) if letter.is_ascii_alphanumeric() || matches!(letter, ' ' | '-') => {}
                    _ => break false,
                }
            };
        if closes { Ok('\u{10ffff}') } else { Err(LiteralError::Syntax) }
    }

    fn code(&mut self, digits: usize, base: u32) -> Result<char, LiteralError> {
        let mut code = 0_u32;
        for _ in 0..digits {
            let digit = self.bump().and_then(|letter| letter.to_digit(base)).ok_or(LiteralError::Syntax)?;
            code = code.saturating_mul(base).saturating_add(digit);
        }
        char::from_u32(code).ok_or(LiteralError::Syntax)
    }
}

fn is_prefix(word: &str) -> bool {
    matches!(word.to_lowercase().as_str(), "r" | "u" | "b" | "f" | "br" | "rb" | "fr" | "rf")
}
