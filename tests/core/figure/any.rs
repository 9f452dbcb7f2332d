//! Any runs, any kind, any size.

use super::*;
use proptest::{collection::vec, option, prelude::*, sample::select};
use runatlas_core::{board::Form, figure::FigureTable};

fn number() -> impl Strategy<Value = f64> {
    prop_oneof![
        4 => -10.0..10.0f64,
        1 => any::<f64>(),
        1 => select(vec![f64::NAN, f64::INFINITY, f64::NEG_INFINITY, f64::MAX, f64::MIN, 0.0, -0.0, f64::MIN_POSITIVE, 5e-324]),
    ]
}

fn text() -> impl Strategy<Value = String> {
    prop_oneof![
        number().prop_map(|number| number.to_string()),
        "\\PC{0,12}",
        select(vec!["adam".to_owned(), "sgd".to_owned()])
    ]
}

/// Metrics `a` and `b`, params `p` and `q`, the start.
type Facts = (Option<f64>, Option<f64>, Option<String>, Option<String>, i64);

fn runs() -> impl Strategy<Value = Vec<RunRef>> {
    let one =
        (option::of(number()), option::of(number()), option::of(text()), option::of(text()), any::<i64>());
    vec(one, 0..20).prop_map(|all| {
        let made = |(at, (a, b, p, q, start)): (usize, Facts)| {
            let mut made = run(&format!("run-{at}")).start(start);
            for (key, value) in [("a", a), ("b", b)] {
                if let Some(value) = value {
                    made = made.metric(key, value);
                }
            }
            for (key, value) in [("p", p), ("q", q)] {
                if let Some(value) = value {
                    made = made.param(key, &value);
                }
            }
            made.done()
        };
        all.into_iter().enumerate().map(made).collect()
    })
}

fn column() -> impl Strategy<Value = Column> {
    select(vec![
        metric("a"),
        metric("b"),
        param("p"),
        param("q"),
        Column::StartTime,
        Column::Duration,
        Column::Name,
        param("absent"),
    ])
}

fn any_axis() -> impl Strategy<Value = AxisColumn> {
    (column(), any::<bool>()).prop_map(|(column, log)| AxisColumn { column, log })
}

fn kind() -> impl Strategy<Value = CardKind> {
    prop_oneof![
        (any_axis(), any_axis(), option::of(any_axis()), any::<bool>())
            .prop_map(|(x, y, color, trend)| CardKind::Scatter { x, y, color, trend }),
        (vec(any_axis(), 0..6), option::of(column()))
            .prop_map(|(axes, color)| CardKind::Parallel { axes, color }),
        (column(), option::of(column())).prop_map(|(value, by)| CardKind::Bar { value, by }),
        (column(), option::of(column()), select(vec![Form::Box, Form::Violin, Form::Histogram]))
            .prop_map(|(value, by, form)| CardKind::Distribution { value, by, form }),
        (any_axis(), any_axis(), column(), any::<bool>()).prop_map(|(x, y, value, smooth)| CardKind::Heat {
            x,
            y,
            value,
            smooth
        }),
        column().prop_map(|value| CardKind::Importance { value }),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(250))]

    #[test]
    fn any_figure_can_be_built_painted_and_pointed_at(
        runs in runs(),
        kind in kind(),
        (width, height) in (prop_oneof![Just(0.0), 1.0..900.0f64, Just(f64::NAN)], 0.0..500.0f64),
        dpr in prop_oneof![Just(1.0), Just(2.0), any::<f64>()],
        at in (-50.0..900.0f64, -50.0..500.0f64),
    ) {
        let runs: Vec<FigureRun<'_>> = runs.iter().map(|run| FigureRun { run, slot: None }).collect();
        let spec = FigureSpec { width, height, dpr: if dpr.abs() > 4.0 { dpr.signum() } else { dpr }, utc_offset_minutes: 60 };
        let figure = figure::build(&kind, &runs, &Prepared::of(&kind, &runs), &spec).unwrap();
        svg(&figure);
        figure.paper("any", &palette());
        let table = FigureTable::of(&kind, &runs, &Prepared::of(&kind, &runs), 60).unwrap();
        prop_assert!(table.rows.iter().all(|row| row.cells.len() + 1 == table.head.len()), "{table:?}");
        table.csv();
        let all = FigureTable::of_all(&kind, &runs, 60).unwrap();
        prop_assert_eq!(all.rows.len(), runs.len());
        let found = figure.at(at.0, at.1);
        prop_assert!(found.is_none_or(|found| found < figure.items.len()));
        for item in &figure.items {
            let (x, y) = item.anchor();
            prop_assert!(x.is_finite() && y.is_finite(), "{item:?}");
            prop_assert!(item.runs.iter().all(|&run| run < runs.len()));
            prop_assert!(item.places.iter().flatten().all(|place| (0.0..=1.0).contains(place)));
        }
        prop_assert_eq!(figure.empty.is_some(), figure.items.is_empty());
        // Nothing is said of runs that are drawn, and nothing is left unsaid of those that are not.
        if let CardKind::Scatter { .. } = kind {
            let lacking = figure.notes.iter().any(|note| note.contains(" of ") || note.contains("has ") || note.contains("have "));
            prop_assert!(figure.items.len() == runs.len() || lacking, "{:?}", figure.notes);
        }
    }
}
