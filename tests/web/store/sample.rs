use runatlas_core::{
    history::History,
    model::{
        ArtifactEntry, ArtifactFile, ArtifactOwner, Experiment, LoggedModel, ModelVersion, Note, Point,
        RegisteredModel, Run,
    },
    read::Record,
};

pub(crate) fn history(points: impl IntoIterator<Item = (i64, f64)>) -> History {
    points.into_iter().map(|(step, value)| Point { step, timestamp: 1, value }).collect()
}

/// A run with its histories before it, as readers give them.
pub(crate) fn run(experiment: &str, id: &str, metrics: &[(&str, History)]) -> Vec<Record> {
    let mut records: Vec<Record> = metrics
        .iter()
        .map(|(key, history)| Record::History {
            run_id: id.into(),
            key: (*key).into(),
            history: history.clone(),
        })
        .collect();
    records.push(Record::Run(Box::new(Run {
        id: id.into(),
        experiment_id: experiment.into(),
        name: format!("run {id}"),
        params: vec![("lr".into(), "0.1".into())],
        metrics: metrics.iter().filter_map(|(key, history)| history.summary(key)).collect(),
        ..Run::default()
    })));
    records
}

/// One of everything, with odd values.
pub(crate) fn everything() -> Vec<Record> {
    let owner = || ArtifactOwner::Run("a".into());
    let entry = |path: &str, size, kept| ArtifactEntry { owner: owner(), path: path.into(), size, kept };
    let experiment =
        |id: &str| Experiment { id: id.into(), name: format!("E {id}"), ..Experiment::default() };
    let noise = (0..4999).map(|step| (step, (step as f64 * 12.9898).sin() * 43758.5453));
    let odd = [(i64::MIN, f64::from_bits(0x7ff8_0000_0000_0123)), (0, -0.0), (i64::MAX, f64::NEG_INFINITY)];
    let version =
        |version: &str| ModelVersion { name: "R".into(), version: version.into(), ..Default::default() };

    let mut records = vec![Record::Experiment(experiment("12")), Record::Experiment(experiment("1"))];
    records.extend(run("1", "a", &[("loss", history(noise))]));
    records.extend(run("1", "b", &[("odd", history(odd))]));
    records.extend(run("12", "c", &[("one", history([(0, 0.5)]))]));
    records.extend([
        Record::Artifact(entry("dir/x.txt", 4, true)),
        Record::ArtifactFile(ArtifactFile {
            owner: owner(),
            path: "dir/x.txt".into(),
            bytes: b"text".into(),
        }),
        Record::Artifact(entry("large.bin", 1 << 40, false)),
        Record::LoggedModel(Box::new(LoggedModel { id: "m-1".into(), ..LoggedModel::default() })),
        Record::RegisteredModel(RegisteredModel { name: "R".into(), ..RegisteredModel::default() }),
        Record::ModelVersion(Box::new(version("10"))),
        Record::ModelVersion(Box::new(version("2"))),
        Record::Note(Note::skipped("x", "why")),
    ]);
    records
}
