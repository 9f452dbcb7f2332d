//! Runs that are equal in what went into them stand in one column.

use std::collections::BTreeSet;

use proptest::prelude::*;
use runatlas_core::{
    diff::{Arrange, DiffFilter, Format, RowId, SectionKind},
    format::Clock,
};

use super::{diff, row};
use crate::table::make::{Make, run};

fn id(key: &str) -> RowId {
    RowId { section: SectionKind::Params, key: key.to_owned(), inner: None }
}

fn but(keys: &[&str]) -> Arrange {
    Arrange { sort: None, group: Some(keys.iter().map(|key| id(key)).collect::<BTreeSet<_>>()) }
}

#[test]
fn seven_runs_that_differ_in_nothing_but_seed() {
    let seeds = (0..7).map(|seed| {
        run(&format!("s{seed}"))
            .param("lr", "0.1")
            .param("seed", &seed.to_string())
            .metric("acc", f64::from(seed))
    });
    let base = run("base").param("lr", "1").param("seed", "0").metric("acc", 1.0);
    let found = diff([base].into_iter().chain(seeds));
    let words: Vec<String> = found.nothing_but().iter().map(runatlas_core::diff::NothingBut::words).collect();
    assert_eq!(words, ["7 runs differ in nothing but seed"]);
    let columns = found.columns(&but(&["seed"]));
    assert_eq!(columns, [vec![0], (1..8).collect()]);
    assert_eq!(found.columns(&but(&[])).len(), 8, "all seeds differ");
    let (section, at) =
        found.find(&RowId { section: SectionKind::Metrics, key: "acc".to_owned(), inner: None }).unwrap();
    let facts = found.facts(section, at, &columns).unwrap();
    let cell = found.cell(&facts, &columns[1], &Clock::utc(0));
    assert_eq!(cell.text, "3");
    assert_eq!(cell.title.as_deref(), Some("mean of 7 of 7 runs ± 2.1602, from 0.0 to 6.0"));
    assert!(cell.best, "its mean is above the baseline");
    assert_eq!(cell.delta.as_ref().map(|delta| delta.text.as_str()), Some("+2"));
    let (section, at) = found.find(&id("seed")).unwrap();
    let facts = found.facts(section, at, &columns).unwrap();
    assert_eq!(found.cell(&facts, &columns[1], &Clock::utc(0)).text, "7 values");
    let text = found.export(&DiffFilter::default(), &columns, Format::Latex, &Clock::utc(0));
    assert!(text.contains("Key & base (baseline) & s0 and 6 more \\\\"), "{text}");
    assert!(text.contains("acc & 1 & \\textbf{3} (+2) \\\\"), "{text}");
}

#[test]
fn runs_that_were_started_alike_are_told() {
    let found = diff([
        run("base").param("a", "1"),
        run("b").param("a", "2"),
        run("c").param("a", "2"),
        run("d").param("a", "3"),
    ]);
    let words: Vec<String> = found.nothing_but().iter().map(runatlas_core::diff::NothingBut::words).collect();
    assert_eq!(
        words,
        [
            "3 runs differ in nothing but a",
            "2 runs had the same params, environment, datasets and source code"
        ]
    );
    assert_eq!(found.columns(&but(&[])), [vec![0], vec![1, 2], vec![3]]);
    assert!(row(&found, SectionKind::Params, "a").differs);
}

fn any_run() -> impl Strategy<Value = Make> {
    prop::collection::btree_map("[ab]", "[01]", 0..3)
        .prop_map(|params| params.iter().fold(run("r"), |made, (key, value)| made.param(key, value)))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]

    #[test]
    fn grouping_is_an_equivalence(runs in prop::collection::vec(any_run(), 1..9), except in any::<bool>()) {
        let params: Vec<Vec<(String, String)>> = runs.iter().map(|run| run.0.params.clone()).collect();
        let found = diff(runs);
        let keys: &[&str] = if except { &["a"] } else { &[] };
        let columns = found.columns(&but(keys));
        let mut all: Vec<usize> = columns.concat();
        all.sort_unstable();
        prop_assert_eq!(all, (0..params.len()).collect::<Vec<_>>(), "every run stands in one column");
        prop_assert_eq!(&columns[0], &vec![0]);
        let kept = |run: usize| params[run].iter().filter(|(key, _)| !keys.contains(&key.as_str())).cloned().collect::<Vec<_>>();
        let column = |run: usize| columns.iter().position(|column| column.contains(&run));
        for a in 1..params.len() {
            for b in 1..params.len() {
                prop_assert_eq!(column(a) == column(b), kept(a) == kept(b));
            }
        }
    }
}
