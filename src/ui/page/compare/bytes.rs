use std::sync::Arc;

use leptos::prelude::*;
use runatlas_core::{compare::Comparison, format};

use crate::ui::part::EmptyState;

/// Files that are no text and no pictures: whether they are equal, and where they begin to differ.
#[component]
pub(super) fn BytesView(comparison: Arc<Comparison>) -> impl IntoView {
    let (icon, title, text) = match comparison.sizes {
        _ if comparison.same_bytes => {
            let size = comparison.sizes.0.unwrap_or_default();
            ("check", "Both files are equal", format!("All {} are the same.", format::bytes(size)))
        }
        (Some(left), Some(right)) => {
            let at = comparison.first_difference.map_or_else(String::new, |at| {
                format!(" The first byte that differs is number {}.", format::unsigned(at + 1))
            });
            let sizes =
                format!("{} on the left, {} on the right.", format::bytes(left), format::bytes(right));
            (
                "binary",
                "These files differ",
                format!(
                    "{sizes}{at} They cannot be shown beside each other: at least one is neither text nor a picture, or they are of two kinds."
                ),
            )
        }
        (Some(size), None) => {
            ("binary", "Only the run on the left has this file", format!("It has {}.", format::bytes(size)))
        }
        (None, Some(size)) => {
            ("binary", "Only the run on the right has this file", format!("It has {}.", format::bytes(size)))
        }
        (None, None) => ("file", "Neither run has this file", "Choose another one in the list.".to_owned()),
    };
    view! { <EmptyState icon=icon title=title text=text /> }
}
