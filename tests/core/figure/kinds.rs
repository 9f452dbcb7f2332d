use super::*;
use runatlas_core::{
    board::Form,
    figure::{Brush, Hit, Ink, Item, Shape, Suggestions},
    table::Table,
};

fn labels(figure: &Figure) -> Vec<&str> {
    figure.labels.iter().map(|label| label.text.as_str()).collect()
}

fn item(figure: &Figure, run: usize) -> &Item {
    &figure.items[figure.item_of(run).unwrap()]
}

fn scatter(x: AxisColumn, y: AxisColumn) -> CardKind {
    CardKind::Scatter { x, y, color: None, trend: true }
}

fn check_has(texts: &[impl AsRef<str>], wanted: &[&str]) {
    for want in wanted {
        let all: Vec<&str> = texts.iter().map(AsRef::as_ref).collect();
        assert!(all.iter().any(|text| text.contains(want)), "no {want} in {all:?}");
    }
}

#[test]
fn dots_of_a_log_scatter_are_evenly_apart_and_found_under_the_pointer() {
    let figure = build(&scatter(log(param("lr")), axis(metric("loss"))), &sweep());
    let at: Vec<(f64, f64)> = (0..4).map(|run| item(&figure, run).anchor()).collect();
    for pair in at.windows(2) {
        assert!(pair[0].0 > pair[1].0 && pair[0].1 < pair[1].1, "smaller rate, smaller loss: {at:?}");
    }
    let gaps: Vec<f64> = at.windows(2).map(|pair| pair[0].0 - pair[1].0).collect();
    assert!(gaps.iter().all(|gap| (gap - gaps[0]).abs() < 0.01), "a decade is a decade: {gaps:?}");
    for (run, (x, y)) in at.iter().enumerate() {
        let found = figure.at(x + 3.0, y - 2.0).unwrap();
        assert_eq!(figure.items[found].runs, [run]);
    }
    assert_eq!(figure.at(at[0].0 + 15.0, at[0].1), None, "too far from any");
    assert_eq!(figure.items[0].runs, [3], "keys walk from left to right");
    assert_eq!(item(&figure, 1).words(), "b: lr 0.01, loss 0.5000");
}

#[test]
fn a_trend_says_how_strong_it_is_and_on_what() {
    let figure = build(&scatter(log(param("lr")), axis(metric("loss"))), &sweep());
    check_has(&figure.notes, &["r = 0.96, p = 0.041, n = 4", "over the logarithm of x"]);
    assert!(figure.top.iter().any(|shape| matches!(shape, Shape::Line { dash: Some(_), .. })));
    let falling = [("a", 1.0, 3.0), ("b", 2.0, 2.0), ("c", 3.0, 1.0)]
        .map(|(name, x, y)| run(name).metric("x", x).metric("y", y).done());
    let figure = build(&scatter(axis(metric("x")), axis(metric("y"))), &falling);
    check_has(&figure.notes, &["r = \u{2212}1.00, p < 0.001, n = 3"]);
    let same = [("a", 1.0), ("b", 2.0)].map(|(name, y)| run(name).metric("x", 5.0).metric("y", y).done());
    let figure = build(&scatter(axis(metric("x")), axis(metric("y"))), &same);
    check_has(&figure.notes, &["no trend"]);
}

