//! The browser house around `runatlas-core`: `web` touches the browser, `state` holds what the
//! screens show, `ui` shows it.

pub mod state;
pub mod ui;
pub mod web;
