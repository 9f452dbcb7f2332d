use std::collections::{HashMap, VecDeque};

use super::{ArtifactPlaces, store::Store};
use crate::{
    model::{ArtifactEntry, ArtifactFile, ArtifactOwner, Note},
    read::{ReadOptions, Record, Tree, tree::files_under},
};

/// Files that one step lists, and bytes that it reads, at most one file over.
const FILES_A_STEP: usize = 500;
const BYTES_A_STEP: u64 = 4 << 20;

/// Lists the artifacts of runs and logged models, and reads those that are kept.
///
/// They are found by position: the URIs that databases hold seldom lead anywhere on the machine
/// that reads them.
pub(super) struct Artifacts {
    tree: Tree,
    roots: Vec<String>,
    keep_up_to: u64,
    /// Owners with the range of the tree's files that are theirs; made at the first step.
    found: Option<VecDeque<Found>>,
}

struct Found {
    owner: ArtifactOwner,
    folder: String,
    files: std::ops::Range<usize>,
}

impl Artifacts {
    pub(super) fn new(places: ArtifactPlaces, options: ReadOptions) -> Self {
        let (tree, roots) = (places.tree, places.roots);
        Self { tree, roots, keep_up_to: options.keep_artifacts_up_to, found: None }
    }

    /// Gives out some; false at the end.
    pub(super) fn step(&mut self, store: &Store, out: &mut Vec<Record>) -> bool {
        let mut found = match self.found.take() {
            Some(found) => found,
            None => self.find(store),
        };
        let (mut files_left, mut bytes_left) = (FILES_A_STEP, BYTES_A_STEP);
        while let Some(next) = found.front_mut() {
            let Some(at) = next.files.next() else {
                found.pop_front();
                continue;
            };
            if files_left == 0 || bytes_left == 0 {
                next.files.start = at;
                break;
            }
            files_left -= 1;
            bytes_left = bytes_left.saturating_sub(self.give_out(next, at, out));
        }
        let more = !found.is_empty();
        self.found = Some(found);
        more
    }

    /// Lists a file and reads it, if it is kept; gives how many bytes were read.
    fn give_out(&self, found: &Found, at: usize, out: &mut Vec<Record>) -> u64 {
        let Some(file) = self.tree.files().get(at) else { return 0 };
        let Some(path) = file.path.get(found.folder.len() + 1..) else { return 0 };
        let (owner, path) = (found.owner.clone(), path.to_owned());
        let mut bytes = None;
        if file.size <= self.keep_up_to {
            match self.tree.read(&file.path, self.keep_up_to) {
                Ok(read) => bytes = Some(read),
                Err(error) => out.push(Record::Note(Note::skipped(error.path, error.reason))),
            }
        }
        let kept = bytes.is_some();
        let entry = ArtifactEntry { owner: owner.clone(), path: path.clone(), size: file.size, kept };
        out.push(Record::Artifact(entry));
        let Some(bytes) = bytes else { return 0 };
        let read = bytes.len() as u64;
        out.push(Record::ArtifactFile(ArtifactFile { owner, path, bytes }));
        read
    }

    fn find(&self, store: &Store) -> VecDeque<Found> {
        let runs = store.runs.all.iter().map(|draft| {
            let run = &draft.run;
            (ArtifactOwner::Run(run.id.clone()), format!("{}/{}", run.experiment_id, run.id))
        });
        let models = store
            .models
            .iter()
            .map(|(experiment, id)| (ArtifactOwner::Model(id.clone()), format!("{experiment}/models/{id}")));
        let anywhere = self.folders_by_owner();
        let place = |(owner, place): (ArtifactOwner, String)| {
            let under_roots = self.roots.iter().map(|root| match root.as_str() {
                "" => format!("{place}/artifacts"),
                root => format!("{root}/{place}/artifacts"),
            });
            let elsewhere = anywhere.get(owner.id()).map(|folder| (*folder).to_owned());
            under_roots.chain(elsewhere).find_map(|folder| {
                let files = self.range(&folder);
                (!files.is_empty()).then(|| Found { owner: owner.clone(), folder, files })
            })
        };
        runs.chain(models).filter_map(place).collect()
    }

    fn range(&self, folder: &str) -> std::ops::Range<usize> {
        let files = self.tree.files();
        let found = files_under(files, folder);
        let start = found.first().map_or(0, |first| files.partition_point(|file| file.path < first.path));
        start..start + found.len()
    }

    /// All folders `<owner>/artifacts` of the tree, the first for each owner.
    fn folders_by_owner(&self) -> HashMap<&str, &str> {
        let mut folders = HashMap::new();
        for file in self.tree.files() {
            for (at, _) in file.path.match_indices("/artifacts/") {
                let Some(above) = file.path.get(..at) else { continue };
                let owner = above.rsplit_once('/').map_or(above, |(_, owner)| owner);
                if let Some(folder) = file.path.get(..at + "/artifacts".len()) {
                    folders.entry(owner).or_insert(folder);
                }
            }
        }
        folders
    }
}
