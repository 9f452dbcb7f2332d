//! A million points from a file to encoded blocks, ready to be stored, beside what reading the bytes takes at least.

use std::fs::File;
use std::io::Read as _;
use std::path::Path;
use std::rc::Rc;
use std::time::Duration;

use runatlas_core::history::codec;
use runatlas_core::read::discover::discover;
use runatlas_core::read::folder::FolderTree;
use runatlas_core::read::zip::ZipLimits;
use runatlas_core::read::{ReadOptions, Record, Step, Tree};

use crate::report::{Row, best};

pub(crate) fn database(folder: &Path) -> Vec<Row> {
    let path = folder.join("mlflow.db");
    let points = read(&path);
    let ours = best(3, || read(&path));
    let scan = best(3, || {
        let (count, _) = sqlite_scan(&path);
        assert_eq!(count, points, "both read all points");
    });
    let what = format!("`mlflow.db` of {points} points to encoded blocks");
    let mut rows = vec![Row::beside(&what, ours, "SQLite's own scan of the table", scan, 3.0)];
    rows.extend(
        client(folder, points).map(|client| Row::beside(&what, ours, "MLflow's own client", client, 1.0)),
    );
    rows
}

/// What MLflow's client took for the same, if `scripts/bench --peer` has timed it.
fn client(folder: &Path, points: u64) -> Option<Duration> {
    let told = std::fs::read(folder.join("peer.json")).ok()?;
    let told: serde_json::Value = serde_json::from_slice(&told).expect("peer.json is JSON");
    assert_eq!(told["points"], points, "the client read the same store");
    Some(Duration::from_secs_f64(told["client_seconds"].as_f64().expect("seconds")))
}

pub(crate) fn archive(folder: &Path) -> Vec<Row> {
    let path = folder.join("mlruns.zip");
    let points = read(&path);
    let ours = best(3, || read(&path));
    let inflate = best(3, || inflate_and_scan(&path));
    let what = format!("`mlruns.zip` of {points} points to encoded blocks");
    vec![Row::beside(&what, ours, "inflate and a look at every byte", inflate, 1.5)]
}

/// Reads a store as the worker does, up to handing blocks to the browser; answers how many points there were.
fn read(path: &Path) -> u64 {
    let tree: Tree = Rc::new(FolderTree::open(path).expect("the store is there"));
    let found = discover(&tree, ZipLimits::UNLIMITED);
    let [store] = found.stores.as_slice() else {
        panic!("{}: {} stores", path.display(), found.stores.len())
    };
    let mut reader = store.open(ReadOptions::default()).expect("the store opens");
    let (mut points, mut records) = (0, Vec::new());
    loop {
        let step = reader.step(&mut records);
        for record in records.drain(..) {
            match record {
                Record::History { history, .. } => {
                    points += history.len() as u64;
                    std::hint::black_box(codec::encode(&history));
                }
                Record::Note(note) => panic!("{note:?}"),
                _ => {}
            }
        }
        if step == Step::Done {
            return points;
        }
    }
}

fn sqlite_scan(path: &Path) -> (u64, f64) {
    let db = rusqlite::Connection::open_with_flags(path, rusqlite::OpenFlags::SQLITE_OPEN_READ_ONLY).unwrap();
    let mut query = db.prepare("SELECT key, value, timestamp, run_uuid, step, is_nan FROM metrics").unwrap();
    let mut rows = query.query([]).unwrap();
    let (mut count, mut sum) = (0, 0.0);
    while let Some(row) = rows.next().unwrap() {
        let key = row.get_ref(0).unwrap().as_str().unwrap();
        let run = row.get_ref(3).unwrap().as_str().unwrap();
        let (value, timestamp, step): (f64, i64, i64) =
            (row.get(1).unwrap(), row.get(2).unwrap(), row.get(4).unwrap());
        count += 1;
        sum += value + (timestamp ^ step) as f64 + (key.len() + run.len()) as f64;
    }
    (count, sum)
}

/// Inflates every file and adds up its bytes.
fn inflate_and_scan(path: &Path) -> u64 {
    let mut archive = zip::ZipArchive::new(File::open(path).unwrap()).unwrap();
    let (mut sum, mut bytes) = (0, Vec::new());
    for index in 0..archive.len() {
        bytes.clear();
        archive.by_index(index).unwrap().read_to_end(&mut bytes).unwrap();
        sum += bytes.iter().map(|byte| u64::from(*byte)).sum::<u64>();
    }
    sum
}
