//! One broken file costs that file.

use std::rc::Rc;

use proptest::prelude::*;
use runatlas_core::read::{
    ReadOptions,
    mlruns::{Layout, MlrunsReader},
    tree::MemoryTree,
};

use super::{EXPERIMENT, RUN, Read, one_run, read_all, store};

#[track_caller]
fn check_line(line: &str, reason: &str) {
    let text = format!("1 0.5 0\n{line}\n2 0.75 1\n");
    let read = one_run(&[("1/r/metrics/m", &text)]);
    assert_eq!(read.history("m"), [(0, 1, 0.5), (1, 2, 0.75)], "{line:?}");
    assert!(read.says("1/r/metrics/m", reason), "{:?}", read.notes);
    assert!(read.run("r").damaged);
}

#[test]
fn a_line_that_does_not_parse_costs_that_line() {
    for line in
        ["x", "1", "1 x 0", "1 0.5 x", "1.5 0.5 0", "1 0.5 0 4", "1 0.5 0 2 0.6 1", "1  0.5 0", "\u{1F600}"]
    {
        check_line(line, "line 2 is no metric line");
    }
    check_line("9223372036854775808 0.5 0", "line 2 is no metric line");
    check_line("x\ny\nz", "3 lines are no metric lines and were left out; the first is line 2: \"x\"");
}

#[test]
fn a_metric_without_a_point_is_left_out() {
    let read = one_run(&[
        ("1/r/metrics/empty", ""),
        ("1/r/metrics/junk", "\0\u{1}\u{2}"),
        ("1/r/metrics/.DS_Store", "\0"),
    ]);
    assert!(read.run("r").metrics.is_empty());
    assert!(read.says("1/r/metrics/empty", "no point") && read.says("1/r/metrics/junk", "no point"));
}

#[test]
fn values_that_are_no_text_are_replaced_and_said() {
    let mut files = vec![(EXPERIMENT.0.to_owned(), EXPERIMENT.1.into()), (RUN.0.to_owned(), RUN.1.into())];
    files.push(("1/r/params/p".to_owned(), b"caf\xe9".to_vec()));
    let read = read_files(files);
    assert_eq!(read.run("r").param("p"), Some("caf\u{fffd}"));
    assert!(read.says("1/r/params/p", "not valid UTF-8") && read.run("r").damaged);
}

#[test]
fn yaml_that_is_none_costs_what_it_described() {
    for meta in ["", "a: [", "- a\n- b", "just text", "{", "\t", "a: *x", &"[".repeat(100_000)] {
        let read = store(&[EXPERIMENT, RUN, ("1/other/meta.yaml", meta), ("1/other/params/p", "1")]);
        assert_eq!(read.runs.len(), 1, "{meta:.20}");
        assert!(read.notes.iter().any(|n| n.path == "1/other/meta.yaml"), "{meta:.20} {:?}", read.notes);
        let read = store(&[("1/meta.yaml", meta), RUN]);
        assert_eq!((read.runs.len(), read.experiments.len()), (1, 1), "{meta:.20}");
        assert!(read.says("1", "no meta.yaml that can be read"));
    }
}

#[test]
fn an_unknown_status_and_a_foreign_experiment_are_repaired() {
    let read = store(&[EXPERIMENT, ("1/r/meta.yaml", "run_id: r\nexperiment_id: '77'\nstatus: 9\n")]);
    assert_eq!(read.run("r").experiment_id, "1");
    assert!(read.says("1/r/meta.yaml", "status \"9\"") && read.says("1/r/meta.yaml", "says \"77\""));
}

#[test]
fn a_missing_dataset_is_said_once() {
    let input = "source_type: DATASET\nsource_id: d1\ndestination_type: RUN\ntags: {}\n";
    let read = one_run(&[("1/r/inputs/i1/meta.yaml", input), ("1/r/inputs/i2/meta.yaml", input)]);
    assert!(read.run("r").inputs.is_empty() && read.run("r").damaged);
    assert_eq!(read.notes.len(), 1, "{:?}", read.notes);
    assert!(read.says("1/datasets/d1/meta.yaml", "not there"));
}

fn read_files(files: Vec<(String, Vec<u8>)>) -> Read {
    let tree = Rc::new(MemoryTree::new(files));
    read_all(Box::new(MlrunsReader::new(tree, "", Layout::Store, ReadOptions::default())))
}

fn mutate(text: &str, changes: Vec<(prop::sample::Index, u8)>, cut: Option<prop::sample::Index>) -> Vec<u8> {
    let mut bytes = text.as_bytes().to_vec();
    for (at, byte) in changes {
        let at = at.index(bytes.len());
        bytes[at] = byte;
    }
    if let Some(cut) = cut {
        bytes.truncate(cut.index(bytes.len()));
    }
    bytes
}

fn changes() -> impl Strategy<Value = Vec<(prop::sample::Index, u8)>> {
    let byte = prop_oneof![any::<u8>(), prop::sample::select(b" \n\r:'\"-{}[]&*!|>#%0123456789.e".to_vec())];
    prop::collection::vec((any::<prop::sample::Index>(), byte), 0..8)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 500, ..ProptestConfig::default() })]

    #[test]
    fn a_mutated_meta_yaml_never_panics(changes in changes(), cut in prop::option::of(any::<prop::sample::Index>())) {
        let meta = mutate(RUN.1, changes, cut);
        let read = read_files(vec![
            (EXPERIMENT.0.to_owned(), meta.clone()),
            (RUN.0.to_owned(), meta),
            ("1/ok/meta.yaml".to_owned(), b"run_id: ok\nexperiment_id: '1'\n".to_vec()),
        ]);
        prop_assert!(read.runs.iter().any(|r| r.id == "ok"));
    }

    #[test]
    fn a_mutated_metric_file_never_panics(changes in changes(), cut in prop::option::of(any::<prop::sample::Index>())) {
        let file = mutate("1700000000000 0.25 0\n1700000000001 nan 1\n1700000000002 -1e-7 2 train 0ab1\n17 3\n", changes, cut);
        let read = read_files(vec![
            (EXPERIMENT.0.to_owned(), EXPERIMENT.1.into()),
            (RUN.0.to_owned(), RUN.1.into()),
            ("1/r/metrics/m".to_owned(), file.clone()),
        ]);
        let lines = file.split(|&b| b == b'\n').filter(|line| !line.trim_ascii().is_empty()).count();
        prop_assert!(read.history("m").len() <= lines);
        prop_assert_eq!(read.run("r").damaged, read.history("m").len() < lines);
    }

    /// Every float that Python writes (`repr`, shortest digits) is read back to the bit.
    #[test]
    fn floats_are_read_to_the_bit(bits: u64, short in -999_999_999_i64..999_999_999, places in 0_i32..12) {
        for value in [f64::from_bits(bits), short as f64 / 10_f64.powi(places)] {
            let text = crate::support::python::repr(value);
            let read = one_run(&[("1/r/metrics/m", &format!("1 {text} 0\n"))]);
            let found = read.history("m")[0].2;
            prop_assert!(found.to_bits() == value.to_bits() || (found.is_nan() && value.is_nan()), "{}", text);
        }
    }
}
