// The ways that a person moves over a chart, as ranges of x: the same for all that are measured.
window.walk = (() => {
  const FRAMES = 60;
  const FACTOR = 1.05;
  const PAN = 1 / 120;

  const zoomed = ([lo, hi], at, factor) => {
    const x = lo + (hi - lo) * at;
    return [x + (lo - x) / factor, x + (hi - x) / factor];
  };
  const panned = ([lo, hi], share) => [lo + (hi - lo) * share, hi + (hi - lo) * share];

  return {
    FRAMES,
    zoomed,
    panned,
    /// What each frame zooms by: in for one half of them, then nearly all out again.
    factor: i => (i < FRAMES / 2 ? FACTOR : i < FRAMES - 1 ? 1 / FACTOR : 1 / FACTOR ** 0.5),
    /// What share of the plot each frame moves the picture by, on half of x: there, and nearly back.
    share: i => (i < FRAMES / 2 ? PAN : i < FRAMES - 1 ? -PAN : -PAN / 2),
  };
})();
