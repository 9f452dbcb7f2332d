//! A page object and a static site: what the journeys are written in.
//!
//! ```ignore
//! #[tokio::test]
//! async fn a_dropped_zip_is_on_screen() {
//!     let site = Site::start();
//!     let page = Page::open(&site, "").await;
//!     page.upload("input[type=file]", &[fixture("small.zip")]).await;
//!     page.sees("3 runs").await;
//!     page.console_is_clean().await;
//! }
//! ```
//!
//! Every verb waits, up to [`PATIENCE`], for what it needs, and otherwise panics saying what it waited for, what
//! the page showed and what its console said. Browser and driver end with the page, also when a test fails.

mod driver;
mod page;
mod pixels;
mod site;

pub(crate) use page::{Look, PATIENCE, Page};
pub(crate) use pixels::Pixels;
pub(crate) use site::Site;
