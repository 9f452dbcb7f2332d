use runatlas_core::{
    compare::{Entry, Group, RunContent, Standing, Subject, listing},
    model::{ArtifactEntry, ArtifactOwner, LoggedModel, Run},
};

fn run(params: &[(&str, &str)], tags: &[(&str, &str)]) -> Run {
    let pairs = |of: &[(&str, &str)]| {
        of.iter().map(|(key, value)| ((*key).to_owned(), (*value).to_owned())).collect()
    };
    Run { params: pairs(params), tags: pairs(tags), ..Run::default() }
}

fn file(path: &str, size: u64) -> ArtifactEntry {
    ArtifactEntry { owner: ArtifactOwner::Run("r".into()), path: path.into(), size, kept: true }
}

fn model(id: &str, name: &str, files: &[ArtifactEntry]) -> (LoggedModel, Vec<ArtifactEntry>) {
    (LoggedModel { id: id.into(), name: name.into(), ..LoggedModel::default() }, files.to_vec())
}

fn words(entries: &[Entry]) -> Vec<(String, Standing)> {
    entries.iter().map(|entry| (entry.name.clone(), entry.standing)).collect()
}

#[test]
fn both_runs_are_listed_with_what_is_known() {
    let left = run(&[("lr", "1"), ("config", "{\"a\": 1}")], &[("mlflow.note.content", "one")]);
    let right = run(&[("lr", "1"), ("config", "{\"a\": 2}")], &[("mlflow.note.content", "one")]);
    let (lefts, rights) = (
        [file("a.txt", 3), file("b.txt", 2), file("m2.txt", 0)],
        [file("a.txt", 3), file("b.txt", 9), file("m10.txt", 1)],
    );
    let found = listing(
        RunContent { run: &left, files: &lefts, models: &[] },
        RunContent { run: &right, files: &rights, models: &[] },
    );
    assert_eq!(
        words(&found),
        [
            ("Note".to_owned(), Standing::Equal),
            ("All parameters".to_owned(), Standing::Changed),
            ("config".to_owned(), Standing::Changed),
            ("a.txt".to_owned(), Standing::SameSize),
            ("b.txt".to_owned(), Standing::Changed),
            ("m2.txt".to_owned(), Standing::OnlyLeft),
            ("m10.txt".to_owned(), Standing::OnlyRight),
        ]
    );
}

#[test]
fn logged_models_belong_together_by_name() {
    let (left, right) = (run(&[], &[]), run(&[], &[]));
    let lefts = [model("m-1", "classifier", &[file("MLmodel", 5)])];
    let rights = [model("m-2", "classifier", &[file("MLmodel", 6)])];
    let found = listing(
        RunContent { run: &left, files: &[], models: &lefts },
        RunContent { run: &right, files: &[], models: &rights },
    );
    assert_eq!(found.len(), 1);
    assert_eq!(found[0].group, Group::Model("classifier".into()));
    let subject = Subject::File { left: "models:/m-1/MLmodel".into(), right: "models:/m-2/MLmodel".into() };
    assert_eq!(found[0].subject, subject);
}

#[test]
fn params_are_a_config_that_reads_as_yaml() {
    let run = run(&[("a b", "x: y"), ("c", "1e-3"), ("d", ""), ("e", "two\nlines"), ("f", "{'k': 1}")], &[]);
    let (name, text) = Subject::Params.text_of(&run).unwrap();
    assert_eq!(name, "params.yaml");
    assert_eq!(text, "a b: \"x: y\"\nc: 1e-3\nd: \"\"\ne: \"two\\nlines\"\nf: {'k': 1}\n");
}