#[test]
fn runs_that_cannot_be_drawn_are_counted_and_said() {
    let mut runs = sweep();
    runs.push(run("none").metric("loss", 0.4).done());
    runs.push(run("text").param("lr", "auto").metric("loss", 0.4).done());
    runs.push(run("zero").param("lr", "0").metric("loss", 0.4).done());
    runs.push(run("nan").param("lr", "0.1").metric("loss", f64::NAN).done());
    let figure = build(&scatter(log(param("lr")), axis(metric("loss"))), &runs);
    assert_eq!(figure.items.len(), 4);
    check_has(
        &figure.notes,
        &[
            "1 of 8 runs has no lr",
            "in 1 of 8 runs lr is not a number",
            "in 1 of 8 runs lr is not above 0, which a log axis cannot show",
            "in 1 of 8 runs loss is NaN or infinite",
        ],
    );
    // A text among numbers is left out, and said.
    let figure = build(&scatter(axis(param("lr")), axis(metric("loss"))), &runs);
    assert_eq!(figure.items.len(), 5);
    check_has(&figure.notes, &["in 1 of 8 runs lr is not a number"]);
    assert!(!figure.notes.iter().any(|note| note.contains("a place of its own")), "{:?}", figure.notes);
    let figure = build(&scatter(axis(metric("other")), axis(metric("loss"))), &runs);
    assert_eq!(figure.empty.as_deref(), Some("No run has usable values of both other and loss."));
}

#[test]
fn a_few_texts_do_not_make_names_of_numbers_but_many_do_and_it_is_said() {
    let mut runs = sweep();
    for name in ["e", "f"] {
        runs.push(run(name).param("lr", "auto").param("optimizer", "sgd").metric("loss", 0.4).done());
    }
    let kind = scatter(axis(param("lr")), axis(metric("loss")));
    let figure = build(&kind, &runs);
    assert_eq!(figure.items.len(), 4, "four numbers and two texts are numbers");
    check_has(&figure.notes, &["in 2 of 6 runs lr is not a number"]);
    runs.push(run("g").param("lr", "auto").metric("loss", 0.4).done());
    let figure = build(&kind, &runs);
    assert_eq!(figure.items.len(), 7, "four numbers and three texts are names");
    check_has(&labels(&figure), &["auto", "0.0001"]);
    check_has(
        &figure.notes,
        &["in 3 of 7 runs lr is not a number, so each of its values has a place of its own"],
    );
    assert!(figure.summary.contains("In 3 of 7 runs lr is"), "{}", figure.summary);
    // Words only are as they should be.
    let figure = build(&scatter(axis(param("optimizer")), axis(metric("loss"))), &runs);
    assert!(!figure.notes.iter().any(|note| note.contains("not a number")), "{:?}", figure.notes);
}

#[test]
fn runs_on_the_charts_are_painted_over_the_others() {
    let runs = [("on", 1.0), ("off", 1.0)].map(|(name, x)| run(name).metric("x", x).metric("y", x).done());
    let runs: Vec<FigureRun<'_>> =
        runs.iter().zip([Some(Slot::new(1)), None]).map(|(run, slot)| FigureRun { run, slot }).collect();
    let kind = scatter(axis(metric("x")), axis(metric("y")));
    let figure = figure::build(&kind, &runs, &Prepared::default(), &SPEC).unwrap();
    let (x, y) = figure.items[0].anchor();
    let pixels = bitmap(&figure, Emphasis::default());
    let at = (y as usize * figure.width as usize + x as usize) * 3;
    let Rgb(red, green, blue) = palette().of(Slot::new(1));
    assert_eq!(pixels[at..at + 3], [red, green, blue]);
}

#[test]
fn a_third_column_colours_by_number_or_by_category() {
    let kind = |color| CardKind::Scatter {
        x: log(param("lr")),
        y: axis(metric("loss")),
        color: Some(color),
        trend: false,
    };
    let figure = build(&kind(axis(metric("loss"))), &sweep());
    assert_eq!(item(&figure, 0).ink, Ink::Scale(1.0));
    assert_eq!(item(&figure, 3).ink, Ink::Scale(0.0));
    check_has(&labels(&figure), &["0.2000", "0.9000"]);
    let figure = build(&kind(log(param("lr"))), &sweep());
    let Ink::Scale(share) = item(&figure, 1).ink else { panic!("{:?}", item(&figure, 1).ink) };
    assert!((share - 2.0 / 3.0).abs() < 1e-9, "a decade of three: {share}");
    let figure = build(&kind(axis(param("optimizer"))), &sweep());
    assert_eq!(item(&figure, 1).ink, item(&figure, 2).ink);
    assert_ne!(item(&figure, 0).ink, item(&figure, 1).ink);
    check_has(&labels(&figure), &["adam", "sgd"]);
}

