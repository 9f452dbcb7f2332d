//! What people paste, taken apart.

use std::fmt;

use super::{Reach, ServerUrl, ServerUrlError, host::Host};

/// An address and what came with it.
#[derive(Clone, PartialEq, Eq)]
pub struct Pasted {
    /// The address, without secrets.
    pub server: ServerUrl,
    /// User and password that stood in the address, percent-decoded; never shown.
    pub login: Option<(String, String)>,
    /// No scheme was written; http or https is a guess from host and port.
    pub is_scheme_guessed: bool,
}

/// Says whether there is a login, never which.
impl fmt::Debug for Pasted {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Pasted")
            .field("server", &self.server)
            .field("login", &self.login.as_ref().map(|_| "…"))
            .field("is_scheme_guessed", &self.is_scheme_guessed)
            .finish()
    }
}

pub(super) fn parse(text: &str) -> Result<Pasted, ServerUrlError> {
    let text = text.trim().trim_matches(['"', '\'', '<', '>', '`']).trim();
    if text.is_empty() {
        return Err(ServerUrlError::Empty);
    }
    let (scheme, rest) = split_scheme(text)?;
    if rest.contains(|c: char| c.is_control() || c.is_whitespace() || c == '\\') {
        return Err(ServerUrlError::Character);
    }
    let (authority, tail) = rest.split_at(rest.find(['/', '?', '#']).unwrap_or(rest.len()));
    let path = tail.split(['?', '#']).next().unwrap_or_default();
    // `http://user:1/2@host` would otherwise show half of a password as host and port.
    if path.contains('@') || (path.is_empty() && tail.contains('@')) {
        return Err(ServerUrlError::At);
    }
    let (login, host_and_port) = match authority.rsplit_once('@') {
        Some((login, host)) => (Some(split_login(login)), host),
        None => (None, authority),
    };
    let (host, port) = split_port(host_and_port)?;
    let host = Host::parse(host)?;
    let is_https = scheme.unwrap_or_else(|| guess_https(&host, port));
    Ok(Pasted {
        server: ServerUrl {
            is_https,
            host,
            port: port.filter(|&port| port != super::own_port(is_https)),
            prefix: tidy_prefix(path),
        },
        login: login.filter(|(user, _)| !user.is_empty()),
        is_scheme_guessed: scheme.is_none(),
    })
}

/// Some(is https) when a scheme was written, and what follows it.
fn split_scheme(text: &str) -> Result<(Option<bool>, &str), ServerUrlError> {
    if let Some(error) = other_store(&text.to_ascii_lowercase()) {
        return Err(error);
    }
    match text.split_once("://") {
        // A `://` further on belongs to a query, such as `?next=https://…`.
        Some((scheme, _)) if scheme.contains(['/', '?', '#', '@', '.']) => Ok((None, text)),
        Some((scheme, rest)) => match scheme.to_ascii_lowercase().as_str() {
            "http" => Ok((Some(false), rest.trim_start_matches('/'))),
            "https" => Ok((Some(true), rest.trim_start_matches('/'))),
            _ => Err(ServerUrlError::Scheme),
        },
        None => Ok((None, text.strip_prefix("//").unwrap_or(text))),
    }
}

/// The tracking URIs of MLflow that are no server (`mlflow/tracking/_tracking_service/utils.py`).
fn other_store(lower: &str) -> Option<ServerUrlError> {
    const DATABASES: [&str; 5] = ["sqlite", "postgres", "mysql", "mssql", "oracle"];
    const ARTIFACTS: [&str; 12] = [
        "s3",
        "s3a",
        "gs",
        "wasb",
        "wasbs",
        "abfs",
        "abfss",
        "hdfs",
        "dbfs",
        "ftp",
        "sftp",
        "mlflow-artifacts",
    ];
    let is_databricks = lower.starts_with("databricks-uc") || lower.starts_with("databricks:");
    if lower == "databricks" || is_databricks {
        return Some(ServerUrlError::Databricks);
    }
    if lower.starts_with(['.', '~']) || (lower.starts_with('/') && !lower.starts_with("//")) {
        return Some(ServerUrlError::Folder);
    }
    // `host:5000` has a colon too, so only a slash after it makes a scheme.
    let (scheme, _) = lower.split_once(":/").or_else(|| lower.split_once(":\\"))?;
    let is_drive = scheme.len() == 1 && scheme.bytes().all(|byte| byte.is_ascii_alphabetic());
    if DATABASES.iter().any(|name| scheme.starts_with(name)) {
        Some(ServerUrlError::Database)
    } else if ARTIFACTS.contains(&scheme) {
        Some(ServerUrlError::ArtifactStore)
    } else if scheme == "file" || is_drive {
        Some(ServerUrlError::Folder)
    } else if ["runs", "models"].contains(&scheme) {
        Some(ServerUrlError::InsideServer)
    } else {
        None
    }
}

