use leptos::{ev, prelude::*};
use runatlas_core::chart::{Range, Scale, Scene};

/// Two fingers on a chart: what lay under each stays under it.
#[derive(Clone, Copy)]
pub(super) struct Pinch {
    fingers: StoredValue<Vec<Finger>>,
}

/// A finger that is down, in CSS pixels.
#[derive(Debug, Clone, Copy)]
struct Finger {
    pointer: i32,
    now: f64,
    from: f64,
    /// The scale when it came down.
    scale: Scale,
}

/// Fingers that are nearer to each other than this say little about how far they are apart.
const NEAREST: f64 = 16.0;

impl Pinch {
    pub(super) fn new() -> Self {
        Self { fingers: StoredValue::new(Vec::new()) }
    }

    pub(super) fn down(self, event: &ev::PointerEvent, scale: Scale) {
        let x = f64::from(event.offset_x());
        self.fingers.update_value(|fingers| {
            fingers.retain(|finger| finger.pointer != event.pointer_id());
            fingers.push(Finger { pointer: event.pointer_id(), now: x, from: x, scale });
            // All count from when the last one came.
            for finger in fingers.iter_mut() {
                (finger.from, finger.scale) = (finger.now, scale);
            }
        });
    }

    /// The part of x that two fingers leave; `None` for any other movement.
    pub(super) fn moved(self, event: &ev::PointerEvent, scene: Option<&Scene>) -> Option<Range> {
        let x = f64::from(event.offset_x());
        let dpr = scene?.dpr;
        self.fingers.try_update_value(|fingers| {
            fingers.iter_mut().find(|finger| finger.pointer == event.pointer_id())?.now = x;
            let [a, b] = fingers.as_slice() else { return None };
            let (before, after) = (b.from - a.from, b.now - a.now);
            if before.abs() < NEAREST || after.abs() < NEAREST || before * after <= 0.0 {
                return None;
            }
            let middle = f64::midpoint(a.from, b.from);
            let factor = after / before;
            // First it grows about where the middle was, then it goes with the middle.
            let grown = a.scale.zoom_at(middle * dpr, factor);
            let (from, to) = a.scale.px_range();
            let scale = Scale::new(a.scale.kind(), grown, from, to);
            Some(scale.pan((f64::midpoint(a.now, b.now) - middle) * dpr))
        })?
    }

    /// A finger was lifted; whether it was one of two.
    pub(super) fn up(self, event: &ev::PointerEvent) -> bool {
        let before = self.fingers.with_value(Vec::len);
        self.fingers.update_value(|fingers| fingers.retain(|finger| finger.pointer != event.pointer_id()));
        before > 1
    }

    pub(super) fn end(self) {
        self.fingers.update_value(Vec::clear);
    }
}
