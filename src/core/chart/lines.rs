/// A rectangle in device pixels, y downwards.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Rect {
    /// Left edge.
    pub left: f64,
    /// Upper edge.
    pub top: f64,
    /// Right edge.
    pub right: f64,
    /// Lower edge.
    pub bottom: f64,
}

impl Rect {
    /// The distance between left and right.
    pub fn width(self) -> f64 {
        self.right - self.left
    }

    /// The distance between top and bottom.
    pub fn height(self) -> f64 {
        self.bottom - self.top
    }

    /// The same with a margin on all sides.
    #[must_use]
    pub fn grown(self, margin: f64) -> Self {
        Self {
            left: self.left - margin,
            top: self.top - margin,
            right: self.right + margin,
            bottom: self.bottom + margin,
        }
    }

    /// Whether a point lies within, edges included.
    pub fn contains(self, x: f64, y: f64) -> bool {
        self.left <= x && x <= self.right && self.top <= y && y <= self.bottom
    }
}

/// Any number of polylines, each of at least two points, as two flat lists, ready for one call across a language border.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Polylines {
    coords: Vec<f32>,
    ends: Vec<u32>,
}

impl Polylines {
    /// x and y by turns, in device pixels.
    pub fn coords(&self) -> &[f32] {
        &self.coords
    }

    /// Where each polyline ends: the number of points up to and with its last one.
    pub fn ends(&self) -> &[u32] {
        &self.ends
    }

    /// How many points all polylines have together.
    pub fn points(&self) -> usize {
        self.coords.len() / 2
    }

    /// Whether there is nothing to draw.
    pub fn is_empty(&self) -> bool {
        self.coords.is_empty()
    }

    /// Each polyline as x and y by turns.
    pub fn iter(&self) -> impl Iterator<Item = &[f32]> {
        let mut start = 0;
        self.ends.iter().map(move |&end| {
            let from = std::mem::replace(&mut start, end as usize * 2);
            self.coords.get(from..start).unwrap_or_default()
        })
    }

    /// Makes room for so many points more.
    pub(super) fn reserve(&mut self, points: usize) {
        self.coords.reserve(points * 2);
    }

    /// Adds a point to the open polyline.
    pub(super) fn push(&mut self, (x, y): (f64, f64)) {
        self.coords.extend([x as f32, y as f32]);
    }

    /// Ends the open polyline; one that came to a single point is taken back.
    pub(super) fn end(&mut self) {
        let (points, before) = (self.points() as u32, self.ends.last().copied().unwrap_or_default());
        if points >= before + 2 {
            self.ends.push(points);
        } else {
            self.coords.truncate(before as usize * 2);
        }
    }
}

/// Cuts a polyline at a rectangle while it is drawn. The rectangle is larger than the plot, so
/// that the cut ends are never seen; without it, a point far outside a deep zoom would leave the
/// range in which an f32 tells pixels apart.
pub(super) struct Clipper<'a> {
    rect: Rect,
    out: &'a mut Polylines,
    last: Option<(f64, f64)>,
    last_is_inside: bool,
}

impl<'a> Clipper<'a> {
    pub(super) fn new(rect: Rect, out: &'a mut Polylines) -> Self {
        Self { rect, out, last: None, last_is_inside: false }
    }

    /// Starts a polyline at the first point, continues it at the others.
    pub(super) fn line_to(&mut self, to: (f64, f64)) {
        let ends_inside = self.rect.contains(to.0, to.1);
        let starts_inside = std::mem::replace(&mut self.last_is_inside, ends_inside);
        match self.last.replace(to) {
            Some(from) if !(starts_inside && ends_inside) => {
                self.cut_line(from, to, starts_inside, ends_inside);
            }
            _ if ends_inside => self.out.push(to),
            _ => {}
        }
    }

    fn cut_line(&mut self, from: (f64, f64), to: (f64, f64), starts_inside: bool, ends_inside: bool) {
        match cut(from, to, self.rect) {
            Some((enter, leave)) => {
                if !starts_inside {
                    self.out.push(enter);
                }
                self.out.push(leave);
            }
            // Only rounding misses an end that lies on the edge.
            None if ends_inside => self.out.push(to),
            None => {}
        }
        if !ends_inside {
            self.out.end();
        }
    }

    /// Ends the polyline.
    pub(super) fn end(&mut self) {
        self.last = None;
        self.out.end();
    }
}

/// The part of a segment within the rectangle. An end that lies within is given back as it is, a
/// cut end lies on the edge to the bit.
pub(crate) fn cut(from: (f64, f64), to: (f64, f64), rect: Rect) -> Option<((f64, f64), (f64, f64))> {
    let (from, to) = cut_first(from, to, rect.left, rect.right)?;
    let swap = |(x, y): (f64, f64)| (y, x);
    let (from, to) = cut_first(swap(from), swap(to), rect.top, rect.bottom)?;
    Some((swap(from), swap(to)))
}

/// Cuts where the first coordinate leaves `least..=greatest`.
fn cut_first(
    from: (f64, f64),
    to: (f64, f64),
    least: f64,
    greatest: f64,
) -> Option<((f64, f64), (f64, f64))> {
    if from.0.max(to.0) < least || from.0.min(to.0) > greatest {
        return None;
    }
    let cut_end = |end: (f64, f64)| {
        let edge = end.0.clamp(least, greatest);
        if edge == end.0 {
            return end;
        }
        // From the nearer end: from the far one, rounding would move it by pixels.
        let near = if (from.0 - edge).abs() < (to.0 - edge).abs() { from } else { to };
        let other = near.1 + (to.1 - from.1) * ((edge - near.0) / (to.0 - from.0));
        // Rounding must not push it into the next pixel column.
        (edge, other.clamp(from.1.min(to.1), from.1.max(to.1)))
    };
    Some((cut_end(from), cut_end(to)))
}

/// Cuts a line, x and y by turns, into dashes: `take` gets each part of at least two points.
pub(super) fn dashes(line: &[f32], [on, off]: [f32; 2], mut take: impl FnMut(&[f32])) {
    if on <= 0.0 || off <= 0.0 || !(on + off).is_finite() {
        return take(line);
    }
    let (points, _) = line.as_chunks::<2>();
    let Some(&first) = points.first() else { return };
    let mut part: Vec<f32> = first.to_vec();
    let (mut painting, mut left) = (true, on);
    for pair in points.windows(2) {
        let &[from, to] = pair else { continue };
        let length = (to[0] - from[0]).hypot(to[1] - from[1]);
        let mut done = 0.0;
        while length - done > left {
            done += left;
            let share = done / length;
            part.extend([from[0] + (to[0] - from[0]) * share, from[1] + (to[1] - from[1]) * share]);
            if painting {
                take(&part);
                part.clear();
            }
            painting = !painting;
            left = if painting { on } else { off };
        }
        left -= length - done;
        if painting {
            part.extend(to);
        }
    }
    if painting && part.len() > 2 {
        take(&part);
    }
}
