//! Why a server did not hand out an artifact file, in words, and what to do.

use super::{Answer, TransportError, wire::server_error};
use crate::{format, model::ArtifactOwner};

/// Which file of which server.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FilePlace {
    /// Run or logged model.
    pub owner: ArtifactOwner,
    /// Relative to the artifact root.
    pub path: String,
    /// The artifact root, e.g. `s3://bucket/1/abc/artifacts`; empty where it is not known.
    pub root: String,
    /// The server, for people: `127.0.0.1:5000`.
    pub host: String,
}

/// Why the file did not come.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FileFailure {
    /// There was no answer that could be read.
    Silent {
        /// Why.
        error: TransportError,
        /// Whether the same server answered another request right after, so that only this one is
        /// in the way of something.
        server_answers: bool,
    },
    /// The server answered, but not with the file.
    Refused {
        /// The HTTP status.
        status: u16,
        /// The server's own words, which may be empty.
        message: String,
    },
    /// The answer is a web page.
    WebPage,
}

/// What happened and why, and what to do about it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FileTrouble {
    /// What happened, in a few words.
    pub title: String,
    /// Why, and what to do, in sentences.
    pub text: String,
    /// A command that helps, ready to copy.
    pub command: Option<String>,
}

/// Whether an answer is a web page although the file is none: a sign-in, or a proxy's own page.
/// MLflow sends the type that it guesses from the file's name (`_guess_mime_type`).
pub fn is_web_page(path: &str, content_type: &str) -> bool {
    let extension = path.rsplit_once('.').map(|(_, extension)| extension.to_lowercase());
    let is_page = matches!(extension.as_deref(), Some("html" | "htm" | "xhtml" | "shtml"));
    !is_page && content_type.trim_start().to_lowercase().starts_with("text/html")
}

impl FileFailure {
    /// The bytes of an answer, or why it holds none.
    pub fn of(path: &str, answer: Answer) -> Result<Vec<u8>, Self> {
        if !(200..300).contains(&answer.status) {
            let is_page = answer.body.trim_ascii_start().starts_with(b"<");
            let message = if is_page { String::new() } else { server_error(&answer.body).message };
            return Err(Self::Refused { status: answer.status, message });
        }
        if is_web_page(path, &answer.content_type) {
            return Err(Self::WebPage);
        }
        Ok(answer.body)
    }

    /// For a person.
    pub fn explain(&self, place: &FilePlace) -> FileTrouble {
        let host = &place.host;
        let (title, text, command) = match self {
            Self::Silent { error, server_answers } => silent(*error, *server_answers, host),
            Self::WebPage => (
                "A web page came instead of the file".to_owned(),
                format!(
                    "{host} answered with a page, most likely to sign in, or one of a proxy in front of it. \
                     Let /get-artifact through that proxy as it lets /api through, or connect again with a \
                     sign-in that it takes."
                ),
                None,
            ),
            Self::Refused { status, message } => refused(*status, message, place),
        };
        FileTrouble { title, text, command }
    }
}

type Words = (String, String, Option<String>);

fn silent(error: TransportError, server_answers: bool, host: &str) -> Words {
    match error {
        TransportError::Offline => (
            "There is no network".to_owned(),
            format!("This file is still on {host} only. It can be read when this device is online again."),
            None,
        ),
        TransportError::TimedOut => (
            "The server took too long".to_owned(),
            format!("{host} began no answer, or did not end it in time. Nothing of it is kept: try again."),
            None,
        ),
        TransportError::CutOff => (
            "The file broke off in the middle".to_owned(),
            format!("The connection to {host} ended before the file did. Nothing of it is kept: try again."),
            None,
        ),
        TransportError::TooLarge => (
            "The file is larger than the server listed".to_owned(),
            "It was not read to its end. Refresh the source, so that its size is listed anew, then try again."
                .to_owned(),
            None,
        ),
        TransportError::Aborted => ("Reading was stopped".to_owned(), "Nothing of it is kept.".to_owned(), None),
        TransportError::Unreachable if server_answers => (
            "The browser may not read this file".to_owned(),
            format!(
                "{host} answers, but not to this page when it asks for a file: most likely a proxy allows this \
                 page's origin (CORS) for /api only. Let it send the same headers for /get-artifact and \
                 /ajax-api, or start MLflow 3 with --cors-allowed-origins."
            ),
            None,
        ),
        TransportError::Unreachable => (
            "The server could not be reached".to_owned(),
            format!(
                "{host} does not answer, or does not let this page read its answers. The file was never read, so \
                 it is not in this browser. Start the server, then try again; connecting to it from the home \
                 page says what is in the way."
            ),
            None,
        ),
    }
}

