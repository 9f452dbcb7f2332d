use std::{collections::BTreeSet, sync::Arc};

use leptos::{ev, html, prelude::*};
use runatlas_core::{
    format,
    preview::tree::{ArtifactTree, Step, TreeKind, TreeRow},
};

use crate::ui::{app::app, part::Icon};

/// With fewer files than this all folders are open at first.
const FEW: usize = 40;

/// The artifact tree, after the ARIA practices: one stop of the tab key, arrows inside.
#[component]
pub(super) fn TreeView(
    /// The run's id.
    run: String,
    tree: Arc<ArtifactTree>,
    /// The path of the file that is open.
    #[prop(into)]
    open: Signal<Option<String>>,
    /// Called with the path of a file.
    on_open: Callback<String>,
) -> impl IntoView {
    let run = StoredValue::new(run);
    let expanded = RwSignal::new(if tree.files < FEW { tree.folders() } else { BTreeSet::new() });
    reveal(expanded, open);
    let rows = Memo::new(move |_| expanded.with(|expanded| tree.rows(expanded)));
    let cursor = RwSignal::new(None::<String>);
    // The row that the tab key reaches: where the arrows were, else the open file, else the first.
    let stop = Memo::new(move |_| {
        rows.with(|rows| {
            let is_there = |path: &String| rows.iter().any(|row| row.path == *path);
            let first = rows.first().map(|row| row.path.clone());
            cursor.get().filter(is_there).or_else(|| open.get().filter(is_there)).or(first)
        })
    });
    let toggle = move |path: &str| {
        expanded.update(|expanded| {
            if !expanded.remove(path) {
                expanded.insert(path.to_owned());
            }
        });
    };
    let choose = Callback::new(move |row: TreeRow| {
        cursor.set(Some(row.path.clone()));
        match row.kind {
            TreeKind::Folder { .. } => toggle(&row.path),
            TreeKind::File { .. } => on_open.run(row.path),
        }
    });
    let list = NodeRef::<html::Ul>::new();
    let on_key = move |event: ev::KeyboardEvent| {
        if event.ctrl_key() || event.meta_key() || event.alt_key() {
            return;
        }
        let step = rows.with_untracked(|rows| {
            let at = stop.get_untracked().and_then(|path| rows.iter().position(|row| row.path == path))?;
            Step::of_key(&event.key(), rows, at)
        });
        let Some(step) = step else { return };
        event.prevent_default();
        event.stop_propagation();
        match step {
            Step::Go(at) => {
                cursor.set(rows.with_untracked(|rows| rows.get(at).map(|row| row.path.clone())));
                focus(list, at);
            }
            Step::Choose(at) => {
                if let Some(row) = rows.with_untracked(|rows| rows.get(at).cloned()) {
                    choose.run(row);
                    // The row may have been made anew.
                    request_animation_frame(move || focus(list, at));
                }
            }
            Step::Stay => {}
        }
    };
    view! {
        <ul class="tree" role="tree" aria-label="Artifact files" node_ref=list on:keydown=on_key>
            <For
                each=move || rows.get()
                key=|row| row.clone()
                children=move |row| view! { <RowView row=row open=open stop=stop choose=choose run=run /> }
            />
        </ul>
    }
}

#[component]
fn RowView(
    row: TreeRow,
    open: Signal<Option<String>>,
    stop: Memo<Option<String>>,
    choose: Callback<TreeRow>,
    run: StoredValue<String>,
) -> impl IntoView {
    let path = row.path.clone();
    let is_open = Memo::new(move |_| open.with(|open| open.as_ref() == Some(&path)));
    let path = row.path.clone();
    let is_stop = Memo::new(move |_| stop.with(|stop| stop.as_ref() == Some(&path)));
    let (icon, expanded, faint) = match row.kind {
        TreeKind::Folder { expanded: true, .. } => ("folder-open", Some("true"), false),
        TreeKind::Folder { expanded: false, .. } => ("folder", Some("false"), false),
        TreeKind::File { kept } => (file_icon(&row.name), None, !kept),
    };
    let indent = format!("padding-left:{}px", 12 + 16 * row.depth.min(12));
    let (name, size) = (row.name.clone(), format::bytes(row.size));
    let (artifacts, address, listed) = (app().artifacts, row.path.clone(), row.path.clone());
    let faint = Signal::derive(move || faint && !artifacts.has_come(&run.get_value(), &address));
    let title = move || {
        if faint.get() { format!("{listed}: listed only, its bytes are not here") } else { listed.clone() }
    };
    view! {
        <li
            role="treeitem"
            class:on=move || is_open.get()
            class:faint=move || faint.get()
            attr:aria-level=(row.depth + 1).to_string()
            aria-expanded=expanded
            aria-selected=move || is_open.get().to_string()
            tabindex=move || if is_stop.get() { "0" } else { "-1" }
            style=indent
            title=title
            on:click=move |_| choose.run(row.clone())
        >
            <Icon name=icon class="s14" />
            <span class="ell grow">{name}</span>
            <span class="fs11 t3">{size}</span>
        </li>
    }
}

/// Opens the folders around the open file, whenever another one is opened.
fn reveal(expanded: RwSignal<BTreeSet<String>>, open: Signal<Option<String>>) {
    Effect::new(move |_| {
        let Some(path) = open.get() else { return };
        let folders: Vec<String> =
            path.match_indices('/').filter_map(|(at, _)| path.get(..at)).map(str::to_owned).collect();
        expanded.update(|expanded| expanded.extend(folders));
    });
}

fn focus(list: NodeRef<html::Ul>, at: usize) {
    use leptos::wasm_bindgen::JsCast as _;
    let item =
        list.try_get_untracked().flatten().and_then(|list| list.children().item(u32::try_from(at).ok()?));
    if let Some(item) = item.and_then(|item| item.dyn_into::<leptos::web_sys::HtmlElement>().ok()) {
        let _ = item.focus();
    }
}

fn file_icon(name: &str) -> &'static str {
    let extension = name.rsplit_once('.').map(|(_, extension)| extension.to_lowercase());
    match extension.as_deref() {
        Some("png" | "jpg" | "jpeg" | "gif" | "webp" | "svg" | "bmp" | "avif") => "image",
        Some("json" | "yaml" | "yml" | "toml" | "ipynb") => "file-json",
        Some("csv" | "tsv" | "parquet") => "table",
        Some("txt" | "log" | "md" | "html" | "py" | "sh" | "r" | "cfg" | "ini") => "file-text",
        Some("zip" | "gz" | "tar" | "whl" | "npz") => "file-archive",
        Some(
            "pkl" | "pt" | "pth" | "bin" | "h5" | "onnx" | "npy" | "safetensors" | "joblib" | "model"
            | "cloudpickle",
        ) => "binary",
        _ => "file",
    }
}
