//! JSON and Python's `repr`, in one grammar: their literals differ in quotes and three words.

use super::Leaves;

/// Reads a text that is one literal and nothing else.
pub(super) fn read(text: &str, leaves: &mut Leaves) -> Option<()> {
    let mut reader = Reader { text, at: 0 };
    // A lone number or word is no structure.
    let nested = matches!(reader.peek(), Some('{' | '[' | '(')) || reader.call_name().is_some();
    reader.at = 0;
    if !nested {
        return None;
    }
    reader.value(leaves)?;
    reader.blank();
    (reader.at == text.len()).then_some(())
}

struct Reader<'a> {
    text: &'a str,
    at: usize,
}

impl<'a> Reader<'a> {
    fn rest(&self) -> &'a str {
        self.text.get(self.at..).unwrap_or_default()
    }

    fn peek(&self) -> Option<char> {
        self.rest().chars().next()
    }

    fn take(&mut self, c: char) -> bool {
        let is = self.peek() == Some(c);
        if is {
            self.at += c.len_utf8();
        }
        is
    }

    fn blank(&mut self) {
        let rest = self.rest();
        self.at += rest.len() - rest.trim_start().len();
    }

    fn value(&mut self, leaves: &mut Leaves) -> Option<()> {
        self.blank();
        match self.peek()? {
            '{' => self.dict(leaves),
            '[' => self.list('[', ']', leaves),
            '(' => self.list('(', ')', leaves),
            '"' | '\'' => {
                let text = self.string()?;
                leaves.leaf(text)
            }
            _ => {
                if let Some(name) = self.call_name() {
                    self.call(name, leaves)
                } else {
                    let word = self.word()?;
                    leaves.leaf(word)
                }
            }
        }
    }

    /// A dict, or a set, whose items have no value.
    fn dict(&mut self, leaves: &mut Leaves) -> Option<()> {
        self.take('{');
        self.blank();
        if self.take('}') {
            return leaves.leaf("{}".to_owned());
        }
        loop {
            self.blank();
            let key = match self.peek()? {
                '"' | '\'' => self.string()?,
                '(' => self.balanced()?,
                _ => self.word()?,
            };
            self.blank();
            if self.take(':') {
                leaves.below_key(&key, |leaves| self.value(leaves))?;
            } else {
                leaves.below_key(&key, |leaves| leaves.leaf(String::new()))?;
            }
            if self.ends_items('}')? {
                return Some(());
            }
        }
    }

    fn list(&mut self, open: char, close: char, leaves: &mut Leaves) -> Option<()> {
        self.take(open);
        self.blank();
        if self.take(close) {
            return leaves.leaf(format!("{open}{close}"));
        }
        let mut index = 0;
        loop {
            leaves.below_index(index, |leaves| self.value(leaves))?;
            index += 1;
            if self.ends_items(close)? {
                return Some(());
            }
        }
    }

    /// `Namespace(lr=0.1, layers=[1, 2])`; a call with other arguments is one value.
    fn call(&mut self, name: &str, leaves: &mut Leaves) -> Option<()> {
        let start = self.at;
        let before = leaves.found.len();
        self.at += name.len() + 1;
        if self.arguments(leaves).is_some() {
            return Some(());
        }
        leaves.found.truncate(before);
        self.at = start + name.len();
        let inside = self.balanced()?;
        leaves.leaf(format!("{name}{inside}"))
    }

    fn arguments(&mut self, leaves: &mut Leaves) -> Option<()> {
        loop {
            self.blank();
            let name = identifier(self.rest());
            self.at += name.len();
            if name.is_empty() || !self.take('=') {
                return None;
            }
            leaves.below_key(name, |leaves| self.value(leaves))?;
            if self.ends_items(')')? {
                return Some(());
            }
        }
    }

    /// The name before an opening parenthesis right here.
    fn call_name(&self) -> Option<&'a str> {
        let rest = self.rest();
        let name = rest.get(..dotted(rest))?;
        (!name.is_empty() && rest.get(name.len()..)?.starts_with('(')).then_some(name)
    }

    /// Behind an item: whether the closing sign came; `None` if neither it nor a comma did.
    fn ends_items(&mut self, close: char) -> Option<bool> {
        self.blank();
        if self.take(close) {
            return Some(true);
        }
        if !self.take(',') {
            return None;
        }
        self.blank();
        Some(self.take(close))
    }

    /// A number, a word such as `None`, or what Python prints between `<` and `>`.
    fn word(&mut self) -> Option<String> {
        let rest = self.rest();
        let end = if rest.starts_with('<') {
            rest.find('>')? + 1
        } else {
            rest.find([',', ']', '}', ')', ':', '{', '[', '(', '"', '\'', '\n'])?
        };
        let word = rest.get(..end)?.trim_end();
        self.at += end;
        Some(match word {
            "" => return None,
            "True" => "true".to_owned(),
            "False" => "false".to_owned(),
            "None" => "null".to_owned(),
            word => word.to_owned(),
        })
    }

    /// Everything up to the parenthesis that closes the one right here.
    fn balanced(&mut self) -> Option<String> {
        let start = self.at;
        let mut depth = 0_usize;
        while let Some(c) = self.peek() {
            match c {
                '"' | '\'' => {
                    self.string()?;
                    continue;
                }
                '(' | '[' | '{' => depth += 1,
                ')' | ']' | '}' => depth = depth.checked_sub(1)?,
                _ => {}
            }
            self.at += c.len_utf8();
            if depth == 0 {
                return self.text.get(start..self.at).map(str::to_owned);
            }
        }
        None
    }

    fn string(&mut self) -> Option<String> {
        let quote = self.peek()?;
        self.at += quote.len_utf8();
        let mut out = String::new();
        loop {
            let c = self.peek()?;
            self.at += c.len_utf8();
            match c {
                c if c == quote => return Some(out),
                '\\' => self.escape(&mut out)?,
                c => out.push(c),
            }
        }
    }

    /// What neither language knows keeps its backslash.
    fn escape(&mut self, out: &mut String) -> Option<()> {
        let c = self.peek()?;
        self.at += c.len_utf8();
        match c {
            'n' => out.push('\n'),
            't' => out.push('\t'),
            'r' => out.push('\r'),
            'b' => out.push('\u{8}'),
            'f' => out.push('\u{c}'),
            '\\' | '"' | '\'' | '/' => out.push(c),
            'x' => out.push(char::from_u32(self.hex(2)?).unwrap_or('\u{fffd}')),
            'U' => out.push(char::from_u32(self.hex(8)?).unwrap_or('\u{fffd}')),
            'u' => {
                let unit = self.hex(4)?;
                out.push(self.utf16(unit));
            }
            c => out.extend(['\\', c]),
        }
        Some(())
    }

    /// JSON writes what lies beyond four digits as two halves.
    fn utf16(&mut self, first: u32) -> char {
        let low = |reader: &mut Self| {
            let before = reader.at;
            let second = (reader.take('\\') && reader.take('u')).then(|| reader.hex(4)).flatten();
            let second = second.filter(|unit| (0xDC00..0xE000).contains(unit));
            if second.is_none() {
                reader.at = before;
            }
            second
        };
        let whole = match first {
            0xD800..0xDC00 => low(self).map(|second| 0x1_0000 + ((first - 0xD800) << 10) + (second - 0xDC00)),
            other => Some(other),
        };
        whole.and_then(char::from_u32).unwrap_or('\u{fffd}')
    }

    fn hex(&mut self, digits: usize) -> Option<u32> {
        let text = self.rest().get(..digits)?;
        self.at += digits;
        u32::from_str_radix(text, 16).ok()
    }
}

fn identifier(text: &str) -> &str {
    let is = |(at, c): (usize, char)| c == '_' || c.is_alphabetic() || (at > 0 && c.is_alphanumeric());
    let end = text.char_indices().find(|&found| !is(found)).map_or(text.len(), |(at, _)| at);
    text.get(..end).unwrap_or_default()
}

/// How long the dotted name at the beginning is: `torch.optim.Adam`.
fn dotted(text: &str) -> usize {
    let mut at = 0;
    loop {
        let part = identifier(text.get(at..).unwrap_or_default());
        at += part.len();
        let more = text.get(at..).unwrap_or_default();
        if part.is_empty()
            || !more.starts_with('.')
            || identifier(more.get(1..).unwrap_or_default()).is_empty()
        {
            return at;
        }
        at += 1;
    }
}
