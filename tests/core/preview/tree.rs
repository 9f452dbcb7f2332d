//! The artifact tree.

use std::collections::BTreeSet;

use proptest::prelude::*;
use runatlas_core::{
    model::{ArtifactEntry, ArtifactOwner},
    preview::tree::{ArtifactTree, Step, TreeKind},
};

fn entry(path: &str, size: u64) -> ArtifactEntry {
    ArtifactEntry { owner: ArtifactOwner::Run("r".to_owned()), path: path.to_owned(), size, kept: size < 100 }
}

fn lines(tree: &ArtifactTree, expanded: &[&str]) -> Vec<String> {
    let expanded: BTreeSet<String> = expanded.iter().map(|path| (*path).to_owned()).collect();
    let line = |row: runatlas_core::preview::tree::TreeRow| {
        let mark = match row.kind {
            TreeKind::Folder { files, expanded } => format!("{}{files}", if expanded { '-' } else { '+' }),
            TreeKind::File { kept: true } => "kept".to_owned(),
            TreeKind::File { kept: false } => "listed".to_owned(),
        };
        format!("{}{} {mark} {}", "  ".repeat(row.depth), row.name, row.size)
    };
    tree.rows(&expanded).into_iter().map(line).collect()
}

#[test]
fn folders_come_first_and_sum_up() {
    let paths = [
        "train.log",
        "model/MLmodel",
        "model/data/model.pkl",
        "Config.yaml",
        "model/data/a-10",
        "model/data/a-9",
    ];
    let tree = ArtifactTree::new(&paths.map(|path| entry(path, path.len() as u64 * 10)));
    assert_eq!(tree.count_words(), "6 files, 820 B");
    assert_eq!(lines(&tree, &[]), ["model +4 620", "Config.yaml listed 110", "train.log kept 90"]);
    assert_eq!(
        lines(&tree, &["model", "model/data"]),
        [
            "model -4 620",
            "  data -3 490",
            "    a-9 listed 140",
            "    a-10 listed 150",
            "    model.pkl listed 200",
            "  MLmodel listed 130",
            "Config.yaml listed 110",
            "train.log kept 90",
        ]
    );
}

#[test]
fn a_path_of_a_thousand_folders_is_a_row() {
    let tree = ArtifactTree::new(&[entry(&format!("{}x", "a/".repeat(50_000)), 1)]);
    assert_eq!(tree.rows(&tree.folders()).len(), 65);
    assert_eq!(ArtifactTree::new(&[]).count_words(), "0 files, 0 B");
    let huge = ArtifactTree::new(&[entry("a/x", u64::MAX), entry("a/y", u64::MAX)]);
    assert_eq!(huge.size, u64::MAX);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]

    #[test]
    fn every_file_is_there_once(paths in prop::collection::btree_set("[a-c](/[a-c]){0,3}", 0..20)) {
        let entries: Vec<_> = paths.iter().map(|path| entry(path, 1)).collect();
        let tree = ArtifactTree::new(&entries);
        let rows = tree.rows(&tree.folders());
        let files: BTreeSet<_> = rows.iter().filter(|row| matches!(row.kind, TreeKind::File { .. })).map(|row| row.path.clone()).collect();
        prop_assert_eq!(&files, &paths);
        prop_assert_eq!(tree.files, paths.len());
        for row in rows {
            prop_assert_eq!(row.depth, row.path.matches('/').count());
            if let TreeKind::Folder { files, .. } = row.kind {
                let below = paths.iter().filter(|path| path.starts_with(&format!("{}/", row.path))).count();
                prop_assert_eq!((files, row.size), (below, below as u64));
            }
        }
    }
}

#[test]
fn a_folder_of_another_owner_comes_last_with_addresses_of_its_own() {
    let mut tree = ArtifactTree::new(&[entry("a.txt", 1)]);
    tree.add_folder("model", "models:/m-1", &[entry("data/x.bin", 2), entry("MLmodel", 3)]);
    assert_eq!(tree.count_words(), "3 files, 6 B");
    let all = tree.folders();
    let rows = tree.rows(&all);
    let paths: Vec<_> = rows.iter().map(|row| (row.path.as_str(), row.depth)).collect();
    let expected = [
        ("a.txt", 0),
        ("models:/m-1", 0),
        ("models:/m-1/data", 1),
        ("models:/m-1/data/x.bin", 2),
        ("models:/m-1/MLmodel", 1),
    ];
    assert_eq!(paths, expected);
}

#[test]
fn keys_walk_the_tree() {
    let tree = ArtifactTree::new(&[entry("a/b/x.txt", 1), entry("a/y.txt", 1), entry("z.txt", 1)]);
    // a, a/b (closed), a/y.txt, z.txt
    let rows = tree.rows(&BTreeSet::from(["a".to_owned()]));
    let check = |key: &str, at: usize, expected: Option<Step>| {
        assert_eq!(Step::of_key(key, &rows, at), expected, "{key} at {at}");
    };
    check("ArrowDown", 0, Some(Step::Go(1)));
    check("ArrowDown", 3, Some(Step::Go(3)));
    check("ArrowUp", 0, Some(Step::Go(0)));
    check("Home", 2, Some(Step::Go(0)));
    check("End", 0, Some(Step::Go(3)));
    check("ArrowRight", 0, Some(Step::Go(1)));
    check("ArrowRight", 1, Some(Step::Choose(1)));
    check("ArrowRight", 2, Some(Step::Stay));
    check("ArrowLeft", 0, Some(Step::Choose(0)));
    check("ArrowLeft", 2, Some(Step::Go(0)));
    check("ArrowLeft", 3, Some(Step::Stay));
    check("Enter", 2, Some(Step::Choose(2)));
    check(" ", 0, Some(Step::Choose(0)));
    check("Z", 0, Some(Step::Go(3)));
    check("b", 3, Some(Step::Go(1)));
    check("q", 0, None);
    check("Tab", 0, None);
    check("ArrowDown", 4, None);
}
