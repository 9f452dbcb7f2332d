//! Groups of runs, and pinned runs.

use std::collections::{BTreeMap, BTreeSet};

use proptest::prelude::*;
use runatlas_core::{
    format::Clock,
    stat::sample::Sample,
    table::{Column, Columns, GroupKey, Groups, Line, Part, Query, RunRef, SharedSteps, SortBy, Stat, Table},
};

use super::make::{Make, run, table};

fn grouped(by: &[&str]) -> Query {
    let by = by.iter().map(|id| Column::parse(id).unwrap()).collect();
    Query { groups: Groups { by, ..Groups::default() }, ..Query::default() }
}

fn sorted(query: Query, id: &str, descending: bool) -> Query {
    Query { sort: vec![SortBy { column: Column::parse(id).unwrap(), descending }], ..query }
}

/// All groups open.
fn opened(table: &Table, query: &Query) -> Query {
    let mut query = query.clone();
    query.groups.open = table.rows(&query).groups.into_iter().map(|group| group.key).collect();
    query
}

/// The lines as words: `[optimizer adam] 2`, `  name`, `# Pinned 1`.
fn lines(table: &Table, query: &Query) -> Vec<String> {
    let rows = table.rows(query);
    let line = |line: &Line| match *line {
        Line::Part(part, runs) => format!("# {} {runs}", part.label()),
        Line::Group(at) => format!("[{}] {}", rows.groups[at].name(), rows.groups[at].members.len()),
        Line::Run(at) => {
            let row = &rows.rows[at];
            format!("{}{}", "  ".repeat(row.depth.into()), table.run(row).unwrap().run.display_name())
        }
    };
    rows.lines.iter().map(line).collect()
}

fn sweep() -> Table {
    table([
        run("a1").param("opt", "adam").param("seed", "1").metric("acc", 0.8),
        run("a2").param("opt", "adam").param("seed", "2").metric("acc", 0.6),
        run("s1").param("opt", "sgd").param("seed", "10").metric("acc", 0.9),
        run("s2").param("opt", "sgd").param("seed", "2").metric("acc", f64::NAN),
        run("half").param("seed", "1"),
        run("plain").metric("acc", 0.1),
    ])
}

#[test]
fn runs_with_the_same_values_are_one_group() {
    let table = sweep();
    let query = grouped(&["params.opt"]);
    assert_eq!(lines(&table, &query), ["[opt adam] 2", "[opt sgd] 2", "# Not grouped 2", "half", "plain"]);
    assert_eq!(
        lines(&table, &opened(&table, &query)),
        ["[opt adam] 2", "  a1", "  a2", "[opt sgd] 2", "  s1", "  s2", "# Not grouped 2", "half", "plain"]
    );
}

#[test]
fn several_columns_are_one_group_a_combination() {
    let table = sweep();
    assert_eq!(
        lines(&table, &grouped(&["params.seed", "params.opt"])),
        [
            "[seed 1, opt adam] 1",
            "[seed 1, opt not set] 1",
            "[seed 2, opt adam] 1",
            "[seed 2, opt sgd] 1",
            "[seed 10, opt sgd] 1",
            "# Not grouped 1",
            "plain"
        ]
    );
}

#[test]
fn groups_are_sorted_by_the_statistic() {
    let table = sweep();
    let by = |stat| {
        let mut query = sorted(grouped(&["params.opt"]), "metrics.acc", true);
        query.groups.stat = stat;
        lines(&table, &query).into_iter().filter(|line| line.starts_with('[')).collect::<Vec<_>>()
    };
    assert_eq!(by(Stat::Mean), ["[opt sgd] 2", "[opt adam] 2"]);
    // One value has no spread: last, whatever the direction.
    assert_eq!(by(Stat::Deviation), ["[opt adam] 2", "[opt sgd] 2"]);
}

