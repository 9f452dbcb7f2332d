use std::collections::BTreeMap;

use super::Direction;

/// Which way metrics get better: as people said, else as the names tell. Whoever marks a best value
/// or colours a change asks here, so that all screens agree.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Directions {
    /// What people chose, [`Direction::Unknown`] for "neither".
    chosen: BTreeMap<String, Direction>,
}

impl Directions {
    /// Which way a metric gets better.
    pub fn of(&self, metric: &str) -> Direction {
        self.chosen.get(metric).copied().unwrap_or_else(|| Direction::of_metric(metric))
    }

    /// Whether a person said so, rather than the name.
    pub fn is_chosen(&self, metric: &str) -> bool {
        self.chosen.contains_key(metric)
    }

    /// Keeps a choice; one that the name tells anyway is not kept.
    pub fn choose(&mut self, metric: &str, direction: Direction) {
        if direction == Direction::of_metric(metric) {
            self.chosen.remove(metric);
        } else {
            self.chosen.insert(metric.to_owned(), direction);
        }
    }

    /// The next choice: higher, lower, neither, and round again.
    pub fn turn(&mut self, metric: &str) {
        let next = match self.of(metric) {
            Direction::Higher => Direction::Lower,
            Direction::Lower => Direction::Unknown,
            Direction::Unknown => Direction::Higher,
        };
        self.choose(metric, next);
    }

    /// As text to be kept by the browser, one choice a line.
    pub fn to_text(&self) -> String {
        let line = |(metric, direction): (&String, &Direction)| {
            let sign = match direction {
                Direction::Higher => '+',
                Direction::Lower => '-',
                Direction::Unknown => '0',
            };
            format!("{sign}{}", metric.escape_default())
        };
        self.chosen.iter().map(line).collect::<Vec<_>>().join("\n")
    }

    /// Reads what [`Self::to_text`] writes; lines that it never wrote are left out.
    pub fn parse(text: &str) -> Self {
        let line = |line: &str| {
            let direction = match line.get(..1)? {
                "+" => Direction::Higher,
                "-" => Direction::Lower,
                "0" => Direction::Unknown,
                _ => return None,
            };
            Some((unescaped(line.get(1..)?)?, direction))
        };
        Self { chosen: text.lines().filter_map(line).collect() }
    }
}

/// The text behind `escape_default`.
fn unescaped(text: &str) -> Option<String> {
    let mut out = String::new();
    let mut rest = text;
    while let Some(at) = rest.find('\\') {
        out.push_str(rest.get(..at)?);
        rest = rest.get(at + 1..)?;
        let (c, used) = match rest.chars().next()? {
            'n' => ('\n', 1),
            'r' => ('\r', 1),
            't' => ('\t', 1),
            'u' => {
                let digits = rest.get(2..rest.find('}')?)?;
                (char::from_u32(u32::from_str_radix(digits, 16).ok()?)?, digits.len() + 3)
            }
            c @ ('\\' | '\'' | '"') => (c, 1),
            _ => return None,
        };
        out.push(c);
        rest = rest.get(used..)?;
    }
    out.push_str(rest);
    Some(out)
}
