//! Drives an import: reader steps in, transactions and events out. The same for worker and page.
