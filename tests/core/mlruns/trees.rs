//! The same files give the same records, wherever they lie.

use std::{fs, io::Cursor, io::Write as _, path::Path, rc::Rc};

use runatlas_core::read::{
    FileTree as _, ReadOptions, Tree,
    discover::discover,
    folder::FolderTree,
    tree::MemoryTree,
    zip::{ZipLimits, ZipTree},
};

use super::read_all;

fn golden(store: &str) -> Tree {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/golden").join(store).join("store.zip");
    let zip = Box::new(fs::File::open(path).unwrap());
    Rc::new(ZipTree::open(zip, "store.zip", ZipLimits::default()).unwrap())
}

fn records(tree: &Tree) -> String {
    let found = discover(tree, ZipLimits::default());
    assert_eq!(found.stores.len(), 1);
    format!("{:?}", read_all(found.stores[0].open(ReadOptions::default()).unwrap()))
}

#[test]
fn zip_folder_and_memory_agree() {
    let zip = golden("3.17.2-file");
    let files: Vec<(String, Vec<u8>)> =
        zip.files().iter().map(|f| (f.path.clone(), zip.read(&f.path, u64::MAX).unwrap())).collect();
    assert!(files.len() > 100);
    let expected = records(&zip);

    let memory: Tree = Rc::new(MemoryTree::new(files.clone()));
    assert_eq!(records(&memory), expected);

    let temp = tempfile::tempdir().unwrap();
    for (path, bytes) in &files {
        let path = temp.path().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
    }
    let folder: Tree = Rc::new(FolderTree::open(temp.path()).unwrap());
    assert_eq!(records(&folder), expected);

    let mut stored = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let options = zip::write::SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored);
    for (path, bytes) in files.iter().rev() {
        stored.start_file(path.replace('/', "\\"), options).unwrap();
        stored.write_all(bytes).unwrap();
    }
    let stored = ZipTree::open(Box::new(stored.finish().unwrap()), "a.zip", ZipLimits::default()).unwrap();
    let stored: Tree = Rc::new(stored);
    assert_eq!(records(&stored), expected, "a stored zip from Windows, in another order");
}

#[cfg(unix)]
#[test]
fn symbolic_links_are_not_followed() {
    let temp = tempfile::tempdir().unwrap();
    fs::create_dir(temp.path().join("in")).unwrap();
    fs::write(temp.path().join("in/a"), "1").unwrap();
    std::os::unix::fs::symlink(temp.path(), temp.path().join("in/circle")).unwrap();
    std::os::unix::fs::symlink("/etc/hostname", temp.path().join("in/out")).unwrap();
    let tree = FolderTree::open(temp.path()).unwrap();
    assert_eq!(tree.files().iter().map(|f| f.path.as_str()).collect::<Vec<_>>(), ["in/a"]);
    assert_eq!(tree.notes().len(), 2);
    assert!(tree.open("in/out").is_err() && tree.open("../in/a").is_err());
}

#[test]
fn a_lone_database_comes_with_its_sidecars() {
    let temp = tempfile::tempdir().unwrap();
    for name in ["mlflow.db", "mlflow.db-wal", "other.txt"] {
        fs::write(temp.path().join(name), "x").unwrap();
    }
    let tree = FolderTree::open(temp.path().join("mlflow.db")).unwrap();
    assert_eq!(
        tree.files().iter().map(|f| f.path.as_str()).collect::<Vec<_>>(),
        ["mlflow.db", "mlflow.db-wal"]
    );
}
