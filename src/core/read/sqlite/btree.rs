//! Walks b-trees: tables (rowid and payload) and indexes (payload only), which is also how SQLite
//! keeps WITHOUT ROWID tables.

use std::{cell::RefCell, rc::Rc};

use super::{SqliteError, cache::Page, page_set::PageSet, pager::Pager, record::varint};

/// SQLite's own bound on the depth of a tree.
const MAX_DEPTH: usize = 20;

/// SQLite's own bound on the length of a row.
const MAX_PAYLOAD: u64 = i32::MAX as u64;

type Result<T> = std::result::Result<T, SqliteError>;

/// Where a row's bytes are.
#[derive(Debug, Clone, Copy)]
pub(super) struct Cell {
    /// 0 in index trees.
    pub(super) rowid: i64,
    /// Length of the payload, overflow and all.
    pub(super) payload: u64,
    /// The part of the payload that is on the page.
    pub(super) local_start: usize,
    pub(super) local_end: usize,
    /// First page of the rest, 0 if there is none.
    pub(super) overflow: u32,
}

/// The two kinds of tree.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Tree {
    Table,
    Index,
}

/// Walks a tree in key order, each page once.
pub(super) struct Cursor {
    pager: Rc<RefCell<Pager>>,
    usable: usize,
    tree: Tree,
    root: u32,
    started: bool,
    stack: Vec<Node>,
    visited: PageSet,
}

impl Cursor {
    pub(super) fn new(pager: &Rc<RefCell<Pager>>, root: u32, tree: Tree) -> Self {
        let usable = pager.borrow().usable();
        let (pager, visited) = (Rc::clone(pager), PageSet::default());
        Self { pager, usable, tree, root, started: false, stack: Vec::new(), visited }
    }

    /// The next row's cell. After an error the walk goes on behind what was damaged.
    pub(super) fn next_cell(&mut self) -> Result<Option<Cell>> {
        if !self.started {
            self.started = true;
            self.descend(self.root)?;
        }
        while let Some(node) = self.stack.last_mut() {
            match node.next_step(self.tree) {
                Some(Step::Cell(index)) => return node.cell(index, self.tree, self.usable).map(Some),
                Some(Step::Child(index)) => {
                    let child = node.child(index)?;
                    self.descend(child)?;
                }
                None => {
                    self.stack.pop();
                }
            }
        }
        Ok(None)
    }

    /// The page that the last cell is on.
    pub(super) fn page_bytes(&self) -> &[u8] {
        self.stack.last().map_or(&[], |node| node.page.bytes())
    }

    /// Number of the page that the last cell is on.
    pub(super) fn page_number(&self) -> u32 {
        self.stack.last().map_or(self.root, |node| node.page.number)
    }

    /// Starts again, before the first row whose rowid is at least `rowid`.
    pub(super) fn seek(&mut self, rowid: i64) -> Result<()> {
        self.restart();
        self.started = true;
        let mut page = self.root;
        loop {
            self.descend(page)?;
            let Some(node) = self.stack.last_mut() else { return Ok(()) };
            node.next = node.first_at_least(rowid)?;
            if node.is_leaf {
                return Ok(());
            }
            page = node.child(node.next)?;
            node.next += 1;
        }
    }

    /// Starts again, before the first row.
    pub(super) fn restart(&mut self) {
        self.started = false;
        self.stack.clear();
        self.visited = PageSet::default();
    }

    /// The next page of an overflow chain; each page serves one chain once.
    pub(super) fn overflow_page(&mut self, number: u32) -> Result<Page> {
        if !self.visited.insert(number) {
            return Err(SqliteError::page(number, "it is used twice"));
        }
        self.pager.borrow_mut().page(number)
    }

    /// A bound on any payload, see [`Pager::most_bytes`].
    pub(super) fn most_bytes(&self) -> u64 {
        self.pager.borrow().most_bytes()
    }

    fn descend(&mut self, number: u32) -> Result<()> {
        if self.stack.len() >= MAX_DEPTH {
            return Err(SqliteError::page(number, "the tree is deeper than SQLite allows"));
        }
        if !self.visited.insert(number) {
            return Err(SqliteError::page(number, "it is used twice"));
        }
        let page = self.pager.borrow_mut().page(number)?;
        self.stack.push(Node::parse(page, self.tree)?);
        Ok(())
    }
}

/// The greatest rowid of a table.
pub(super) fn last_rowid(pager: &Rc<RefCell<Pager>>, root: u32) -> Result<Option<i64>> {
    let mut cursor = Cursor::new(pager, root, Tree::Table);
    let mut page = root;
    loop {
        cursor.descend(page)?;
        let Some(node) = cursor.stack.last() else { return Ok(None) };
        if !node.is_leaf {
            page = node.child(node.cells)?;
            continue;
        }
        let Some(last) = node.cells.checked_sub(1) else { return Ok(None) };
        return node.cell(last, Tree::Table, cursor.usable).map(|cell| Some(cell.rowid));
    }
}

enum Step {
    Cell(usize),
    Child(usize),
}

