use super::{RunRef, value::user};

/// Everything a search looks through, in lower case, one line a field: name, id, user, experiment,
/// values of params and tags. MLflow's own blobs are left out, and so is the parent's id: it would
/// find all children beside the run that is meant.
pub(super) fn haystack(run: &RunRef) -> String {
    const SILENT: [&str; 4] =
        ["mlflow.log-model.history", "mlflow.modelVersions", "mlflow.parentRunId", "mlflow.rootRunId"];
    let fields = [run.run.display_name(), &run.run.id, user(&run.run).unwrap_or_default(), &run.experiment];
    let params = run.run.params.iter().map(|(_, value)| value.as_str());
    let tags = run.run.tags.iter().filter(|(key, _)| !SILENT.contains(&key.as_str()));
    let mut text = String::new();
    for field in fields.into_iter().chain(params).chain(tags.map(|(_, value)| value.as_str())) {
        push_lower(&mut text, field);
        text.push('\n');
    }
    text
}

/// The words of a search, in lower case.
pub(crate) fn words(search: &str) -> Vec<String> {
    search.split_whitespace().map(str::to_lowercase).collect()
}

fn push_lower(out: &mut String, text: &str) {
    if text.is_ascii() {
        let start = out.len();
        out.push_str(text);
        if let Some(added) = out.get_mut(start..) {
            added.make_ascii_lowercase();
        }
    } else {
        out.push_str(&text.to_lowercase());
    }
}
