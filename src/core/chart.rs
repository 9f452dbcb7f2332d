//! From histories to a picture: spec, scales, reduction, scene, picking, and drawing on any
//! plotters backend.
//!
//! A chart is made in three steps, each a plain value:
//! 1. [`Series`]: the curves to draw. Each holds a [`Trace`], which keeps what is costly and does
//!    not depend on the view (sorted x, extremes, smoothed values), so keep it between frames.
//! 2. [`Scene::build`]: a [`ChartSpec`] (what the person chose) and the series become pixel
//!    coordinates. Costs pixels, not points: do it on every pan and zoom.
//! 3. [`draw`]: paints a scene with the colours of a [`Palette`].
//!
//! Contract of this room: no point is dropped. What is drawn equals, pixel column by pixel
//! column, the drawing of every point; what cannot be drawn (NaN, infinities, values that a
//! logarithm cannot show) leaves a gap and is counted. All coordinates are **device pixels**,
//! y downwards: multiply a pointer's CSS position by [`Scene::dpr`].

pub mod axis;
pub mod colors;
pub mod columns;
pub mod draw;
pub mod export;
pub mod facts;
mod lines;
mod palette;
pub mod pick;
pub mod pyramid;
mod range;
pub mod raster;
pub mod reduce;
pub mod scene;
pub mod series;
pub mod spark;
mod spec;
mod words;

pub use crate::model::Direction;
pub use axis::{Axis, Scale, ScaleKind, Tick};
pub use colors::{Dash, Slot};
pub use columns::Columns;
pub use draw::{MarkStyle, SeriesPainter, Stroke};
pub(crate) use lines::cut;
pub use lines::{Polylines, Rect};
pub use palette::{Palette, Rgb};
pub use range::Range;
pub use raster::Raster;
pub use reduce::{Plot, Reduced};
pub use scene::{Counts, Ink, Mark, MarkKind, Scene, SceneSeries};
pub use series::{Band, Oddities, Series, Trace};
pub use spec::{ChartSpec, Fit, Marks, XAxis};
pub use words::{elapsed_words, readout_words, summary, x_words};
