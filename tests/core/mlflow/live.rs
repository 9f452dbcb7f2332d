//! A sync from a real server, and its recording: `tests/live/record.py` runs this.

use std::{
    collections::BTreeMap,
    env, fs,
    io::{Read as _, Write as _},
    net::TcpStream,
    time::Duration,
};

use runatlas_core::{
    mlflow::{Answer, Request, TransportError},
    model::NoteKind,
};
use serde_json::{Value, json};

use super::{drive::sync, kept::Kept};

/// HTTP/1.0, so that nothing comes in chunks.
pub(super) fn perform(host: &str, request: &Request) -> Result<Answer, TransportError> {
    let mut stream = TcpStream::connect(host).map_err(|_reason| TransportError::Unreachable)?;
    stream.set_read_timeout(Some(Duration::from_mins(2))).unwrap();
    let body = request.body.clone().unwrap_or_default();
    let head = format!(
        "{} /{} HTTP/1.0\r\nHost: {host}\r\nContent-Type: application/json\r\nContent-Length: {}\r\n\r\n",
        request.method.as_str(),
        request.target(),
        body.len()
    );
    stream.write_all(&[head.as_bytes(), &body].concat()).map_err(|_reason| TransportError::Unreachable)?;
    let mut bytes = Vec::new();
    stream.read_to_end(&mut bytes).map_err(|_reason| TransportError::CutOff)?;
    let end = bytes.windows(4).position(|four| four == b"\r\n\r\n").ok_or(TransportError::CutOff)?;
    let head = String::from_utf8_lossy(&bytes[..end]).to_lowercase();
    let header =
        |name: &str| head.lines().find_map(|line| line.strip_prefix(name)).map(|v| v.trim().to_owned());
    Ok(Answer {
        status: head
            .split(' ')
            .nth(1)
            .and_then(|status| status.parse().ok())
            .ok_or(TransportError::CutOff)?,
        content_type: header("content-type:").unwrap_or_default(),
        retry_after: header("retry-after:"),
        body: bytes[end + 4..].to_vec(),
    })
}

/// What identifies a request in a recording.
pub(super) fn name(request: &Request) -> String {
    let body = request.body.as_deref().map(String::from_utf8_lossy).unwrap_or_default();
    format!("{} {} {body}", request.method.as_str(), request.target())
}

/// Syncs from `RUNATLAS_LIVE_SERVER` (host:port) and writes every answer to `RUNATLAS_LIVE_RECORD`.
#[test]
#[ignore = "needs a running MLflow server; tests/live/record.py starts one"]
fn a_live_server_is_recorded() {
    let host = env::var("RUNATLAS_LIVE_SERVER").expect("host:port of a server");
    let mut answers: BTreeMap<String, Value> = BTreeMap::new();
    let mut kept = Kept::default();
    let report = sync(&mut kept, &mut |request, _| {
        let answer = perform(&host, request);
        if let Ok(answer) = &answer {
            let body = String::from_utf8(answer.body.clone()).expect("text");
            answers.insert(name(request), json!([answer.status, body]));
        }
        answer
    })
    .done();
    assert!(report.notes.iter().all(|note| note.kind == NoteKind::Info), "{:#?}", report.notes);
    if let Ok(path) = env::var("RUNATLAS_LIVE_RECORD") {
        fs::write(path, serde_json::to_vec(&answers).unwrap()).unwrap();
    }
}
