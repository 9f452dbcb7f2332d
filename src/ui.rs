//! What a person sees: components. They take signals and ids, ask core for ready rows, scenes and
//! words, and call commands of `state`; they hold no logic of their own.

#![expect(unreachable_pub, reason = "the component macro makes the props of every component public")]

mod app;
mod chart;
mod copy;
mod file_state;
mod keys;
mod live_mark;
mod overlay;
mod page;
mod part;
mod run_mark;
pub mod screen;
mod shell;
mod spark;

pub use app::AppRoot;
pub use screen::Screens;
