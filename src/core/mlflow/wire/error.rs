use serde::Deserialize;

use super::{lenient::Text, parse};

/// What a server says of a request that it refused (`MlflowException.serialize_as_json` in
/// `mlflow/exceptions.py`).
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ServerError {
    /// `RESOURCE_DOES_NOT_EXIST`, …; empty when it was not MLflow that answered.
    pub code: String,
    /// For people, at most some hundred characters.
    pub message: String,
}

/// Text beyond this is left away.
const LONGEST: usize = 500;

/// Decodes the body of an answer with an error status: MLflow's JSON, or the first words of plain
/// text, as the basic-auth app and the security middleware answer. Of a web page only that it is one.
pub fn server_error(body: &[u8]) -> ServerError {
    if let Ok(wire) = parse::<ErrorWire>(body)
        && !(wire.error_code.0.is_empty() && wire.message.0.is_empty())
    {
        return ServerError { code: wire.error_code.0, message: cut(&wire.message.0) };
    }
    let text = body.trim_ascii();
    let message = if text.starts_with(b"<") {
        "a web page instead of JSON".to_owned()
    } else {
        cut(&String::from_utf8_lossy(text.get(..LONGEST * 4).unwrap_or(text)))
    };
    ServerError { code: String::new(), message }
}

fn cut(text: &str) -> String {
    // A stack trace follows the first line of some.
    let line = text.lines().next().unwrap_or_default();
    line.chars().take(LONGEST).collect()
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct ErrorWire {
    error_code: Text,
    message: Text,
}
