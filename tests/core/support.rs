//! What several rooms' tests share.

#[path = "../../examples/dump/json.rs"]
pub(crate) mod json;
#[path = "../../examples/dump/python.rs"]
pub(crate) mod python;
pub(crate) mod truth;
