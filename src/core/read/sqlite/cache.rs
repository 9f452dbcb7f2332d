use std::{collections::BTreeMap, rc::Rc};

/// Bytes that a cache keeps at most; what cursors stand on stays alive besides.
const CAPACITY: usize = 8 << 20;

/// A page of the database, without its reserved tail. Cheap to copy.
#[derive(Debug, Clone)]
pub(super) struct Page {
    pub(super) number: u32,
    chunk: Rc<Vec<u8>>,
    start: usize,
    end: usize,
}

impl Page {
    pub(super) fn bytes(&self) -> &[u8] {
        self.chunk.get(self.start..self.end).unwrap_or_default()
    }
}

/// Runs of neighbouring pages as they were read, the least recently used dropped first.
#[derive(Debug)]
pub(super) struct Cache {
    page_size: usize,
    usable: usize,
    chunks: BTreeMap<u32, Chunk>,
    held: usize,
    clock: u64,
}

#[derive(Debug)]
struct Chunk {
    bytes: Rc<Vec<u8>>,
    used: u64,
}

impl Cache {
    pub(super) fn new(page_size: usize, usable: usize) -> Self {
        Self { page_size, usable, chunks: BTreeMap::new(), held: 0, clock: 0 }
    }

    pub(super) fn get(&mut self, number: u32) -> Option<Page> {
        let (&first, chunk) = self.chunks.range_mut(..=number).next_back()?;
        let start = (number - first) as usize * self.page_size;
        let end = start + self.usable;
        if end > chunk.bytes.len() {
            return None;
        }
        self.clock += 1;
        chunk.used = self.clock;
        Some(Page { number, chunk: Rc::clone(&chunk.bytes), start, end })
    }

    /// Keeps whole pages from `first` on, and gives the first of them.
    pub(super) fn insert(&mut self, first: u32, bytes: Vec<u8>) -> Page {
        self.clock += 1;
        self.held += bytes.len();
        let bytes = Rc::new(bytes);
        let page = Page { number: first, chunk: Rc::clone(&bytes), start: 0, end: self.usable };
        if let Some(old) = self.chunks.insert(first, Chunk { bytes, used: self.clock }) {
            self.held -= old.bytes.len();
        }
        while self.held > CAPACITY && self.chunks.len() > 1 {
            self.drop_oldest();
        }
        page
    }

    fn drop_oldest(&mut self) {
        let oldest = self.chunks.iter().min_by_key(|(_, chunk)| chunk.used).map(|(&first, _)| first);
        if let Some(chunk) = oldest.and_then(|first| self.chunks.remove(&first)) {
            self.held -= chunk.bytes.len();
        }
    }
}
