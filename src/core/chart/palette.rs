use super::Slot;

/// An opaque colour.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub struct Rgb(pub u8, pub u8, pub u8);

impl Rgb {
    /// This colour at `share` (0 to 1) over `ground`. Faint lines are mixed, not transparent: where
    /// an opaque line crosses itself it does not darken, so that a reduced line looks like the whole.
    #[must_use]
    pub fn over(self, ground: Self, share: f64) -> Self {
        let mix = |a: u8, b: u8| {
            (f64::from(b) + (f64::from(a) - f64::from(b)) * share.clamp(0.0, 1.0)).round() as u8
        };
        Self(mix(self.0, ground.0), mix(self.1, ground.1), mix(self.2, ground.2))
    }

    /// Reads `#rrggbb` or `#rgb`, as a style sheet writes it.
    pub fn from_hex(text: &str) -> Option<Self> {
        let digits = text.trim().strip_prefix('#')?;
        let number = u32::from_str_radix(digits, 16).ok()?;
        let byte = |shift: u32| (number >> shift) as u8;
        let nibble = |shift: u32| (number >> shift) as u8 % 16 * 17;
        match digits.len() {
            6 => Some(Self(byte(16), byte(8), byte(0))),
            3 => Some(Self(nibble(8), nibble(4), nibble(0))),
            _ => None,
        }
    }
}

/// The colours and the font of a theme, as drawing needs them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Palette {
    /// One colour a slot.
    pub series: [Rgb; 16],
    /// What charts are drawn on (`panel`).
    pub ground: Rgb,
    /// Horizontal grid lines (`line`).
    pub grid: Rgb,
    /// The line under the plot (`line-2`).
    pub axis: Rgb,
    /// Text (`text`).
    pub ink: Rgb,
    /// Tick labels (`text-3`).
    pub tick: Rgb,
    /// Titles of axes (`text-2`).
    pub text: Rgb,
    /// The colour scale from its low to its high end (`scale-1` to `scale-3`).
    pub scale: [Rgb; 3],
    /// Font family of the tick labels, as CSS writes it.
    pub font: String,
}

impl Palette {
    /// The colour of a slot.
    pub fn of(&self, slot: Slot) -> Rgb {
        self.series.get(slot.index()).copied().unwrap_or_default()
    }

    /// The colour at a share (0 to 1) of the colour scale.
    pub fn on_scale(&self, share: f64) -> Rgb {
        let [low, middle, high] = self.scale;
        let share = if share.is_nan() { 0.0 } else { share.clamp(0.0, 1.0) * 2.0 };
        if share < 1.0 { middle.over(low, share) } else { high.over(middle, share - 1.0) }
    }
}
