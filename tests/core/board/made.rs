//! Boards of any choices.

use std::collections::BTreeSet;

use proptest::{collection::vec, option, prelude::*, sample::select};
use runatlas_core::{
    board::{
        Aggregate, AxisColumn, Band, Board, CardId, CardKind, CardSize, Centre, Form, Grouping, Layout,
        Lines, MadeCard, Marks, OwnLines, ReadoutOrder,
    },
    chart::{Fit, ScaleKind, XAxis},
    history::smooth::Smoothing,
    table::Column,
};

fn text() -> impl Strategy<Value = String> {
    "\\PC{1,8}"
}

fn column() -> impl Strategy<Value = Column> {
    prop_oneof![
        text().prop_map(Column::Metric),
        text().prop_map(Column::Param),
        text().prop_map(Column::Tag),
        Just(Column::Duration),
    ]
}

fn axis() -> impl Strategy<Value = AxisColumn> {
    (column(), any::<bool>()).prop_map(|(column, log)| AxisColumn { column, log })
}

fn kind() -> impl Strategy<Value = CardKind> {
    prop_oneof![
        vec(text(), 1..3).prop_map(|ys| CardKind::Line { ys }),
        (axis(), axis(), option::of(axis()), any::<bool>())
            .prop_map(|(x, y, color, trend)| CardKind::Scatter { x, y, color, trend }),
        (vec(axis(), 0..4), option::of(column()))
            .prop_map(|(axes, color)| CardKind::Parallel { axes, color }),
        (column(), option::of(column())).prop_map(|(value, by)| CardKind::Bar { value, by }),
        (column(), option::of(column()), select(vec![Form::Box, Form::Violin, Form::Histogram]))
            .prop_map(|(value, by, form)| CardKind::Distribution { value, by, form }),
        (axis(), axis(), column(), any::<bool>()).prop_map(|(x, y, value, smooth)| CardKind::Heat {
            x,
            y,
            value,
            smooth
        }),
        column().prop_map(|value| CardKind::Importance { value }),
        "\\PC{0,8}".prop_map(|path| CardKind::Images { path }),
    ]
}

fn id() -> impl Strategy<Value = CardId> {
    prop_oneof![text().prop_map(CardId::Metric), (1..9_u32).prop_map(CardId::Made)]
}

fn range() -> impl Strategy<Value = (f64, f64)> {
    (-1e9..1e9, 1e-6..1e9).prop_map(|(from, width)| (from, from + width))
}

fn x() -> impl Strategy<Value = (XAxis, String)> {
    prop_oneof![
        Just((XAxis::Step, String::new())),
        Just((XAxis::WallTime, String::new())),
        Just((XAxis::RelativeTime, String::new())),
        text().prop_map(|metric| (XAxis::Metric, metric)),
    ]
}

fn scale() -> impl Strategy<Value = ScaleKind> {
    select(vec![ScaleKind::Linear, ScaleKind::Log, ScaleKind::Symlog])
}

fn smoothing() -> impl Strategy<Value = Smoothing> {
    prop_oneof![
        Just(Smoothing::Off),
        (0.001..0.999).prop_map(Smoothing::Ema),
        (0.001..0.999).prop_map(|factor| Smoothing::TimeWeighted { factor, span: None }),
        (2..500_u32).prop_map(Smoothing::Mean),
        (1.0..50.0).prop_map(Smoothing::Gaussian),
    ]
}

fn fit() -> impl Strategy<Value = Fit> {
    prop_oneof![Just(Fit::Central), Just(Fit::All), (1..50_u8).prop_map(Fit::Percentile)]
}

fn grouping() -> impl Strategy<Value = Grouping> {
    let aggregate = (
        select(vec![Centre::Mean, Centre::Median, Centre::Min, Centre::Max]),
        select(vec![Band::None, Band::MinMax, Band::Deviation, Band::Error, Band::Interval]),
    );
    let aggregate = aggregate.prop_map(|(centre, band)| Aggregate { centre, band });
    (option::of(column()), option::of(column()), option::of(column()), option::of(aggregate))
        .prop_map(|(color, dash, facet, aggregate)| Grouping { color, dash, facet, aggregate })
}

fn lines() -> impl Strategy<Value = Lines> {
    let marks = (any::<bool>(), any::<bool>(), option::of(any::<i64>()))
        .prop_map(|(best, last, step)| Marks { best, last, step });
    (
        (x(), scale(), scale(), smoothing(), any::<bool>(), fit(), option::of(range())),
        grouping(),
        marks,
        select(vec![ReadoutOrder::Nearest, ReadoutOrder::Distance, ReadoutOrder::Value]),
    )
        .prop_map(
            |(((x, x_metric), x_scale, y_scale, smoothing, raw, fit, y_range), group, marks, readout)| {
                Lines { x, x_metric, x_scale, y_scale, smoothing, raw, fit, y_range, group, marks, readout }
            },
        )
}

fn own() -> impl Strategy<Value = OwnLines> {
    let own = (
        option::of(x()),
        option::of(scale()),
        option::of(scale()),
        option::of(smoothing()),
        option::of(fit()),
        option::of(range()),
        option::of(range()),
    );
    own.prop_map(|(x, x_scale, y_scale, smoothing, fit, y_range, x_range)| OwnLines {
        x,
        x_scale,
        y_scale,
        smoothing,
        fit,
        y_range,
        x_range,
    })
}

fn layout() -> impl Strategy<Value = Layout> {
    let size = (id(), 1..5_u8, 1..5_u8).prop_map(|(card, columns, rows)| (card, CardSize { columns, rows }));
    (vec(id(), 0..3), vec(id(), 0..3), vec(id(), 0..3), vec(size, 0..3), option::of(1..7_u8)).prop_map(
        |(pinned, hidden, order, sizes, columns)| {
            let mut layout = Layout { hidden: hidden.into_iter().collect(), columns, ..Layout::default() };
            (layout.pinned, layout.order) = (unique(pinned), unique(order));
            for (card, size) in sizes {
                layout.resize(&card, size);
            }
            layout
        },
    )
}

fn unique(ids: Vec<CardId>) -> Vec<CardId> {
    let mut known = BTreeSet::new();
    ids.into_iter().filter(|id| known.insert(id.clone())).collect()
}

/// Any board that a person can make.
pub(super) fn board() -> impl Strategy<Value = Board> {
    let made = vec((kind(), "\\PC{0,8}", any::<bool>()), 0..4).prop_map(|kinds| {
        let card = |(number, (kind, title, all_runs)): (usize, _)| MadeCard {
            number: number as u32 + 1,
            title,
            kind,
            all_runs,
        };
        kinds.into_iter().enumerate().map(card).collect::<Vec<_>>()
    });
    let rest = ("\\PC{0,8}", any::<bool>(), option::of(range()), vec(text(), 0..3), option::of(id()));
    (lines(), vec((id(), own()), 0..3), made, layout(), rest).prop_map(
        |(lines, own, made, layout, (search, is_regex, zoom, folded, full))| Board {
            lines,
            own: own.into_iter().filter(|(_, own)| *own != OwnLines::default()).collect(),
            made,
            layout,
            search,
            is_regex,
            zoom,
            folded: folded.into_iter().collect(),
            full,
        },
    )
}
