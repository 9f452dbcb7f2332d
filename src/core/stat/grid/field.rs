/// A run in the plane of two numbers. For a logarithmic axis hand in logarithms.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Sample {
    /// The one number.
    pub x: f64,
    /// The other one.
    pub y: f64,
    /// The metric.
    pub value: f64,
}

/// A smooth guess of a metric between the runs, for contours.
#[derive(Debug, Clone, PartialEq)]
pub struct Field {
    /// Where the columns lie, evenly spaced from the least to the greatest x.
    pub xs: Vec<f64>,
    /// Where the rows lie, evenly spaced from the least to the greatest y.
    pub ys: Vec<f64>,
    /// The guess, row after row.
    pub values: Vec<f64>,
    /// How far the nearest run is from each place, in widths of the picture: a guess far from all runs
    /// deserves little trust, and may be shown paler.
    pub distances: Vec<f64>,
    /// How many runs it is made from: those that are finite in all three.
    pub runs: usize,
}

impl Field {
    /// How it was made, for people.
    pub const METHOD: &str = "inverse distance weighting: each place is the mean of all runs, weighed by one over \
                              their squared distance; between runs it is a guess";

    /// The guess of a column and a row.
    pub fn value(&self, column: usize, row: usize) -> Option<f64> {
        if column < self.xs.len() { self.values.get(row * self.xs.len() + column).copied() } else { None }
    }
}

/// The field at so many columns and rows (2 to 256 each), by inverse distance weighting (Shepard,
/// power 2) with both axes stretched to the same length. It never leaves the range of the values,
/// and meets the value at each run (the mean of several at one place). `None` without runs.
pub fn field(samples: &[Sample], columns: usize, rows: usize) -> Option<Field> {
    let finite =
        |sample: &&Sample| [sample.x, sample.y, sample.value].iter().all(|number| number.is_finite());
    let mut samples: Vec<Sample> = samples.iter().filter(finite).copied().collect();
    // So that sums do not depend on the order of the runs.
    samples.sort_by(|a, b| a.x.total_cmp(&b.x).then(a.y.total_cmp(&b.y)).then(a.value.total_cmp(&b.value)));
    let x = Stretch::of(samples.iter().map(|sample| sample.x), columns)?;
    let y = Stretch::of(samples.iter().map(|sample| sample.y), rows)?;
    let placed: Vec<(f64, f64, f64)> =
        samples.iter().map(|sample| (x.share(sample.x), y.share(sample.y), sample.value)).collect();
    let places = || y.steps().flat_map(|up| x.steps().map(move |across| (across, up)));
    let (values, distances) = places().map(|place| guess(&placed, place)).unzip();
    Some(Field {
        xs: x.steps().map(|share| x.at(share)).collect(),
        ys: y.steps().map(|share| y.at(share)).collect(),
        values,
        distances,
        runs: samples.len(),
    })
}

/// The guess at a place, and how far the nearest run is.
fn guess(placed: &[(f64, f64, f64)], (across, up): (f64, f64)) -> (f64, f64) {
    /// Nearer than this a run is at the place.
    const HERE: f64 = 1e-18;
    let squared = |&(x, y, _): &(f64, f64, f64)| (x - across).powi(2) + (y - up).powi(2);
    let nearest = placed.iter().map(squared).fold(f64::INFINITY, f64::min);
    let (mut mean, mut weights) = (0.0, 0.0);
    let (mut least, mut greatest) = (f64::INFINITY, f64::NEG_INFINITY);
    for run in placed {
        let weight = match squared(run) {
            _ if nearest <= HERE && squared(run) > HERE => continue,
            _ if nearest <= HERE => 1.0,
            // Relative to the nearest, so that no weight overflows.
            distance => nearest / distance,
        };
        weights += weight;
        let share = weight / weights;
        mean = mean * (1.0 - share) + run.2 * share;
        (least, greatest) = (run.2.min(least), run.2.max(greatest));
    }
    (mean.max(least).min(greatest), nearest.sqrt())
}

/// An axis from its least to its greatest number, as 0 to 1.
struct Stretch {
    low: f64,
    high: f64,
    steps: usize,
}

impl Stretch {
    fn of(numbers: impl Iterator<Item = f64>, steps: usize) -> Option<Self> {
        let ends = |ends: Option<(f64, f64)>, number: f64| {
            let (low, high) = ends.unwrap_or((number, number));
            Some((number.min(low), number.max(high)))
        };
        let (low, high) = numbers.fold(None, ends)?;
        Some(Self { low, high, steps: steps.clamp(2, 256) })
    }

    fn share(&self, number: f64) -> f64 {
        if self.low == self.high {
            return 0.5;
        }
        (number / 2.0 - self.low / 2.0) / (self.high / 2.0 - self.low / 2.0)
    }

    fn steps(&self) -> impl Iterator<Item = f64> + use<> {
        let last = self.steps - 1;
        (0..=last).map(move |step| step as f64 / last as f64)
    }

    fn at(&self, share: f64) -> f64 {
        self.low * (1.0 - share) + self.high * share
    }
}
