//! What goes with a request, and only to the origin that it was given for.

use std::fmt;

use base64::{Engine as _, engine::general_purpose::STANDARD};
use serde::{Deserialize, Serialize};
use thiserror::Error;

use super::ServerUrl;

/// A way to sign in, bound to the origin of the server that it was given for.
///
/// Serialized it holds the secret in clear: only for the browser's own storage, and only when the
/// person asked to be remembered. `Debug` never shows a secret.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "Stored", into = "Stored")]
pub struct Credentials {
    origin: String,
    sign_in: SignIn,
}

/// The ways to sign in.
#[derive(Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub enum SignIn {
    /// Nothing is sent.
    #[default]
    None,
    /// `Authorization: Basic …` of user and password, as MLflow's basic-auth app wants it.
    Basic {
        /// Without a colon (RFC 7617).
        user: String,
        /// The password.
        password: String,
    },
    /// `Authorization: Bearer …`, as proxies and `MLFLOW_TRACKING_TOKEN` use it.
    Bearer {
        /// The token, without the word Bearer.
        token: String,
    },
    /// Headers of a proxy, name and value.
    Headers(Vec<(String, String)>),
}

impl Credentials {
    /// Binds a way to sign in to the server's origin, once its values can be sent at all.
    pub fn new(server: &ServerUrl, sign_in: SignIn) -> Result<Self, CredentialsError> {
        Self::bound(server.origin(), sign_in)
    }

    /// Nothing is sent to the server.
    pub fn none(server: &ServerUrl) -> Self {
        Self { origin: server.origin(), sign_in: SignIn::None }
    }

    /// The origin that these may be sent to.
    pub fn origin(&self) -> &str {
        &self.origin
    }

    /// How the person signs in, to be kept where they said.
    pub fn sign_in(&self) -> &SignIn {
        &self.sign_in
    }

    /// Whether nothing is sent.
    pub fn is_none(&self) -> bool {
        self.sign_in == SignIn::None
    }

    /// `no sign-in`, `user and password`, `token`, `2 headers`: what may be shown.
    pub fn label(&self) -> String {
        match &self.sign_in {
            SignIn::None => "no sign-in".to_owned(),
            SignIn::Basic { .. } => "user and password".to_owned(),
            SignIn::Bearer { .. } => "token".to_owned(),
            SignIn::Headers(headers) if headers.len() == 1 => "1 header".to_owned(),
            SignIn::Headers(headers) => format!("{} headers", headers.len()),
        }
    }

    /// The names of the headers that are sent, for a server's list of allowed headers. A name is
    /// shown, a value never.
    pub fn header_names(&self) -> Vec<String> {
        self.headers().into_iter().map(|(name, _)| name).collect()
    }

    /// Names and values of the headers for a request to `server`; nothing when that is another
    /// origin than the one that these were given for.
    pub fn headers_for(&self, server: &ServerUrl) -> Option<Vec<(String, String)>> {
        (server.origin() == self.origin).then(|| self.headers())
    }

    fn headers(&self) -> Vec<(String, String)> {
        let authorization = |value: String| vec![("Authorization".to_owned(), value)];
        match &self.sign_in {
            SignIn::None => Vec::new(),
            SignIn::Basic { user, password } => {
                authorization(format!("Basic {}", STANDARD.encode(format!("{user}:{password}"))))
            }
            SignIn::Bearer { token } => authorization(format!("Bearer {token}")),
            SignIn::Headers(headers) => headers.clone(),
        }
    }

    fn bound(origin: String, sign_in: SignIn) -> Result<Self, CredentialsError> {
        Ok(Self { origin, sign_in: checked(sign_in)? })
    }
}

/// Origin and kind, never a value.
impl fmt::Debug for Credentials {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Credentials({} for {})", self.label(), self.origin)
    }
}

/// The kind and header names, never a value.
impl fmt::Debug for SignIn {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::None => f.write_str("None"),
            Self::Basic { .. } => f.write_str("Basic { … }"),
            Self::Bearer { .. } => f.write_str("Bearer { … }"),
            Self::Headers(headers) => f.debug_list().entries(headers.iter().map(|(name, _)| name)).finish(),
        }
    }
}

/// Why a way to sign in cannot be sent. Never repeats a value.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum CredentialsError {
    /// Basic without a user.
    #[error("Write the user name")]
    NoUser,
    /// A colon ends the user name in what is sent (RFC 7617).
    #[error("A user name cannot have a colon")]
    ColonInUser,
    /// Bearer without a token.
    #[error("Write the token")]
    NoToken,
    /// A line break or another control character.
    #[error("There is a line break or a control character in the {0}")]
    ControlCharacter(String),
    /// Headers carry Latin letters only.
    #[error("The {0} has characters that a header cannot carry")]
    BeyondLatin(String),
    /// No name, or one with blanks, colons or the like.
    #[error("A header's name has only letters, digits and hyphens")]
    HeaderName,
    /// The same header twice.
    #[error("The header {0} is there twice")]
    Twice(String),
    /// Browsers set these themselves and drop a page's own.
    #[error("The browser sets the header {0} itself and does not let a page set it")]
    BrowserOwn(String),
    /// `Cookie`.
    #[error(
        "A page cannot send cookies of its own. If the server's proxy signs in with a cookie, ask for a token or a header instead"
    )]
    Cookie,
    /// `Content-Type` and the like: the requests' own.
    #[error("The header {0} belongs to the requests themselves")]
    RequestsOwn(String),
}

