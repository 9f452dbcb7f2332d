use crate::{
    escape::{escape, unescape},
    table::Column,
};

/// The fields of an item: `first,name:value,…`. A name may occur more than once.
pub(super) struct Fields<'a>(Vec<&'a str>);

impl<'a> Fields<'a> {
    pub(super) fn of(item: &'a str) -> Self {
        Self(item.split(',').collect())
    }

    /// The first field, as it stands.
    pub(super) fn first(&self) -> Option<&'a str> {
        self.raw_at(0)
    }

    /// A field by its place, as it stands.
    pub(super) fn raw_at(&self, place: usize) -> Option<&'a str> {
        self.0.get(place).copied()
    }

    /// All names with their values, as they stand.
    pub(super) fn named(&self) -> impl Iterator<Item = (&'a str, &'a str)> {
        self.0.iter().filter_map(|field| field.split_once(':'))
    }

    /// The values under a name, as they stand.
    pub(super) fn all(&self, name: &str) -> impl Iterator<Item = &'a str> {
        self.named().filter_map(move |(known, value)| (known == name).then_some(value))
    }

    /// The first value under a name, as it stands.
    pub(super) fn raw(&self, name: &str) -> Option<&'a str> {
        self.all(name).next()
    }

    /// The text under a name.
    pub(super) fn text(&self, name: &str) -> Option<String> {
        self.raw(name).and_then(unescape)
    }

    /// The column under a name.
    pub(super) fn column(&self, name: &str) -> Option<Column> {
        self.text(name).and_then(|id| Column::parse(&id))
    }
}

/// Writes an item field by field.
pub(super) struct Item(String);

impl Item {
    pub(super) fn new(first: String) -> Self {
        Self(first)
    }

    /// A field by its place; `value` is plain.
    pub(super) fn push(&mut self, value: &str) {
        self.0.push(',');
        self.0.push_str(value);
    }

    /// A field by its name; `value` is escaped.
    pub(super) fn raw(&mut self, name: &str, value: &str) {
        self.push(name);
        self.0.push(':');
        self.0.push_str(value);
    }

    /// Text under a name.
    pub(super) fn text(&mut self, name: &str, value: &str) {
        self.raw(name, &escape(value));
    }

    /// A column under a name.
    pub(super) fn column(&mut self, name: &str, column: &Column) {
        self.text(name, &column.to_string());
    }

    pub(super) fn finish(self) -> String {
        self.0
    }
}
