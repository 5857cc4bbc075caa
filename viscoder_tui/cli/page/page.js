// What viscoder adds to textual-serve's page: its font, pictures, and a word when it has ended.
"use strict";

// The secret has done its work: the cookie has it now, and the address bar is read by others too.
const address = new URL(location.href);
if (address.searchParams.has("token")) {
  address.searchParams.delete("token");
  history.replaceState(null, "", address);
}

const cellOf = (terminal) => terminal._core._renderService.dimensions.css.cell;

// Pictures come in whole pixels a cell; where a pixel of the page is not one of the screen, a cell
// may have half of one, and pictures would grow over their border.
function roundCells(terminal) {
  const whole = (length) => Math.abs(length - Math.round(length)) < 0.01;
  for (let spacing = 0; spacing < 12 && !whole(cellOf(terminal).width); spacing++)
    terminal.options.letterSpacing = spacing;
  for (let height = 1; height < 1.3 && !whole(cellOf(terminal).height); height += 0.005)
    terminal.options.lineHeight = height;
}

// The strip that is too narrow for another cell has the colour of its neighbour.
function continueColour(terminal) {
  const last = terminal.buffer.active.getLine(terminal.rows - 1)?.getCell(terminal.cols - 1);
  if (last?.isBgRGB())
    document.body.style.background = "#" + last.getBgColor().toString(16).padStart(6, "0");
}

function hasText(terminal) {
  const rows = [...Array(terminal.rows).keys()];
  return rows.some((row) => terminal.buffer.active.getLine(row)?.translateToString(true).trim());
}

// Called by textual.js for the terminal that it has made, before it connects.
function viscoderOpened(client) {
  const terminal = client.terminal;
  window.viscoderTerminal = terminal;
  roundCells(terminal);
  const cell = cellOf(terminal);
  const sharp = Math.min(Math.max(Math.round(devicePixelRatio), 1), 3);
  const told = { width: Math.floor(cell.width) * sharp, height: Math.floor(cell.height) * sharp };
  window.viscoderPictures = new Pictures(terminal, told);
  terminal.onWriteParsed(() => continueColour(terminal));
  // Textual's driver begins with an app that is looked away from: it must have begun to hear of us.
  const first = terminal.onWriteParsed(() => {
    if (!hasText(terminal)) return;
    first.dispose();
    terminal.blur();
    terminal.focus();
  });
  const light = matchMedia("(prefers-color-scheme: light)").matches;
  client.websocket_url += `/${told.width}x${told.height}/${light ? "light" : "dark"}`;
}

window.addEventListener("load", async () => {
  document.querySelector("#ended button").addEventListener("click", () => location.reload());
  // A terminal measures its letters once, so they must be there.
  await Promise.allSettled(["", "bold ", "italic "].map((style) => document.fonts.load(`${style}16px "Roboto Mono"`)));
  const client = document.createElement("script");
  client.src = "/page/textual.js";
  client.addEventListener("load", () => window.onload());
  document.head.append(client);
});
