//! Parents and children.

use std::collections::BTreeSet;

use proptest::prelude::*;
use runatlas_core::table::{Column, Query, RunKey, SortBy, Table};

use super::make::{names, run, table};

fn tree(table: &Table, expanded: &[&str], search: &str) -> Vec<String> {
    let key = |name: &&str| RunKey { source: "source".to_owned(), run: format!("id-{name}") };
    let query = Query {
        tree: true,
        expanded: expanded.iter().map(key).collect(),
        search: search.to_owned(),
        sort: vec![SortBy { column: Column::Name, descending: false }],
        ..Query::default()
    };
    names(table, &table.rows(&query))
}

fn family() -> Table {
    table([
        run("sweep"),
        run("trial-1").parent("sweep"),
        run("trial-2").parent("sweep"),
        run("fold").parent("trial-2"),
        run("alone"),
        run("lost").parent("nobody"),
    ])
}

#[test]
fn children_stand_below_their_open_parents() {
    let table = family();
    assert_eq!(tree(&table, &[], ""), ["alone", "lost", "sweep"]);
    assert_eq!(tree(&table, &["sweep"], ""), ["alone", "lost", "sweep", "  trial-1", "  trial-2"]);
    assert_eq!(tree(&table, &["trial-2"], ""), ["alone", "lost", "sweep"]);
    let all = ["alone", "lost", "sweep", "  trial-1", "  trial-2", "    fold"];
    assert_eq!(tree(&table, &["sweep", "trial-2"], ""), all);
    let parents: Vec<_> = table.parent_keys().into_iter().map(|key| key.run).collect();
    assert_eq!(parents, ["id-sweep", "id-trial-2"]);
}

#[test]
fn rows_say_how_many_children_they_have() {
    let table = family();
    let rows = table.rows(&Query { tree: true, ..Query::default() });
    let found: Vec<_> = rows.rows.iter().map(|row| (row.depth, row.children, row.expanded)).collect();
    // Ties: by id, as none has a start: alone, lost, sweep.
    assert_eq!(found, [(0, 0, false), (0, 0, false), (0, 2, false)]);
    assert_eq!((rows.matched, rows.total), (6, 6));
}

#[test]
fn a_search_opens_parents_and_keeps_children_of_others() {
    let table = family();
    assert_eq!(tree(&table, &[], "trial"), ["trial-1", "trial-2"], "their parent is filtered out");
    assert_eq!(tree(&table, &[], "id-"), ["alone", "lost", "sweep", "  trial-1", "  trial-2", "    fold"]);
}

#[test]
fn parents_belong_to_their_own_source() {
    let child = || run("child").parent("parent");
    let table = Table::new(vec![run("parent").at("one"), child().at("two"), child().at("one")]);
    let rows = table.rows(&Query { tree: true, ..Query::default() });
    assert_eq!(rows.rows.len(), 2, "the child in the other source stands alone");
}

#[test]
fn circles_are_broken_and_lose_nobody() {
    let table =
        table([run("a").parent("b"), run("b").parent("a"), run("self").parent("self"), run("c").parent("b")]);
    assert_eq!(tree(&table, &["a", "b", "c", "self"], ""), ["self", "a", "  b", "    c"]);
    assert_eq!(tree(&table, &[], ""), ["self", "a"]);
}

#[test]
fn a_long_chain_does_not_overflow() {
    let mut expanded = BTreeSet::new();
    let runs = (0..20_000).map(|i| {
        let run = run(&i.to_string());
        if i == 0 { run } else { run.parent(&(i - 1).to_string()) }
    });
    let table = table(runs);
    expanded.extend(table.parent_keys());
    let rows = table.rows(&Query { tree: true, expanded, ..Query::default() });
    assert_eq!(rows.rows.len(), 20_000);
    assert_eq!(rows.rows.last().unwrap().depth, 19_999);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]

    #[test]
    fn every_run_is_shown_once_when_all_is_open(parents in prop::collection::vec(prop::option::of(0..12_usize), 0..12)) {
        let table = table(parents.iter().enumerate().map(|(i, parent)| match parent {
            Some(parent) => run(&i.to_string()).parent(&parent.to_string()),
            None => run(&i.to_string()),
        }));
        let expanded = table.parent_keys().into_iter().collect();
        let rows = table.rows(&Query { tree: true, expanded, ..Query::default() });
        let mut indices: Vec<_> = rows.rows.iter().map(|row| row.index).collect();
        indices.sort_unstable();
        prop_assert_eq!(indices, (0..parents.len() as u32).collect::<Vec<_>>());
        // A row is at most one deeper than the row above it.
        prop_assert!(rows.rows.windows(2).all(|pair| pair[1].depth <= pair[0].depth + 1));
    }
}
