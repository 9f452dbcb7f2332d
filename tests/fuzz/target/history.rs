//! Blocks of histories, and entries of the store, as a damaged disk would give them back.

use runatlas_core::{
    history::{
        History,
        codec::{BlockInfo, decode, encode},
    },
    job::ingest::decode_pack,
    model::{Experiment, LoggedModel, ModelVersion, Point, RegisteredModel, Run, Source, stored},
};

use crate::{chance::Chance, check, mutate, run::Round};

pub(super) fn history() -> Round {
    Box::new(|chance| {
        let history = any(chance);
        let whole = encode(&history);
        assert_eq!(check::bits(&decode(&whole).unwrap()), check::bits(&history));
        let (mut block, other) = (whole, encode(&any(chance)));
        match chance.below(4) {
            // The head: count, flags, gaps.
            0 => {
                let at = (1 + chance.below(4)).min(block.len());
                block.splice(at..at, varint(chance.odd_number()));
            }
            1 => mutate::bytes(chance, &mut block, &other),
            // Most such blocks are read, with other numbers.
            _ => {
                let at = chance.below(block.len());
                block[at] ^= 1 << chance.below(8);
            }
        }
        let _ = BlockInfo::peek(&block);
        let read = decode(&block);
        if let Ok(read) = &read {
            // The guard of the codec: a group of 128 points takes three bytes.
            assert!(
                read.len() <= 128 + block.len() * 128 / 3,
                "{} points in {} bytes",
                read.len(),
                block.len()
            );
            assert_eq!(check::bits(&decode(&encode(read)).unwrap()), check::bits(read));
        }
        entries(chance, &block);
        read.is_ok()
    })
}

fn any(chance: &mut Chance) -> History {
    let count = if chance.one_in(4) { chance.below(3) } else { chance.below(400) };
    let wild = chance.below(8);
    let (mut step, mut timestamp, mut value) = (0_i64, 1_700_000_000_000_i64, 0.5_f64);
    (0..count)
        .map(|_| {
            step = step.wrapping_add(if wild == 0 { chance.odd_number() as i64 } else { 1 });
            timestamp = timestamp.wrapping_add(if wild == 1 {
                chance.odd_number() as i64
            } else {
                chance.below(90) as i64
            });
            value = match wild {
                2 => f64::from_bits(chance.odd_number()),
                3 => [0.1, 0.7, -0.0, f64::NAN][chance.below(4)],
                4 => value,
                5 => f64::from(value as f32) * 0.999,
                _ => chance.next() as f64,
            };
            Point { step, timestamp, value }
        })
        .collect()
}

/// Entries of other kinds from the same bytes, and from damaged ones of their own.
fn entries(chance: &mut Chance, block: &[u8]) {
    let run = Run { id: "r".to_owned(), params: vec![("k".to_owned(), "v".to_owned()); 3], ..Run::default() };
    let mut entry = stored::encode(&run).unwrap();
    mutate::bytes(chance, &mut entry, block);
    for bytes in [entry.as_slice(), block] {
        let _ = (
            stored::decode::<Run>(bytes),
            stored::decode::<Experiment>(bytes),
            stored::decode::<Source>(bytes),
        );
        let _ = (stored::decode::<LoggedModel>(bytes), stored::decode::<RegisteredModel>(bytes));
        let _ = (stored::decode::<ModelVersion>(bytes), decode_pack(bytes));
    }
}

fn varint(mut value: u64) -> Vec<u8> {
    let mut out = Vec::new();
    while value >= 0x80 {
        out.push(value as u8 | 0x80);
        value >>= 7;
    }
    out.push(value as u8);
    out
}