#[test]
fn lines_of_parallel_coordinates_pass_their_values_and_are_hit_between_axes() {
    let axes = vec![log(param("lr")), axis(param("optimizer")), axis(metric("loss"))];
    let kind = CardKind::Parallel { axes, color: Some(metric("loss")) };
    let figure = build(&kind, &sweep());
    assert_eq!(figure.rails.len(), 3);
    let Hit::Line(points) = &item(&figure, 0).hit else { panic!("a line") };
    for (point, rail) in points.iter().zip(&figure.rails) {
        assert_eq!(point.0, rail.x);
        assert!((rail.top..=rail.bottom).contains(&point.1));
    }
    let middle = (f64::midpoint(points[0].0, points[1].0), f64::midpoint(points[0].1, points[1].1));
    assert_eq!(figure.at(middle.0, middle.1).map(|at| figure.items[at].runs.clone()), Some(vec![0]));
    assert_eq!(figure.items[0].runs, [0], "the greatest loss, the last axis, comes first");
    assert_eq!(item(&figure, 0).ink, Ink::Scale(1.0));
}

#[test]
fn brushes_leave_the_runs_within_all_of_them() {
    let axes = vec![log(param("lr")), axis(metric("loss"))];
    let mut runs = sweep();
    runs.push(run("none").metric("loss", 0.9).done());
    let figure = build(&CardKind::Parallel { axes, color: None }, &runs);
    check_has(&labels(&figure), &["none"]);
    let within = |brushes: &[Brush]| {
        let meant = figure.within(brushes)?;
        let mut runs: Vec<usize> = figure
            .items
            .iter()
            .zip(meant)
            .filter(|(_, meant)| *meant)
            .flat_map(|(item, _)| item.runs.clone())
            .collect();
        runs.sort_unstable();
        Some(runs)
    };
    let brush = |column, low, high| Brush { column, low, high };
    assert_eq!(within(&[]), None);
    assert_eq!(within(&[brush(param("lr"), 0.5, 1.0)]), Some(vec![0, 1]));
    assert_eq!(
        within(&[brush(param("lr"), 0.0, 1.0)]),
        Some(vec![0, 1, 2, 3]),
        "a run without the param is in no mark of it"
    );
    assert_eq!(within(&[brush(param("lr"), 0.0, 0.5), brush(metric("loss"), 0.0, 0.2)]), Some(vec![2, 3]));
    assert_eq!(within(&[brush(param("gone"), 0.0, 1.0)]), Some(vec![]));
}

#[test]
fn bars_start_at_zero_and_the_best_is_above() {
    let figure = build(&CardKind::Bar { value: metric("loss"), by: None }, &sweep());
    assert_eq!(figure.items[0].runs, [3], "lower is better");
    let rects: Vec<_> = figure
        .items
        .iter()
        .map(|item| match &item.shapes[0] {
            Shape::Rect { rect, .. } => *rect,
            other => panic!("{other:?}"),
        })
        .collect();
    assert!(rects.windows(2).all(|pair| pair[0].left == pair[1].left
        && pair[0].right < pair[1].right
        && pair[0].top < pair[1].top));
    let lengths: Vec<f64> = rects.iter().map(|rect| rect.width()).collect();
    assert!((lengths[3] / lengths[0] - 0.9 / 0.2).abs() < 1e-6, "{lengths:?}");
    let figure = build(&CardKind::Bar { value: metric("loss"), by: Some(param("optimizer")) }, &sweep());
    assert_eq!(figure.items[0].label, "adam, 2 runs");
    check_has(&[figure.items[0].words()], &["mean loss 0.4000", "standard deviation 0.1414"]);
}

