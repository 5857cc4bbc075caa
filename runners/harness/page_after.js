// Looks at a finished page: where its content stands, its words, and its drawing as one SVG.
(() => {
  const drawing = new Set(["canvas", "img", "video", "input", "select", "textarea", "button", "hr", "iframe", "object", "embed", "progress", "meter", "math"]);
  const { words, canvases } = window.__viscoder;
  const box = { left: Infinity, top: Infinity, right: -Infinity, bottom: -Infinity };
  const pieces = [];
  const said = new Set();
  const add = (r) => {
    if (r.width <= 0 || r.height <= 0) return false;
    const x = r.left + scrollX;
    const y = r.top + scrollY;
    if (x + r.width <= 0 || y + r.height <= 0) return false;
    box.left = Math.min(box.left, x);
    box.top = Math.min(box.top, y);
    box.right = Math.max(box.right, x + r.width);
    box.bottom = Math.max(box.bottom, y + r.height);
    return true;
  };
  const clear = (colour) => !colour || /^(transparent|rgba\(.*, 0\))$/.test(colour);
  const hasLook = (style) => !clear(style.backgroundColor) || style.backgroundImage !== "none" || style.boxShadow !== "none"
    || ["Top", "Right", "Bottom", "Left"].some((side) => parseFloat(style[`border${side}Width`]) > 0 && style[`border${side}Style`] !== "none" && !clear(style[`border${side}Color`]));
  const visit = (element) => {
    const style = getComputedStyle(element);
    if (style.display === "none" || Number(style.opacity) === 0) return;
    const visible = style.visibility === "visible";
    const tag = element.localName;
    if (tag === "svg") {
      if (visible && add(element.getBoundingClientRect())) pieces.push(element);
      for (const text of element.querySelectorAll("text, foreignObject")) said.add(text.textContent);
      return;
    }
    if (visible && element !== document.body) {
      if (drawing.has(tag)) {
        if ((tag !== "canvas" || canvases.has(element)) && add(element.getBoundingClientRect())) pieces.push(element);
      } else if (hasLook(style)) add(element.getBoundingClientRect());
    }
    if (tag === "script" || tag === "style" || tag === "iframe") return;
    for (const child of [...element.childNodes, ...(element.shadowRoot?.childNodes ?? [])]) {
      if (child.nodeType === Node.ELEMENT_NODE) visit(child);
      else if (child.nodeType === Node.TEXT_NODE && visible && child.data.trim()) {
        const range = document.createRange();
        range.selectNodeContents(child);
        let shown = false;
        for (const r of range.getClientRects()) shown = add(r) || shown;
        if (shown) {
          pieces.push(child);
          said.add(child.data.replace(/\s+/g, " "));
        }
      }
    }
  };
  if (document.body) visit(document.body);

  const sheet = () => [...document.styleSheets].flatMap((one) => {
    try { return [...one.cssRules].map((rule) => rule.cssText); } catch { return []; }
  }).filter((rule) => !rule.startsWith(":where(html)")).join("\n");
  const drawn = () => {
    if (!pieces.length || !pieces.every((one) => one.localName === "svg")) return null;
    const width = box.right - box.left;
    const height = box.bottom - box.top;
    const ns = "http://www.w3.org/2000/svg";
    const root = document.createElementNS(ns, "svg");
    for (const [name, value] of Object.entries({ viewBox: `0 0 ${width} ${height}`, width, height })) root.setAttribute(name, value);
    const style = document.createElementNS(ns, "style");
    style.textContent = sheet();
    root.append(style);
    const paper = getComputedStyle(document.body).backgroundColor;
    const whole = getComputedStyle(document.documentElement).backgroundColor;
    const behind = [whole, paper].find((one) => !clear(one)) ?? VISCODER_PAPER;
    if (!clear(behind)) {
      const ground = document.createElementNS(ns, "rect");
      for (const [name, value] of Object.entries({ width: "100%", height: "100%", style: `fill: ${behind}; stroke: none` })) ground.setAttribute(name, value);
      root.append(ground);
    }
    for (const piece of pieces) {
      const r = piece.getBoundingClientRect();
      const copy = piece.cloneNode(true);
      const look = getComputedStyle(piece);
      for (const name of ["font-family", "font-size", "color"]) copy.style.setProperty(name, look.getPropertyValue(name));
      if (!copy.getAttribute("viewBox")) copy.setAttribute("viewBox", `0 0 ${r.width} ${r.height}`);
      for (const [name, value] of Object.entries({ x: r.left + scrollX - box.left, y: r.top + scrollY - box.top, width: r.width, height: r.height })) copy.setAttribute(name, value);
      root.append(copy);
    }
    return new XMLSerializer().serializeToString(root);
  };
  const extent = [Math.max(innerWidth, document.documentElement.scrollWidth), Math.max(innerHeight, document.documentElement.scrollHeight)];
  return {
    extent,
    box: pieces.length || box.right > box.left ? box : null,
    words: [...said, ...words].slice(0, 2000),
    svg: VISCODER_VECTOR ? drawn() : null,
  };
})()
