use super::fields::{Fields, Item};
use crate::{
    board::{AxisColumn, CardKind, Form, MadeCard},
    escape::unescape,
    table::Column,
};

pub(super) fn text(card: &MadeCard) -> String {
    let mut item = Item::new(card.number.to_string());
    kind_text(&card.kind, &mut item);
    if !card.title.is_empty() {
        item.text("t", &card.title);
    }
    if card.all_runs {
        item.raw("all", "1");
    }
    item.finish()
}

pub(super) fn card(item: &str) -> Option<MadeCard> {
    let fields = Fields::of(item);
    Some(MadeCard {
        number: fields.first()?.parse().ok()?,
        title: fields.text("t").unwrap_or_default(),
        kind: kind(fields.raw_at(1)?, &fields)?,
        all_runs: fields.raw("all") == Some("1"),
    })
}

fn kind_text(kind: &CardKind, item: &mut Item) {
    match kind {
        CardKind::Line { ys } => {
            item.push("line");
            for y in ys {
                item.text("y", y);
            }
        }
        CardKind::Scatter { x, y, color, trend } => {
            item.push("scatter");
            axis_text("x", x, item);
            axis_text("y", y, item);
            if let Some(color) = color {
                axis_text("c", color, item);
            }
            if *trend {
                item.raw("trend", "1");
            }
        }
        CardKind::Parallel { axes, color } => {
            item.push("parallel");
            for axis in axes {
                axis_text(if axis.log { "l" } else { "a" }, &AxisColumn { log: false, ..axis.clone() }, item);
            }
            column_text("c", color.as_ref(), item);
        }
        CardKind::Bar { value, by } => {
            item.push("bar");
            item.column("v", value);
            column_text("by", by.as_ref(), item);
        }
        CardKind::Distribution { value, by, form } => {
            item.push(match form {
                Form::Box => "box",
                Form::Violin => "violin",
                Form::Histogram => "histogram",
            });
            item.column("v", value);
            column_text("by", by.as_ref(), item);
        }
        CardKind::Heat { x, y, value, smooth } => {
            item.push(if *smooth { "contour" } else { "heat" });
            axis_text("x", x, item);
            axis_text("y", y, item);
            item.column("v", value);
        }
        CardKind::Importance { value } => {
            item.push("importance");
            item.column("v", value);
        }
        CardKind::Images { path } => {
            item.push("images");
            item.text("p", path);
        }
    }
}

fn kind(name: &str, fields: &Fields<'_>) -> Option<CardKind> {
    let distribution =
        |form| Some(CardKind::Distribution { value: fields.column("v")?, by: fields.column("by"), form });
    Some(match name {
        "line" => CardKind::Line { ys: fields.all("y").filter_map(unescape).collect() },
        "scatter" => CardKind::Scatter {
            x: axis("x", fields)?,
            y: axis("y", fields)?,
            color: axis("c", fields),
            trend: fields.raw("trend") == Some("1"),
        },
        "parallel" => CardKind::Parallel { axes: axes(fields), color: fields.column("c") },
        "bar" => CardKind::Bar { value: fields.column("v")?, by: fields.column("by") },
        "box" => distribution(Form::Box)?,
        "violin" => distribution(Form::Violin)?,
        "histogram" => distribution(Form::Histogram)?,
        "heat" | "contour" => CardKind::Heat {
            x: axis("x", fields)?,
            y: axis("y", fields)?,
            value: fields.column("v")?,
            smooth: name == "contour",
        },
        "importance" => CardKind::Importance { value: fields.column("v")? },
        "images" => CardKind::Images { path: fields.text("p").unwrap_or_default() },
        _ => return None,
    })
}

fn column_text(name: &str, column: Option<&Column>, item: &mut Item) {
    if let Some(column) = column {
        item.column(name, column);
    }
}

fn axis_text(name: &str, axis: &AxisColumn, item: &mut Item) {
    item.column(name, &axis.column);
    if axis.log {
        item.raw("log", name);
    }
}

fn axis(name: &str, fields: &Fields<'_>) -> Option<AxisColumn> {
    Some(AxisColumn { column: fields.column(name)?, log: fields.all("log").any(|axis| axis == name) })
}

/// Linear axes stand under `a`, logarithmic ones under `l`, in their order.
fn axes(fields: &Fields<'_>) -> Vec<AxisColumn> {
    let axis = |name: &str, value: &str| {
        let column = Column::parse(&unescape(value)?)?;
        Some(AxisColumn { column, log: name == "l" })
    };
    fields
        .named()
        .filter(|(name, _)| matches!(*name, "a" | "l"))
        .filter_map(|(name, value)| axis(name, value))
        .collect()
}