#[test]
fn boxes_and_violins_stand_by_group_and_show_their_runs() {
    for form in [Form::Box, Form::Violin] {
        let kind = CardKind::Distribution { value: metric("loss"), by: Some(param("optimizer")), form };
        let figure = build(&kind, &sweep());
        let groups: Vec<&str> =
            figure.items.iter().filter(|item| item.runs.len() == 2).map(|item| item.label.as_str()).collect();
        assert_eq!(groups, ["adam, 2 runs", "sgd, 2 runs"]);
        assert_eq!(figure.items.iter().filter(|item| item.runs.len() == 1).count(), 4);
        check_has(&[figure.items[0].words()], &["median 0.4000", "lower quartile 0.3500"]);
        // A dot within the box of its group is what is meant.
        let dot = figure.items.iter().find(|item| item.runs == [1]).unwrap().anchor();
        assert_eq!(figure.at(dot.0, dot.1).map(|at| figure.items[at].runs.clone()), Some(vec![1]));
    }
}

#[test]
fn every_run_is_in_one_bin_of_a_histogram() {
    for by in [None, Some(param("optimizer"))] {
        let kind = CardKind::Distribution { value: metric("loss"), by, form: Form::Histogram };
        let mut runs: Vec<usize> =
            build(&kind, &sweep()).items.iter().flat_map(|item| item.runs.clone()).collect();
        runs.sort_unstable();
        assert_eq!(runs, [0, 1, 2, 3]);
    }
}

#[test]
fn cells_of_a_heat_map_hold_the_runs_of_both_params() {
    let kind = |smooth| CardKind::Heat {
        x: axis(param("optimizer")),
        y: axis(param("lr")),
        value: metric("loss"),
        smooth,
    };
    let figure = build(&kind(false), &sweep());
    assert_eq!(figure.items.len(), 4);
    assert_eq!(item(&figure, 0).label, "optimizer sgd, lr 0.1");
    assert_eq!(item(&figure, 0).ink, Ink::Scale(1.0));
    let Hit::Rect(rect) = item(&figure, 0).hit else { panic!("a cell") };
    assert_eq!(figure.at(rect.left + 1.0, rect.top + 1.0), figure.item_of(0));
    let kind =
        CardKind::Heat { x: log(param("lr")), y: axis(metric("loss")), value: metric("loss"), smooth: true };
    let figure = build(&kind, &sweep());
    check_has(&figure.notes, &["a guess: inverse distance weighting"]);
    let colours =
        figure.ground.iter().filter(|shape| matches!(shape, Shape::Rect { ink: Ink::Scale(_), .. })).count();
    assert!(colours > 80, "{colours}");
}

#[test]
fn importances_name_their_method_and_their_cautions() {
    let few = build(&CardKind::Importance { value: metric("loss") }, &sweep());
    check_has(&few.notes, &["too few for importances"]);
    assert!(few.empty.is_some());
    let runs: Vec<RunRef> = (0..24)
        .map(|i| {
            let (lr, seed) = (f64::from(i) / 100.0, (i * 7 + 3) % 5);
            run(&format!("r{i}"))
                .param("lr", &lr.to_string())
                .param("seed", &seed.to_string())
                .param("same", "1")
                .metric("loss", lr * 3.0)
                .done()
        })
        .collect();
    let figure = build(&CardKind::Importance { value: metric("loss") }, &runs);
    assert_eq!(figure.items[0].label, "lr");
    assert!(figure.items.iter().all(|item| item.label != "same"));
    check_has(&figure.notes, &["only 24 runs", "A forest of 100 randomised trees"]);
}

