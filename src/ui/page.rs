//! One room a page.

mod compare;
mod demo;
mod home;
mod models;
mod run;
mod runs;
mod source;

pub(super) use compare::{CompareDrawer, ComparePage, RunPicker};
pub(super) use demo::DemoPage;
pub(super) use home::HomePage;
pub(super) use models::ModelsPage;
pub(super) use run::RunPage;
pub(super) use runs::{ChartsTab, DiffTab, RunsPage};
pub(super) use source::SourcePage;
