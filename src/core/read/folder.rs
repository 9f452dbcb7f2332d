//! A folder of this machine as a tree of files (native only).
