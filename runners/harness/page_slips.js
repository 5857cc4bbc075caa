// Looks at a finished page for what was drawn without a word and cannot have been meant: options that no
// library knows, elements where they are not shown. Each is told with patterns of the words to look for
// in the program, the best first; what stands nowhere there is a library's own.
(() => {
  const { contexts, made, wanted, plots, unitless } = window.__viscoder;
  const told = [];
  const quoted = (word) => word.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
  const key = (word) => `(?<![\\w$.])['"]?${quoted(word)}['"]?\\s*:(?!:)|\\.${quoted(word)}\\s*=(?!=)|[{,]\\s*${quoted(word)}\\s*(?=[,}])`;
  const say = (message, hint, ...find) => { if (told.length < 20) told.push({ message, hint, find }); };

  // How many letters are wrong, missing, too many or change places with the next.
  const distance = (one, other) => {
    const rows = [Array.from({ length: other.length + 1 }, (_, j) => j)];
    for (let i = 1; i <= one.length; i++) {
      rows[i] = [i];
      for (let j = 1; j <= other.length; j++) {
        rows[i][j] = Math.min(rows[i - 1][j] + 1, rows[i][j - 1] + 1, rows[i - 1][j - 1] + (one[i - 1] !== other[j - 1]));
        if (i > 1 && j > 1 && one[i - 1] === other[j - 2] && one[i - 2] === other[j - 1]) rows[i][j] = Math.min(rows[i][j], rows[i - 2][j - 2] + 1);
      }
    }
    return rows[one.length][other.length];
  };
  const near = (word, words) => {
    const plain = (one) => one.toLowerCase().replace(/[-_]/g, "");
    const same = words.find((one) => plain(one) === plain(word));
    if (same) return same;
    const most = word.length < 4 ? 0 : word.length < 8 ? 1 : 2;
    return words.find((one) => one.length > 3 && Math.abs(one.length - word.length) <= most && distance(one, word) <= most);
  };
  const isObject = (value) => value !== null && typeof value === "object" && !Array.isArray(value);
  const names = (...ones) => [...new Set(ones.flatMap((one) => (Array.isArray(one) ? one : isObject(one) ? Object.keys(one) : [])))];
  const keys = (what, object, known, instead = {}) => {
    if (!isObject(object)) return;
    for (const one of Object.keys(object)) {
      if (known.includes(one) || one.startsWith("_") || one.startsWith("$")) continue;
      const other = near(one, known);
      if (Object.hasOwn(instead, one)) say(`${what} has no ${one}, which is passed over`, `write ${instead[one]}`, key(one));
      else if (other) say(`${what} has no ${one}, which is passed over`, `did you mean ${other}?`, key(one));
    }
  };

  const chartjs = () => {
    const { Chart } = window;
    if (!Chart?.instances || !Chart.registry || !Chart.defaults) return;
    const { defaults } = Chart;
    const more = "type plugins scales layout elements interaction responsive maintainAspectRatio aspectRatio indexAxis animation animations transitions onClick onHover onResize cutout rotation circumference radius parsing locale devicePixelRatio events hover resizeDelay datasets normalized font color backgroundColor borderColor spanGaps showLine title subtitle legend tooltip tooltips label labels data display clip spacing offset stacked".split(" ");
    const moved = { title: "plugins: { title: … }", legend: "plugins: { legend: … }", tooltips: "plugins: { tooltip: … }", tooltip: "plugins: { tooltip: … }", cutoutPercentage: "cutout: \"50%\"" };
    const axis = names(defaults.scale, ...Object.values(defaults.scales ?? {}), "type min max suggestedMin suggestedMax axis position stacked title ticks grid border display beginAtZero reverse offset grace time adapters labels bounds weight angleLines pointLabels startAngle id stack stackWeight clip backgroundColor afterFit beforeFit".split(" "));
    const ofAxis = { scaleLabel: "title: { display: true, text: … }", gridLines: "grid: { … }", label: "title: { display: true, text: … }" };
    const row = names(...Object.values(defaults.elements ?? {}), ...Object.values(defaults.datasets ?? {}), "label data type order stack xAxisID yAxisID rAxisID fill tension lineTension pointRadius pointStyle pointBackgroundColor pointBorderColor pointBorderWidth pointHoverRadius pointHoverBackgroundColor pointHoverBorderColor pointHoverBorderWidth pointHitRadius pointRotation hoverBackgroundColor hoverBorderColor hoverBorderWidth hoverBorderRadius hoverRadius hoverOffset hoverBorderDash parsing hidden clip indexAxis barThickness barPercentage categoryPercentage maxBarThickness minBarLength borderRadius borderSkipped spanGaps stepped showLine cubicInterpolationMode cutout circumference rotation radius weight offset spacing grouped base borderDash borderDashOffset borderCapStyle borderJoinStyle backgroundColor borderColor borderWidth borderAlign inflateAmount skipNull normalized datalabels animation animations segment drawActiveElementsOnTop labels color value values name".split(" "));
    for (const chart of Object.values(Chart.instances)) {
      const config = chart.config?._config;
      if (!config) continue;
      keys("a chart", config, ["type", "data", "options", "plugins", "platform"]);
      keys("the data of a chart", config.data, ["labels", "datasets", "xLabels", "yLabels"]);
      for (const one of config.data?.datasets ?? []) {
        keys("a dataset", one, row);
        const other = ["values", "value", "y", "points", "dataPoints", "numbers", "rows"].find((name) => Array.isArray(one?.[name]));
        if (isObject(one) && other && !one.data?.length) say(`a dataset has no ${other}, which is passed over`, "did you mean data?", key(other));
      }
      const given = config.options;
      if (!isObject(given)) continue;
      const plain = names(defaults, more).filter((one) => !Object.hasOwn(moved, one));
      keys("the options of a chart", given, plain, moved);
      keys("plugins", given.plugins, names(Chart.registry.plugins.items, defaults.plugins, ["title", "subtitle", "legend", "tooltip", "filler", "colors", "decimation", "datalabels", "annotation", "zoom"]), { tooltips: "tooltip" });
      for (const [name, own] of Object.entries(given.plugins ?? {})) {
        if (Object.hasOwn(defaults.plugins, name)) keys(`plugins.${name}`, own, names(defaults.plugins[name], ["display", "text", "font", "color", "position", "align", "labels", "callbacks", "title", "onClick", "onHover", "onLeave", "filter", "external", "itemSort", "enabled", "mode", "intersect", "usePointStyle", "fullSize", "reverse", "padding"]));
        if ((name === "title" || name === "subtitle") && own?.text && own.display === undefined) say(`the ${name} is not shown: it is given no display`, "write display: true beside its text", `\\b${name}\\s*:\\s*\\{`);
      }
      for (const [name, own] of Object.entries(given.scales ?? {})) {
        keys(`the scale ${name}`, own, axis, ofAxis);
        if (isObject(own?.title) && own.title.text && own.title.display === undefined) say(`the title of the scale ${name} is not shown: it is given no display`, "write display: true beside its text", `\\b${name}\\s*:\\s*\\{[^{}]*\\btitle\\s*:\\s*\\{`);
      }
    }
  };

  const words = "title text subtext link left right top bottom width height show id z zlevel legend grid xAxis yAxis polar radiusAxis angleAxis radar dataZoom visualMap tooltip axisPointer toolbox brush geo parallel parallelAxis singleAxis timeline graphic calendar dataset aria series color darkMode backgroundColor textStyle animation animationDuration animationEasing animationDelay animationThreshold animationDurationUpdate animationEasingUpdate animationDelayUpdate stateAnimation media baseOption useUTC type name nameLocation nameGap nameRotate nameTextStyle min max interval minInterval maxInterval splitNumber boundaryGap inverse position offset scale logBase silent axisLine axisTick axisLabel splitLine splitArea minorTick minorSplitLine data categories formatter trigger rotate margin inside hideOverlap fontSize fontWeight fontFamily fontStyle lineHeight align verticalAlign padding borderColor borderWidth borderRadius borderType shadowBlur shadowColor shadowOffsetX shadowOffsetY opacity itemStyle lineStyle areaStyle label labelLine labelLayout emphasis blur select symbol symbolSize symbolRotate symbolOffset smooth step stack barWidth barGap barCategoryGap barMaxWidth barMinHeight showSymbol showBackground backgroundStyle connectNulls sampling radius center roseType startAngle endAngle clockwise minAngle avoidLabelOverlap selectedMode coordinateSystem xAxisIndex yAxisIndex encode large progressive markPoint markLine markArea universalTransition layout force repulsion gravity edgeLength roam draggable nodes links edges source target value levels nodeWidth nodeGap orient itemWidth itemHeight itemGap icon selected indicator shape pointer progress detail anchor dimensions dimension calculable inRange outOfRange pieces cellSize range dayLabel monthLabel yearLabel map nameMap feature saveAsImage dataView restore magicType filterMode start end startValue endValue containLabel curveness focus blurScope distance overflow ellipsis rich lineColor edgeSymbol edgeSymbolSize edgeLabel initialTreeDepth expandAndCollapse leafDepth breadcrumb visibleMin upperLabel sort gap funnelAlign minSize maxSize subtextStyle confine extraCssText valueFormatter order".split(" ");
  const free = new Set(["data", "dataset", "rich", "links", "nodes", "edges", "children", "source", "media", "styles", "selected", "encode", "nameMap", "regions", "graphic", "keyframeAnimation", "universalTransition"]);
  const echartsOptions = (option, depth) => {
    keys("ECharts", option, words);
    if (depth === 4) return;
    for (const [name, value] of Object.entries(option)) {
      if (free.has(name)) continue;
      for (const one of Array.isArray(value) ? value.slice(0, 20) : [value]) if (isObject(one) && Object.getPrototypeOf(one) === Object.prototype) echartsOptions(one, depth + 1);
    }
  };
  const legends = (option) => {
    const list = (one) => (Array.isArray(one) ? one : one ? [one] : []);
    const rows = list(option.series);
    const present = rows.flatMap((one) => [one?.name, ...(Array.isArray(one?.data) ? one.data.slice(0, 500) : []).map((row) => row?.name), ...list(one?.categories).map((row) => row?.name)]).filter((one) => one !== undefined).map(String);
    if (option.dataset || option.baseOption || !rows.length) return;
    for (const one of list(option.legend).flatMap((legend) => list(legend?.data))) {
      const name = String(one?.name ?? one);
      if (name && name !== "\n" && !present.includes(name)) say(`the legend names "${name.slice(0, 40)}", and no series has this name, so it is left out`, present.length ? `the names are ${present.slice(0, 8).join(", ")}` : `give the series a name`, `\\blegend\\b[\\s\\S]*?(['"\`]${quoted(name)}['"\`])`, "\\blegend\\s*:");
    }
  };
  const echarts = () => {
    for (const option of wanted) if (isObject(option)) echartsOptions(option, 0);
    if (wanted.length === 1 && isObject(wanted[0])) legends(wanted[0]);
    for (const place of document.querySelectorAll("[_echarts_instance_]")) {
      if (place.clientHeight || !place.clientWidth) continue;
      const id = place.id ? `#${place.id}` : "of the chart";
      say(`the element ${id} has no height, so its chart is not seen`, 'give it one, as in style="width: 600px; height: 400px"', ...(place.id ? [`id\\s*=\\s*\\\\?["']?${quoted(place.id)}\\b`] : []), "echarts\\s*\\.\\s*init\\b");
    }
  };

  const plotly = () => {
    const former = { titlefont: "title: { font: { … } }", titleside: "title: { side: … }", titleposition: "title: { position: … }" };
    for (const [data, layout] of plots) {
      const points = data.reduce((sum, one) => sum + Math.max(0, ...["x", "y", "z", "values"].map((name) => one?.[name]?.length ?? 0)), 0);
      if (points > 20_000) continue;
      for (const { code, container, path, trace } of Plotly.validate(data, layout ?? {}) ?? []) {
        const name = path.at(-1);
        if (typeof name !== "string") continue;
        const holder = path.slice(0, -1).reduce((one, step) => one?.[step], container === "data" ? data[trace] : layout);
        if (code === "schema" && !plotlyNames.includes(name)) { // what no trace here needs is no part of it either
          const other = Object.hasOwn(former, name) ? `write ${former[name]}` : near(name, plotlyNames) && `did you mean ${near(name, plotlyNames)}?`;
          if (other) say(`Plotly has no ${name} here, which is passed over`, other, key(name));
        } else if (code === "value" && typeof holder?.[name] === "string") {
          say(`Plotly knows no ${name} "${holder[name].slice(0, 40)}", which is passed over`, null, `['"]?${quoted(name)}['"]?\\s*:\\s*['"\`]${quoted(holder[name])}['"\`]`);
        }
      }
    }
  };
  const plotlyNames = "x y z type mode name marker line text hoverinfo hovertext hovertemplate texttemplate textposition textfont textinfo values labels parents orientation opacity size color colorscale colorbar showscale showlegend legendgroup fill fillcolor width height title font family margin xaxis yaxis xaxis2 yaxis2 zaxis scene range tickvals ticktext tickangle tickformat tickfont tickmode dtick tick0 showgrid zeroline gridcolor gridwidth linecolor linewidth showline showticklabels visible side anchor overlaying domain barmode bargap bargroupgap barnorm boxmode histnorm nbinsx nbinsy xbins ybins autosize paper_bgcolor plot_bgcolor legend annotations shapes showarrow arrowhead arrowcolor arrowsize bgcolor bordercolor borderwidth hole pull sort direction rotation hovermode dragmode polar geo radialaxis angularaxis theta r lat lon locations locationmode projection increasing decreasing open high low close error_x error_y array arrayminus symmetric symbol sizemode sizeref sizemin dash shape smoothing connectgaps stackgroup groupnorm base offset customdata ids node link source target pad thickness label value delta gauge number camera eye aspectmode aspectratio contours ncontours surfacecolor xref yref x0 x1 y0 y1 path layer grid rows columns pattern updatemenus sliders template colorway automargin autorange rangemode rangeslider rangeselector categoryorder categoryarray cmin cmax zmin zmax reversescale boxpoints jitter pointpos quartilemethod notched meanline bandwidth points scalemode spanmode insidetextanchor textangle constraintext cliponaxis xanchor yanchor standoff traceorder itemsizing".split(" ");

  const shapes = ["svg", "g", "rect", "circle", "ellipse", "line", "polyline", "polygon", "path", "text", "tspan", "use", "defs", "linearGradient", "radialGradient", "stop", "clipPath", "marker", "pattern", "mask", "image", "title", "desc", "symbol", "filter", "textPath", "foreignObject"];
  const alone = new Set(["rect", "circle", "ellipse", "line", "polyline", "polygon", "path", "image", "use"]);
  const shown = new Set([...alone, "g", "text"]);
  const html = new Set(["div", "span", "p", "h1", "h2", "h3", "h4", "h5", "h6", "button", "canvas", "img", "table", "tr", "td", "ul", "li", "label", "input", "b", "i", "strong", "em"]);
  const others = { rectangle: "rect", square: "rect", oval: "ellipse", group: "g", dot: "circle", point: "circle", polygone: "polygon", label: "text", curve: "path", arc: "path" };
  const makes = (name) => [`(?:createElement(?:NS)?|append|insert|join|create)\\s*\\([^()]*['"\`](?:svg:)?${quoted(name)}['"\`]`, `<${quoted(name)}\\b`];
  const elements = () => {
    const attributes = {};
    const once = new Set();
    const first = (word) => !once.has(word) && once.add(word);
    for (const element of [...document.getElementsByTagName("*")].slice(0, 3000)) {
      const name = element.localName;
      const isSvg = element instanceof SVGElement;
      const parent = element.parentNode;
      const seen = attributes[`${isSvg ? "svg" : "html"} ${name}`] ??= {};
      for (const one of element.getAttributeNames()) seen[one] = true;
      if (element instanceof HTMLUnknownElement && shapes.includes(name) && name !== "image" && first(name)) {
        const inside = parent instanceof SVGElement || name === "svg";
        const made = inside || parent?.localName === "svg";
        say(`this <${name}> is an element of HTML, not of SVG: it is not drawn`, made ? `write createElementNS("http://www.w3.org/2000/svg", "${name}")` : "shapes stand inside an <svg>", ...makes(name), "createElement\\s*\\(\\s*(?!['\"`])");
      }
      if (!isSvg) continue;
      if (Object.getPrototypeOf(element) === SVGElement.prototype && first(name)) {
        const other = shapes.find((one) => one.toLowerCase() === name.toLowerCase()) ?? others[name.toLowerCase()] ?? near(name, shapes.filter((one) => one.length > 3));
        if (other) say(`SVG has no element <${name}>`, `did you mean ${other}?`, ...makes(name));
        else if (html.has(name) && element.textContent.trim() && getComputedStyle(element).visibility === "visible" && getComputedStyle(element).opacity !== "0") say(`<${name}> stands inside an <svg>, where it is not shown`, "write words as <text>, and HTML in a <foreignObject>", ...makes(name));
      }
      if (shown.has(name) && (alone.has(parent?.localName) || (parent?.localName === "text")) && parent instanceof SVGElement && first(`${name} in ${parent.localName}`)) {
        say(`<${name}> stands inside <${parent.localName}>, where it is not drawn`, `put it beside the <${parent.localName}>, into a <g> or the <svg>`, `(?:append|join|insert)\\s*\\(\\s*['"\`]${parent.localName}['"\`][^;]*?\\.\\s*append\\s*\\(\\s*(['"\`]${name}['"\`])`, `<${parent.localName}\\b(?:[^<>"']|"[^"]*"|'[^']*')*(?<!/)>\\s*(?=<${name}\\b)`, ...makes(name));
      }
      wrongPlace(element, name, first);
    }
    return attributes;
  };
  const wrongPlace = (element, name, first) => {
    const has = (one) => element.hasAttribute(one);
    for (const [shape, wrong, right, instead] of [["circle", ["x", "y"], ["cx", "cy"], "cx and cy"], ["ellipse", ["x", "y"], ["cx", "cy"], "cx and cy"], ["rect", ["cx", "cy"], ["x", "y"], "x and y"], ["text", ["cx", "cy"], ["x", "y", "transform", "dx", "dy"], "x and y"], ["line", ["x", "y"], ["x1", "x2", "y1", "y2"], "x1, y1, x2 and y2"], ["ellipse", ["r"], ["rx", "ry"], "rx and ry"], ["circle", ["radius"], ["r"], "r"], ["polyline", ["d"], ["points"], "points"], ["polygon", ["d"], ["points"], "points"], ["path", ["points"], ["d"], "d"]]) {
      if (name !== shape || !wrong.some(has) || right.some(has) || has("transform")) continue;
      const one = wrong.find(has);
      if (first(`${name} ${one}`)) say(`<${name}> has no attribute ${one}`, `write ${instead}`, `['"\`]${name}['"\`][^;]*?\\b(?:attr|setAttribute)\\s*\\(\\s*(['"\`]${one}['"\`])`, `<${name}\\b[^>]*?\\s(${one}\\s*=)`);
    }
  };

  // A picture that is made and shown nowhere.
  const apart = () => {
    for (const pen of contexts) if (!pen.canvas.isConnected) say("this canvas is never put into the page: nothing of it is seen", "write document.body.append(canvas)", "createElement\\s*\\(\\s*['\"`]canvas['\"`]");
    for (const one of made) if (one.localName === "canvas" && !one.isConnected) say("the canvas of this renderer is never put into the page: nothing of it is seen", "write document.body.append(renderer.domElement)", "new\\s+(?:THREE\\.)?WebGL\\w*Renderer\\b", "createElement\\s*\\(\\s*['\"`]canvas['\"`]");
    for (const svg of made) if (svg.localName === "svg" && !svg.isConnected && !svg.parentNode && svg.childElementCount) say("this <svg> is never put into the page: nothing of it is seen", "write document.body.append(svg)", "createElementNS\\s*\\([^()]*['\"`]svg['\"`]", "\\.create\\s*\\(\\s*['\"`]svg['\"`]");
  };
  const attempt = (look) => { try { return look(); } catch { return null; } };
  attempt(chartjs);
  attempt(echarts);
  attempt(plotly);
  const attributes = attempt(elements);
  const whole = told.length;
  attempt(apart);
  const written = [...document.querySelectorAll("text, tspan, p, td, th, li, span, label, h1, h2, h3, div, figcaption")].slice(0, 1000).flatMap((one) => [...one.childNodes].filter((each) => each.nodeType === Node.TEXT_NODE).map((each) => each.data));
  return {
    // Chart.js itself writes undefined where a dataset has no label.
    words: [...written, ...(window.Chart ? [] : window.__viscoder.words)].filter((one) => /undefined|NaN|\[object/.test(one)).slice(0, 5),
    told: told.slice(0, whole), apart: told.slice(whole), attributes, unitless: [...unitless.values()],
    pens: [...new Set(contexts.flatMap((pen) => Object.keys(pen)))],
    penNames: contexts.length ? names(Object.getOwnPropertyNames(CanvasRenderingContext2D.prototype)) : [],
    leftUnpainted: contexts.length > 0 && window.__viscoder.unpainted(),
  };
})()
