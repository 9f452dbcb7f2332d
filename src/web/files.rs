//! Files that a person dropped or chose, and how readers get at their bytes.

/// A file with its place in what was dropped.
#[derive(Debug, Clone)]
pub struct DroppedFile {
    /// Relative, `/` between parts, beginning with the name of the dropped folder or file.
    pub path: String,
    file: web_sys::File,
}

/// All that was dropped or chosen at once.
#[derive(Debug, Clone, Default)]
pub struct Dropped {
    /// The files, in no particular order.
    pub files: Vec<DroppedFile>,
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
        self.files.iter().map(|f| f.file.size() as u64).sum()
    }

    /// What to call it: the one folder or file, or "a.db and 3 more".
    pub fn name(&self) -> String {
        todo!()
    }

    /// One file made from bytes, as if it had been dropped.
    pub fn from_bytes(name: &str, bytes: &[u8]) -> Option<Self> {
        todo!()
    }
}

/// What a drop carries: folders are walked to their last file. Call it inside the event's handler,
/// await it whenever (the browser empties the event when the handler returns).
pub fn dropped(event: &web_sys::DragEvent) -> impl Future<Output = Dropped> + 'static {
    let _ = event;
    async { todo!() }
}

/// What an `<input type="file">` (with `webkitdirectory` or `multiple`, or without) holds.
pub fn chosen(input: &web_sys::HtmlInputElement) -> Dropped {
    todo!()
}