fn split_login(text: &str) -> (String, String) {
    let (user, password) = text.split_once(':').unwrap_or((text, ""));
    (percent_decode(user), percent_decode(password))
}

fn split_port(text: &str) -> Result<(&str, Option<u16>), ServerUrlError> {
    if text.starts_with('[') && !text.contains(']') {
        return Err(ServerUrlError::Host);
    }
    let after_address = text.rfind(']').map_or(0, |at| at + 1);
    let Some(colon) = text.get(after_address..).and_then(|rest| rest.find(':')) else {
        return Ok((text, None));
    };
    let (host, port) = text.split_at(after_address + colon);
    match port.strip_prefix(':').unwrap_or(port) {
        "" => Ok((host, None)),
        digits if digits.bytes().all(|byte| byte.is_ascii_digit()) => match digits.parse() {
            Ok(port @ 1..) => Ok((host, Some(port))),
            _ => Err(ServerUrlError::Port),
        },
        _ => Err(ServerUrlError::Port),
    }
}

/// Names of the public internet most often have a certificate; addresses, names of a local network
/// and explicit ports most often have none (`mlflow server` speaks http).
fn guess_https(host: &Host, port: Option<u16>) -> bool {
    match port {
        Some(443 | 8443) => true,
        Some(_) => false,
        None => matches!(host, Host::Name(_)) && host.reach() == Reach::Public,
    }
}

/// The path without what belongs to MLflow itself, without empty and dot segments.
pub(super) fn tidy_prefix(path: &str) -> String {
    let mut kept: Vec<&str> = Vec::new();
    for segment in path.split('/') {
        match segment {
            "" | "." => {}
            ".." => drop(kept.pop()),
            _ => kept.push(segment),
        }
    }
    kept.truncate(mlflow_begins_at(&kept).unwrap_or(kept.len()));
    let mut prefix = String::new();
    for segment in kept {
        prefix.push('/');
        encode_segment(segment, &mut prefix);
    }
    prefix
}

/// Where MLflow's own paths begin (`mlflow/server/__init__.py` and `handlers.py`): `api/2.0/…`,
/// `ajax-api/…`, `static-files/…`, and single pages at the end.
fn mlflow_begins_at(segments: &[&str]) -> Option<usize> {
    const LAST: [&str; 6] = ["health", "version", "graphql", "index.html", "get-artifact", "signup"];
    segments.iter().enumerate().position(|(n, segment)| {
        let next = segments.get(n + 1);
        match *segment {
            "api" => next.is_none_or(|next| ["2.0", "3.0"].contains(next)),
            "ajax-api" | "static-files" => true,
            page => next.is_none() && LAST.contains(&page),
        }
    })
}

/// Keeps what is encoded, encodes what a path cannot carry.
fn encode_segment(segment: &str, out: &mut String) {
    for c in segment.chars() {
        if c.is_ascii_alphanumeric() || "-._~!$&'()*+,;=:%".contains(c) {
            out.push(c);
        } else {
            super::percent_encode(c.encode_utf8(&mut [0; 4]), out);
        }
    }
}

/// `%40` as `@`; what is no valid escape stays as it is.
fn percent_decode(text: &str) -> String {
    let bytes = text.as_bytes();
    let mut out = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while let Some(&byte) = bytes.get(at) {
        let hex = bytes.get(at + 1..at + 3).filter(|_| byte == b'%');
        let digits = hex.and_then(|hex| std::str::from_utf8(hex).ok());
        let digits = digits.filter(|hex| hex.bytes().all(|byte| byte.is_ascii_hexdigit()));
        if let Some(value) = digits.and_then(|hex| u8::from_str_radix(hex, 16).ok()) {
            out.push(value);
            at += 3;
        } else {
            out.push(byte);
            at += 1;
        }
    }
    String::from_utf8_lossy(&out).into_owned()
}
