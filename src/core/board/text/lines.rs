use super::{
    fields::{Fields, Item},
    id, id_text, number, range, range_text,
};
use crate::{
    board::{Aggregate, Band, Board, CardId, Centre, Grouping, Lines, Marks, OwnLines, ReadoutOrder},
    chart::{Fit, ScaleKind, XAxis},
    escape::{escape, split, unescape},
    history::smooth::Smoothing,
    table::Column,
};

pub(super) fn encode(lines: &Lines, put: &mut dyn FnMut(&'static str, String)) {
    put("x", x_text(lines.x, &lines.x_metric));
    put("xs", scale_text(lines.x_scale));
    put("ys", scale_text(lines.y_scale));
    put("smooth", smoothing_text(lines.smoothing));
    put("raw", if lines.raw { "" } else { "0" }.to_owned());
    put("fit", fit_text(lines.fit));
    put("yr", lines.y_range.map(range_text).unwrap_or_default());
    let column =
        |column: &Option<Column>| column.as_ref().map(|it| escape(&it.to_string())).unwrap_or_default();
    put("gc", column(&lines.group.color));
    put("gd", column(&lines.group.dash));
    put("gf", column(&lines.group.facet));
    put("agg", lines.group.aggregate.map(aggregate_text).unwrap_or_default());
    put("mark", marks_text(lines.marks));
    put("read", readout_text(lines.readout).to_owned());
}

pub(super) fn decode<'a>(get: &dyn Fn(&str) -> Option<&'a str>) -> Lines {
    let (x, x_metric) = get("x").and_then(x).unwrap_or_default();
    let column = |key| get(key).and_then(unescape).and_then(|id| Column::parse(&id));
    Lines {
        x,
        x_metric,
        x_scale: get("xs").and_then(scale).unwrap_or_default(),
        y_scale: get("ys").and_then(scale).unwrap_or_default(),
        smoothing: get("smooth").and_then(smoothing).unwrap_or_default(),
        raw: get("raw") != Some("0"),
        fit: get("fit").and_then(fit).unwrap_or_default(),
        y_range: get("yr").and_then(range),
        group: Grouping {
            color: column("gc"),
            dash: column("gd"),
            facet: column("gf"),
            aggregate: get("agg").map(aggregate),
        },
        marks: get("mark").map(marks).unwrap_or_default(),
        readout: get("read").map(readout).unwrap_or_default(),
    }
}

/// How version 0.1 told of logarithmic axes: all, and the metrics that are the other way.
pub(super) fn decode_0_1<'a>(get: &dyn Fn(&str) -> Option<&'a str>, board: &mut Board) {
    if get("logall") == Some("1") {
        board.lines.y_scale = ScaleKind::Log;
    }
    let other = if board.lines.y_scale == ScaleKind::Log { ScaleKind::Linear } else { ScaleKind::Log };
    for metric in get("log").map(split).unwrap_or_default() {
        board.edit_own(&CardId::Metric(metric), |own| own.y_scale = Some(other));
    }
}

pub(super) fn own_text(card: &CardId, own: &OwnLines) -> String {
    let mut item = Item::new(id_text(card));
    if let Some((x, metric)) = &own.x {
        let text = x_text(*x, metric);
        item.raw("x", if text.is_empty() { "step" } else { &text });
    }
    let scale = |kind| match scale_text(kind) {
        text if text.is_empty() => "linear".to_owned(),
        text => text,
    };
    if let Some(kind) = own.x_scale {
        item.raw("xs", &scale(kind));
    }
    if let Some(kind) = own.y_scale {
        item.raw("ys", &scale(kind));
    }
    if let Some(smoothing) = own.smoothing {
        let text = smoothing_text(smoothing);
        item.raw("smooth", if text.is_empty() { "0" } else { &text });
    }
    if let Some(fit) = own.fit {
        let text = fit_text(fit);
        item.raw("fit", if text.is_empty() { "central" } else { &text });
    }
    for (name, range) in [("y", own.y_range), ("zoom", own.x_range)] {
        if let Some((from, to)) = range {
            item.raw(name, &from.to_string());
            item.raw(name, &to.to_string());
        }
    }
    item.finish()
}

pub(super) fn own(item: &str) -> Option<(CardId, OwnLines)> {
    let fields = Fields::of(item);
    let range = |name| {
        let mut ends = fields.all(name).filter_map(number);
        let (from, to) = (ends.next()?, ends.next()?);
        (from < to).then_some((from, to))
    };
    let own = OwnLines {
        x: fields.raw("x").and_then(x),
        x_scale: fields.raw("xs").and_then(scale),
        y_scale: fields.raw("ys").and_then(scale),
        smoothing: fields.raw("smooth").and_then(smoothing),
        fit: fields.raw("fit").and_then(fit),
        y_range: range("y"),
        x_range: range("zoom"),
    };
    (own != OwnLines::default()).then_some((id(fields.first()?)?, own))
}

/// Empty for steps.
fn x_text(x: XAxis, metric: &str) -> String {
    match x {
        XAxis::Step => String::new(),
        XAxis::WallTime => "wall".to_owned(),
        XAxis::RelativeTime => "relative".to_owned(),
        XAxis::Metric => format!("m:{}", escape(metric)),
    }
}

