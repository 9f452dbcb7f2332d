//! Answers of the REST interface, decoded into [`crate::model`].
//!
//! Unknown fields are ignored and missing ones stand for their default, as in protobuf's JSON, with
//! which MLflow writes most answers (`message_to_json` in `utils/proto_json_utils.py`). What differs
//! between versions is accepted everywhere: 64-bit integers as numbers or as text, NaN and the
//! infinities bare (as `json.dumps` writes them) or as text (as protobuf does).

mod artifacts;
mod entity;
mod error;
mod lenient;
mod points;
mod registry;
mod run;

pub use artifacts::{Listed, artifacts};
pub use entity::{experiment, experiments, logged_models};
pub use error::{ServerError, server_error};
pub use points::{Points, bulk, history};
pub use registry::{model_versions, registered_models};
pub use run::{RunOnServer, run, runs};

use serde::de::DeserializeOwned;

/// One page of a listing.
#[derive(Debug, Clone, PartialEq)]
pub struct Page<T> {
    /// In the server's order.
    pub items: Vec<T>,
    /// What to ask for the next page with; `None` at the end.
    pub next: Option<String>,
}

/// Why an answer could not be decoded.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum WireError {
    /// The body is a web page: a login form, a proxy's own page, or the address of something else.
    #[error("it answered with a web page instead of JSON")]
    WebPage,
    /// The body is empty.
    #[error("its answer is empty")]
    Empty,
    /// The JSON ends too early.
    #[error("its answer is cut off after {bytes} bytes")]
    CutOff {
        /// How much came.
        bytes: usize,
    },
    /// The body is no JSON, or none of the shape that MLflow writes.
    #[error("its answer is not what MLflow writes: {reason}")]
    Malformed {
        /// The decoder's words, with line and column.
        reason: String,
    },
}

/// Bytes to a wire type.
fn parse<T: DeserializeOwned>(body: &[u8]) -> Result<T, WireError> {
    parse_seed(body, std::marker::PhantomData)
}

/// Bytes to whatever the seed makes of them.
fn parse_seed<'de, S: serde::de::DeserializeSeed<'de>>(
    body: &'de [u8],
    seed: S,
) -> Result<S::Value, WireError> {
    let mut decoder = serde_json::Deserializer::from_slice(body);
    let value = seed.deserialize(&mut decoder).map_err(|error| explain(body, &error))?;
    decoder.end().map_err(|error| explain(body, &error))?;
    Ok(value)
}

fn explain(body: &[u8], error: &serde_json::Error) -> WireError {
    let text = body.trim_ascii_start();
    if text.is_empty() {
        WireError::Empty
    } else if text.starts_with(b"<") {
        WireError::WebPage
    } else if error.is_eof() {
        WireError::CutOff { bytes: body.len() }
    } else {
        WireError::Malformed { reason: error.to_string() }
    }
}

/// The token of the next page: absent and empty mean the same.
fn next(token: Option<String>) -> Option<String> {
    token.filter(|token| !token.is_empty())
}
