//! The figures as Markdown, one table a load.

use std::fmt::Write as _;

use super::{Figures, Load};
use crate::gauge::trace::Work;

/// What of it took too long.
const TOO_LONG: &str = "over 60 s";

/// A table of all contenders, Runatlas first.
pub(crate) fn table(load: Load, rows: &[(&str, Figures)]) -> String {
    let heads = if load.cards {
        "first picture | scroll frame p50, p99 | drawn after scrolling | long tasks, longest | memory |\n|---|---|---|---|---|---|"
    } else {
        "first picture | again | zoom frame p50, p99 | pan frame p50, p99 | long tasks, longest | memory |\n|---|---|---|---|---|---|---|"
    };
    let mut text = format!("| {} | {heads}\n", load.name);
    for (name, figures) in rows {
        let mut cells = vec![time(figures.first)];
        if load.cards {
            cells.extend([frames(figures.zoom.as_ref()), time(figures.settled)]);
        } else {
            let again = if figures.first.is_some() { time(figures.again) } else { String::new() };
            cells.extend([again, frames(figures.zoom.as_ref()), frames(figures.pan.as_ref())]);
        }
        cells.extend([long(&figures.long), memory(figures.memory)]);
        writeln!(text, "| {name} | {} |", cells.join(" | ")).expect("text takes text");
    }
    text
}

fn time(took: Option<f64>) -> String {
    took.map_or_else(|| TOO_LONG.to_owned(), millis)
}

fn frames(work: Option<&Work>) -> String {
    let Some(work) = work else { return TOO_LONG.to_owned() };
    let (middle, worst) = work.quantiles();
    format!("{}, {}", millis(middle), millis(worst))
}

fn long(tasks: &[f64]) -> String {
    let longest = tasks.iter().copied().fold(0.0, f64::max);
    if tasks.is_empty() { "none".to_owned() } else { format!("{}, {}", tasks.len(), millis(longest)) }
}

fn memory(bytes: Option<f64>) -> String {
    bytes.map(|bytes| format!("{:.0} MB", bytes / 1e6)).unwrap_or_default()
}

fn millis(millis: f64) -> String {
    match millis {
        0.0..10.0 => format!("{millis:.1} ms"),
        10.0..10_000.0 => format!("{millis:.0} ms"),
        _ => format!("{:.1} s", millis / 1e3),
    }
}
