use runatlas_core::{
    mlflow::{Answer, FileFailure, FilePlace, FileTrouble, TransportError, is_web_page},
    model::ArtifactOwner,
};

use super::{error, html};

fn explained(root: &str, failure: &FileFailure) -> FileTrouble {
    let place = FilePlace {
        owner: ArtifactOwner::Run("0a".into()),
        path: "plots/it's.png".into(),
        root: root.into(),
        host: "127.0.0.1:5000".into(),
    };
    failure.explain(&place)
}

fn of(answer: Answer) -> FileFailure {
    FileFailure::of("plots/it's.png", answer).unwrap_err()
}

/// Answers as MLflow 2.22.0 and 3.17.2 gave them.
#[test]
fn refusals_are_explained() {
    let not_proxied =
        "When an mlflow-artifacts URI was supplied, the tracking URI must be a valid http or https URI";
    let missing = error(404, "RESOURCE_DOES_NOT_EXIST", "No such artifact: 'x'");
    let proxied = "mlflow-artifacts:/1/0a/artifacts";
    for (root, answer, title, says, command) in [
        (proxied, error(401, "", ""), "asks for a sign-in", "Connect to it again", ""),
        (proxied, error(403, "", "Permission denied"), "refuses", "Permission denied", ""),
        (proxied, html(404), "does not hand out files", "let", "mlflow artifacts download"),
        (proxied, missing.clone(), "does not find", "no longer has it", ""),
        (
            "file:///gone/0a/artifacts",
            missing,
            "does not find",
            "file:///gone/0a/artifacts",
            "'plots/it'\\''s.png'",
        ),
        (
            proxied,
            error(500, "INTERNAL_ERROR", not_proxied),
            "does not hand out artifacts",
            "--no-serve-artifacts",
            "--serve-artifacts",
        ),
        (
            "s3://b/0a/artifacts",
            html(500),
            "could not fetch",
            "artifacts of s3://",
            "mlflow artifacts download",
        ),
        (proxied, html(500), "could not fetch", "its log says why", "mlflow artifacts download"),
        (proxied, Answer { status: 503, ..Answer::default() }, "busy", "503", ""),
        (
            proxied,
            error(400, "INVALID_PARAMETER_VALUE", "Invalid path"),
            "did not hand out",
            "Invalid path",
            "mlflow",
        ),
    ] {
        let status = answer.status;
        let trouble = explained(root, &of(answer));
        assert!(trouble.title.contains(title), "{status} of {root}: {}", trouble.title);
        assert!(
            trouble.text.to_lowercase().contains(&says.to_lowercase()),
            "{status} of {root}: {}",
            trouble.text
        );
        match &trouble.command {
            Some(text) => {
                assert!(!command.is_empty() && text.contains(command), "{status} of {root}: {text}");
            }
            None => assert_eq!(command, "", "{status} of {root}"),
        }
    }
}

#[test]
fn silence_is_explained() {
    let mut titles = Vec::new();
    for error in [
        TransportError::Unreachable,
        TransportError::Offline,
        TransportError::TimedOut,
        TransportError::CutOff,
        TransportError::Aborted,
        TransportError::TooLarge,
    ] {
        titles.push(explained("", &FileFailure::Silent { error, server_answers: false }).title);
    }
    let cors = FileFailure::Silent { error: TransportError::Unreachable, server_answers: true };
    assert!(explained("", &cors).text.contains("CORS"));
    titles.push(explained("", &cors).title);
    titles.sort();
    titles.dedup();
    assert_eq!(titles.len(), 7, "each has its own words: {titles:?}");
}

#[test]
fn files_of_models_are_fetched_by_their_uri() {
    let place = FilePlace {
        owner: ArtifactOwner::Model("m-1".into()),
        path: "a b".into(),
        root: String::new(),
        host: "host".into(),
    };
    let trouble = of(html(404)).explain(&place);
    assert!(trouble.text.contains("MLflow 3"));
    assert_eq!(trouble.command.unwrap(), "mlflow artifacts download --artifact-uri 'models:/m-1/a b'");
}

#[test]
fn web_pages_are_no_files() {
    for (path, content_type, expected) in [
        ("a.png", "text/html; charset=utf-8", true),
        ("html", "TEXT/HTML", true),
        ("report.HTML", "text/html", false),
        ("a.html", "text/html", false),
        ("a.txt", "text/plain", false),
        ("a.txt", "", false),
    ] {
        assert_eq!(is_web_page(path, content_type), expected, "{path} as {content_type}");
    }
    assert_eq!(of(html(200)), FileFailure::WebPage);
    let file =
        Answer { status: 200, content_type: "image/png".into(), body: vec![1, 2], ..Answer::default() };
    assert_eq!(FileFailure::of("a.png", file), Ok(vec![1, 2]));
}