fn x(text: &str) -> Option<(XAxis, String)> {
    Some(match text {
        "step" => (XAxis::Step, String::new()),
        "wall" => (XAxis::WallTime, String::new()),
        "relative" => (XAxis::RelativeTime, String::new()),
        _ => (XAxis::Metric, unescape(text.strip_prefix("m:")?)?),
    })
}

/// Empty for linear.
fn scale_text(kind: ScaleKind) -> String {
    match kind {
        ScaleKind::Linear => "",
        ScaleKind::Log => "log",
        ScaleKind::Symlog => "symlog",
    }
    .to_owned()
}

fn scale(text: &str) -> Option<ScaleKind> {
    Some(match text {
        "linear" => ScaleKind::Linear,
        "log" => ScaleKind::Log,
        "symlog" => ScaleKind::Symlog,
        _ => return None,
    })
}

/// Empty for none; the kind that version 0.1 had stands without a name.
fn smoothing_text(smoothing: Smoothing) -> String {
    if !smoothing.is_on() {
        return String::new();
    }
    match smoothing {
        Smoothing::Ema(factor) => factor.to_string(),
        Smoothing::TimeWeighted { factor, .. } => format!("time:{factor}"),
        Smoothing::Mean(points) => format!("mean:{points}"),
        Smoothing::Gaussian(sigma) => format!("gauss:{sigma}"),
        _ => String::new(),
    }
}

fn smoothing(text: &str) -> Option<Smoothing> {
    match text.split_once(':') {
        None => {
            let factor = number(text)?.clamp(0.0, 0.999);
            Some(if factor > 0.0 { Smoothing::Ema(factor) } else { Smoothing::Off })
        }
        Some(("time", factor)) => {
            let factor = number(factor)?.clamp(0.0, 0.999);
            (factor > 0.0).then_some(Smoothing::TimeWeighted { factor, span: None })
        }
        Some(("mean", points)) => {
            points.parse().ok().filter(|points| (2..=MOST_POINTS).contains(points)).map(Smoothing::Mean)
        }
        Some(("gauss", sigma)) => {
            let smoothing = Smoothing::Gaussian(number(sigma)?);
            smoothing.is_on().then_some(smoothing)
        }
        Some(_) => None,
    }
}

/// Points of the widest running mean.
const MOST_POINTS: u32 = 1_000_000;

/// Empty for the central values.
fn fit_text(fit: Fit) -> String {
    match fit {
        Fit::Central => String::new(),
        Fit::All => "all".to_owned(),
        Fit::Percentile(cut) => format!("p{cut}"),
    }
}

fn fit(text: &str) -> Option<Fit> {
    Some(match text {
        "central" => Fit::Central,
        "all" => Fit::All,
        _ => Fit::Percentile(text.strip_prefix('p')?.parse().ok().filter(|cut| (1..50).contains(cut))?),
    })
}

/// Empty for the nearest, best first.
fn readout_text(order: ReadoutOrder) -> &'static str {
    match order {
        ReadoutOrder::Nearest => "",
        ReadoutOrder::Distance => "near",
        ReadoutOrder::Value => "value",
    }
}

fn readout(text: &str) -> ReadoutOrder {
    match text {
        "near" => ReadoutOrder::Distance,
        "value" => ReadoutOrder::Value,
        _ => ReadoutOrder::Nearest,
    }
}

const CENTRES: [(Centre, &str); 4] =
    [(Centre::Mean, "mean"), (Centre::Median, "median"), (Centre::Min, "min"), (Centre::Max, "max")];
const BANDS: [(Band, &str); 5] = [
    (Band::None, "none"),
    (Band::MinMax, "minmax"),
    (Band::Deviation, "std"),
    (Band::Error, "sem"),
    (Band::Interval, "ci95"),
];

fn aggregate_text(aggregate: Aggregate) -> String {
    let centre =
        CENTRES.iter().find(|(centre, _)| *centre == aggregate.centre).map_or("mean", |(_, name)| name);
    let band = BANDS.iter().find(|(band, _)| *band == aggregate.band).map_or("none", |(_, name)| name);
    format!("{centre}:{band}")
}

fn aggregate(text: &str) -> Aggregate {
    let (centre, band) = text.split_once(':').unwrap_or((text, ""));
    Aggregate {
        centre: CENTRES
            .iter()
            .find(|(_, name)| *name == centre)
            .map(|(centre, _)| *centre)
            .unwrap_or_default(),
        band: BANDS.iter().find(|(_, name)| *name == band).map(|(band, _)| *band).unwrap_or_default(),
    }
}

fn marks_text(marks: Marks) -> String {
    let mut parts = Vec::new();
    parts.extend(marks.best.then(|| "best".to_owned()));
    parts.extend(marks.last.then(|| "last".to_owned()));
    parts.extend(marks.step.map(|step| step.to_string()));
    parts.join("~")
}

fn marks(text: &str) -> Marks {
    let mut marks = Marks::default();
    for part in text.split('~') {
        match part {
            "best" => marks.best = true,
            "last" => marks.last = true,
            _ => marks.step = part.parse().ok().or(marks.step),
        }
    }
    marks
}
