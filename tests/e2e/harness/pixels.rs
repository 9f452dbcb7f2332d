//! What a canvas really shows.

use std::collections::HashMap;

/// The pixels of a canvas, row by row from the top, in device pixels.
pub(crate) struct Pixels {
    pub(crate) width: usize,
    pub(crate) height: usize,
    rgba: Vec<[u8; 4]>,
}

impl Pixels {
    /// From `getImageData`'s bytes in hexadecimal.
    pub(super) fn from_hex(width: usize, height: usize, hex: &str) -> Self {
        let bytes: Vec<u8> = hex
            .as_bytes()
            .chunks(2)
            .map(|pair| u8::from_str_radix(str::from_utf8(pair).unwrap(), 16).unwrap())
            .collect();
        let rgba: Vec<[u8; 4]> = bytes.as_chunks::<4>().0.to_vec();
        assert_eq!(rgba.len(), width * height, "all pixels are there");
        Self { width, height, rgba }
    }

    /// The colour at a place: red, green, blue, alpha.
    pub(crate) fn at(&self, x: usize, y: usize) -> [u8; 4] {
        assert!(x < self.width && y < self.height, "({x}, {y}) is outside {} x {}", self.width, self.height);
        self.rgba[y * self.width + x]
    }

    /// How many pixels have each colour, transparent ones left out.
    pub(crate) fn colours(&self) -> HashMap<[u8; 4], usize> {
        let mut counts = HashMap::new();
        for colour in self.rgba.iter().filter(|colour| colour[3] > 0) {
            *counts.entry(*colour).or_insert(0) += 1;
        }
        counts
    }

    /// How many pixels lie within `tolerance` a channel of a colour: anti-aliased lines have few exact ones.
    pub(crate) fn count_near(&self, [red, green, blue]: [u8; 3], tolerance: u8) -> usize {
        let near = |a: u8, b: u8| a.abs_diff(b) <= tolerance;
        self.rgba
            .iter()
            .filter(|[r, g, b, alpha]| *alpha > 0 && near(*r, red) && near(*g, green) && near(*b, blue))
            .count()
    }
}
