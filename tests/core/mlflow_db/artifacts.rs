//! Artifacts are found by position.

use std::rc::Rc;

use runatlas_core::model::ArtifactOwner;
use runatlas_core::read::tree::MemoryTree;
use runatlas_core::read::{FileEntry, FileError, FileTree, ReadOptions, ReadSeek};

use super::{ArtifactPlaces, Given, MlflowDbReader, OF_3_17, files, read_all, some_runs, store};

const MODEL: &str = "INSERT INTO logged_models (model_id, experiment_id, name, artifact_location, creation_timestamp_ms, last_updated_timestamp_ms, status) VALUES ('m-1', 1, 'm', '', 0, 0, 2);";

fn read(paths: &[&str], roots: &[&str]) -> Given {
    let tree = MemoryTree::new(paths.iter().map(|path| ((*path).to_owned(), path.as_bytes().to_vec())));
    read_tree(Rc::new(tree), roots, 22)
}

fn read_tree(tree: Rc<dyn FileTree>, roots: &[&str], keep_artifacts_up_to: u64) -> Given {
    let made = store(OF_3_17, &(some_runs(3) + MODEL));
    let places = ArtifactPlaces { tree, roots: roots.iter().map(|root| (*root).to_owned()).collect() };
    let options = ReadOptions { keep_artifacts_up_to };
    read_all(MlflowDbReader::open(files(&made), Some(places), options).unwrap())
}

/// Owner, path, and whether it is kept.
fn check(paths: &[&str], roots: &[&str], expected: &[(&str, &str, bool)]) {
    let given = read(paths, roots);
    let found: Vec<(&str, &str, bool)> =
        given.artifacts.iter().map(|entry| (entry.owner.id(), entry.path.as_str(), entry.kept)).collect();
    assert_eq!(found, expected);
    let kept: Vec<&str> = expected.iter().filter(|(.., kept)| *kept).map(|(_, path, _)| *path).collect();
    assert_eq!(given.files.iter().map(|file| file.path.as_str()).collect::<Vec<_>>(), kept);
    assert_eq!(given.notes(), [] as [&str; 0]);
}

#[test]
fn by_position() {
    let paths = [
        "mlruns/1/a/artifacts/model/MLmodel",
        "mlruns/1/a/artifacts/x.txt",
        "1/b/artifacts/y",
        "mlruns/1/a/meta.yaml",
        "mlruns/1/models/m-1/artifacts/z",
        "mlruns/2/c/artifacts/far",
        "mlruns/1/unknown/artifacts/x",
    ];
    let found =
        [("a", "model/MLmodel", false), ("a", "x.txt", false), ("c", "far", false), ("m-1", "z", false)];
    check(&paths, &["mlruns"], &[found[0], found[1], ("b", "y", true), found[2], found[3]]);
    // A root that has it wins over another place in the tree.
    check(&["1/a/artifacts/1", "x/1/a/artifacts/2"], &["x"], &[("a", "2", true)]);
    check(&["1/a/artifacts/1", "x/1/a/artifacts/2"], &["", "x"], &[("a", "1", true)]);
    check(&["p/a/artifacts/artifacts/artifacts/1"], &[], &[("a", "artifacts/artifacts/1", false)]);
    check(&["a/artifacts", "artifacts/a", "aa/artifacts/b"], &[""], &[]);
}

#[test]
fn owners_and_bytes() {
    let given = read(&["1/a/artifacts/f", "models/m-1/artifacts/g"], &[""]);
    let owners: Vec<_> = given.files.iter().map(|file| file.owner.clone()).collect();
    assert_eq!(owners, [ArtifactOwner::Run("a".to_owned()), ArtifactOwner::Model("m-1".to_owned())]);
    assert_eq!(given.files[0].bytes, b"1/a/artifacts/f");
    assert_eq!(given.artifacts[0].size, 15);
}

/// A tree whose files cannot be read.
struct Locked(Vec<FileEntry>);

impl FileTree for Locked {
    fn files(&self) -> &[FileEntry] {
        &self.0
    }
    fn open(&self, path: &str) -> Result<Box<dyn ReadSeek>, FileError> {
        Err(FileError::new(path, "permission denied"))
    }
}

#[test]
fn a_file_that_cannot_be_read_is_listed_and_noted() {
    let entry = FileEntry { path: "1/a/artifacts/f".to_owned(), size: 3 };
    let given = read_tree(Rc::new(Locked(vec![entry])), &[""], 10);
    assert_eq!((given.artifacts[0].size, given.artifacts[0].kept), (3, false));
    assert_eq!(given.notes(), ["Skipped 1/a/artifacts/f: permission denied"]);
}