#[test]
fn a_group_says_what_its_runs_have() {
    let table = std::sync::Arc::new(sweep());
    let query = grouped(&["params.opt"]);
    let rows = std::sync::Arc::new(table.rows(&query));
    let columns: Vec<Column> =
        ["metrics.acc", "params.opt", "params.seed"].map(|id| Column::parse(id).unwrap()).to_vec();
    let columns = Columns::new(table.clone(), rows.clone(), columns, SharedSteps::default());
    let cell = |column: usize, group: usize, stat| {
        columns.view(column).unwrap().group_cell(&table, &rows.groups[group], stat, &Clock::utc(0))
    };
    assert_eq!(cell(0, 0, Stat::Mean).text, "0.7000");
    assert_eq!(cell(0, 0, Stat::Min).text, "0.6000");
    assert_eq!(cell(0, 0, Stat::Deviation).text, "0.1414");
    assert_eq!(cell(0, 1, Stat::Count).text, "2");
    assert_eq!(cell(0, 1, Stat::Deviation).text, "–");
    let title = cell(0, 1, Stat::Mean).title.unwrap();
    assert!(title.ends_with("maximum 0.9; 1 value is not finite and left out"), "{title}");
    assert_eq!(cell(1, 0, Stat::Mean).text, "adam");
    assert_eq!(cell(2, 0, Stat::Mean).text, "2 values");
    assert_eq!(cell(2, 0, Stat::Mean).title.as_deref(), Some("1\n2"));
}

#[test]
fn pinned_runs_stand_above() {
    let table = sweep();
    let pinned = |mut query: Query, names: &[&str]| {
        let key = |name: &&str| table.runs().iter().find(|run| run.run.name == **name).unwrap().key();
        query.pinned = names.iter().map(key).collect();
        query
    };
    let flat = pinned(sorted(Query::default(), "attributes.run_name", false), &["s1", "a2"]);
    assert_eq!(lines(&table, &flat), ["# Pinned 2", "a2", "s1", "# Runs 4", "a1", "half", "plain", "s2"]);
    // They count in their group, and are listed once.
    let groups = pinned(opened(&table, &grouped(&["params.opt"])), &["s1"]);
    assert_eq!(
        lines(&table, &groups),
        [
            "# Pinned 1",
            "s1",
            "# Runs 5",
            "[opt adam] 2",
            "  a1",
            "  a2",
            "[opt sgd] 2",
            "  s2",
            "# Not grouped 2",
            "half",
            "plain"
        ]
    );
}

#[test]
fn children_go_with_a_pinned_parent() {
    let table = table([run("p"), run("c").parent("p"), run("x"), run("o").parent("x")]);
    let key = |name: &str| table.runs().iter().find(|run| run.run.name == name).unwrap().key();
    let query = Query {
        tree: true,
        expanded: table.parent_keys().into_iter().collect(),
        pinned: BTreeSet::from([key("p")]),
        ..sorted(Query::default(), "attributes.run_name", false)
    };
    assert_eq!(lines(&table, &query), ["# Pinned 2", "p", "  c", "# Runs 2", "x", "  o"]);
    let child = Query { pinned: BTreeSet::from([key("o")]), ..query };
    assert_eq!(lines(&table, &child), ["# Pinned 1", "o", "# Runs 3", "p", "  c", "x"]);
}

#[test]
fn the_line_of_a_row_is_found() {
    let table = sweep();
    let rows = table.rows(&opened(&table, &grouped(&["params.opt"])));
    for at in 0..rows.rows.len() {
        assert_eq!(rows.lines[rows.line_of(at).unwrap()], Line::Run(at));
    }
    assert_eq!(rows.line_of(rows.rows.len()), None);
}

/// A seed, an optimizer, a value and a start.
type Made = (Option<u8>, Option<String>, Option<f64>, i64);

fn some_runs() -> impl Strategy<Value = Vec<Make>> {
    let value = prop_oneof![
        4 => (-100..100i32).prop_map(|value| f64::from(value) / 7.0),
        1 => Just(f64::NAN),
        1 => Just(f64::INFINITY),
    ];
    let one = (prop::option::of(0..4u8), prop::option::of("[ab]"), prop::option::of(value), 0..5i64);
    prop::collection::vec(one, 0..24).prop_map(|all| {
        let make = |(at, (seed, opt, value, start)): (usize, Made)| {
            let mut made = run(&format!("r{at}")).start(start);
            if let Some(seed) = seed {
                made = made.param("seed", &seed.to_string());
            }
            if let Some(opt) = opt {
                made = made.param("opt", &opt);
            }
            match value {
                Some(value) => made.metric("m", value),
                None => made,
            }
        };
        all.into_iter().enumerate().map(make).collect()
    })
}

