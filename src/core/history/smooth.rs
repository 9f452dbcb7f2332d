//! Smoothing of curves.
