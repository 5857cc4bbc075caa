// Put before a page's own scripts: notes what is drawn, and dresses libraries in the run's look.
(() => {
  const words = new Set();
  const canvases = new WeakSet();
  const given = VISCODER_GIVEN;
  const loading = new Map();

  const context = HTMLCanvasElement.prototype.getContext;
  HTMLCanvasElement.prototype.getContext = function getContext(...options) {
    canvases.add(this);
    return context.apply(this, options);
  };
  for (const name of ["fillText", "strokeText"]) {
    const draw = CanvasRenderingContext2D.prototype[name];
    CanvasRenderingContext2D.prototype[name] = function (text, ...rest) {
      if (words.size < 2000) words.add(String(text));
      return draw.call(this, text, ...rest);
    };
  }

  const isObject = (value) => value !== null && typeof value === "object" && !Array.isArray(value);
  const under = (lower, upper) => {
    const merged = { ...lower };
    for (const [key, value] of Object.entries(upper ?? {})) {
      merged[key] = isObject(value) && isObject(merged[key]) ? under(merged[key], value) : value;
    }
    return merged;
  };

  const dresses = {
    echarts() {
      const { palette, ink, muted, grid, font } = given;
      const axis = {
        axisLabel: { color: ink }, nameTextStyle: { color: ink },
        axisLine: { lineStyle: { color: muted } }, axisTick: { lineStyle: { color: muted } },
        splitLine: { lineStyle: { color: grid } },
      };
      echarts.registerTheme("viscoder", {
        color: palette, backgroundColor: "transparent", textStyle: { fontFamily: font, color: ink },
        title: { textStyle: { color: ink }, subtextStyle: { color: muted } },
        legend: { textStyle: { color: ink } },
        categoryAxis: axis, valueAxis: axis, timeAxis: axis, logAxis: axis,
      });
      const init = echarts.init;
      const renderer = given.vector ? { renderer: "svg" } : {};
      echarts.init = (place, theme, options) => init(place, theme ?? "viscoder", { ...renderer, ...options });
    },
    "vega-embed"() {
      const embed = vegaEmbed;
      const dressed = (place, spec, options = {}) => {
        const own = { actions: false, ...(given.vector ? { renderer: "svg" } : {}), ...options };
        own.config = isObject(options.config) || !options.config ? under(given.vega, options.config) : options.config;
        return embed(place, spec, own);
      };
      window.vegaEmbed = Object.assign(dressed, embed, { embed: dressed });
    },
    "chart.js"() {
      Chart.defaults.color = given.ink;
      Chart.defaults.borderColor = given.grid;
      Chart.defaults.font.family = given.font;
    },
    "plotly.js-dist-min"() {
      const { palette, paper, ink, grid, muted, font } = given;
      const axis = { gridcolor: grid, linecolor: muted, zerolinecolor: grid, automargin: true };
      const template = { layout: {
        colorway: palette, paper_bgcolor: paper, plot_bgcolor: paper,
        font: { family: font, color: ink }, xaxis: axis, yaxis: axis,
      } };
      for (const name of ["newPlot", "react"]) {
        const draw = Plotly[name];
        Plotly[name] = (place, data, layout, ...rest) => draw(place, data,
          data && !Array.isArray(data) && data.data ? layout : { template, ...layout }, ...rest);
      }
    },
  };

  const load = (name) => new Promise((done, fail) => {
    const script = document.createElement("script");
    script.src = `/.viscoder/lib/${name}.js`;
    script.onload = done;
    script.onerror = () => fail(new Error(`${name} cannot be loaded`));
    (document.head ?? document.documentElement).append(script);
  });
  const present = new Set();
  const need = (name) => {
    if (present.has(name)) return Promise.resolve();
    if (!loading.has(name)) {
      loading.set(name, (given.needs[name] ?? []).reduce((before, one) => before.then(() => need(one)), Promise.resolve()).then(() => load(name)));
    }
    return loading.get(name);
  };
  const dress = (name) => {
    if (!present.has(name)) dresses[name]?.();
    present.add(name);
  };
  Object.defineProperty(window, "__viscoder", { value: { words, canvases, need, dress } });
})();
