use crate::{
    format,
    model::{ArtifactEntry, ArtifactOwner, Run},
};

/// Where a run's artifacts are, if none of them is here: what that means and what can be done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Absent {
    /// A sentence.
    pub text: String,
    /// A command that fetches them.
    pub command: Option<String>,
}

/// Says why a run has no artifacts here.
pub fn no_artifacts(run: &Run) -> Absent {
    let uri = run.artifact_uri.as_str();
    match scheme(uri).as_deref() {
        Some(scheme) if scheme != "file" => Absent {
            text: format!(
                "What this run logged is kept at {uri}, which is not read from here. Fetch it, then open the \
                 folder together with the runs."
            ),
            command: Some(format!("mlflow artifacts download --run-id {}", run.id)),
        },
        _ if uri.is_empty() => Absent { text: "This run has no artifacts.".to_owned(), command: None },
        _ => Absent {
            text: format!(
                "This run logged no files, or they were not among those opened. They would be in {uri}: open \
                 that folder together with the runs to see them here."
            ),
            command: None,
        },
    }
}

/// `s3`, `file`, `mlflow-artifacts`; a drive letter is none.
fn scheme(uri: &str) -> Option<String> {
    let (scheme, rest) = uri.split_once(':')?;
    (scheme.len() > 1 && rest.starts_with('/')).then(|| scheme.to_lowercase())
}

/// Says why the bytes of a file are not here, and what to do. `limit` is the size, in bytes, above
/// which files are only listed.
pub fn not_kept(entry: &ArtifactEntry, limit: u64) -> String {
    if entry.size > limit {
        format!(
            "It has {}. To save space in this browser, files above {} are listed, not kept: the file is still \
             where you opened it from.",
            format::bytes(entry.size),
            format::bytes(limit)
        )
    } else {
        "It could not be read when the runs were opened; the source's report says why. Opening the files again \
         may bring it in."
            .to_owned()
    }
}

/// How the artifacts of logged models are addressed beside those of the run, after MLflow's own
/// `models:/m-…` addresses.
const MODELS: &str = "models:/";

/// The address of a logged model's folder of artifacts on the page of a run.
pub fn model_folder(model: &str) -> String {
    format!("{MODELS}{model}")
}

/// Whose file an address on the page of a run means, and its path there.
pub fn locate<'a>(run: &str, address: &'a str) -> (ArtifactOwner, &'a str) {
    match address.strip_prefix(MODELS).and_then(|rest| rest.split_once('/')) {
        Some((model, path)) => (ArtifactOwner::Model(model.to_owned()), path),
        None => (ArtifactOwner::Run(run.to_owned()), address),
    }
}

/// The artifact to show until a person chooses: a picture before a text before the rest, near the
/// root before deep below; `None` if no file is kept.
pub fn first_to_show(entries: &[ArtifactEntry]) -> Option<&ArtifactEntry> {
    let rank = |entry: &ArtifactEntry| {
        let extension = entry.path.rsplit_once('.').map(|(_, extension)| extension.to_lowercase());
        match extension.as_deref() {
            Some("png" | "jpg" | "jpeg" | "gif" | "webp" | "svg") => 0,
            Some("md" | "markdown") => 1,
            Some("csv" | "tsv" | "json" | "txt" | "log" | "yaml" | "yml") => 2,
            _ => 3,
        }
    };
    entries
        .iter()
        .filter(|entry| entry.kept && entry.size > 0)
        .min_by_key(|entry| (rank(entry), entry.path.matches('/').count(), entry.path.clone()))
}
