//! From histories to a picture: spec, scales, reduction, scene, picking, and drawing on any plotters backend.