/// A page of a tree and how far the walk is on it.
struct Node {
    page: Page,
    is_leaf: bool,
    cells: usize,
    /// Where the b-tree header starts: behind the database header on page 1.
    header: usize,
    /// Step to take next: cell of a leaf, child of a table's interior page, or, in an index, twice
    /// the child and twice the cell plus one in turn, because cells stand between children.
    next: usize,
}

impl Node {
    fn parse(page: Page, tree: Tree) -> Result<Self> {
        let header = if page.number == 1 { super::header::LENGTH } else { 0 };
        let bytes = page.bytes();
        let is_leaf = match (tree, bytes.get(header)) {
            (Tree::Table, Some(0x0d)) | (Tree::Index, Some(0x0a)) => true,
            (Tree::Table, Some(0x05)) | (Tree::Index, Some(0x02)) => false,
            _ => return Err(SqliteError::page(page.number, "it is not a page of this table's tree")),
        };
        let cells = usize::from(u16_at(bytes, header + 3).unwrap_or(0));
        let node = Self { is_leaf, cells, header, next: 0, page };
        if node.pointers() + cells * 2 > node.page.bytes().len() {
            return Err(SqliteError::page(node.page.number, "it claims more cells than it has room for"));
        }
        Ok(node)
    }

    fn pointers(&self) -> usize {
        self.header + if self.is_leaf { 8 } else { 12 }
    }

    fn next_step(&mut self, tree: Tree) -> Option<Step> {
        let at = self.next;
        let step = match (self.is_leaf, tree) {
            (true, _) if at < self.cells => Step::Cell(at),
            (false, Tree::Table) if at <= self.cells => Step::Child(at),
            (false, Tree::Index) if at <= self.cells * 2 => {
                if at.is_multiple_of(2) {
                    Step::Child(at / 2)
                } else {
                    Step::Cell(at / 2)
                }
            }
            _ => return None,
        };
        self.next += 1;
        Some(step)
    }

    /// The child before cell `index`, or the rightmost.
    fn child(&self, index: usize) -> Result<u32> {
        let at = if index < self.cells { self.cell_start(index)? } else { self.header + 8 };
        let bytes = self.page.bytes().get(at..).and_then(|b| b.first_chunk());
        bytes.map(|b| u32::from_be_bytes(*b)).ok_or_else(|| self.bad_cell(index))
    }

    fn cell_start(&self, index: usize) -> Result<usize> {
        let at = u16_at(self.page.bytes(), self.pointers() + index * 2).map(usize::from);
        at.filter(|&at| at >= self.header + 8).ok_or_else(|| self.bad_cell(index))
    }

    fn cell(&self, index: usize, tree: Tree, usable: usize) -> Result<Cell> {
        let start = self.cell_start(index)? + if self.is_leaf { 0 } else { 4 };
        let bytes = self.page.bytes();
        parse_cell(bytes, start, tree, usable).ok_or_else(|| self.bad_cell(index))
    }

    /// Index of the first cell whose key is at least `rowid`; junk may be unsorted, then any.
    fn first_at_least(&self, rowid: i64) -> Result<usize> {
        let (mut low, mut high) = (0, self.cells);
        while low < high {
            let middle = low.midpoint(high);
            if self.key(middle)? < rowid { low = middle + 1 } else { high = middle }
        }
        Ok(low)
    }

    fn key(&self, index: usize) -> Result<i64> {
        let bytes = self.page.bytes();
        let mut at = self.cell_start(index)? + if self.is_leaf { 0 } else { 4 };
        let payload = if self.is_leaf { varint(bytes, &mut at) } else { Some(0) };
        let key = payload.and_then(|_| varint(bytes, &mut at));
        key.map(u64::cast_signed).ok_or_else(|| self.bad_cell(index))
    }

    fn bad_cell(&self, index: usize) -> SqliteError {
        SqliteError::page(self.page.number, format!("cell {index} is damaged"))
    }
}

fn parse_cell(bytes: &[u8], mut at: usize, tree: Tree, usable: usize) -> Option<Cell> {
    let payload = varint(bytes, &mut at).filter(|&payload| payload <= MAX_PAYLOAD)?;
    let rowid = if tree == Tree::Table { varint(bytes, &mut at)?.cast_signed() } else { 0 };
    let local = local_length(payload, tree, usable);
    let local_end = at.checked_add(local)?;
    let overflow =
        if local as u64 == payload { 0 } else { u32::from_be_bytes(*bytes.get(local_end..)?.first_chunk()?) };
    (local_end <= bytes.len()).then_some(Cell { rowid, payload, local_start: at, local_end, overflow })
}

/// How much of a payload is on the page itself.
fn local_length(payload: u64, tree: Tree, usable: usize) -> usize {
    let most = if tree == Tree::Table { usable - 35 } else { (usable - 12) * 64 / 255 - 23 };
    if payload <= most as u64 {
        return payload as usize;
    }
    let least = (usable - 12) * 32 / 255 - 23;
    let fitting = least + ((payload - least as u64) % (usable as u64 - 4)) as usize;
    if fitting <= most { fitting } else { least }
}

fn u16_at(bytes: &[u8], at: usize) -> Option<u16> {
    bytes.get(at..)?.first_chunk().map(|b| u16::from_be_bytes(*b))
}
