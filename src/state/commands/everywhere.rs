//! The commands that hold on every page.

use leptos::prelude::*;
use runatlas_core::link::{Page, Tab};

use super::{Command, CommandGroup, Commands, Overlay};
use crate::state::{App, PageKind, ThemeChoice};

impl Commands {
    /// Adds what holds everywhere; for the root of the app.
    pub(in crate::state) fn add_everywhere(self, app: App) {
        let everywhere = |command: Command| self.add(command.group(CommandGroup::Everywhere));
        everywhere(
            Command::new("palette", "Find or run a command", move || {
                self.overlay.set(Some(Overlay::Palette));
            })
            .key("ctrl+k")
            .icon("search")
            .silent(),
        );
        everywhere(
            Command::new("home", "Open files", move || app.view.go(Page::Home))
                .key("o")
                .icon("hard-drive")
                .when(move || app.view.page.get() != PageKind::Home),
        );
        everywhere(
            Command::new("theme.switch", "Switch between light and dark", move || app.prefs.switch_theme())
                .key("t")
                .icon("sun"),
        );
        everywhere(
            Command::new("theme.system", "Use the system's theme", move || {
                app.prefs.choose_theme(ThemeChoice::System);
            })
            .icon("monitor")
            .when(move || app.prefs.theme.get() != ThemeChoice::System),
        );
        everywhere(
            Command::new("keys", "Show the keyboard shortcuts", move || {
                self.overlay.set(Some(Overlay::KeyMap));
            })
            .key("?")
            .icon("keyboard"),
        );
        let single = move || {
            let words = if self.single_keys.get() {
                "Turn single-letter keys off"
            } else {
                "Turn single-letter keys on"
            };
            words.to_owned()
        };
        everywhere(
            Command::new("keys.single", Signal::derive(single), move || {
                self.set_single_keys(!self.single_keys.get_untracked());
            })
            .icon("keyboard"),
        );
    }

    /// Adds the tabs of runs; for the page of runs.
    pub fn add_tabs(self, app: App) {
        let tabs = [
            ("tab.table", Tab::Table, "Show the table", "table", "1"),
            ("tab.charts", Tab::Charts, "Show the charts", "chart-line", "2"),
            ("tab.diff", Tab::Diff, "Show the diff", "git-compare", "3"),
        ];
        for (id, tab, title, icon, key) in tabs {
            let elsewhere = move || app.view.page.get() != PageKind::Runs(tab);
            self.add(
                Command::new(id, title, move || app.view.go_tab(tab)).key(key).icon(icon).when(elsewhere),
            );
        }
    }
}
