//! Pixels of a picture that is painted from the front to the back.

use crate::chart::Rgb;

/// Column by column, top to bottom: lines fill runs of a column.
#[derive(Debug, Clone)]
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
    pub(super) fn new(width: usize, height: usize) -> Self {
        let words = height.div_ceil(64);
        Self { width, height, colors: vec![0; width * height], full: vec![0; width * words], words }
    }

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

    /// Row by row, the colours not multiplied by alpha.
    pub(super) fn rgba(&self) -> Vec<u8> {
        // Some columns at a time: each lies elsewhere in memory.
        const SIDE: usize = 8;
        let mut out = vec![[0_u8; 4]; self.colors.len()];
        let (width, height) = (self.width.max(1), self.height.max(1));
        for (block, columns) in self.colors.chunks(SIDE * height).enumerate() {
            for (row, line) in out.chunks_exact_mut(width).enumerate() {
                let line = line.get_mut(block * SIDE..).unwrap_or_default();
                for (pixel, &from) in line.iter_mut().zip(columns.iter().skip(row).step_by(height)) {
                    *pixel = whole(from).to_le_bytes();
                }
            }
        }
        out.into_flattened()
    }
}

/// The colour not multiplied by alpha.
#[inline]
fn whole(pixel: u32) -> u32 {
    let alpha = pixel >> 24;
    if alpha == 0 || alpha == 255 {
        return pixel;
    }
    let part = |shift: u32| (((pixel >> shift & 255) * 255 + alpha / 2) / alpha).min(255) << shift;
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
