//! Drawing charts on a canvas: plotters through `plotters-canvas`, series straight onto the context.
