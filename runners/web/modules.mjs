// Writes a module for each library, made of its global: `import … from "d3"` then finds the same
// copy that a <script> would. A bundle of modules would be a second copy, with plugins missing.
import { mkdirSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";

const require = createRequire(import.meta.url);
const named = (value) => Object.keys(value).filter((name) => /^[A-Za-z_$][\w$]*$/.test(name) && name !== "default");
const noName = new Set(["await", "class", "delete", "enum", "export", "extends", "false", "function", "if", "import", "in", "new", "null", "return", "this", "true", "typeof", "var", "void", "with"]);
// What `registerables` of Chart.js holds is registered in its global already.
const plotly = ["newPlot", "react", "plot", "restyle", "relayout", "update", "animate", "addTraces", "deleteTraces", "moveTraces", "extendTraces", "prependTraces", "addFrames", "deleteFrames", "toImage", "downloadImage", "validate", "purge", "redraw", "setPlotConfig", "register", "makeTemplate", "validateTemplate", "Plots", "Fx", "Snapshot", "PlotSchema", "Queue", "d3"];
const libraries = {
  "d3": ["d3", named(await import("d3"))],
  "d3-sankey": ["d3", ["sankey", "sankeyCenter", "sankeyJustify", "sankeyLeft", "sankeyLinkHorizontal", "sankeyRight"]],
  "echarts": ["echarts", named(await import("echarts"))],
  "chart.js": ["Chart", named(require("chart.js"))],
  "plotly.js-dist-min": ["Plotly", plotly],
  "vega": ["vega", named(await import("vega"))],
  "vega-lite": ["vegaLite", named(await import("vega-lite"))],
  "vega-embed": ["vegaEmbed", ["embed", "vega", "vegaLite", "version"]],
  "topojson-client": ["topojson", named(await import("topojson-client"))],
  "chartjs-plugin-datalabels": ["ChartDataLabels", []],
  "chartjs-adapter-date-fns": ["Chart", []],
  "chartjs-adapter-moment": ["Chart", []],
  "chartjs-adapter-luxon": ["Chart", []],
  "chartjs-plugin-annotation": ['["chartjs-plugin-annotation"]', []],
  "moment": ["moment", []],
  "luxon": ["luxon", named(require("luxon"))],
  "d3-cloud": ["d3.layout.cloud", []],
  "d3-hexbin": ["d3", ["hexbin"]],
  "d3-geo-projection": ["d3", named(await import("d3-geo-projection"))],
  "echarts-gl": ["echarts", []],
  "echarts-wordcloud": ["echarts", []],
  "jquery": ["jQuery", []],
};

mkdirSync("modules", { recursive: true });
for (const [name, [global, names]] of Object.entries(libraries)) {
  const kept = names.filter((one) => !noName.has(one));
  writeFileSync(`modules/${name}.js`, `await globalThis.__viscoder.need(${JSON.stringify(name)});
const library_ = globalThis${global.startsWith("[") ? global : `.${global}`};
export default library_;
${kept.map((one) => `export const ${one} = ${name === "vega-embed" && one === "embed" ? "library_" : one === "registerables" ? "[]" : `library_.${one}`};`).join("\n")}
`);
}
// The parts of ECharts: all of them are in its global already, so there is nothing to register.
for (const part of ["charts", "components", "renderers", "features"]) {
  const names = named(await import(`echarts/${part}`));
  writeFileSync(`modules/echarts-${part}.js`, names.map((one) => `export const ${one} = () => {};`).join("\n"));
}
