//! Where artifacts are, and which is shown first.

use runatlas_core::{
    model::{ArtifactEntry, ArtifactOwner},
    run_page::{first_to_show, locate, model_folder, no_artifacts, not_kept},
};

use crate::table::make::run;

fn entry(path: &str, size: u64, kept: bool) -> ArtifactEntry {
    ArtifactEntry { owner: ArtifactOwner::Run("r".to_owned()), path: path.to_owned(), size, kept }
}

#[test]
fn the_reason_for_no_artifacts_names_the_place() {
    let said = |uri: &str| {
        let mut run = run("a").0;
        uri.clone_into(&mut run.artifact_uri);
        no_artifacts(&run)
    };
    assert_eq!(said("").text, "This run has no artifacts.");
    for local in
        ["file:///home/x/mlruns/0/a/artifacts", "C:\\mlruns\\0\\a\\artifacts", "/mlruns/0/a/artifacts"]
    {
        let absent = said(local);
        assert!(absent.text.contains(local) && absent.text.contains("logged no files"), "{absent:?}");
        assert_eq!(absent.command, None);
    }
    for remote in
        ["s3://bucket/0/a/artifacts", "mlflow-artifacts:/0/a/artifacts", "dbfs:/databricks/mlflow/a"]
    {
        let absent = said(remote);
        assert!(absent.text.contains(remote) && absent.text.contains("not read from here"), "{absent:?}");
        assert_eq!(absent.command.as_deref(), Some("mlflow artifacts download --run-id id-a"));
    }
}

#[test]
fn a_file_that_is_not_kept_says_why() {
    let large = not_kept(&entry("a.bin", 86_700_000, false), 8_388_608);
    assert!(large.contains("86.7 MB") && large.contains("8.4 MB"), "{large}");
    assert!(not_kept(&entry("a.bin", 10, false), 8_388_608).contains("could not be read"));
}

#[test]
fn addresses_find_their_owner() {
    let check = |address: &str, owner: ArtifactOwner, path: &str| {
        assert_eq!(locate("run", address), (owner, path), "{address}");
    };
    let run = || ArtifactOwner::Run("run".to_owned());
    check("a/b.txt", run(), "a/b.txt");
    check(&format!("{}/data/x", model_folder("m-1")), ArtifactOwner::Model("m-1".to_owned()), "data/x");
    check("models:/m-1", run(), "models:/m-1");
}

#[test]
fn a_picture_near_the_root_is_shown_first() {
    let check = |paths: &[(&str, u64, bool)], expected: Option<&str>| {
        let entries: Vec<_> = paths.iter().map(|&(path, size, kept)| entry(path, size, kept)).collect();
        assert_eq!(first_to_show(&entries).map(|entry| entry.path.as_str()), expected, "{paths:?}");
    };
    check(&[], None);
    check(&[("a.bin", 5, false), ("b.bin", 0, true)], None);
    check(&[("model.pkl", 5, true), ("z/log.txt", 5, true)], Some("z/log.txt"));
    check(&[("a/b/1.png", 5, true), ("z.PNG", 5, true), ("a.csv", 5, true)], Some("z.PNG"));
    check(&[("huge.png", 5, false), ("notes.md", 5, true), ("a.csv", 5, true)], Some("notes.md"));
}
