//! The choices of the runs table, as text of a link.

use std::collections::{BTreeMap, BTreeSet};

use super::RunKey;
use crate::{
    chart::Slot,
    escape::{escape, join, split, unescape},
    table::{Column, GroupKey, Groups, LEAST_PIXELS, MOST_PIXELS, Stat},
};

/// What the runs table shows, beside its columns and their order.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct TableView {
    /// Runs put together.
    pub groups: Groups,
    /// Columns that stay in sight at the left edge.
    pub pinned_columns: BTreeSet<Column>,
    /// Widths that a person chose, in CSS pixels.
    pub widths: BTreeMap<Column, u32>,
    /// Only columns in which the listed runs differ.
    pub differing: bool,
}

/// Hands every choice that differs from the defaults to `add`, escaped.
pub(super) fn encode(view: &TableView, add: &mut impl FnMut(&str, String)) {
    let groups = &view.groups;
    if !groups.by.is_empty() {
        add("group", join(groups.by.iter().map(ToString::to_string)));
    }
    if groups.stat != Stat::default() {
        add("stat", groups.stat.id().to_owned());
    }
    if !groups.open.is_empty() {
        add("gopen", join(groups.open.iter().map(group_text)));
    }
    if !view.pinned_columns.is_empty() {
        add("cpin", join(view.pinned_columns.iter().map(ToString::to_string)));
    }
    if !view.widths.is_empty() {
        add("width", join(view.widths.iter().map(|(column, width)| format!("{width}{column}"))));
    }
    if view.differing {
        add("differ", "1".to_owned());
    }
}

/// Reads what [`encode`] wrote.
pub(super) fn decode<'a>(raw: &impl Fn(&str) -> Option<&'a str>) -> TableView {
    let columns = |key: &str| {
        let all = raw(key).map(split).unwrap_or_default();
        all.iter().filter_map(|id| Column::parse(id)).collect::<Vec<_>>()
    };
    TableView {
        groups: Groups {
            by: columns("group"),
            stat: raw("stat").and_then(Stat::parse).unwrap_or_default(),
            open: raw("gopen").map(split).unwrap_or_default().iter().map(|text| group_of(text)).collect(),
        },
        pinned_columns: columns("cpin").into_iter().collect(),
        widths: raw("width")
            .map(split)
            .unwrap_or_default()
            .iter()
            .filter_map(|text| width_of(text))
            .collect(),
        differing: raw("differ") == Some("1"),
    }
}

/// `source:run:3`, joined by `~`; the last part is a slot.
pub(super) fn encode_colors(colors: &BTreeMap<RunKey, Slot>) -> String {
    let one = |(key, slot): (&RunKey, &Slot)| {
        format!("{}:{}:{}", escape(&key.source), escape(&key.run), slot.index() + 1)
    };
    colors.iter().map(one).collect::<Vec<_>>().join("~")
}

pub(super) fn decode_colors(text: &str) -> BTreeMap<RunKey, Slot> {
    let one = |text: &str| {
        let mut parts = text.split(':');
        let (source, run) = (unescape(parts.next()?)?, unescape(parts.next()?)?);
        let slot: usize = parts.next()?.parse().ok()?;
        (1..=Slot::COUNT).contains(&slot).then(|| (RunKey { source, run }, Slot::new(slot - 1)))
    };
    text.split('~').filter_map(one).collect()
}

/// A value a column, each behind an `=`; nothing for none.
fn group_text(key: &GroupKey) -> String {
    let one = |value: &Option<String>| match value {
        Some(text) => format!("={}", escape(text)),
        None => "-".to_owned(),
    };
    key.0.iter().map(one).collect::<Vec<_>>().join("~")
}

fn group_of(text: &str) -> GroupKey {
    let one = |value: &str| value.strip_prefix('=').and_then(unescape);
    GroupKey(text.split('~').map(one).collect())
}

fn width_of(text: &str) -> Option<(Column, u32)> {
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    let (width, id) = text.split_at_checked(digits)?;
    let width: u32 = width.parse().ok()?;
    let is_sound = (LEAST_PIXELS..=MOST_PIXELS).contains(&f64::from(width));
    Column::parse(id).filter(|_| is_sound).map(|column| (column, width))
}
