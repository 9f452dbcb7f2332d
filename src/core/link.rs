//! The view: what a screen shows, as one typed value, and as the fragment of a link.
