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

  // Chromium's clock runs ahead between tasks and stands still within one, where a loop that waits
  // for it to move would never end: each look at it takes it a little further.
  const moving = (look) => {
    let seen = 0;
    let more = 0;
    let last = 0;
    return () => {
      const now = look();
      more = now === seen ? more + 0.05 : 0;
      seen = now;
      last = Math.max(last, now + more);
      return last;
    };
  };
  const date = moving(Date.now.bind(Date));
  const today = () => Math.floor(date());
  Date.now = today;
  performance.now = moving(performance.now.bind(performance));
  const RealDate = Date;
  window.Date = new Proxy(RealDate, {
    construct: (real, given, as) => Reflect.construct(real, given.length ? given : [today()], as),
    apply: (real) => new real(today()).toString(),
  });
  RealDate.prototype.constructor = window.Date;

  const isObject = (value) => value !== null && typeof value === "object" && !Array.isArray(value);
  const under = (lower, upper) => {
    const merged = { ...lower };
    for (const [key, value] of Object.entries(upper ?? {})) {
      merged[key] = isObject(value) && isObject(merged[key]) ? under(merged[key], value) : value;
    }
    return merged;
  };

  // Of Vega-Lite, which fails over others without naming them.
  const marks = ["arc", "area", "bar", "boxplot", "circle", "errorband", "errorbar", "geoshape", "image", "line", "point", "rect", "rule", "square", "text", "tick", "trail"];

  const dresses = {
    echarts() {
      const { palette, ink, muted, grid, font } = given;
      const axis = {
        axisLabel: { color: ink }, nameTextStyle: { color: ink },
        axisLine: { lineStyle: { color: muted } }, axisTick: { lineStyle: { color: muted } },
        splitLine: { lineStyle: { color: grid } },
      };
      echarts.registerTheme("viscoder", {
        darkMode: given.dark,
        color: palette, backgroundColor: "transparent", textStyle: { fontFamily: font, color: ink },
        title: { textStyle: { color: ink }, subtextStyle: { color: muted } },
        legend: { textStyle: { color: ink } },
        pie: { label: { color: ink, textBorderWidth: 0 } },
        categoryAxis: axis, valueAxis: axis, timeAxis: axis, logAxis: axis,
      });
      const init = echarts.init;
      const renderer = given.vector ? { renderer: "svg" } : {};
      echarts.init = (place, theme, options) => init(place, theme ?? "viscoder", { ...renderer, ...options });
    },
    "vega-embed"() {
      const embed = vegaEmbed;
      const dressed = (place, spec, options = {}) => {
        const mark = isObject(spec) ? spec.mark?.type ?? spec.mark : undefined;
        if (typeof mark === "string" && !marks.includes(mark)) return Promise.reject(new Error(`there is no mark "${mark}": the marks are ${marks.join(", ")}`));
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
      const colour = (number) => given.palette[number % given.palette.length];
      const round = ["pie", "doughnut", "polarArea"];
      const beforeUpdate = (chart) => chart.data.datasets.forEach((one, number) => {
        if (one.backgroundColor || one.borderColor) return;
        const type = one.type ?? chart.config.type;
        if (round.includes(type)) {
          one.backgroundColor = (one.data ?? []).map((_, part) => colour(part));
          one.borderColor = given.paper;
        } else {
          one.borderColor = colour(number);
          one.backgroundColor = type === "bar" || type === "line" ? colour(number) : `${colour(number)}80`;
        }
      });
      Chart.register({ id: "viscoder", beforeUpdate });
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
        Plotly[name] = (place, data, layout, settings) => data && !Array.isArray(data) && data.data
          ? draw(place, { ...data, layout: { template, ...data.layout }, config: { displayModeBar: false, ...data.config } })
          : draw(place, data, { template, ...layout }, { displayModeBar: false, ...settings });
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