#[derive(Serialize, Deserialize)]
struct Stored {
    origin: String,
    sign_in: SignIn,
}

impl TryFrom<Stored> for Credentials {
    type Error = CredentialsError;

    fn try_from(stored: Stored) -> Result<Self, Self::Error> {
        Self::bound(stored.origin, stored.sign_in)
    }
}

impl From<Credentials> for Stored {
    fn from(credentials: Credentials) -> Self {
        Self { origin: credentials.origin, sign_in: credentials.sign_in }
    }
}

fn checked(sign_in: SignIn) -> Result<SignIn, CredentialsError> {
    match sign_in {
        SignIn::None => Ok(SignIn::None),
        SignIn::Basic { user, password } => {
            if user.is_empty() {
                return Err(CredentialsError::NoUser);
            }
            if user.contains(':') {
                return Err(CredentialsError::ColonInUser);
            }
            check_controls("user name", &user)?;
            check_controls("password", &password)?;
            Ok(SignIn::Basic { user, password })
        }
        SignIn::Bearer { token } => checked_token(&token).map(|token| SignIn::Bearer { token }),
        SignIn::Headers(headers) => checked_headers(headers),
    }
}

/// People paste the whole header.
fn checked_token(token: &str) -> Result<String, CredentialsError> {
    let token = token.trim();
    let token = match token.split_at_checked("bearer".len()) {
        Some((word, "")) if word.eq_ignore_ascii_case("bearer") => "",
        Some((word, rest)) if word.eq_ignore_ascii_case("bearer") && rest.starts_with(' ') => rest.trim(),
        _ => token,
    };
    if token.is_empty() {
        return Err(CredentialsError::NoToken);
    }
    check_value("token", token)?;
    Ok(token.to_owned())
}

fn checked_headers(headers: Vec<(String, String)>) -> Result<SignIn, CredentialsError> {
    let mut checked: Vec<(String, String)> = Vec::new();
    for (name, value) in headers {
        let (name, value) = (name.trim(), value.trim());
        if name.is_empty() && value.is_empty() {
            continue;
        }
        check_name(name)?;
        check_value(&format!("value of {name}"), value)?;
        if checked.iter().any(|(other, _)| other.eq_ignore_ascii_case(name)) {
            return Err(CredentialsError::Twice(name.to_owned()));
        }
        checked.push((name.to_owned(), value.to_owned()));
    }
    Ok(if checked.is_empty() { SignIn::None } else { SignIn::Headers(checked) })
}

fn check_controls(what: &str, value: &str) -> Result<(), CredentialsError> {
    if value.chars().any(char::is_control) {
        return Err(CredentialsError::ControlCharacter(what.to_owned()));
    }
    Ok(())
}

/// Fetch carries a header's value as bytes: characters up to U+00FF.
fn check_value(what: &str, value: &str) -> Result<(), CredentialsError> {
    check_controls(what, value)?;
    if value.chars().any(|c| u32::from(c) > 0xff) {
        return Err(CredentialsError::BeyondLatin(what.to_owned()));
    }
    Ok(())
}

/// The Fetch standard's forbidden request headers, and those that the requests set themselves.
fn check_name(name: &str) -> Result<(), CredentialsError> {
    const BROWSER: [&str; 19] = [
        "accept-charset",
        "accept-encoding",
        "access-control-request-headers",
        "access-control-request-method",
        "access-control-request-private-network",
        "connection",
        "content-length",
        "date",
        "dnt",
        "expect",
        "host",
        "keep-alive",
        "origin",
        "referer",
        "te",
        "trailer",
        "transfer-encoding",
        "upgrade",
        "via",
    ];
    const METHODS: [&str; 3] = ["x-http-method", "x-http-method-override", "x-method-override"];
    const REQUESTS: [&str; 4] = ["accept", "content-type", "range", "user-agent"];
    // RFC 9110's token.
    let is_token = |byte: u8| byte.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&byte);
    if name.is_empty() || !name.bytes().all(is_token) {
        return Err(CredentialsError::HeaderName);
    }
    let lower = name.to_ascii_lowercase();
    if ["cookie", "cookie2", "set-cookie"].contains(&lower.as_str()) {
        return Err(CredentialsError::Cookie);
    }
    if BROWSER.contains(&lower.as_str()) || lower.starts_with("proxy-") || lower.starts_with("sec-") {
        return Err(CredentialsError::BrowserOwn(name.to_owned()));
    }
    if METHODS.contains(&lower.as_str()) || REQUESTS.contains(&lower.as_str()) {
        return Err(CredentialsError::RequestsOwn(name.to_owned()));
    }
    Ok(())
}
