use std::time::Duration;

use leptos::prelude::*;
use runatlas_core::{format, model::Millis};

use crate::web;

/// The time, to the minute, so that ages on screen stay true.
#[derive(Clone, Copy)]
pub struct Clock {
    now: RwSignal<Millis>,
}

impl Clock {
    pub(super) fn new() -> Self {
        let now = RwSignal::new(web::now());
        // Lives as long as the page.
        let _ = set_interval_with_handle(move || now.set(web::now()), Duration::from_secs(30));
        Self { now }
    }

    /// Follows the time as it goes by.
    pub fn track(&self) {
        self.now.track();
    }

    /// How long ago, or the date.
    pub fn ago(&self, then: Millis) -> String {
        format::age(then, self.now.get(), web::utc_offset_minutes(then))
    }

    /// Now and here, for core's words.
    pub fn core(&self) -> format::Clock<'static> {
        format::Clock { now: self.now.get(), offset_at: &web::utc_offset_minutes }
    }

    /// A date with the time of day, in the person's zone.
    pub fn date(&self, at: Millis) -> String {
        format::date_time(at, web::utc_offset_minutes(at))
    }
}
