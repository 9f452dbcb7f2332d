//! What a person sees: components. They take signals and ids, ask core for ready rows, scenes and
//! words, and call commands of `state`; they hold no logic of their own.

mod app;
mod chart;
mod keys;
mod page;
mod part;
mod shell;

pub use app::AppRoot;