fn refused(status: u16, message: &str, place: &FilePlace) -> Words {
    let host = &place.host;
    let said =
        if message.is_empty() { String::new() } else { format!(" It said: {}", format::sentence(message)) };
    match status {
        401 => (
            "The server asks for a sign-in".to_owned(),
            format!(
                "What was used to connect to {host} is forgotten with the tab, or no longer valid. Connect to it \
                 again from the home page."
            ),
            None,
        ),
        403 => (
            "The server refuses to hand out this file".to_owned(),
            format!(
                "The account that reads {host} may not read what this run logged (403).{said} Ask who runs the \
                 server for the permission to read this experiment."
            ),
            None,
        ),
        404 | 405 if is_no_route(message) && matches!(place.owner, ArtifactOwner::Model(_)) => (
            "This server does not hand out files of logged models".to_owned(),
            format!(
                "{host} knows no address for them: it came with MLflow 3, or a proxy lets only /api through."
            ),
            Some(download(place)),
        ),
        404 | 405 if is_no_route(message) => (
            "This server does not hand out files".to_owned(),
            format!(
                "{host} knows no /get-artifact: a proxy in front of it lets only /api through. Let it pass \
                 /get-artifact and /ajax-api too."
            ),
            Some(download(place)),
        ),
        404 => gone(place, &said),
        503 => {
            ("The server is busy".to_owned(), format!("{host} asks to come back later (503).{said}"), None)
        }
        _ if message.contains("mlflow-artifacts URI was supplied") => (
            "The server does not hand out artifacts".to_owned(),
            format!(
                "{host} was started with --no-serve-artifacts, but this run logged its files through the server. \
                 Start it so that it serves them, with the storage in which they lie:"
            ),
            Some("mlflow server --serve-artifacts --artifacts-destination ./mlartifacts".to_owned()),
        ),
        500..=599 => broken(status, place, &said),
        _ => (
            "The server did not hand out this file".to_owned(),
            format!("{host} answered {status}.{said}"),
            Some(download(place)),
        ),
    }
}

/// A route that is not there answers with a web page, whose words are none of MLflow's.
fn is_no_route(message: &str) -> bool {
    message.is_empty()
}

fn gone(place: &FilePlace, said: &str) -> Words {
    let (host, root) = (&place.host, &place.root);
    let title = "The server does not find this file".to_owned();
    if is_proxied(root) || root.is_empty() {
        let text = format!(
            "It was listed when the source was last read, but {host} no longer has it (404): it was deleted or moved."
        );
        return (title, text, None);
    }
    let text = format!(
        "{host} looks for it at {root}, and it is not there (404): a place on a disk that the server does not \
         have, or a file that was deleted.{said} Runs that are logged through the server, started with \
         --serve-artifacts, do not have this trouble. From where the file is:"
    );
    (title, text, Some(download(place)))
}

fn broken(status: u16, place: &FilePlace, said: &str) -> Words {
    let (host, root) = (&place.host, &place.root);
    let title = "The server could not fetch this file".to_owned();
    let text = match root.split_once("://") {
        Some((scheme, _)) if !is_proxied(root) && scheme != "file" => format!(
            "{host} does not hand out artifacts of {scheme}:// as it is set up: it failed ({status}) to fetch this \
             one from {root}.{said} It needs that storage's Python package and credentials of its own; its log \
             says which is missing. Or fetch the file with your own credentials:"
        ),
        _ => format!("{host} failed on it ({status}); its log says why.{said}"),
    };
    (title, text, Some(download(place)))
}

fn is_proxied(root: &str) -> bool {
    ["mlflow-artifacts:", "http:", "https:"].iter().any(|scheme| root.starts_with(scheme))
}

/// What fetches it without this page. `mlflow artifacts download` knows runs, and URIs of models.
fn download(place: &FilePlace) -> String {
    let path = quoted(&place.path);
    match &place.owner {
        ArtifactOwner::Run(id) => {
            format!("mlflow artifacts download --run-id {} --artifact-path {path}", quoted(id))
        }
        ArtifactOwner::Model(id) => {
            format!(
                "mlflow artifacts download --artifact-uri {}",
                quoted(&format!("models:/{id}/{}", place.path))
            )
        }
    }
}

/// For a shell.
fn quoted(text: &str) -> String {
    let plain = |letter: char| letter.is_ascii_alphanumeric() || "-_./:".contains(letter);
    if !text.is_empty() && text.chars().all(plain) {
        return text.to_owned();
    }
    format!("'{}'", text.replace('\'', r"'\''"))
}
