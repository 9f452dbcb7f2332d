//! Which screens are parts of their own, loaded when first needed: one line each.
//!
//! They are named here and not beside the screens because the worker is made from the same library and must not carry
//! them. `scripts/split.mjs` cuts a release build along these lines; other builds have all code in one piece.

use runatlas::ui::{Screens, screen};

/// `field: what its screen is told => what makes it`, where the field is one of [`Screens`] and names the file too.
macro_rules! lazy_screens {
    ($($part:ident: $told:ty => $make:path),* $(,)?) => {
        /// The screens, each with the way to its code.
        pub(crate) fn screens() -> Screens {
            Screens { $($part: || Box::pin(async { $part().await.ok() })),* }
        }

        $(
            #[cfg(split)]
            #[leptos::wasm_split::wasm_split($part, wasm_split_path = leptos::wasm_split, fallible)]
            fn $part() -> Result<fn($told) -> leptos::prelude::AnyView, leptos::wasm_split::SplitLoaderError> {
                Ok($make)
            }

            #[cfg(not(split))]
            async fn $part() -> Result<fn($told) -> leptos::prelude::AnyView, std::convert::Infallible> {
                Ok($make)
            }
        )*
    };
}

lazy_screens! {
    runs: () => screen::runs,
    charts: () => screen::charts,
    diff: () => screen::diff,
    run: runatlas_core::link::RunKey => screen::run,
    compare: screen::CompareAt => screen::compare,
    models: String => screen::models,
    source: String => screen::source,
    overlay: screen::Overlay => screen::overlay,
}
