//! MLflow's tracking server, without a network: where it is and who asks.
//!
//! Nothing here sends a request. [`ServerUrl`] is what a person pasted, made exact;
//! [`Credentials`] are what may go with a request, and only to the origin that they were given for.

mod credentials;
mod server;

pub use credentials::{Credentials, CredentialsError, SignIn};
pub use server::{Pasted, Reach, ServerUrl, ServerUrlError};