#[test]
fn the_focused_run_is_whole_and_those_not_meant_are_faint() {
    let figure = build(&scatter(log(param("lr")), axis(metric("loss"))), &sweep());
    let item_at = figure.item_of(1).unwrap();
    let (x, y) = figure.items[item_at].anchor();
    let pixel = |pixels: &[u8]| {
        let at = (y as usize * figure.width as usize + x as usize) * 3;
        Rgb(pixels[at], pixels[at + 1], pixels[at + 2])
    };
    let own = Rgb(10, 100, 200);
    assert_eq!(pixel(&bitmap(&figure, Emphasis::default())), own);
    assert_eq!(pixel(&bitmap(&figure, Emphasis { focused: Some(item_at), meant: None })), own);
    let meant = vec![false; 4];
    let faded = pixel(&bitmap(&figure, Emphasis { focused: None, meant: Some(&meant) }));
    assert_eq!(faded, own.over(Rgb(255, 255, 255), 0.12));
}

#[test]
fn suggestions_take_params_that_differ_and_spread_wide_ones() {
    let table = Table::new(sweep());
    let suggestions = Suggestions::of(table.columns(), table.runs());
    assert_eq!(suggestions.metrics, [metric("loss")]);
    assert_eq!(suggestions.params, [log(param("lr")), axis(param("optimizer"))]);
    let kinds = suggestions.kinds();
    assert_eq!(kinds.len(), 11);
    for (_, kind) in kinds {
        let runs: Vec<FigureRun<'_>> = table.runs().iter().map(FigureRun::from).collect();
        if let Some(figure) = figure::build(&kind, &runs, &Prepared::default(), &SPEC) {
            svg(&figure);
        }
    }
    let nothing = Suggestions::of(&[], &[]);
    assert_eq!(nothing.kinds().len(), 11);
}

#[test]
fn words_beyond_a_bar_stay_within_the_picture() {
    let runs: Vec<RunRef> = (0..20)
        .map(|at| run(&format!("r{at}")).param("p", &at.to_string()).metric("m", f64::from(at)).done())
        .collect();
    let kind = CardKind::Importance { value: metric("m") };
    let figure = build(&kind, &runs);
    let words = figure.labels.iter().find(|label| label.text.contains("%, r")).unwrap();
    let end = words.at.0 + words.text.chars().count() as f64 * 6.1;
    assert!(end <= f64::from(figure.width), "{words:?} ends at {end}");
}

#[test]
fn a_legend_keeps_off_the_title_of_a_long_axis() {
    let long = "a_param_with_quite_a_long_name_that_does_not_end";
    let runs: Vec<RunRef> = (0..4)
        .map(|at| {
            run(&format!("r{at}")).param(long, &at.to_string()).metric("accuracy", f64::from(at)).done()
        })
        .collect();
    let kind = CardKind::Heat {
        x: axis(metric("accuracy")),
        y: axis(param(long)),
        value: metric("accuracy"),
        smooth: true,
    };
    let figure = build(&kind, &runs);
    let title = figure.labels.iter().find(|label| label.text.starts_with("a_param")).unwrap();
    let end = title.at.0 + title.text.chars().count() as f64 * 6.1;
    let line = figure.labels.iter().filter(|label| label.at.1 == title.at.1 && *label != title);
    for label in line {
        let left = label.at.0 - label.text.chars().count() as f64 * 6.1;
        assert!(left >= end, "{label:?} begins at {left}, the title ends at {end}");
    }
}

#[test]
fn bins_of_a_map_are_named_whole_or_not_at_all() {
    let runs: Vec<RunRef> = (0..200)
        .map(|at| {
            let lr = 1e-5 * 1.05f64.powi(at);
            run(&format!("r{at}")).param("lr", &lr.to_string()).metric("m", f64::from(at)).done()
        })
        .collect();
    let kind =
        CardKind::Heat { x: log(param("lr")), y: axis(metric("m")), value: metric("m"), smooth: false };
    let figure = build(&kind, &runs);
    assert!(
        !labels(&figure).iter().any(|label| label.contains('…') || label.contains("..")),
        "{:?}",
        labels(&figure)
    );
}
