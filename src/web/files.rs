//! Files that a person dropped or chose, and how readers get at their bytes.

mod blobs;
mod walk;

use std::rc::Rc;

use runatlas_core::model::Note;
use wasm_bindgen::{JsCast as _, JsValue};
use web_sys::{DragEvent, File, FilePropertyBag, HtmlInputElement};

pub use blobs::BlobTree;

/// A file with its place in what was dropped.
#[derive(Debug, Clone)]
pub struct DroppedFile {
    /// Relative, `/` between parts, beginning with the name of the dropped folder or file.
    pub path: String,
    pub(super) file: File,
}

/// All that was dropped or chosen at once.
#[derive(Debug, Clone, Default)]
pub struct Dropped {
    /// The files, in no particular order.
    pub files: Vec<DroppedFile>,
    /// Files and folders that the browser would not hand out.
    pub notes: Vec<Note>,
}

impl DroppedFile {
    /// Its bytes as text, if it has at most so many; the error is for people.
    pub async fn text(&self, at_most: u64) -> Result<String, String> {
        if self.file.size() as u64 > at_most {
            return Err("it is far too large".to_owned());
        }
        let text = wasm_bindgen_futures::JsFuture::from(self.file.text()).await;
        text.map(|text| text.as_string().unwrap_or_default()).map_err(|thrown| reason(&thrown))
    }
}

impl Dropped {
    /// How many files.
    pub fn len(&self) -> usize {
        self.files.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.files.is_empty()
    }

    /// The size of all files, in bytes.
    pub fn bytes(&self) -> u64 {
        self.files.iter().map(|dropped| dropped.file.size() as u64).sum()
    }

    /// What to call it: the one folder or file, or "a.db and 3 more".
    pub fn name(&self) -> String {
        let mut tops: Vec<&str> = self.files.iter().filter_map(|f| f.path.split('/').next()).collect();
        tops.sort_unstable();
        tops.dedup();
        match tops.as_slice() {
            [] => String::new(),
            [one] => (*one).to_owned(),
            [first, rest @ ..] => format!("{first} and {} more", rest.len()),
        }
    }

    /// One file made from bytes, as if it had been dropped.
    pub fn from_bytes(name: &str, bytes: &[u8]) -> Option<Self> {
        let parts = js_sys::Array::of1(&js_sys::Uint8Array::from(bytes));
        let file =
            File::new_with_u8_array_sequence_and_options(&parts, name, &FilePropertyBag::new()).ok()?;
        Some(Self { files: vec![DroppedFile { path: name.to_owned(), file }], notes: Vec::new() })
    }
}

/// What a drop carries: folders are walked to their last file. Call it inside the event's handler,
/// await it whenever (the browser empties the event when the handler returns).
pub fn dropped(event: &DragEvent) -> impl Future<Output = Dropped> + 'static {
    dropped_counting(event, |_| ())
}

/// Like [`dropped`]; `on_count` hears how many files were found so far.
pub fn dropped_counting(
    event: &DragEvent,
    on_count: impl Fn(usize) + 'static,
) -> impl Future<Output = Dropped> + 'static {
    let tops = event.data_transfer().map(|transfer| walk::tops(&transfer)).unwrap_or_default();
    walk::walk(tops, Rc::new(on_count))
}

/// What an `<input type="file">` (with `webkitdirectory` or `multiple`, or without) holds.
pub fn chosen(input: &HtmlInputElement) -> Dropped {
    let mut chosen = Dropped::default();
    let Some(list) = input.files() else {
        return chosen;
    };
    for file in (0..list.length()).filter_map(|at| list.get(at)) {
        let relative = js_sys::Reflect::get(&file, &JsValue::from_str("webkitRelativePath"));
        let relative = relative.ok().and_then(|path| path.as_string()).filter(|path| !path.is_empty());
        chosen.files.push(DroppedFile { path: relative.unwrap_or_else(|| file.name()), file });
    }
    chosen
}

/// Why the browser would not read a file, for people.
fn reason(thrown: &JsValue) -> String {
    let name = thrown.dyn_ref::<web_sys::DomException>().map(web_sys::DomException::name);
    match name.as_deref() {
        Some("NotReadableError" | "NotFoundError") => {
            "the browser cannot read it: it was changed or moved meanwhile, or may not be read".to_owned()
        }
        _ => super::words(thrown),
    }
}
