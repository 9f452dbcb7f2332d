use leptos::prelude::*;
use runatlas_core::preview::{Preview, TablePreview, TextPreview};

use crate::{
    state::OpenFile,
    ui::part::{EmptyState, Segmented},
};

/// A file as core decided to show it.
#[component]
pub(super) fn FileView(file: OpenFile, name: String) -> impl IntoView {
    match file.preview.as_ref() {
        Preview::Empty => view! { <p class="none">"This file is empty."</p> }.into_any(),
        Preview::Text(text) | Preview::Json(text) => text_view(text).into_any(),
        Preview::Table(table) => table_view(table, &name).into_any(),
        Preview::Markdown { html, source } => {
            let (html, source) = (html.as_str().to_owned(), source.clone());
            view! {
                <TwoWays
                    name="Markdown"
                    page=move || view! { <div class="note md fview" inner_html=html.clone()></div> }.into_any()
                    source=move || text_view(&source).into_any()
                />
            }
            .into_any()
        }
        Preview::Html { document, source } => {
            let (document, source) = (document.clone(), source.clone());
            let title = format!("{name}, shown without scripts");
            view! {
                <TwoWays
                    name="HTML"
                    page=move || {
                        view! {
                            <iframe class="fframe" title=title.clone() sandbox="" referrerpolicy="no-referrer" srcdoc=document.clone()></iframe>
                            <p class="fs12 t3 notes">"Scripts are off, so interactive charts stay empty. Download the file and open it to see them."</p>
                        }
                            .into_any()
                    }
                    source=move || text_view(&source).into_any()
                />
            }
            .into_any()
        }
        Preview::Image { size, .. } => picture(&file, *size, name).into_any(),
        Preview::Download { reason } => {
            view! { <EmptyState icon="binary" title=reason.clone() text="Download it to open it elsewhere." /> }.into_any()
        }
    }
}

/// A file that is shown as the page it means or as its source.
#[component]
fn TwoWays(name: &'static str, #[prop(into)] page: ViewFn, #[prop(into)] source: ViewFn) -> impl IntoView {
    let as_source = RwSignal::new(false);
    view! {
        <div class="prev-t">
            <Segmented
                label=name
                choices=vec![(false, "Page"), (true, "Source")]
                value=as_source
                on_change=Callback::new(move |now| as_source.set(now))
            />
        </div>
        {move || if as_source.get() { source.run() } else { page.run() }}
    }
}

fn notes(notes: &[String]) -> impl IntoView + use<> {
    let words = notes.iter().map(|note| format!("{note}.")).collect::<Vec<_>>().join(" ");
    (!words.is_empty()).then(|| view! { <p class="fs12 warn notes">{words}</p> })
}

/// Two columns of text, numbers and lines: as cheap for 20,000 lines as for one.
fn text_view(text: &TextPreview) -> impl IntoView + use<> {
    let mut numbers = String::new();
    for line in 1..=text.lines.max(1) {
        numbers.push_str(&line.to_string());
        numbers.push('\n');
    }
    view! {
        {notes(&text.notes)}
        <div class="ftext" tabindex="0" role="region" aria-label="File content">
            <pre class="fnum" aria-hidden="true">{numbers}</pre>
            <pre class="fline">{text.text.clone()}</pre>
        </div>
    }
}

fn table_view(table: &TablePreview, name: &str) -> impl IntoView + use<> {
    let numeric = table.numeric.clone();
    let is_number = move |at: usize| numeric.get(at).copied().unwrap_or_default();
    let head = table
        .header
        .iter()
        .enumerate()
        .map(|(at, cell)| view! { <th scope="col" class:num=is_number(at) title=cell.clone()>{cell.clone()}</th> })
        .collect_view();
    let row = |row: &Vec<String>| {
        let cells = row.iter().enumerate();
        let cells =
            cells.map(|(at, cell)| view! { <td class:num=is_number(at)>{cell.clone()}</td> }).collect_view();
        view! { <tr>{cells}</tr> }
    };
    view! {
        <p class="fs12 t3 notes">{table.summary.clone()}</p>
        {notes(&table.notes)}
        <div class="ftable" tabindex="0" role="region" aria-label=format!("Table {name}")>
            <table>
                <thead><tr>{head}</tr></thead>
                <tbody>{table.rows.iter().map(row).collect_view()}</tbody>
            </table>
        </div>
    }
}

/// A picture, as large as fits or pixel by pixel. `file` keeps its URL alive.
fn picture(file: &OpenFile, size: Option<(u32, u32)>, name: String) -> impl IntoView + use<> {
    let actual = RwSignal::new(false);
    let failed = RwSignal::new(false);
    let pixels = RwSignal::new(size.map(|(width, height)| format!("{width} × {height} pixels")));
    let url = StoredValue::new(file.url.clone());
    let address = move || url.with_value(|url| url.as_ref().map(|url| url.as_str().to_owned()));
    view! {
        <Show when=move || !failed.get()>
            <div class="prev-t">
                <Segmented
                    label="Size"
                    choices=vec![(false, "Fit"), (true, "Actual size")]
                    value=actual
                    on_change=Callback::new(move |now| actual.set(now))
                />
                <span class="fs12 t3 nowrap">{move || pixels.get()}</span>
            </div>
        </Show>
        <Show
            when=move || !failed.get()
            fallback=|| view! { <EmptyState icon="image" title="The browser cannot draw this picture" text="Its bytes may be damaged. Download it to look at it elsewhere." error=true /> }
        >
            <div class="fpic" class:actual=move || actual.get() tabindex="0" role="region" aria-label="Picture">
                <img
                    src=address
                    alt=name.clone()
                    on:error=move |_| failed.set(true)
                    on:load:target=move |event| {
                        let image = event.target();
                        let (width, height) = (image.natural_width(), image.natural_height());
                        if width > 0 && pixels.with_untracked(Option::is_none) {
                            pixels.set(Some(format!("{width} × {height} pixels")));
                        }
                    }
                />
            </div>
        </Show>
    }
}
