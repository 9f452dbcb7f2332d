//! Pixels of a picture that is painted from the front to the back.

use crate::chart::Rgb;

/// Column by column, top to bottom: lines fill runs of a column.
#[derive(Debug, Clone, Default)]
pub(super) struct Pixels {
    width: usize,
    height: usize,
    /// Red, green, blue, alpha from the lowest byte, the colours multiplied by alpha.
    colors: Vec<u32>,
    /// A bit for each pixel that lets nothing shine through, in words of their own for each column.
    full: Vec<u64>,
    words: usize,
}

impl Pixels {
    pub(super) fn size(&self) -> (usize, usize) {
        (self.width, self.height)
    }

    /// A column, to be painted on.
    #[inline]
    pub(super) fn strip(&mut self, column: usize) -> Strip<'_> {
        let (from, word) = (column * self.height, column * self.words);
        Strip {
            pixels: self.colors.get_mut(from..from + self.height).unwrap_or_default(),
            full: self.full.get_mut(word..word + self.words).unwrap_or_default(),
        }
    }

    /// Makes all of them transparent, and as many as this; what memory it has is kept.
    pub(super) fn reset(&mut self, width: usize, height: usize) {
        (self.width, self.height, self.words) = (width, height, height.div_ceil(64));
        self.colors.clear();
        self.colors.resize(width * height, 0);
        self.full.clear();
        self.full.resize(width * self.words, 0);
    }

    /// Row by row, the colours not multiplied by alpha.
    pub(super) fn rgba_into(&self, out: &mut Vec<u8>) {
        // Some columns at a time: each lies elsewhere in memory, and so does each row.
        const SIDE: usize = 16;
        out.clear();
        out.resize(self.colors.len() * 4, 0);
        let (width, height) = (self.width.max(1), self.height.max(1));
        let (pixels, _) = out.as_chunks_mut::<4>();
        for (block, columns) in self.colors.chunks(SIDE * height).enumerate() {
            let mut sides: [&[u32]; SIDE] = [&[]; SIDE];
            for (side, column) in sides.iter_mut().zip(columns.chunks_exact(height)) {
                *side = column;
            }
            let count = columns.len() / height;
            let sides = sides.get(..count).unwrap_or_default();
            for (row, line) in pixels.chunks_exact_mut(width).enumerate() {
                let line = line.get_mut(block * SIDE..block * SIDE + count).unwrap_or_default();
                for (pixel, side) in line.iter_mut().zip(sides) {
                    if let Some(&from) = side.get(row) {
                        *pixel = whole(from).to_le_bytes();
                    }
                }
            }
        }
    }
}

/// What a colour is multiplied by, in 65,536ths, to undo its multiplication by alpha.
const WHOLE: [u32; 256] = {
    let mut parts = [0; 256];
    let mut alpha = 1;
    while alpha < 256 {
        parts[alpha] = ((255 << 16) + alpha as u32 / 2) / alpha as u32;
        alpha += 1;
    }
    parts
};

/// The colour not multiplied by alpha.
#[inline]
fn whole(pixel: u32) -> u32 {
    let alpha = pixel >> 24;
    if alpha == 0 || alpha == 255 {
        return pixel;
    }
    let parts = WHOLE.get(alpha as usize).copied().unwrap_or_default();
    let part = |shift: u32| (((pixel >> shift & 255) * parts + (1 << 15)) >> 16).min(255) << shift;
    part(0) | part(8) | part(16) | alpha << 24
}

/// A column of pixels.
pub(super) struct Strip<'a> {
    pixels: &'a mut [u32],
    full: &'a mut [u64],
}

impl Strip<'_> {
    pub(super) fn height(&self) -> usize {
        self.pixels.len()
    }

    /// Whether nothing that is painted in these rows would be seen.
    #[inline]
    pub(super) fn is_full(&self, from: usize, to: usize) -> bool {
        words(from, to).all(|(word, bits)| self.full.get(word).is_none_or(|full| bits & !full == 0))
    }

    /// Paints behind these rows.
    #[inline]
    pub(super) fn fill(&mut self, (from, to): (usize, usize), color: Rgb) {
        let ink = opaque(color);
        for pixel in self.pixels.get_mut(from..to).unwrap_or_default() {
            *pixel = under(*pixel, ink, 256) | 0xff00_0000;
        }
        for (word, bits) in words(from, to) {
            if let Some(full) = self.full.get_mut(word) {
                *full |= bits;
            }
        }
    }

    /// Paints behind these rows, of each of which as much is covered as `share` says of its upper
    /// edge, 0 to 1. Without a branch for any of them, so that several are painted at once.
    #[inline]
    pub(super) fn cover(&mut self, (from, to): (usize, usize), color: Rgb, share: impl Fn(f32) -> f32) {
        let ink = opaque(color);
        let pixels = self.pixels.get_mut(from..to).unwrap_or_default();
        for (pixel, y) in pixels.iter_mut().zip(from as i32..) {
            *pixel = under(*pixel, ink, (share(y as f32) * 256.0) as i32 as u32);
        }
    }
}

/// The words in which these rows have their bits, and the bits.
#[inline]
fn words(from: usize, to: usize) -> impl Iterator<Item = (usize, u64)> {
    let last = if from < to { (to - 1) / 64 + 1 } else { 0 };
    (from / 64..last).map(move |word| {
        let low = from.saturating_sub(word * 64).min(63);
        let high = (to - word * 64).min(64);
        (word, (u64::MAX << low) & (u64::MAX >> (64 - high)))
    })
}

#[inline]
fn opaque(Rgb(red, green, blue): Rgb) -> u32 {
    u32::from_le_bytes([red, green, blue, 255])
}

/// A pixel with that many of 256 parts of a colour in what it lets shine through.
#[inline]
fn under(pixel: u32, ink: u32, share: u32) -> u32 {
    const PARTS: u32 = 0x00ff_00ff;
    let room = 255 - (pixel >> 24);
    let weight = ((room + (room >> 7)) * share) >> 8;
    // Two parts of the colour at once; none can overflow, as its weight is at most 256.
    let low = (((ink & PARTS) * weight) >> 8) & PARTS;
    let high = (((ink >> 8) & PARTS) * weight) & !PARTS;
    pixel + (low | high)
}
