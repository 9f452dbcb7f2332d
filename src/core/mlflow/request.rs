use serde::{Deserialize, Serialize};

/// How a request is sent. MLflow's reading calls need no other method.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Method {
    /// All is in the query.
    Get,
    /// All is in a JSON body.
    Post,
}

impl Method {
    /// `GET` or `POST`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Get => "GET",
            Self::Post => "POST",
        }
    }
}

/// How large an answer may become: a hint for time-outs and for how many run at once.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Weight {
    /// At most some kilobytes.
    Small,
    /// Up to many megabytes: a page of runs or of points.
    Large,
}

/// What to ask of a server: no host, no prefix, no credentials.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Request {
    /// How.
    pub method: Method,
    /// Below the server's prefix, no leading slash, e.g. `api/2.0/mlflow/runs/search`. Parts that
    /// come from data are percent-encoded already.
    pub path: String,
    /// Keys and values, not yet encoded, in the order in which they are sent.
    pub query: Vec<(String, String)>,
    /// The JSON text of a [`Method::Post`]; to be sent as `application/json`.
    pub body: Option<Vec<u8>>,
    /// How large the answer may become.
    pub weight: Weight,
    /// An answer with a longer body, in bytes, is to be given up as [`TransportError::TooLarge`].
    pub limit: Option<u64>,
}

impl Request {
    /// A small GET.
    pub fn get(path: impl Into<String>) -> Self {
        Self {
            method: Method::Get,
            path: path.into(),
            query: Vec::new(),
            body: None,
            weight: Weight::Small,
            limit: None,
        }
    }

    /// A small POST of a JSON text.
    pub fn post(path: impl Into<String>, body: Vec<u8>) -> Self {
        Self { method: Method::Post, body: Some(body), ..Self::get(path) }
    }

    /// The same with one more pair in its query.
    #[must_use]
    pub fn with(mut self, key: &str, value: impl Into<String>) -> Self {
        self.query.push((key.to_owned(), value.into()));
        self
    }

    /// The same, with an answer that may be large.
    #[must_use]
    pub fn large(mut self) -> Self {
        self.weight = Weight::Large;
        self
    }

    /// The same, with an answer of at most so many bytes.
    #[must_use]
    pub fn up_to(mut self, bytes: u64) -> Self {
        self.limit = Some(bytes);
        self
    }

    /// Path and query, percent-encoded, to be put behind the server's address and a slash.
    pub fn target(&self) -> String {
        let mut target = self.path.clone();
        for (at, (key, value)) in self.query.iter().enumerate() {
            target.push(if at == 0 { '?' } else { '&' });
            encode_into(&mut target, key);
            target.push('=');
            encode_into(&mut target, value);
        }
        target
    }

    /// For people and notes: the path, with the query or the beginning of the body. There is no
    /// secret in it.
    pub fn describe(&self) -> String {
        let mut text = format!("{} {}", self.method.as_str(), self.path);
        for (at, (key, value)) in self.query.iter().enumerate() {
            text.push(if at == 0 { '?' } else { '&' });
            text.extend([key, "=", value]);
        }
        if let Some(body) = &self.body {
            let shown = body.get(..300).unwrap_or(body);
            text.push(' ');
            text.push_str(&String::from_utf8_lossy(shown));
        }
        text
    }
}

/// Percent-encodes all but the unreserved characters of RFC 3986.
pub(super) fn encode_into(out: &mut String, text: &str) {
    for &byte in text.as_bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            out.push(char::from(byte));
        } else {
            out.push('%');
            for digit in [byte >> 4, byte & 15] {
                out.push(char::from_digit(u32::from(digit), 16).unwrap_or('0').to_ascii_uppercase());
            }
        }
    }
}

/// What a server answered, whatever its status.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Answer {
    /// The HTTP status.
    pub status: u16,
    /// The header `content-type`, or empty.
    pub content_type: String,
    /// The header `retry-after`, where the server sent one and the browser lets it be read.
    pub retry_after: Option<String>,
    /// The whole body.
    pub body: Vec<u8>,
}

/// Why there is no answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, thiserror::Error)]
pub enum TransportError {
    /// Nothing could be read: nobody listens, or the browser hides the answer (CORS, certificate,
    /// mixed content). A page is not told which.
    #[error("the server could not be reached")]
    Unreachable,
    /// No complete answer within the time given.
    #[error("the server did not answer in time")]
    TimedOut,
    /// The answer began and then broke off.
    #[error("the connection broke off in the middle of the answer")]
    CutOff,
    /// The caller gave it up.
    #[error("the request was given up")]
    Aborted,
    /// The browser says that there is no network.
    #[error("there is no network")]
    Offline,
    /// The body was longer than the request allows.
    #[error("the answer is larger than it should be")]
    TooLarge,
}
