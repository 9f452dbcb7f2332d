//! What a line covers of one column of pixels.

use super::edge::Band;
use super::pixel::Strip;
use super::run::{Run, higher, lower};
use crate::chart::Rgb;
use crate::chart::columns::Column;

/// Paints the columns of a line. What it holds is kept, so that nothing is allocated for a line.
#[derive(Debug, Clone, Default)]
pub(super) struct Coverage {
    /// The columns of a line, with as many empty ones on both sides as it spills, twice.
    runs: Vec<Run>,
}

impl Coverage {
    /// Takes up a line in a picture with this upper edge.
    pub(super) fn follow(&mut self, line: &[Column], spill: usize, top: f32) {
        let nothing = || std::iter::repeat_n(Run::NOTHING, 2 * spill);
        self.runs.clear();
        self.runs.extend(nothing().chain(line.iter().map(|column| Run::of(column, top))).chain(nothing()));
    }

    /// Paints what the line covers of a column: the first one is as far left of it as it spills.
    #[inline]
    pub(super) fn paint(&self, column: usize, reach: &Reach, color: Rgb, strip: &mut Strip<'_>) {
        let around = self.runs.get(column..=column + 2 * reach.columns()).unwrap_or_default();
        match reach.columns() {
            0 => paint::<1>(around, reach, color, strip),
            1 => paint::<2>(around, reach, color, strip),
            2 => paint::<3>(around, reach, color, strip),
            _ => paint::<{ MOST_COLUMNS + 1 }>(around, reach, color, strip),
        }
    }
}

/// Paints the middle one of these columns. `N` is one more than the columns to each side.
#[inline]
fn paint<const N: usize>(around: &[Run], reach: &Reach, color: Rgb, strip: &mut Strip<'_>) {
    let Some(own) = around.get(around.len() / 2) else { return };
    let height = strip.height();
    let least = around.iter().fold(f32::INFINITY, |least, run| lower(run.least, least)) - reach.pixels;
    let greatest =
        around.iter().fold(f32::NEG_INFINITY, |greatest, run| higher(run.greatest, greatest)) + reach.pixels;
    let (top, bottom) = (row(least, height), row(greatest.ceil(), height));
    if top >= bottom || strip.is_full(top, bottom) {
        return;
    }
    let band = if own.is_empty() { Band::NOTHING } else { Band::of(own, (least, greatest), reach.pixels) };
    let (from, to) = if own.excursion >= 1.0 {
        ((own.least - reach.pixels).ceil(), own.greatest + reach.pixels)
    } else {
        band.solid()
    };
    let (from, to) = (row(from, height), row(to, height));
    let cover = Cover { band, spikes: Spike::each::<N>(around, reach) };
    if from >= to {
        return strip.cover((top, bottom), color, |y| cover.share(y));
    }
    strip.fill((from, to), color);
    strip.cover((top, from), color, |y| cover.share(y));
    strip.cover((to, bottom), color, |y| cover.share(y));
}

#[inline]
fn row(y: f32, height: usize) -> usize {
    // Signed: a processor turns floats into those at once.
    lower(higher(y, 0.0), height as f32) as i32 as usize
}

struct Cover<const N: usize> {
    band: Band,
    spikes: [Spike; N],
}

impl<const N: usize> Cover<N> {
    /// How much of the row that begins at `y` is covered.
    #[inline]
    fn share(&self, y: f32) -> f32 {
        let passed = self.band.share(y + 1.0);
        self.spikes.iter().fold(passed, |share, spike| higher(spike.share(y), share))
    }
}

/// A stretch of a column that a spike covers: one of the column itself, beyond where the line
/// passes, or of those as far to both sides, as far as they are wider than a column.
#[derive(Debug, Clone, Copy)]
struct Spike {
    top: f32,
    bottom: f32,
    /// Of the column's width.
    weight: f32,
}

impl Spike {
    /// By their distance. The line is one: what it covers at both sides meets in the middle.
    #[inline]
    fn each<const N: usize>(around: &[Run], reach: &Reach) -> [Self; N] {
        let middle = around.len() / 2;
        std::array::from_fn(|distance| {
            let nothing = Self { top: f32::INFINITY, bottom: f32::NEG_INFINITY, weight: 0.0 };
            let Some(tap) = reach.taps.get(distance) else { return nothing };
            let sides = [middle.wrapping_sub(distance), middle + distance];
            let runs = sides.into_iter().filter_map(|at| around.get(at));
            let spike = runs.fold(nothing, |spike, run| {
                let steep = if distance == 0 { run.excursion } else { run.steepness };
                if steep <= 0.0 {
                    return spike;
                }
                Self {
                    top: lower(run.least, spike.top),
                    bottom: higher(run.greatest, spike.bottom),
                    weight: higher(steep, spike.weight),
                }
            });
            Self {
                top: spike.top - tap.rise,
                bottom: spike.bottom + tap.rise,
                weight: spike.weight * tap.weight,
            }
        })
    }

    #[inline]
    fn share(&self, row: f32) -> f32 {
        let part = lower(self.bottom, row + 1.0) - higher(self.top, row);
        self.weight * lower(higher(part, 0.0), 1.0)
    }
}

/// How far a stroke goes to all sides of its line: half its width.
#[derive(Debug, Clone)]
pub(super) struct Reach {
    pixels: f32,
    /// By distance in columns.
    taps: Vec<Tap>,
}

/// Lines wider than this many columns to both sides are cut there.
const MOST_COLUMNS: usize = 7;

#[derive(Debug, Clone)]
struct Tap {
    /// How far it goes up and down there.
    rise: f32,
    /// How much of that column's width it covers.
    weight: f32,
}

impl Reach {
    pub(super) fn of(width: f32) -> Self {
        let pixels = width / 2.0;
        let tap = |distance: usize| {
            let distance = distance as f32;
            let rise = (pixels * pixels - distance * distance).max(0.0).sqrt();
            Tap { rise, weight: (pixels + 0.5 - distance).clamp(0.0, 1.0) }
        };
        let most = (pixels.ceil() as usize).min(MOST_COLUMNS);
        Self { pixels, taps: (0..=most).map(tap).collect() }
    }

    /// How many columns to each side it may cover something of.
    pub(super) fn columns(&self) -> usize {
        self.taps.len().saturating_sub(1)
    }
}
