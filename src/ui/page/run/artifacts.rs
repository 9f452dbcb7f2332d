use std::{collections::BTreeMap, sync::Arc};

use leptos::prelude::*;
use runatlas_core::{
    model::ArtifactEntry,
    preview::tree::ArtifactTree,
    run_page::{first_to_show, model_folder, no_artifacts},
};

use super::{Shown, artifact_tree::TreeView, copy::CopyButton, preview::PreviewPane};
use crate::{state::RunData, ui::app::app};

/// What the run logged as files: the tree, and the file that is chosen in it.
#[component]
pub(super) fn ArtifactsCard(shown: Shown) -> impl IntoView {
    let tree = Arc::new(tree_of(&shown.data));
    let body = if tree.files == 0 {
        none(&shown).into_any()
    } else {
        view! { <Browser shown=shown tree=Arc::clone(&tree) /> }.into_any()
    };
    view! {
        <section class="card art" aria-label="Artifacts" id="artifacts">
            <div class="card-h">
                <h2>"Artifacts"</h2>
                {(tree.files > 0).then(|| view! { <span class="count">{tree.count_words()}</span> })}
            </div>
            {body}
        </section>
    }
}

fn none(shown: &Shown) -> impl IntoView + use<> {
    let absent = no_artifacts(&shown.data.run);
    view! {
        <p class="none brk">{absent.text}</p>
        {absent.command.map(|command| view! {
            <p class="fix"><code>{command.clone()}</code><CopyButton what="The command" text=command /></p>
        })}
    }
}

#[component]
fn Browser(shown: Shown, tree: Arc<ArtifactTree>) -> impl IntoView {
    let view = app().view;
    let entries = Arc::new(entries_of(&shown.data));
    let first = first_to_show(&shown.data.artifacts).map(|entry| entry.path.clone());
    // Choosing nothing shows something: a pane that asks to choose is a click for nobody's good.
    let open = Memo::new(move |_| view.artifact.get().or_else(|| first.clone()));
    let key = shown.key;
    view! {
        <div class="art-b">
            <TreeView run=key.run.clone() tree=tree open=open on_open=Callback::new(move |path| view.open_artifact(path)) />
            <div class="prev">
                {move || match open.get() {
                    None => view! { <p class="none">"Choose a file to see it here."</p> }.into_any(),
                    Some(address) => {
                        let entry = entries.get(&address).cloned();
                        view! { <PreviewPane key=key.clone() address=address entry=entry /> }.into_any()
                    }
                }}
            </div>
        </div>
    }
}

/// The run's files, then those of each logged model that it wrote.
fn tree_of(data: &RunData) -> ArtifactTree {
    let mut tree = ArtifactTree::new(&data.artifacts);
    for (model, entries) in &data.model_artifacts {
        tree.add_folder(&format!("{} (logged model)", model.name), &model_folder(&model.id), entries);
    }
    tree
}

fn entries_of(data: &RunData) -> BTreeMap<String, ArtifactEntry> {
    let own = data.artifacts.iter().map(|entry| (entry.path.clone(), entry.clone()));
    let of_models = data.model_artifacts.iter().flat_map(|(model, entries)| {
        let folder = model_folder(&model.id);
        entries.iter().map(move |entry| (format!("{folder}/{}", entry.path), entry.clone()))
    });
    own.chain(of_models).collect()
}
