use std::fmt;

/// Keys that are pressed together, as commands name them: `k`, `?`, `arrowdown`, `ctrl+k`, `ctrl+shift+z`, `shift+x`.
/// `ctrl` stands for ⌘ too.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Chord {
    /// Ctrl, or ⌘.
    pub ctrl: bool,
    /// Shift. Beside a sign that needs it (`?`) it is left out.
    pub shift: bool,
    /// The key in lower case, as the browser names it.
    pub key: String,
}

impl Chord {
    /// A key with what was held.
    pub fn new(key: &str, ctrl: bool, shift: bool) -> Self {
        Self { ctrl, shift, key: key.to_lowercase() }
    }

    /// Reads what [`fmt::Display`] writes.
    pub fn parse(text: &str) -> Self {
        let (ctrl, rest) = text.strip_prefix("ctrl+").map_or((false, text), |rest| (true, rest));
        let (shift, key) = rest.strip_prefix("shift+").map_or((false, rest), |rest| (true, rest));
        Self::new(key, ctrl, shift)
    }

    /// The same without Shift: many signs need it on one keyboard and not on another.
    #[must_use]
    pub fn without_shift(&self) -> Self {
        Self { shift: false, ..self.clone() }
    }

    /// Whether it is one sign alone, which a person may type without meaning a command.
    pub fn is_single(&self) -> bool {
        !self.ctrl && self.key.chars().count() == 1
    }

    /// The caps to press, as a person knows them: `Ctrl`, `Shift`, `Z`; on a Mac `⌘`, `⇧`, `Z`.
    pub fn caps(&self, mac: bool) -> Vec<String> {
        let ctrl = if mac { "⌘" } else { "Ctrl" };
        let shift = if mac { "⇧" } else { "Shift" };
        let held = [(self.ctrl, ctrl), (self.shift, shift)];
        let mut caps: Vec<String> =
            held.iter().filter(|(held, _)| *held).map(|(_, cap)| (*cap).to_owned()).collect();
        caps.push(match self.key.as_str() {
            " " => "Space".to_owned(),
            "-" => "−".to_owned(),
            "arrowdown" => "↓".to_owned(),
            "arrowup" => "↑".to_owned(),
            "arrowleft" => "←".to_owned(),
            "arrowright" => "→".to_owned(),
            "escape" => "Esc".to_owned(),
            "enter" => "Enter".to_owned(),
            key => key.to_uppercase(),
        });
        caps
    }

    /// The caps in one text, for hints: `Ctrl Shift Z`.
    pub fn words(&self, mac: bool) -> String {
        self.caps(mac).join(" ")
    }
}

impl fmt::Display for Chord {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (ctrl, shift) = (if self.ctrl { "ctrl+" } else { "" }, if self.shift { "shift+" } else { "" });
        write!(f, "{ctrl}{shift}{}", self.key)
    }
}
