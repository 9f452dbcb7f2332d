use std::{ops::Range, sync::Arc};

use leptos::prelude::*;
use runatlas_core::{
    compare::{Row, TextDiff, words},
    format,
};

use super::super::{Shared, value::marked};
use crate::ui::part::Icon;

/// What every line is given.
#[derive(Clone, Copy)]
pub(super) struct Lined {
    pub(super) diff: StoredValue<Arc<TextDiff>>,
    pub(super) shared: Shared,
    pub(super) unified: Memo<bool>,
    pub(super) wrap: Memo<bool>,
    /// Opens a fold: its block, and how many lines it hides.
    pub(super) open: Callback<(u32, u32)>,
}

impl Lined {
    /// How many lines high a row is where lines wrap after so many letters.
    pub(super) fn lines_of(self, row: Row, columns: usize) -> u32 {
        let high = |line: &str| (width(line).div_ceil(columns.max(1)) as u32).max(1);
        self.diff.with_value(|diff| match row {
            Row::Fold { .. } => 1,
            Row::Same { left, right } | Row::Both { left, right } => {
                let right = high(diff.right.line(right));
                if self.unified.get_untracked() { right } else { right.max(high(diff.left.line(left))) }
            }
            Row::Left { left } => high(diff.left.line(left)),
            Row::Right { right } => high(diff.right.line(right)),
        })
    }
}

/// The width of a line in letters; a tab is as wide as it is drawn, and letters of the far east are twice as wide.
fn width(line: &str) -> usize {
    let mut width = 0;
    for c in line.chars().take(5_000) {
        width += match c {
            '\t' => 4 - width % 4,
            '\u{1100}'..='\u{115f}'
            | '\u{2e80}'..='\u{a4cf}'
            | '\u{ac00}'..='\u{d7a3}'
            | '\u{f900}'..='\u{faff}'
            | '\u{fe30}'..='\u{fe4f}'
            | '\u{ff00}'..='\u{ff60}'
            | '\u{1f300}'..='\u{1faff}' => 2,
            _ => 1,
        };
    }
    width
}

/// One row of the comparison.
#[component]
pub(super) fn LineRow(
    lined: Lined,
    at: usize,
    row: Row,
    /// Its top and its height, in CSS pixels.
    place: Memo<(f64, f64)>,
) -> impl IntoView {
    let is_at = Memo::new(move |_| lined.shared.steps.at.get() == Some(at));
    let inside = match row {
        Row::Fold { block, lines, .. } => fold(lined, block, lines).into_any(),
        _ => sides(lined, row).into_any(),
    };
    view! {
        <div
            class="cmp-row"
            class:at=move || is_at.get()
            role="row"
            aria-rowindex=(at + 1).to_string()
            style:top=move || format!("{}px", place.get().0)
            style:height=move || format!("{}px", place.get().1)
        >
            {inside}
        </div>
    }
}

fn fold(lined: Lined, block: u32, lines: u32) -> impl IntoView {
    let words = format::count(lines.into(), "equal line", "equal lines");
    let title = format!("Show {words}");
    view! {
        <div class="cmp-cell" role="cell">
            <button class="cmp-fold" title=title on:click=move |_| lined.open.run((block, lines))>
                <Icon name="unfold-vertical" class="s12" />
                {words}
            </button>
        </div>
    }
}

/// What stands in half a row, or in a whole one where both sides share a column.
struct Half {
    class: &'static str,
    numbers: Vec<Option<u32>>,
    sign: &'static str,
    text: AnyView,
    is_open_end: bool,
}

fn sides(lined: Lined, row: Row) -> impl IntoView {
    let unified = lined.unified.get_untracked();
    let options = lined.shared.choices.with_untracked(|choices| choices.text);
    lined.diff.with_value(|diff| {
        let left = |at: u32, marks: &[Range<usize>]| marked(diff.left.line(at), marks);
        let right = |at: u32, marks: &[Range<usize>]| marked(diff.right.line(at), marks);
        let marks = |left: u32, right: u32| {
            words(diff.left.line(left), diff.right.line(right), options).unwrap_or_default()
        };
        let numbers = |own: Option<u32>, other: Option<u32>, is_left: bool| match (unified, is_left) {
            (false, _) => vec![own],
            (true, true) => vec![own, other],
            (true, false) => vec![other, own],
        };
        let gone = |at: u32, marks: &[Range<usize>]| Half {
            class: "del",
            numbers: numbers(Some(at), None, true),
            sign: "\u{2212}",
            text: left(at, marks),
            is_open_end: diff.left.is_open_end(at),
        };
        let come = |at: u32, marks: &[Range<usize>]| Half {
            class: "add",
            numbers: numbers(Some(at), None, false),
            sign: "+",
            text: right(at, marks),
            is_open_end: diff.right.is_open_end(at),
        };
        let same = |text, numbers| Half { class: "", numbers, sign: "", text, is_open_end: false };
        let halves = match row {
            Row::Fold { .. } => Vec::new(),
            Row::Same { left: a, right: b } if unified => {
                vec![Some(same(right(b, &[]), vec![Some(a), Some(b)]))]
            }
            Row::Same { left: a, right: b } => {
                vec![Some(same(left(a, &[]), vec![Some(a)])), Some(same(right(b, &[]), vec![Some(b)]))]
            }
            Row::Both { left: a, right: b } => {
                let (lost, found) = marks(a, b);
                vec![Some(gone(a, &lost)), Some(come(b, &found))]
            }
            Row::Left { left: a } => {
                let marks = diff.partner_of_left(a).filter(|_| unified).map(|b| marks(a, b).0);
                let half = gone(a, &marks.unwrap_or_default());
                if unified { vec![Some(half)] } else { vec![Some(half), None] }
            }
            Row::Right { right: b } => {
                let marks = diff.partner_of_right(b).filter(|_| unified).map(|a| marks(a, b).1);
                let half = come(b, &marks.unwrap_or_default());
                if unified { vec![Some(half)] } else { vec![None, Some(half)] }
            }
        };
        halves.into_iter().map(half).collect_view()
    })
}

fn half(half: Option<Half>) -> AnyView {
    let Some(Half { class, numbers, sign, text, is_open_end }) = half else {
        return view! { <div class="cmp-cell pad" role="cell"></div> }.into_any();
    };
    let words = match class {
        "del" => Some("removed"),
        "add" => Some("added"),
        _ => None,
    };
    let number = |at: Option<u32>| view! { <span class="cmp-no">{at.map(|at| (at + 1).to_string())}</span> };
    view! {
        <div class=format!("cmp-cell {class}") role="cell">
            {numbers.into_iter().map(number).collect_view()}
            <span class="cmp-sg" role=words.map(|_| "img") aria-label=words>{sign}</span>
            <code>
                <span class="cmp-tx">
                    {text}
                    {is_open_end.then(|| view! { <span class="cmp-eof" title="This last line has no line end">"no line end"</span> })}
                </span>
            </code>
        </div>
    }
    .into_any()
}
