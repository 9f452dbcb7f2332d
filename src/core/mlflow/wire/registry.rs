use std::collections::BTreeMap;

use serde::Deserialize;

use super::{
    Page, WireError,
    lenient::{Int, Pair, Text, pairs},
    next, parse,
};
use crate::model::{ModelVersion, RegisteredModel};

/// Decodes `registered-models/search`.
pub fn registered_models(body: &[u8]) -> Result<Page<RegisteredModel>, WireError> {
    let wire: ModelsWire = parse(body)?;
    let items = wire.registered_models.into_iter().map(ModelWire::into_model);
    Ok(Page { items: items.collect(), next: next(wire.next_page_token) })
}

/// Decodes `model-versions/search`.
pub fn model_versions(body: &[u8]) -> Result<Page<ModelVersion>, WireError> {
    let wire: VersionsWire = parse(body)?;
    let items = wire.model_versions.into_iter().map(VersionWire::into_version);
    Ok(Page { items: items.collect(), next: next(wire.next_page_token) })
}

#[derive(Deserialize)]
struct ModelsWire {
    #[serde(default)]
    registered_models: Vec<ModelWire>,
    next_page_token: Option<String>,
}

#[derive(Deserialize)]
struct VersionsWire {
    #[serde(default)]
    model_versions: Vec<VersionWire>,
    next_page_token: Option<String>,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct ModelWire {
    name: Text,
    description: Text,
    creation_timestamp: Option<Int>,
    last_updated_timestamp: Option<Int>,
    tags: Vec<Pair>,
    aliases: Vec<AliasWire>,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct AliasWire {
    alias: Text,
    version: Text,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct VersionWire {
    name: Text,
    version: Text,
    creation_timestamp: Option<Int>,
    last_updated_timestamp: Option<Int>,
    user_id: Text,
    current_stage: Text,
    description: Text,
    source: Text,
    run_id: Text,
    status: Text,
    status_message: Text,
    tags: Vec<Pair>,
    run_link: Text,
    model_id: Option<Text>,
}

impl ModelWire {
    fn into_model(self) -> RegisteredModel {
        let aliases: BTreeMap<String, String> =
            self.aliases.into_iter().map(|alias| (alias.alias.0, alias.version.0)).collect();
        RegisteredModel {
            name: self.name.0,
            description: self.description.0,
            tags: pairs(self.tags),
            aliases: aliases.into_iter().collect(),
            creation_timestamp: self.creation_timestamp.map(|time| time.0),
            last_updated_timestamp: self.last_updated_timestamp.map(|time| time.0),
        }
    }
}

impl VersionWire {
    fn into_version(self) -> ModelVersion {
        ModelVersion {
            name: self.name.0,
            version: self.version.0,
            run_id: self.run_id.0,
            source: self.source.0,
            status: self.status.0,
            status_message: self.status_message.0,
            current_stage: self.current_stage.0,
            description: self.description.0,
            user_id: self.user_id.0,
            tags: pairs(self.tags),
            run_link: self.run_link.0,
            creation_timestamp: self.creation_timestamp.map(|time| time.0),
            last_updated_timestamp: self.last_updated_timestamp.map(|time| time.0),
            model_id: self.model_id.map(|id| id.0).filter(|id| !id.is_empty()),
        }
    }
}
