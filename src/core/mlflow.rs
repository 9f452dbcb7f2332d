//! MLflow's tracking server, without a network: where it is, who asks, what is asked, and what an
//! answer says.
//!
//! Nothing here sends a request. [`ServerUrl`] is what a person pasted, made exact; [`Credentials`]
//! are what may go with a request, and only to the origin that they were given for. A [`Request`]
//! knows neither: a thin transport performs it against the server and hands back an [`Answer`] or a
//! [`TransportError`], so that all that is difficult (paging, retries, hostile answers) is tested
//! natively. Wire types do not leave this room: answers are decoded into [`crate::model`].

mod access;
pub mod call;
mod credentials;
pub mod doctor;
mod file_rule;
mod file_trouble;
pub mod follow;
mod request;
mod server;
pub mod sync;
pub mod wire;

pub use access::{Access, Ways};
pub use credentials::{Credentials, CredentialsError, SignIn};
pub use file_rule::{FileRule, FileTally};
pub use file_trouble::{FileFailure, FilePlace, FileTrouble, is_web_page};
pub use request::{Answer, Method, Request, TransportError, Weight};
pub use server::{Pasted, Reach, ServerUrl, ServerUrlError};
