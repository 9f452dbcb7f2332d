//! MLflow's file stores: the tree, and the text in it.

use crate::{
    chance::Chance,
    check,
    meter::Meter,
    mutate,
    run::Round,
    seeds::{FileStore, Files},
};

/// Trees with files lost, moved, copied, renamed and damaged.
pub(super) fn mlruns() -> Round {
    let stores = FileStore::golden();
    Box::new(move |chance| {
        let mut files = chance.pick(&stores).some(chance);
        for _ in 0..=chance.below(6) {
            damage_tree(chance, &mut files);
        }
        import(files)
    })
}

/// Many damaged metric, param and tag files in a sound run.
pub(super) fn metric() -> Round {
    let lines =
        b"1700000000000 0.5 0\n1700000000001 nan 1\n1700000000002 -inf 2\n1700000000003 1e-5 3 data ff\n"
            .to_vec();
    Box::new(move |chance| {
        let mut files = one_run();
        for folder in ["metrics", "metrics", "metrics", "params", "tags"] {
            let mut text = lines.clone();
            mutate::text(chance, &mut text, &lines);
            let name = if chance.one_in(3) { mutate::name(chance) } else { format!("m{}", chance.below(3)) };
            files.insert(format!("mlruns/1/{RUN}/{folder}/{name}"), text);
        }
        import(files)
    })
}

/// Damaged `meta.yaml` of runs, experiments, models and datasets.
pub(super) fn meta() -> Round {
    let stores = FileStore::golden();
    Box::new(move |chance| {
        let files = chance.pick(&stores).some(chance);
        let metas: Vec<String> = files.keys().filter(|path| path.ends_with("meta.yaml")).cloned().collect();
        let mut few: Files = one_run();
        for _ in 0..4 {
            let (path, other) = (chance.pick(&metas), chance.pick(&metas));
            let mut text = files[path].clone();
            mutate::text(chance, &mut text, &files[other]);
            few.insert(path.clone(), text);
        }
        import(few)
    })
}

const RUN: &str = "0123456789abcdef0123456789abcdef";

fn one_run() -> Files {
    let experiment = "artifact_location: a\nexperiment_id: '1'\nlifecycle_stage: active\nname: E\n";
    let run = format!(
        "run_id: {RUN}\nrun_uuid: {RUN}\nrun_name: n\nexperiment_id: '1'\nstatus: 3\nstart_time: 1\nend_time: 2\n\
         lifecycle_stage: active\nartifact_uri: a\nuser_id: u\n"
    );
    let files = [
        ("mlruns/1/meta.yaml".to_owned(), experiment.into()),
        (format!("mlruns/1/{RUN}/meta.yaml"), run.into()),
    ];
    files.into_iter().collect()
}

fn damage_tree(chance: &mut Chance, files: &mut Files) {
    let paths: Vec<String> = files.keys().cloned().collect();
    if paths.is_empty() {
        return;
    }
    let (path, other) = (chance.pick(&paths).clone(), chance.pick(&paths).clone());
    match chance.below(8) {
        0 => drop(files.remove(&path)),
        1 => {
            let folder = folder(chance, &path);
            files.retain(|path, _| !path.starts_with(&folder));
        }
        2 | 3 => {
            let (from, to) = (folder(chance, &path), folder(chance, &other));
            let copied: Vec<_> = files
                .iter()
                .filter_map(|(path, bytes)| Some((path.strip_prefix(&from)?.to_owned(), bytes.clone())))
                .collect();
            files.extend(copied.into_iter().map(|(rest, bytes)| (format!("{to}{rest}"), bytes)));
        }
        4 => {
            let bytes = files.remove(&path).unwrap();
            files.insert(renamed(chance, &path), bytes);
        }
        _ => {
            let other = files[&other].clone();
            mutate::text(chance, files.get_mut(&path).unwrap(), &other);
        }
    }
}

/// A folder that the file lies in, with its final slash; the root is none.
fn folder(chance: &mut Chance, path: &str) -> String {
    let slashes: Vec<usize> = path.match_indices('/').map(|(at, _)| at).collect();
    if slashes.is_empty() { path.to_owned() } else { path[..=*chance.pick(&slashes)].to_owned() }
}

fn renamed(chance: &mut Chance, path: &str) -> String {
    let mut parts: Vec<String> = path.split('/').map(str::to_owned).collect();
    let at = chance.below(parts.len());
    if chance.one_in(3) {
        parts.insert(at, mutate::name(chance));
    } else {
        parts[at] = mutate::name(chance);
    }
    parts.join("/")
}

/// Imports them as the worker does; whether there is still a store.
fn import(files: Files) -> bool {
    let (count, length) = (files.len() as u64, files.values().map(|bytes| bytes.len() as u64).sum::<u64>());
    let meter = Meter::default();
    let stores = check::import(&meter.tree(files), 1000 + 4 * count);
    assert!(
        meter.files_opened() <= 100 + 12 * count,
        "{count} files were opened {} times",
        meter.files_opened()
    );
    assert!(meter.bytes_read() <= 10_000 + 12 * length, "{} bytes were read of {length}", meter.bytes_read());
    stores > 0
}