fn values<'a>(runs: impl Iterator<Item = &'a RunRef>) -> Vec<f64> {
    runs.filter_map(|run| Some(run.run.metric("m")?.last.value)).collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(192))]

    #[test]
    fn the_order_of_runs_changes_no_group(runs in some_runs(), descending: bool, turn in 0..24usize) {
        let refs: Vec<RunRef> = runs.into_iter().map(Make::done).collect();
        let query = sorted(grouped(&["params.seed", "params.opt"]), "metrics.m", descending);
        let mut turned = refs.clone();
        turned.rotate_left(turn.min(refs.len()));
        turned.reverse();
        let (a, b) = (Table::new(refs), Table::new(turned));
        let (a_query, b_query) = (opened(&a, &query), opened(&b, &query));
        prop_assert_eq!(lines(&a, &a_query), lines(&b, &b_query));
        prop_assert_eq!(&a_query, &b_query);
    }

    #[test]
    fn groups_divide_the_runs(runs in some_runs(), pins in prop::collection::btree_set(0..24usize, 0..4)) {
        let table = table(runs);
        let key = |at: usize| Some(table.runs().get(at)?.key());
        let query = Query { pinned: pins.into_iter().filter_map(key).collect(), ..grouped(&["params.opt"]) };
        let query = opened(&table, &query);
        let rows = table.rows(&query);
        // Each run is in one group, or in none because it has no value.
        let mut homes: BTreeMap<u32, usize> = BTreeMap::new();
        for group in &rows.groups {
            for &index in &group.members {
                *homes.entry(index).or_default() += 1;
                let opt = table.runs()[index as usize].run.param("opt").map(str::to_owned);
                prop_assert_eq!(&group.key, &GroupKey(vec![opt]));
            }
        }
        prop_assert!(homes.values().all(|count| *count == 1));
        for (index, run) in (0_u32..).zip(table.runs()) {
            prop_assert_eq!(homes.contains_key(&index), run.run.param("opt").is_some());
        }
        // Each run is listed once.
        let listed: BTreeSet<u32> = rows.rows.iter().map(|row| row.index).collect();
        prop_assert_eq!(listed.len(), rows.rows.len());
        prop_assert_eq!(listed.len(), table.runs().len());
        let others: Vec<usize> =
            rows.lines.iter().filter_map(|line| if let Line::Part(Part::Ungrouped, runs) = line { Some(*runs) } else { None }).collect();
        prop_assert!(others.len() <= 1);
    }

    #[test]
    fn sums_over_groups_are_sums_over_runs(runs in some_runs()) {
        let table = table(runs);
        let rows = table.rows(&grouped(&["params.seed"]));
        let of = |values: Vec<f64>| Sample::new(values).map_or((0, 0, 0.0), |s| (s.count, s.left_out, s.mean * s.count as f64));
        let ungrouped = table.runs().iter().filter(|run| run.run.param("seed").is_none());
        let parts = rows.groups.iter().map(|group| of(values(group.runs(&table)))).chain([of(values(ungrouped))]);
        let (count, sum) = parts.fold((0, 0.0), |all, part| (all.0 + part.0, all.1 + part.2));
        let whole = of(values(table.runs().iter()));
        prop_assert_eq!(count, whole.0);
        prop_assert!((sum - whole.2).abs() < 1e-9, "{sum} {}", whole.2);
    }

    #[test]
    fn a_sample_does_not_depend_on_order(mut values in prop::collection::vec(prop_oneof![any::<f64>(), -1e3..1e3f64], 0..20)) {
        let bits = |sample: Option<Sample>| sample.map(|s| [s.mean, s.median, s.deviation, s.min, s.max].map(f64::to_bits));
        let before = bits(Sample::new(values.clone()));
        values.reverse();
        prop_assert_eq!(bits(Sample::new(values.clone())), before);
        if let Some(sample) = Sample::new(values.clone()) {
            prop_assert!(sample.min <= sample.mean && sample.mean <= sample.max || !sample.mean.is_finite());
            prop_assert_eq!(sample.count + sample.left_out, values.len());
        }
    }
}
