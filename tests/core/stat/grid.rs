use proptest::collection::vec;
use proptest::prelude::*;
use runatlas_core::stat::factor::Factor;
use runatlas_core::stat::grid::{Axis, Field, HeatMap, MOST_CATEGORIES, Sample, field};

fn factor(texts: &[&str]) -> Factor {
    Factor::of(texts.iter().map(|&text| if text == "-" { None } else { Some(text) }))
}

fn labels(axis: &Axis) -> Vec<String> {
    match axis {
        Axis::Categories { labels, .. } => labels.clone(),
        Axis::Numbers(numbers) => numbers.iter().map(f64::to_string).collect(),
        Axis::Bins { .. } => panic!("{axis:?} has bins"),
    }
}

#[test]
fn params_are_numbers_where_all_of_them_are() {
    let numbers = Factor::Numbers(vec![0.01, 10.0, f64::NAN, -1e-5]);
    assert_eq!(factor(&["0.01", " 1e1 ", "-", "-1E-5"]).len(), numbers.len());
    assert_eq!(factor(&["0.01", "1e1", "7", "-1E-5"]), Factor::Numbers(vec![0.01, 10.0, 7.0, -1e-5]));
    let check = |texts: &[&str], expected: &[&str]| match factor(texts) {
        Factor::Categories { labels, .. } => assert_eq!(labels, expected, "{texts:?}"),
        numbers @ Factor::Numbers(_) => panic!("{texts:?}: {numbers:?}"),
    };
    check(&["10", "None", "9", "-", "adam", "10"], &["9", "10", "None", "adam"]);
    check(&["1", "nan"], &["1", "nan"]);
    check(&["1", "inf"], &["1", "inf"]);
    check(&["1", ""], &["1", ""]);
    check(&["-", "-"], &[]);
    let missing = factor(&["5", "-"]);
    assert_eq!((missing.code(0), missing.code(1), missing.code(2)), (Some(5.0), None, None));
    assert_eq!(factor(&["b", "-", "a"]).code(0), Some(1.0));
}

#[test]
fn a_cell_sums_up_its_runs() {
    let x = factor(&["adam", "sgd", "adam", "adam", "-", "sgd"]);
    let y = factor(&["0.1", "0.01", "0.1", "0.01", "0.1", "0.01"]);
    let map = HeatMap::of(&x, &y, &[1.0, 2.0, 4.0, 8.0, 16.0, f64::NAN]);
    assert_eq!(labels(&map.x), ["adam", "sgd"]);
    assert_eq!(labels(&map.y), ["0.01", "0.1"]);
    assert_eq!(map.left_out, 2);
    let of = |column, row| {
        let cell = map.cell(column, row).unwrap();
        (cell.count, cell.mean, cell.min, cell.max)
    };
    assert_eq!(of(0, 1), (2, 2.5, 1.0, 4.0));
    assert_eq!(of(0, 0), (1, 8.0, 8.0, 8.0));
    assert_eq!(of(1, 0), (1, 2.0, 2.0, 2.0));
    let empty = map.cell(1, 1).unwrap();
    assert!(empty.count == 0 && empty.mean.is_nan() && empty.min.is_nan() && empty.max.is_nan());
    assert_eq!(map.cell(2, 0), None);
}

#[test]
fn many_numbers_share_bins_and_rare_categories_have_no_place() {
    let bins = |numbers: Vec<f64>| {
        let runs = numbers.len();
        match HeatMap::of(&Factor::Numbers(numbers), &Factor::Numbers(vec![0.0; runs]), &vec![1.0; runs]) {
            HeatMap { x: Axis::Bins { edges, log }, cells, left_out, .. } => {
                (edges, log, cells.iter().map(|cell| cell.count).collect::<Vec<_>>(), left_out)
            }
            other => panic!("{other:?}"),
        }
    };
    let (edges, log, counts, left_out) = bins((0..=20).map(f64::from).collect());
    assert_eq!(edges, [0.0, 2.0, 4.0, 6.0, 8.0, 10.0, 12.0, 14.0, 16.0, 18.0, 20.0]);
    assert_eq!((log, counts, left_out), (false, vec![2, 2, 2, 2, 2, 2, 2, 2, 2, 3], 0));
    let (edges, log, counts, _) = bins((0..=20).map(|i| 10.0_f64.powf(f64::from(i) / 4.0 - 5.0)).collect());
    assert!(log && edges[0] == 1e-5 && edges[10] == 1.0, "{edges:?}");
    for pair in edges.windows(2) {
        assert!((pair[1] / pair[0] - 10.0_f64.sqrt()).abs() < 1e-9, "{edges:?}");
    }
    assert_eq!(counts.iter().sum::<usize>(), 21);

    // 50 categories of one run, five of two.
    let names: Vec<String> =
        (0..55).flat_map(|i| vec![format!("c{i:02}"); if i % 11 == 10 { 2 } else { 1 }]).collect();
    let texts: Vec<&str> = names.iter().map(String::as_str).collect();
    let map = HeatMap::of(&factor(&texts), &factor(&vec!["1"; texts.len()]), &vec![0.0; texts.len()]);
    let Axis::Categories { labels, left_out, .. } = &map.x else { panic!("{:?}", map.x) };
    assert_eq!((labels.len(), *left_out, map.left_out), (MOST_CATEGORIES, 15, 15));
    assert!(labels.is_sorted());
    for often in ["c10", "c21", "c32", "c43", "c54"] {
        assert!(labels.iter().any(|label| label == often), "{often}");
    }
}

