use super::{
    StoreKind,
    clause::{Entity, Subject},
};
use crate::model::Run;

/// What a run has under a key.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Stored<'r> {
    Metric(f64),
    Time(i64),
    Text(&'r str),
    None,
}

/// A run's value; nothing for datasets, of which a run may have several.
pub(super) fn stored<'r>(run: &'r Run, subject: &Subject, store: StoreKind) -> Stored<'r> {
    let text = |value: Option<&'r str>| value.map_or(Stored::None, Stored::Text);
    match subject.entity {
        Entity::Metric => {
            run.metric(&subject.key).map_or(Stored::None, |metric| Stored::Metric(metric.last.value))
        }
        Entity::Param => text(run.param(&subject.key)),
        Entity::Tag => text(run.tag(&subject.key)),
        Entity::Attribute => attribute(run, subject.translated(), store),
        Entity::Dataset => Stored::None,
    }
}

fn attribute<'r>(run: &'r Run, key: &str, store: StoreKind) -> Stored<'r> {
    let time = |value: Option<i64>| value.map_or(Stored::None, Stored::Time);
    match key {
        "start_time" => time(run.start_time),
        "end_time" => time(run.end_time),
        "run_id" => Stored::Text(&run.id),
        "run_name" => name(run, store).map_or(Stored::None, Stored::Text),
        "status" => Stored::Text(run.status.as_str()),
        "user_id" => Stored::Text(&run.user_id),
        "artifact_uri" if !run.artifact_uri.is_empty() => Stored::Text(&run.artifact_uri),
        _ => Stored::None,
    }
}

/// The name that a filter compares. The database store asks the tag, since runs of MLflow 1.x have
/// their name only there; the file store asks the run, and then the tag.
fn name(run: &Run, store: StoreKind) -> Option<&str> {
    let tag = run.tag("mlflow.runName");
    match store {
        StoreKind::Sql => tag,
        StoreKind::File if run.name.is_empty() => tag,
        StoreKind::File => Some(&run.name),
    }
}
