// What Runatlas is measured beside: each library draws the same points in a box of the same size, with the options that
// make it fastest: lines of 1 px, no animation, symbols, legend or tooltip.
window.peers = (() => {
  const LINE = 1;
  /// As wide as Runatlas draws them.
  const OURS = 1.6;
  const color = i => `hsl(${(i * 47) % 360} 60% 45%)`;
  const script = source =>
    new Promise((done, fail) => {
      const node = document.createElement("script");
      Object.assign(node, { src: source, onload: done, onerror: () => fail(new Error(`no ${source}`)) });
      document.head.append(node);
    });

  const uplot = line => ({
    source: "uPlot.iife.min.js",
    data: (xs, lines) => [xs, ...lines],
    make(box, { width, height }, data) {
      const series = data.map((_, i) => (i ? { stroke: color(i), width: line, points: { show: false } } : {}));
      const scales = { x: { time: false } };
      return new uPlot({ width, height, series, scales, legend: { show: false }, cursor: { show: false } }, data, box);
    },
    zoom: (plot, [min, max]) => plot.setScale("x", { min, max }),
    end: plot => plot.destroy(),
  });

  const echarts = sampling => ({
    source: "echarts.min.js",
    // Its own form for many points: x and y by turns, without an object a point.
    data: (xs, lines) =>
      lines.map(ys => {
        const pairs = new Float64Array(2 * ys.length);
        for (let i = 0; i < ys.length; i++) [pairs[2 * i], pairs[2 * i + 1]] = [xs[i], ys[i]];
        return pairs;
      }),
    make(box, { width, height }, data) {
      const plot = window.echarts.init(box, null, { renderer: "canvas", width, height });
      plot.setOption({
        animation: false,
        grid: { left: 50, right: 10, top: 10, bottom: 30 },
        xAxis: { type: "value", min: "dataMin", max: "dataMax" },
        yAxis: { type: "value", scale: true },
        dataZoom: [{ type: "inside", zoomOnMouseWheel: false, moveOnMouseMove: false }],
        series: data.map((data, i) => ({
          type: "line",
          data,
          sampling,
          showSymbol: false,
          silent: true,
          emphasis: { disabled: true },
          lineStyle: { width: LINE, color: color(i) },
        })),
      });
      return plot;
    },
    zoom: (plot, [startValue, endValue]) => plot.dispatchAction({ type: "dataZoom", startValue, endValue }),
    end: plot => plot.dispose(),
  });

  const plotly = type => ({
    source: "plotly.min.js",
    data: (x, lines) => lines.map(y => [x, y]),
    async make(box, { width, height }, data) {
      const traces = data.map(([x, y], i) => ({ type, mode: "lines", x, y, line: { width: LINE, color: color(i) }, hoverinfo: "skip" }));
      const margin = { l: 50, r: 10, t: 10, b: 30 };
      await Plotly.newPlot(box, traces, { width, height, margin, showlegend: false, hovermode: false }, { displayModeBar: false });
      gauge.touch();
      return box;
    },
    async zoom(plot, range) {
      await Plotly.relayout(plot, { "xaxis.range": range });
      gauge.touch();
    },
    end: plot => Plotly.purge(plot),
  });

  const all = {
    uplot: uplot(LINE),
    "uplot-wide": uplot(OURS),
    echarts: echarts(undefined),
    "echarts-lttb": echarts("lttb"),
    plotly: plotly("scatter"),
    "plotly-gl": plotly("scattergl"),
  };

  let peer, data, box, plot, size;

  const remove = () => {
    if (plot) peer.end(plot);
    box?.remove();
    plot = undefined;
  };

  return {
    /// Brings the library and the points, as it likes them best.
    async ready(name, points, lines, steps) {
      peer = all[name];
      await script(peer.source);
      const values = new Float64Array(await (await fetch(points)).arrayBuffer());
      const xs = Float64Array.from({ length: steps }, (_, i) => i);
      data = Array.from({ length: lines }, (_, i) => values.slice(i * steps, (i + 1) * steps));
      this.xs = xs;
      if (!this.cards) data = peer.data(xs, data);
    },
    /// Draws all in one chart of that size, anew.
    async draw(given) {
      size = given;
      remove();
      box = document.createElement("div");
      Object.assign(box.style, { width: `${size.width}px`, height: `${size.height}px` });
      document.body.append(box);
      plot = await peer.make(box, size, data);
    },
    zoom: range => peer.zoom(plot, range),
    /// A page of cards, one line each, laid out as Runatlas does; each made when it comes near, or all at once.
    async page({ view, columns, gap, card, chart }, at_once) {
      const scroller = document.createElement("div");
      scroller.className = "scroll";
      Object.assign(scroller.style, { width: `${view.width}px`, height: `${view.height}px` });
      const grid = document.createElement("div");
      grid.className = "cards";
      Object.assign(grid.style, { gridTemplateColumns: `repeat(${columns}, ${card.width}px)`, gap: `${gap}px` });
      scroller.append(grid);
      document.body.append(scroller);
      const plots = new Map();
      const make = async (box, i) => plots.set(box, await peer.make(box, chart, peer.data(this.xs, [data[i]])));
      const near = new IntersectionObserver(
        entries => {
          for (const { target, isIntersecting } of entries) {
            if (isIntersecting) {
              make(target.lastChild, target.number);
            } else if (plots.has(target.lastChild)) {
              peer.end(plots.get(target.lastChild));
              plots.delete(target.lastChild);
              target.lastChild.replaceChildren();
            }
          }
        },
        { root: scroller, rootMargin: "400px 0px" },
      );
      const boxes = data.map((_, number) => {
        const [article, title, box] = ["article", "h3", "div"].map(name => document.createElement(name));
        article.style.height = `${card.height}px`;
        title.innerText = `metric ${number}`;
        Object.assign(box.style, { width: `${chart.width}px`, height: `${chart.height}px` });
        article.append(title, box);
        article.number = number;
        return article;
      });
      grid.append(...boxes);
      for (const article of boxes) {
        if (at_once) await make(article.lastChild, article.number);
        else near.observe(article);
      }
      this.scroller = scroller;
    },
  };
})();
