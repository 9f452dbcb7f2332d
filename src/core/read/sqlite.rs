//! A read-only reader of SQLite tables, in place over `Read + Seek`.
