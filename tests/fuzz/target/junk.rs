//! Whatever a person may drop: stores within archives within folders, files that are none, wrong names.

use crate::{
    chance::Chance,
    check,
    meter::Meter,
    mutate,
    run::Round,
    seeds::{self, Database, FileStore, Files},
};

pub(super) fn junk() -> Round {
    let (stores, databases) = (FileStore::golden(), seeds::mlflow_databases());
    Box::new(move |chance| {
        let mut files = Files::new();
        for _ in 0..=chance.below(4) {
            let prefix: String = (0..chance.below(3)).map(|_| mutate::name(chance) + "/").collect();
            for (path, bytes) in piece(chance, &stores, &databases, 0) {
                files.insert(format!("{prefix}{path}"), bytes);
            }
        }
        let (count, length) =
            (files.len() as u64, files.values().map(|bytes| bytes.len() as u64).sum::<u64>());
        let meter = Meter::default();
        let stores = check::import(&meter.tree(files), 4000 + 4 * count + length);
        let most = 400 * length + (64 << 20);
        assert!(meter.bytes_read() <= most, "{} bytes were read of {length}", meter.bytes_read());
        stores > 0
    })
}

fn piece(chance: &mut Chance, stores: &[FileStore], databases: &[Database], depth: usize) -> Files {
    match chance.below(6) {
        0 => chance.pick(stores).some(chance),
        1 => {
            let Database { mut main, wal, .. } = chance.pick(databases).clone();
            if chance.one_in(2) {
                mutate::bytes(chance, &mut main, &wal);
            }
            let name = mutate::name(chance);
            [(format!("{name}-wal"), wal), (name, main)].into()
        }
        2 | 3 if depth < 3 => {
            let within = piece(chance, stores, databases, depth + 1);
            let mut bytes = seeds::archive(chance, &within);
            if chance.one_in(2) {
                let other = bytes.clone();
                mutate::bytes(chance, &mut bytes, &other);
            }
            let name = if chance.one_in(2) { mutate::name(chance) } else { "a.zip".to_owned() };
            [(name, bytes)].into()
        }
        _ => {
            const FRONTS: &[&[u8]] = &[
                b"SQLite format 3\0",
                b"PK\x03\x04",
                b"PK\x05\x06",
                b"\x1f\x8b\x08",
                b"\x89PNG\r\n\x1a\n",
                b"",
                b"\xff\xfe",
                b"7z\xbc\xaf\x27\x1c",
                b"ustar",
                b"%PDF-",
                b"{\"a\": [",
                b"run_id: x\n",
            ];
            let front = chance.pick(FRONTS).iter().copied();
            let length = chance.below(3000);
            let bytes: Vec<u8> = front.chain((0..length).map(|_| chance.next() as u8)).collect();
            [(mutate::name(chance), bytes)].into()
        }
    }
}
