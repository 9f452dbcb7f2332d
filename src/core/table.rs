//! The runs table: columns, rows, sorting, search.
