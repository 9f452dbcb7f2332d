use std::rc::Rc;

use futures::future::join_all;
use js_sys::{Array, Function, Promise};
use runatlas_core::model::Note;
use wasm_bindgen::{JsCast as _, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{DataTransfer, File, FileSystemDirectoryEntry, FileSystemEntry, FileSystemFileEntry};

use super::{Dropped, DroppedFile, reason};

/// Folders that are read at the same time.
const FOLDERS_AT_ONCE: usize = 64;

/// What was dropped, before folders are walked.
pub(super) enum Top {
    File(File),
    Folder(FileSystemDirectoryEntry),
}

pub(super) fn tops(transfer: &DataTransfer) -> Vec<Top> {
    let items = transfer.items();
    (0..items.length())
        .filter_map(|at| items.get(at))
        .filter(|item| item.kind() == "file")
        .filter_map(|item| match item.webkit_get_as_entry().ok().flatten() {
            Some(entry) if entry.is_directory() => Some(Top::Folder(entry.unchecked_into())),
            _ => item.get_as_file().ok().flatten().map(Top::File),
        })
        .collect()
}

pub(super) async fn walk(tops: Vec<Top>, on_count: Rc<dyn Fn(usize)>) -> Dropped {
    let mut found = Dropped::default();
    let mut folders = Vec::new();
    for top in tops {
        match top {
            Top::File(file) => found.files.push(DroppedFile { path: file.name(), file }),
            Top::Folder(folder) => folders.push(folder),
        }
    }
    while !folders.is_empty() {
        let now = folders.split_off(folders.len().saturating_sub(FOLDERS_AT_ONCE));
        for content in join_all(now.iter().map(read_folder)).await {
            found.files.extend(content.files);
            found.notes.extend(content.notes);
            folders.extend(content.folders);
        }
        on_count(found.files.len());
    }
    found
}

#[derive(Default)]
struct Content {
    files: Vec<DroppedFile>,
    folders: Vec<FileSystemDirectoryEntry>,
    notes: Vec<Note>,
}

async fn read_folder(folder: &FileSystemDirectoryEntry) -> Content {
    let reader = folder.create_reader();
    let mut content = Content::default();
    loop {
        // The browser hands out a hundred or so at a time, and an empty list at the end.
        let batch = called_back(|yes, no| reader.read_entries_with_callback_and_callback(yes, no));
        let entries: Array = match batch.await {
            Ok(entries) => entries.unchecked_into(),
            Err(thrown) => {
                content.notes.push(Note::skipped(path_of(folder), reason(&thrown)));
                return content;
            }
        };
        if entries.length() == 0 {
            return content;
        }
        let entries: Vec<FileSystemEntry> =
            entries.iter().map(wasm_bindgen::JsCast::unchecked_into).collect();
        let (folders, files): (Vec<_>, Vec<_>) = entries.into_iter().partition(FileSystemEntry::is_directory);
        content.folders.extend(folders.into_iter().map(wasm_bindgen::JsCast::unchecked_into));
        for (path, file) in join_all(files.into_iter().map(file_of)).await {
            match file {
                Ok(file) => content.files.push(DroppedFile { path, file }),
                Err(thrown) => content.notes.push(Note::skipped(path, reason(&thrown))),
            }
        }
    }
}

async fn file_of(entry: FileSystemEntry) -> (String, Result<File, JsValue>) {
    let path = path_of(&entry);
    let entry: FileSystemFileEntry = entry.unchecked_into();
    let file = called_back(|yes, no| {
        entry.file_with_callback_and_callback(yes, no);
        Ok(())
    });
    (path, file.await.map(wasm_bindgen::JsCast::unchecked_into))
}

/// The path below what was dropped: the browser begins it with `/`.
fn path_of(entry: &FileSystemEntry) -> String {
    entry.full_path().trim_start_matches('/').to_owned()
}

/// Awaits a call that answers through one of two callbacks.
async fn called_back(call: impl Fn(&Function, &Function) -> Result<(), JsValue>) -> Result<JsValue, JsValue> {
    let promise = Promise::new(&mut |resolve, reject| {
        if let Err(thrown) = call(&resolve, &reject) {
            // A function of the promise itself: calling it does not throw.
            let _ = reject.call1(&JsValue::UNDEFINED, &thrown);
        }
    });
    JsFuture::from(promise).await
}
