// Runs in a page before anything else: notes when something is painted, and measures. The same for Runatlas and for
// what it is measured beside.
window.gauge = (() => {
  const painted = { strokes: 0, until: 0 };
  const memories = [];
  const QUIET = 400;
  const [ENOUGH, FEW] = [15_000, 3];

  for (const [type, names] of [
    [CanvasRenderingContext2D, ["stroke", "fill", "fillRect", "putImageData", "drawImage"]],
    [WebGLRenderingContext, ["drawArrays", "drawElements"]],
  ]) {
    for (const name of names) {
      const method = type.prototype[name];
      type.prototype[name] = function (...given) {
        painted.strokes++;
        return method.apply(this, given);
      };
    }
  }
  const keep = ({ instance }) => {
    if (instance?.exports.memory) memories.push(instance.exports.memory);
  };
  for (const name of ["instantiate", "instantiateStreaming"]) {
    const method = WebAssembly[name];
    WebAssembly[name] = async (...given) => {
      const made = await method.apply(WebAssembly, given);
      keep(made instanceof WebAssembly.Instance ? { instance: made } : made);
      return made;
    };
  }

  /// Waits for a frame to be over, painting included.
  const frame = () => new Promise(done => requestAnimationFrame(() => setTimeout(done)));

  /// Waits until it is ready and nothing was painted for a while; false when that took too long.
  const still = async (ready = () => true, patience = 60_000, seen = painted.strokes) => {
    const start = performance.now();
    painted.until = start;
    for (;;) {
      await frame();
      const now = performance.now();
      if (painted.strokes !== seen) [seen, painted.until] = [painted.strokes, now];
      if (now - painted.until >= QUIET && ready()) return true;
      if (now - start > patience) return false;
    }
  };

  return {
    memories,
    frame,
    still,
    /// Something was painted that is no canvas.
    touch: () => painted.strokes++,
    strokes: () => painted.strokes,
    /// Milliseconds from the call to the end of the frame with the last stroke; null when it took too long.
    async first(draw, ready, patience) {
      const [start, before] = [performance.now(), painted.strokes];
      performance.mark("gauge-picture");
      await draw();
      const done = await still(ready, patience, before);
      performance.mark("gauge-picture");
      return done ? Math.max(painted.until - start, 0) : null;
    },
    /// Makes frames, with a mark in Chromium's trace before each; fewer when they take long. How many there were.
    async frames(step, most, mayBeStill = false) {
      const start = performance.now();
      const before = painted.strokes;
      let count = 0;
      for (; count < most && (count < FEW || performance.now() - start < ENOUGH); count++) {
        performance.mark("gauge-frame");
        await step(count);
        await frame();
      }
      performance.mark("gauge-frame");
      if (painted.strokes === before && !mayBeStill) throw new Error("nothing was drawn");
      return count;
    },
  };
})();
