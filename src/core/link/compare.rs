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
    #[must_use]
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

/// The comparison of files in a drawer below the matrix: the baseline on the left.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct DrawerView {
    /// The run on the right; `None` for the first that is not the baseline.
    pub run: Option<RunKey>,
    /// What is compared; `None` for the first that differs.
    pub subject: Option<Subject>,
    /// How it is laid out.
    pub choices: CompareChoices,
}

/// Keys and values that are not escaped.
type Pairs = Vec<(&'static str, String)>;

fn subject_pairs(subject: Option<&Subject>) -> Pairs {
    match subject {
        None => Vec::new(),
        Some(Subject::File { left, right }) if left == right => vec![("file", right.clone())],
        Some(Subject::File { left, right }) => vec![("file", right.clone()), ("with", left.clone())],
        Some(Subject::Note) => vec![("of", "note".to_owned())],
        Some(Subject::Params) => vec![("of", "params".to_owned())],
        Some(Subject::Param(key)) => vec![("param", key.clone())],
        Some(Subject::Tag(key)) => vec![("tag", key.clone())],
    }
}

fn choice_pairs(choices: &CompareChoices) -> Pairs {
    let mut pairs = Pairs::new();
    if let Some((_, name)) = LENSES.iter().find(|(lens, _)| Some(*lens) == choices.lens) {
        pairs.push(("as", (*name).to_owned()));
    }
    if let Some((_, name)) = LAYOUTS.iter().find(|(layout, _)| *layout == choices.pictures) {
        pairs.push(("pic", (*name).to_owned()));
    }
    let flags = [
        ("unified", choices.unified),
        ("all", choices.unfolded),
        ("wrap", choices.wrap),
        ("space", choices.text.ignore_whitespace),
        ("case", choices.text.ignore_case),
    ];
    pairs.extend(flags.into_iter().filter(|(_, is_on)| *is_on).map(|(key, _)| (key, "1".to_owned())));
    match &choices.key {
        RowKey::Auto => {}
        RowKey::Content => pairs.push(("rows", "content".to_owned())),
        RowKey::Column(name) => pairs.push(("by", name.clone())),
    }
    pairs
}

/// Reads values by their key, escaped.
type Raw<'a, 'q> = &'a dyn Fn(&str) -> Option<&'q str>;

fn text(raw: Raw, key: &str) -> Option<String> {
    raw(key).and_then(unescape).filter(|text| !text.is_empty())
}

fn subject_of(raw: Raw) -> Option<Subject> {
    if let Some(right) = text(raw, "file") {
        return Some(Subject::File { left: text(raw, "with").unwrap_or_else(|| right.clone()), right });
    }
    match raw("of") {
        Some("note") => Some(Subject::Note),
        Some("params") => Some(Subject::Params),
        _ => text(raw, "param").map(Subject::Param).or_else(|| text(raw, "tag").map(Subject::Tag)),
    }
}

fn choices_of(raw: Raw) -> CompareChoices {
    fn named<T: Copy>(of: &[(T, &str)], name: Option<&str>) -> Option<T> {
        of.iter().find(|(_, known)| Some(*known) == name).map(|(value, _)| *value)
    }
    let is_on = |name: &str| raw(name) == Some("1");
    CompareChoices {
        lens: named(&LENSES, raw("as")),
        unified: is_on("unified"),
        unfolded: is_on("all"),
        wrap: is_on("wrap"),
        text: TextOptions { ignore_whitespace: is_on("space"), ignore_case: is_on("case") },
        key: match (raw("rows"), raw("by").and_then(unescape)) {
            (_, Some(name)) => RowKey::Column(name),
            (Some("content"), None) => RowKey::Content,
            _ => RowKey::Auto,
        },
        pictures: named(&LAYOUTS, raw("pic")).unwrap_or_default(),
    }
}

/// The path and the choices that differ from the defaults.
pub(super) fn encode(view: &CompareView) -> String {
    let mut pairs = subject_pairs(view.subject.as_ref());
    pairs.extend(choice_pairs(&view.choices));
    if view.equal_entries {
        pairs.push(("equal", "1".to_owned()));
    }
    if !view.search.is_empty() {
        pairs.push(("q", view.search.clone()));
    }
    let query: Vec<String> = pairs.iter().map(|(key, value)| format!("{key}={}", escape(value))).collect();
    let [a, b] = [&view.left, &view.right].map(|key| format!("{}/{}", escape(&key.source), escape(&key.run)));
    let query = if query.is_empty() { String::new() } else { format!("?{}", query.join("&")) };
    format!("1/compare/{a}/{b}{query}")
}

/// The view of a path's four parts and of its choices; what is not known is left out.
pub(super) fn decode(parts: [&str; 4], raw: Raw) -> Option<CompareView> {
    let [left_source, left, right_source, right] = parts;
    let key = |source: &str, run: &str| Some(RunKey { source: unescape(source)?, run: unescape(run)? });
    Some(CompareView {
        left: key(left_source, left)?,
        right: key(right_source, right)?,
        subject: subject_of(raw),
        choices: choices_of(raw),
        search: text(raw, "q").unwrap_or_default(),
        equal_entries: raw("equal") == Some("1"),
    })
}

/// The drawer's choices, to stand beside those of the runs page: keys with `f-` before them, values escaped.
pub(super) fn encode_drawer(drawer: &DrawerView, add: &mut dyn FnMut(&str, String)) {
    let run = drawer.run.as_ref();
    add("f-run", run.map_or_else(String::new, |key| format!("{}:{}", escape(&key.source), escape(&key.run))));
    for (key, value) in
        subject_pairs(drawer.subject.as_ref()).into_iter().chain(choice_pairs(&drawer.choices))
    {
        add(&format!("f-{key}"), escape(&value));
    }
}

/// The drawer, if it is open.
pub(super) fn decode_drawer(raw: Raw) -> Option<DrawerView> {
    let run = raw("f-run")?
        .split_once(':')
        .and_then(|(source, run)| Some(RunKey { source: unescape(source)?, run: unescape(run)? }));
    let of_drawer = |key: &str| raw(&format!("f-{key}"));
    Some(DrawerView { run, subject: subject_of(&of_drawer), choices: choices_of(&of_drawer) })
}
