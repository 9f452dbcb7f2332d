//! The address of a tracking server, from what people paste.

mod host;
mod paste;

use std::{fmt, str::FromStr};

use serde::{Deserialize, Serialize};
use thiserror::Error;

use host::Host;
pub use host::Reach;
pub use paste::Pasted;

/// Where a tracking server answers: scheme, host, port and path prefix, nothing else.
///
/// Never holds a user, a password, a query or a fragment, so it may be shown, stored and linked.
/// [`ServerUrl::paste`] makes one from what a person pasted, [`str::parse`] from what was stored.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct ServerUrl {
    is_https: bool,
    host: Host,
    /// Only when it is not the scheme's own.
    port: Option<u16>,
    /// Empty, or begins with `/` and does not end with one.
    prefix: String,
}

impl ServerUrl {
    /// Reads what a person pasted: with or without a scheme, a page of MLflow's interface, an
    /// endpoint; a user and password in it are taken out and handed over beside the address.
    pub fn paste(text: &str) -> Result<Pasted, ServerUrlError> {
        paste::parse(text)
    }

    /// `https://host:port`, as browsers write an origin: lower case, without the scheme's own port.
    pub fn origin(&self) -> String {
        format!("{}://{}", self.scheme(), self.host_and_port())
    }

    /// `http` or `https`.
    pub fn scheme(&self) -> &'static str {
        if self.is_https { "https" } else { "http" }
    }

    /// Whether requests are encrypted.
    pub fn is_https(&self) -> bool {
        self.is_https
    }

    /// The host, an IPv6 address in its brackets.
    pub fn host(&self) -> String {
        self.host.to_string()
    }

    /// What the browser sends as the `Host` header: the port only when it is not the scheme's own.
    pub fn host_and_port(&self) -> String {
        match self.port {
            Some(port) => format!("{}:{port}", self.host),
            None => self.host.to_string(),
        }
    }

    /// The port that is connected to.
    pub fn port(&self) -> u16 {
        self.port.unwrap_or(own_port(self.is_https))
    }

    /// The path before MLflow's own paths: empty, or `/tracking` and the like.
    pub fn prefix(&self) -> &str {
        &self.prefix
    }

    /// How far away the host is, as far as its name tells.
    pub fn reach(&self) -> Reach {
        self.host.reach()
    }

    /// The address of a call: `path` is below the prefix (with or without a leading `/`) and is
    /// taken as it is, names and values of `query` are percent-encoded.
    pub fn join(&self, path: &str, query: &[(&str, &str)]) -> String {
        let mut url = format!("{}{}/{}", self.origin(), self.prefix, path.trim_start_matches('/'));
        for (n, (name, value)) in query.iter().enumerate() {
            url.push(if n == 0 { '?' } else { '&' });
            percent_encode(name, &mut url);
            url.push('=');
            percent_encode(value, &mut url);
        }
        url
    }

    /// The same host and port with another path prefix.
    #[must_use]
    pub fn with_prefix(&self, prefix: &str) -> Self {
        let prefix = paste::tidy_prefix(prefix);
        Self { prefix, ..self.clone() }
    }

    /// The same server spoken to with `http` instead of `https` or the other way round; an explicit
    /// port stays.
    #[must_use]
    pub fn with_other_scheme(&self) -> Self {
        let is_https = !self.is_https;
        let port = self.port.filter(|&port| port != own_port(is_https));
        Self { is_https, port, ..self.clone() }
    }
}

/// The address as a person would write it, without a slash at the end.
impl fmt::Display for ServerUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}{}", self.origin(), self.prefix)
    }
}

impl FromStr for ServerUrl {
    type Err = ServerUrlError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        paste::parse(text).map(|pasted| pasted.server)
    }
}

impl TryFrom<String> for ServerUrl {
    type Error = ServerUrlError;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        text.parse()
    }
}

impl From<ServerUrl> for String {
    fn from(url: ServerUrl) -> Self {
        url.to_string()
    }
}

/// Why something pasted is not the address of a tracking server, and what to do instead.
///
/// The text never repeats what was pasted: a password may be in it.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum ServerUrlError {
    /// Nothing was written.
    #[error("Write the address of an MLflow server, such as http://localhost:5000")]
    Empty,
    /// `sqlite:///`, `postgresql://` and the like.
    #[error(
        "That is the address of a database, which a browser cannot open. Start a server on it with \
         `mlflow server --backend-store-uri …` and write the server's address, or open the mlflow.db file itself"
    )]
    Database,
    /// `s3://`, `gs://`, `mlflow-artifacts:` and the like.
    #[error(
        "That is the address of an artifact store, not of a tracking server. Write the address that \
         you open MLflow's interface at"
    )]
    ArtifactStore,
    /// `file:` or a path.
    #[error("That is a folder of this machine. Open it with \"Choose a folder\", or drop it on this page")]
    Folder,
    /// `databricks`, `databricks-uc`, `databricks://profile`.
    #[error(
        "Databricks does not let pages of other sites read its tracking server. Export the experiments \
         with mlflow-export-import, or log to a local MLflow server, and open the files here"
    )]
    Databricks,
    /// `runs:/` and `models:/` name something inside a server.
    #[error("That names a run or a model inside a server. Write the address of the server itself")]
    InsideServer,
    /// Another scheme.
    #[error("An MLflow server's address begins with http:// or https://")]
    Scheme,
    /// The host is missing or has characters that no host has.
    #[error(
        "The host name has characters that no host name has. It looks like mlflow.example.com or 192.168.1.20"
    )]
    Host,
    /// A host with letters beyond ASCII.
    #[error("The host name has letters beyond a to z. Write its ASCII form, which begins with xn--")]
    HostBeyondAscii,
    /// The port is not a number from 1 to 65535.
    #[error("The port after the host is not a number from 1 to 65535")]
    Port,
    /// An `@` where no user name can be: most likely in a password with a slash.
    #[error(
        "There is an @ after the host. If it belongs to a password, leave user and password out and sign in below"
    )]
    At,
    /// White space, control characters or backslashes inside.
    #[error("There is a blank, a line break or a backslash inside the address")]
    Character,
}

fn own_port(is_https: bool) -> u16 {
    if is_https { 443 } else { 80 }
}

/// Everything but RFC 3986's unreserved characters as `%XX`, over UTF-8.
fn percent_encode(text: &str, out: &mut String) {
    const HEX: &[u8; 16] = b"0123456789ABCDEF";
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            out.push(char::from(byte));
        } else {
            out.push('%');
            for nibble in [byte >> 4, byte & 15] {
                out.extend(HEX.get(usize::from(nibble)).copied().map(char::from));
            }
        }
    }
}
