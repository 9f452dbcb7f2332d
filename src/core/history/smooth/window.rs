/// Running mean: each value becomes the mean of the `points` values around it. The window is
/// centred (of an even number, the odd one comes before), holds fewer values at the ends, and
/// leaves out what is not finite: `Series(values).rolling(points, center=True, min_periods=1).mean()`
/// of pandas.
pub fn mean(values: &[f64], points: u32) -> Vec<f64> {
    let points = points.max(1) as usize;
    let windows = Windows::centred(values.len(), points / 2, (points - 1) / 2);
    // A sum of this many values must not overflow.
    let greatest =
        values.iter().filter(|value| value.is_finite()).fold(0.0, |most: f64, v| most.max(v.abs()));
    let count = (points.min(values.len()) as f64).max(1.0);
    let scale = if greatest > f64::MAX / count { 2.0_f64.powi(-64) } else { 1.0 };

    let finite = |at: usize| values.get(at).copied().filter(|value| value.is_finite());
    let sums = windows.fold(0.0, |at| finite(at).map_or(0.0, |v| v * scale), |a, b| a + b);
    let counts = windows.fold(0.0, |at| f64::from(u8::from(finite(at).is_some())), |a, b| a + b);
    let bounds = windows.extremes(values);
    let joined = sums.into_iter().zip(counts).zip(bounds).zip(values);
    joined
        .map(
            |(((sum, count), (least, greatest)), &value)| {
                if value.is_finite() { (sum / count / scale).clamp(least, greatest) } else { value }
            },
        )
        .collect()
}

/// A window around each of `len` places: from `before` places back to `after` places on.
pub(super) struct Windows {
    len: usize,
    before: usize,
    after: usize,
}

impl Windows {
    pub(super) fn centred(len: usize, before: usize, after: usize) -> Self {
        Self { len, before: before.min(len), after: after.min(len) }
    }

    /// For each place, `join` over its window, in linear time whatever the window's length.
    ///
    /// A running sum that subtracts what leaves would keep the rounding of the greatest value it
    /// ever held. So places are cut in blocks as long as the window; it then is the end of one
    /// block and the start of the next, and both are known (van Herk, 1992).
    fn fold<T: Copy>(&self, empty: T, at: impl Fn(usize) -> T, join: impl Fn(T, T) -> T) -> Vec<T> {
        let block = self.before + self.after + 1;
        let (mut to_here, mut from_here) = (vec![empty; self.len], vec![empty; self.len]);
        for start in (0..self.len).step_by(block) {
            let end = (start + block).min(self.len);
            let mut so_far = empty;
            for (place, slot) in to_here.iter_mut().enumerate().take(end).skip(start) {
                so_far = join(so_far, at(place));
                *slot = so_far;
            }
            so_far = empty;
            for (place, slot) in from_here.iter_mut().enumerate().take(end).skip(start).rev() {
                so_far = join(so_far, at(place));
                *slot = so_far;
            }
        }
        let window = |place: usize| {
            let first = place.saturating_sub(self.before);
            let last = (place + self.after).min(self.len - 1);
            let (Some(&tail), Some(&head)) = (from_here.get(first), to_here.get(last)) else { return empty };
            // In one block the window is cut by an end of the curve, or is the whole block.
            match (last / block == first / block, first % block) {
                (true, 0) => head,
                (true, _) => tail,
                _ => join(tail, head),
            }
        };
        (0..self.len).map(window).collect()
    }

    /// The least and the greatest finite value of each window; infinities where there is none.
    pub(super) fn extremes(&self, values: &[f64]) -> Vec<(f64, f64)> {
        let finite = |at: usize| values.get(at).copied().filter(|value| value.is_finite());
        let least = self.fold(f64::INFINITY, |at| finite(at).unwrap_or(f64::INFINITY), f64::min);
        let greatest = self.fold(f64::NEG_INFINITY, |at| finite(at).unwrap_or(f64::NEG_INFINITY), f64::max);
        least.into_iter().zip(greatest).collect()
    }
}
