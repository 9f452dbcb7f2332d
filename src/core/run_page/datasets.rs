use serde_json::Value;

use crate::{
    format,
    model::{DatasetInput, Run},
    preview::pretty_json,
};

/// A dataset that the run used.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DatasetRow {
    /// The name.
    pub name: String,
    /// MLflow's short hash.
    pub digest: String,
    /// `training`, `eval`, …, from the tag `mlflow.data.context`; or empty.
    pub context: String,
    /// `126,689 rows`, from the profile, if that says so.
    pub rows: Option<String>,
    /// `12 columns`, from the schema, if that says so.
    pub columns: Option<String>,
    /// `local`, `hugging_face`, ….
    pub source_type: String,
    /// Where it is, shortened from the source's JSON to the address or path in it, if there is one.
    pub source: String,
    /// Source, schema and profile for a closer look, indented where they are JSON: (label, text).
    pub details: Vec<(&'static str, String)>,
}

/// The run's datasets, in MLflow's order.
pub fn dataset_rows(run: &Run) -> Vec<DatasetRow> {
    run.inputs.iter().map(row).collect()
}

fn row(input: &DatasetInput) -> DatasetRow {
    let json = |text: Option<&str>| text.and_then(|text| serde_json::from_str::<Value>(text).ok());
    let context =
        input.tags.iter().find(|(key, _)| key == "mlflow.data.context").map(|(_, value)| value.clone());
    let texts = [
        ("Source", Some(input.source.as_str())),
        ("Schema", input.schema.as_deref()),
        ("Profile", input.profile.as_deref()),
    ];
    let details = texts
        .into_iter()
        .filter_map(|(label, text)| Some((label, indented(text.filter(|text| !text.is_empty())?))));
    DatasetRow {
        name: input.name.clone(),
        digest: input.digest.clone(),
        context: context.unwrap_or_default(),
        rows: json(input.profile.as_deref()).as_ref().and_then(rows).map(|n| format::count(n, "row", "rows")),
        columns: json(input.schema.as_deref())
            .as_ref()
            .and_then(columns)
            .map(|n| format::count(n, "column", "columns")),
        source_type: input.source_type.clone(),
        source: json(Some(&input.source)).as_ref().and_then(place).unwrap_or_else(|| input.source.clone()),
        details: details.collect(),
    }
}

fn indented(text: &str) -> String {
    pretty_json(text).unwrap_or_else(|| text.to_owned())
}

/// MLflow's dataset classes name it differently: pandas, Polars and Hugging Face `num_rows`, Spark
/// `approx_count`, numpy the shape of its features.
fn rows(profile: &Value) -> Option<u64> {
    let number = |value: &Value| value.as_u64().or_else(|| value.as_str()?.parse().ok());
    let named = ["num_rows", "approx_count"].iter().find_map(|key| profile.get(key).and_then(number));
    named.or_else(|| {
        let shape = profile.get("features_shape")?;
        // Several features come as an object of shapes.
        let shape = shape.as_object().and_then(|shapes| shapes.values().next()).unwrap_or(shape);
        number(shape.get(0)?)
    })
}

fn columns(schema: &Value) -> Option<u64> {
    schema.get("mlflow_colspec")?.as_array().map(|columns| columns.len() as u64)
}

/// The part of a source that says where the data is.
fn place(source: &Value) -> Option<String> {
    let keys = ["uri", "url", "path", "delta_table_name", "table_name", "dataset_id", "name"];
    let found = keys.iter().find_map(|key| source.get(key)?.as_str());
    // Data made by code: the program that made it.
    let program = || source.get("tags")?.get("mlflow.source.name")?.as_str();
    found.or_else(program).filter(|place| !place.is_empty()).map(str::to_owned)
}