fn at(x: f64, y: f64, value: f64) -> Sample {
    Sample { x, y, value }
}

#[test]
fn a_field_is_shepards() {
    let runs = [at(0.0, 10.0, 1.0), at(4.0, 10.0, 3.0), at(0.0, 30.0, 5.0), at(2.0, f64::NAN, 9.0)];
    let found = field(&runs, 5, 3).unwrap();
    assert_eq!((&found.xs, &found.ys), (&vec![0.0, 1.0, 2.0, 3.0, 4.0], &vec![10.0, 20.0, 30.0]));
    assert_eq!(found.runs, 3);
    assert_eq!((found.value(0, 0), found.value(4, 0), found.value(0, 2)), (Some(1.0), Some(3.0), Some(5.0)));
    // At (3, 20), that is (0.75, 0.5) of the picture.
    let weights = [1.0 / (0.5625 + 0.25), 1.0 / (0.0625 + 0.25), 1.0 / (0.5625 + 0.25)];
    let expected = (weights[0] + 3.0 * weights[1] + 5.0 * weights[2]) / weights.iter().sum::<f64>();
    assert!((found.value(3, 1).unwrap() - expected).abs() < 1e-12);
    assert!((found.distances[5 + 3] - 0.3125_f64.sqrt()).abs() < 1e-12);
    assert_eq!(found.value(5, 0), None);
    // Two runs at one place, and all runs at one place.
    let same = field(&[at(1.0, 1.0, 2.0), at(1.0, 1.0, 4.0)], 2, 2).unwrap();
    assert_eq!(same.values, [3.0; 4]);
    assert_eq!(field(&[], 5, 5), None);
    assert!(Field::METHOD.starts_with("inverse distance weighting"));
}

fn any_number() -> impl Strategy<Value = f64> {
    prop_oneof![4 => -9.0..9.0f64, 3 => (-3..4i32).prop_map(f64::from), 1 => any::<u64>().prop_map(f64::from_bits)]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(192))]

    #[test]
    fn every_run_is_counted_once(runs in vec((any_number(), 0..60u32, any_number()), 0..80)) {
        let x = Factor::Numbers(runs.iter().map(|run| run.0).collect());
        let texts: Vec<String> = runs.iter().map(|run| format!("c{}", run.1)).collect();
        let y = Factor::of(texts.iter().map(|text| Some(text.as_str())));
        let metric: Vec<f64> = runs.iter().map(|run| run.2).collect();
        for map in [HeatMap::of(&x, &y, &metric), HeatMap::of(&y, &x, &metric)] {
            prop_assert_eq!(map.cells.len(), map.x.len() * map.y.len());
            prop_assert_eq!(map.cells.iter().map(|cell| cell.count).sum::<usize>() + map.left_out, runs.len());
            for cell in map.cells.iter().filter(|cell| cell.count > 0) {
                prop_assert!(cell.min <= cell.mean && cell.mean <= cell.max);
            }
        }
    }

    #[test]
    fn a_field_stays_within_its_values_whatever_the_order(
        mut runs in vec((any_number(), any_number(), any_number()), 1..30),
        columns in 0..20usize,
    ) {
        let samples = |runs: &[(f64, f64, f64)]| runs.iter().map(|&(x, y, v)| at(x, y, v)).collect::<Vec<_>>();
        let found = field(&samples(&runs), columns, 4);
        runs.reverse();
        prop_assert_eq!(&found, &field(&samples(&runs), columns, 4));
        let Some(found) = found else { return Ok(()) };
        let finite = runs.iter().filter(|run| run.0.is_finite() && run.1.is_finite() && run.2.is_finite());
        let (least, greatest) = finite
            .map(|run| run.2)
            .fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), v| (v.min(low), v.max(high)));
        prop_assert!(found.values.iter().all(|&value| least <= value && value <= greatest));
        prop_assert_eq!(found.values.len(), columns.clamp(2, 256) * 4);
    }
}
