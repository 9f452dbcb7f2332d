use std::sync::Arc;

use leptos::prelude::*;
use runatlas_core::model::Directions;

use super::{NoticeAction, Notices, Tone};
pub use crate::web::theme::ThemeChoice;
use crate::web::{kept, offline, theme};

/// Where the directions of metrics are kept.
const DIRECTIONS: &str = "directions";

/// Theme, directions of metrics, connection, release.
#[derive(Clone, Copy)]
pub struct Prefs {
    /// Whether the page is dark; canvases repaint when it changes.
    pub dark: RwSignal<bool>,
    /// What the person chose.
    pub theme: RwSignal<ThemeChoice>,
    /// Which way metrics get better, as this browser's people said.
    pub directions: RwSignal<Arc<Directions>>,
    /// Whether the browser believes to be online.
    pub online: RwSignal<bool>,
}

impl Prefs {
    pub(super) fn new(notices: Notices) -> Self {
        theme::apply();
        let dark = RwSignal::new(theme::is_dark());
        if let Some(listener) = theme::on_system_change(move || dark.set(theme::is_dark())) {
            listener.forget();
        }
        let online = RwSignal::new(offline::is_online());
        for listener in offline::on_online_change(move |now| online.set(now)) {
            listener.forget();
        }
        offline::register(move || {
            let run = Callback::new(|()| offline::apply_update());
            notices.offer(
                Tone::Plain,
                "A new release of Runatlas is ready. Your data stays as it is.",
                NoticeAction { label: "Reload".to_owned(), run },
            );
        });
        let directions = kept::get(DIRECTIONS).map(|text| Directions::parse(&text)).unwrap_or_default();
        let directions = RwSignal::new(Arc::new(directions));
        Self { dark, theme: RwSignal::new(theme::choice()), directions, online }
    }

    /// Light to dark, dark to light.
    pub fn switch_theme(self) {
        let choice = if self.dark.get_untracked() { ThemeChoice::Light } else { ThemeChoice::Dark };
        self.choose_theme(choice);
    }

    /// Says that more of a metric is better, or less, or neither: the next of them, and keeps it.
    pub fn turn_direction(self, metric: &str) {
        let mut directions = Directions::clone(&self.directions.get_untracked());
        directions.turn(metric);
        let text = directions.to_text();
        kept::set(DIRECTIONS, Some(text.as_str()).filter(|text| !text.is_empty()));
        self.directions.set(Arc::new(directions));
    }

    /// Keeps a choice of theme.
    pub fn choose_theme(self, choice: ThemeChoice) {
        theme::set_choice(choice);
        self.theme.set(choice);
        self.dark.set(theme::is_dark());
    }
}
