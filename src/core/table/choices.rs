use super::{Column, ColumnGroup, ColumnInfo, search};

/// The columns that are offered under one heading.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ColumnChoices {
    /// The heading.
    pub group: ColumnGroup,
    /// The first of those that match.
    pub columns: Vec<ColumnInfo>,
    /// How many match in all.
    pub matched: usize,
}

/// What the menu of columns offers: those whose names hold all words of `search`, metrics first,
/// at most `most` under each heading, headings without any left out. The name is no choice, since
/// every row begins with it.
pub fn column_choices(columns: &[ColumnInfo], search: &str, most: usize) -> Vec<ColumnChoices> {
    let words = search::words(search);
    let fits = |info: &&ColumnInfo| {
        let label = info.column.label().to_lowercase();
        info.column != Column::Name && words.iter().all(|word| label.contains(word.as_str()))
    };
    let order = [
        ColumnGroup::Metrics,
        ColumnGroup::Params,
        ColumnGroup::Tags,
        ColumnGroup::Attributes,
        ColumnGroup::SystemTags,
    ];
    let group = |group: ColumnGroup| {
        let found: Vec<&ColumnInfo> =
            columns.iter().filter(|info| info.column.group() == group).filter(fits).collect();
        let matched = found.len();
        let columns = found.into_iter().take(most).cloned().collect();
        (matched > 0).then_some(ColumnChoices { group, columns, matched })
    };
    order.into_iter().filter_map(group).collect()
}
