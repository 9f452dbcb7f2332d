use super::RunKey;
use crate::{
    compare::{Lens, RowKey, Subject, TextOptions},
    escape::{escape, unescape},
};

/// Two runs beside each other, and what of them is compared.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CompareView {
    /// The run on the left.
    pub left: RunKey,
    /// The run on the right.
    pub right: RunKey,
    /// What is compared; `None` for the first that differs.
    pub subject: Option<Subject>,
    /// How it is laid out.
    pub choices: CompareChoices,
    /// The list shows names that have this text.
    pub search: String,
    /// The list shows what is equal, too.
    pub equal_entries: bool,
}

/// How a comparison is laid out.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct CompareChoices {
    /// The way to look at it; `None` for the best.
    pub lens: Option<Lens>,
    /// Both sides in one column.
    pub unified: bool,
    /// Equal parts are not folded.
    pub unfolded: bool,
    /// Long lines go on below.
    pub wrap: bool,
    /// What counts as equal.
    pub text: TextOptions,
    /// Which rows of tables belong together.
    pub key: RowKey,
    /// How pictures are laid out.
    pub pictures: PictureLayout,
}

/// How two pictures are laid out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum PictureLayout {
    /// Beside each other.
    #[default]
    Beside,
    /// One over the other, parted by a line that can be moved.
    Swipe,
    /// One shining through the other.
    Blend,
    /// What differs between their pixels.
    Difference,
}

impl CompareView {
    /// Two runs, and nothing chosen.
    pub fn new(left: RunKey, right: RunKey) -> Self {
        Self {
            left,
            right,
            subject: None,
            choices: CompareChoices::default(),
            search: String::new(),
            equal_entries: false,
        }
    }

    /// The same with the sides changed.
    pub fn swapped(&self) -> Self {
        let subject = match &self.subject {
            Some(Subject::File { left, right }) => {
                Some(Subject::File { left: right.clone(), right: left.clone() })
            }
            other => other.clone(),
        };
        Self { left: self.right.clone(), right: self.left.clone(), subject, ..self.clone() }
    }
}

const LENSES: [(Lens, &str); 6] = [
    (Lens::Pictures, "pictures"),
    (Lens::Cells, "cells"),
    (Lens::Structure, "structure"),
    (Lens::Packages, "packages"),
    (Lens::Lines, "lines"),
    (Lens::Bytes, "bytes"),
];

const LAYOUTS: [(PictureLayout, &str); 3] = [
    (PictureLayout::Swipe, "swipe"),
    (PictureLayout::Blend, "blend"),
    (PictureLayout::Difference, "difference"),
];

/// The path and the choices that differ from the defaults.
pub(super) fn encode(view: &CompareView) -> String {
    let mut query: Vec<String> = Vec::new();
    let mut add = |key: &str, value: &str| query.push(format!("{key}={}", escape(value)));
    match &view.subject {
        None => {}
        Some(Subject::File { left, right }) => {
            add("file", right);
            if left != right {
                add("with", left);
            }
        }
        Some(Subject::Note) => add("of", "note"),
        Some(Subject::Params) => add("of", "params"),
        Some(Subject::Param(key)) => add("param", key),
        Some(Subject::Tag(key)) => add("tag", key),
    }
    let choices = &view.choices;
    if let Some((_, name)) = LENSES.iter().find(|(lens, _)| Some(*lens) == choices.lens) {
        add("as", name);
    }
    if let Some((_, name)) = LAYOUTS.iter().find(|(layout, _)| *layout == choices.pictures) {
        add("pic", name);
    }
    let flags = [
        ("unified", choices.unified),
        ("all", choices.unfolded),
        ("wrap", choices.wrap),
        ("space", choices.text.ignore_whitespace),
        ("case", choices.text.ignore_case),
        ("equal", view.equal_entries),
    ];
    for (key, _) in flags.iter().filter(|(_, is_on)| *is_on) {
        add(key, "1");
    }
    match &choices.key {
        RowKey::Auto => {}
        RowKey::Content => add("rows", "content"),
        RowKey::Column(name) => add("by", name),
    }
    if !view.search.is_empty() {
        add("q", &view.search);
    }
    let [a, b] = [&view.left, &view.right].map(|key| format!("{}/{}", escape(&key.source), escape(&key.run)));
    let query = if query.is_empty() { String::new() } else { format!("?{}", query.join("&")) };
    format!("1/compare/{a}/{b}{query}")
}

/// The view of a path's four parts and of its choices; what is not known is left out.
pub(super) fn decode<'a>(parts: [&str; 4], raw: &dyn Fn(&str) -> Option<&'a str>) -> Option<CompareView> {
    let [left_source, left, right_source, right] = parts;
    let key = |source: &str, run: &str| Some(RunKey { source: unescape(source)?, run: unescape(run)? });
    let text = |name: &str| raw(name).and_then(unescape).filter(|text| !text.is_empty());
    let is_on = |name: &str| raw(name) == Some("1");
    let subject = match (text("file"), raw("of"), text("param"), text("tag")) {
        (Some(right), ..) => {
            Some(Subject::File { left: text("with").unwrap_or_else(|| right.clone()), right })
        }
        (_, Some("note"), ..) => Some(Subject::Note),
        (_, Some("params"), ..) => Some(Subject::Params),
        (.., Some(key), _) => Some(Subject::Param(key)),
        (.., Some(key)) => Some(Subject::Tag(key)),
        _ => None,
    };
    let key_of_rows = match (raw("rows"), raw("by").and_then(unescape)) {
        (_, Some(name)) => RowKey::Column(name),
        (Some("content"), None) => RowKey::Content,
        _ => RowKey::Auto,
    };
    Some(CompareView {
        left: key(left_source, left)?,
        right: key(right_source, right)?,
        subject,
        choices: CompareChoices {
            lens: raw("as")
                .and_then(|name| LENSES.iter().find(|(_, known)| *known == name))
                .map(|(lens, _)| *lens),
            unified: is_on("unified"),
            unfolded: is_on("all"),
            wrap: is_on("wrap"),
            text: TextOptions { ignore_whitespace: is_on("space"), ignore_case: is_on("case") },
            key: key_of_rows,
            pictures: raw("pic")
                .and_then(|name| LAYOUTS.iter().find(|(_, known)| *known == name))
                .map(|(layout, _)| *layout)
                .unwrap_or_default(),
        },
        search: text("q").unwrap_or_default(),
        equal_entries: is_on("equal"),
    })
}
