//! Plain widgets: they know nothing of runs.

mod dialog;
pub(crate) mod file_input;
mod icon;
mod menu;
mod narrow;
mod search;
mod segmented;
mod state;
mod virtual_rows;

pub(crate) use dialog::Dialog;
pub(crate) use file_input::FileInput;
pub(crate) use icon::Icon;
pub(crate) use menu::{Menu, MenuChip, MenuItem, step_focus};
pub(crate) use narrow::is_narrow;
pub(crate) use search::SearchField;
pub(crate) use segmented::{Segmented, Switch};
pub(crate) use state::{EmptyState, Loading};
pub(crate) use virtual_rows::VirtualRows;
