use super::{action::Stop, backoff::retry_after};
use crate::{
    mlflow::{
        Answer, TransportError,
        wire::{WireError, server_error},
    },
    model::Millis,
};

/// What an answer means for its request.
pub(super) enum Verdict {
    /// It is to be decoded.
    Good(Vec<u8>),
    /// It may go well another time.
    Again(Again),
    /// It will never go well.
    Refused(Refusal),
    /// No request will go well.
    Stop(Stop),
}

/// A failure that may pass.
pub(super) struct Again {
    /// For people.
    pub(super) reason: String,
    /// Whether it tells of the whole server, so that other requests had better wait too.
    pub(super) of_server: bool,
    /// Whether there was no answer at all.
    pub(super) unreachable: bool,
    /// What the server answered; 0 if it did not, or if that was fine but not usable.
    pub(super) status: u16,
    /// How long the server asks to wait, in milliseconds.
    pub(super) wait: Option<i64>,
    /// More attempts than this are of no use.
    pub(super) attempts: u32,
}

/// A failure that will not pass.
pub(super) struct Refusal {
    /// 0 when the answer was fine but not usable.
    pub(super) status: u16,
    /// For people.
    pub(super) reason: String,
}

/// Errors that are the server's own and seldom pass are tried so often in all.
const FEW: u32 = 2;

pub(super) fn judge(result: Result<Answer, TransportError>, now: Millis, attempts: u32) -> Verdict {
    let again = |reason: String, of_server: bool| Again {
        reason,
        of_server,
        unreachable: false,
        status: 0,
        wait: None,
        attempts,
    };
    let answer = match result {
        Ok(answer) => answer,
        Err(error @ TransportError::TooLarge) => {
            return Verdict::Refused(Refusal { status: 413, reason: error.to_string() });
        }
        Err(error) => {
            let unreachable = matches!(error, TransportError::Unreachable | TransportError::Offline);
            return Verdict::Again(Again { unreachable, ..again(error.to_string(), unreachable) });
        }
    };
    let status = answer.status;
    if (200..300).contains(&status) {
        return Verdict::Good(answer.body);
    }
    let said = server_error(&answer.body);
    let reason = match (said.code.as_str(), said.message.as_str()) {
        ("", "") => format!("answered {status}"),
        ("", message) => format!("answered {status}: {message}"),
        (code, message) => format!("answered {status} {code}: {message}"),
    };
    match status {
        401 => Verdict::Stop(Stop::Unauthorized { message: said.message }),
        // What the basic-auth app says of one experiment or model (`make_forbidden_response` in
        // `server/auth/__init__.py`); the others may still be read.
        403 if said.message.contains("Permission denied") => Verdict::Refused(Refusal { status, reason }),
        403 => Verdict::Stop(Stop::Forbidden { message: said.message }),
        429 | 503 => {
            let wait = answer.retry_after.and_then(|header| retry_after(&header, now));
            Verdict::Again(Again { wait, ..again(reason, true) })
        }
        408 | 502 | 504 => Verdict::Again(again(reason, false)),
        500..=599 => Verdict::Again(Again { attempts: attempts.min(FEW), status, ..again(reason, false) }),
        300..=399 => Verdict::Refused(Refusal {
            status,
            reason: format!("answered {status}: it leads somewhere else"),
        }),
        _ => Verdict::Refused(Refusal { status, reason }),
    }
}

/// A body that does not decode may have been a proxy's hiccup.
pub(super) fn undecodable(error: &WireError, attempts: u32) -> Again {
    let cut_off = matches!(error, WireError::CutOff { .. } | WireError::Empty);
    Again {
        reason: error.to_string(),
        of_server: false,
        unreachable: false,
        status: 0,
        wait: None,
        attempts: if cut_off { attempts } else { attempts.min(FEW) },
    }
}
