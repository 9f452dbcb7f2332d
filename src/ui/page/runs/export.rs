use leptos::prelude::*;
use runatlas_core::export::Dialect;

use crate::{
    state::{Command, ExportTo},
    ui::{
        app::app,
        part::{Icon, Menu, MenuItem},
    },
};

/// A way to take the table away: id, words, icon, format, where to, and whether with all columns.
type Way = (&'static str, &'static str, &'static str, Dialect, ExportTo, bool);

const WAYS: [Way; 8] = [
    ("table.csv", "Save as CSV", "download", Dialect::Csv, ExportTo::File, false),
    ("table.csv.all", "Save all columns as CSV", "download", Dialect::Csv, ExportTo::File, true),
    ("table.json", "Save as JSON", "file-json", Dialect::Json, ExportTo::File, false),
    ("table.markdown", "Save as Markdown", "file-text", Dialect::Markdown, ExportTo::File, false),
    ("table.latex", "Save as LaTeX", "file-text", Dialect::Latex, ExportTo::File, false),
    ("table.copy.tsv", "Copy for a spreadsheet (TSV)", "copy", Dialect::Tsv, ExportTo::Clipboard, false),
    ("table.copy.markdown", "Copy as Markdown", "copy", Dialect::Markdown, ExportTo::Clipboard, false),
    ("table.copy.latex", "Copy as LaTeX", "copy", Dialect::Latex, ExportTo::Clipboard, false),
];

/// The table as it is shown, to take away.
#[component]
pub(super) fn ExportMenu() -> impl IntoView {
    let app = app();
    for (id, words, icon, dialect, to, all) in WAYS {
        let title = words.replacen("Save as", "Save the table as", 1).replacen("Copy", "Copy the table", 1);
        app.commands.add(Command::new(id, title, move || app.export_table(dialect, to, all)).icon(icon));
    }
    let item = move |(_, words, icon, dialect, to, all): Way| {
        let action = Callback::new(move |()| app.export_table(dialect, to, all));
        view! { <MenuItem label=words icon=icon action=action /> }
    };
    view! {
        <Menu label="Export the table" title="Export the table" class="iconbtn" align_end=true face=|| view! { <Icon name="download" /> }>
            {WAYS.into_iter().map(item).collect_view()}
        </Menu>
    }
}
