// Pictures over the terminal's cells, until something else is written there.
"use strict";

const MARK = 0xa0; // stands under a picture; the app writes other blanks, so what it writes is seen

class Pictures {
  // toldCell: width and height of a cell in pixels, as the app was told.
  constructor(terminal, toldCell) {
    this.terminal = terminal;
    this.toldCell = toldCell;
    this.shown = new Set();
    terminal.parser.registerDcsHandler({ final: "q" }, (data) => {
      const image = decodeSixel(data);
      if (image) this.draw(image);
      return true;
    });
    terminal.onWriteParsed(() => this.giveWay());
    terminal.onResize(() => this.clear());
    terminal.buffer.onBufferChange(() => this.clear());
  }

  draw(image) {
    const buffer = this.terminal.buffer.active;
    const cell = cellOf(this.terminal);
    const [left, top] = [buffer.cursorX, buffer.cursorY];
    const right = Math.min(left + Math.ceil(image.width / this.toldCell.width), this.terminal.cols);
    const bottom = Math.min(top + Math.ceil(image.height / this.toldCell.height), this.terminal.rows);
    for (const old of this.shown)
      if (left < old.right && old.left < right && top < old.bottom && old.top < bottom) this.remove(old);
    const canvas = document.createElement("canvas");
    Object.assign(canvas, { width: image.width, height: image.height, className: "picture" });
    canvas.getContext("2d").putImageData(image, 0, 0);
    const lengths = {
      left: left * cell.width,
      top: top * cell.height,
      width: (image.width * cell.width) / this.toldCell.width,
      height: (image.height * cell.height) / this.toldCell.height,
    };
    for (const [name, length] of Object.entries(lengths)) canvas.style[name] = `${length}px`;
    this.terminal.element.querySelector(".xterm-screen").append(canvas);
    const picture = { canvas, left, top, right, bottom, cells: new Set() };
    for (let row = top; row < bottom; row++) {
      const line = buffer.getLine(buffer.viewportY + row)?._line;
      for (let column = left; line && column < right; column++) {
        line.setCellFromCodepoint(column, MARK, 1, { fg: line.getFg(column), bg: line.getBg(column) & ~(1 << 28) });
        picture.cells.add(row * this.terminal.cols + column);
      }
    }
    this.shown.add(picture);
  }

  // Cells that were written to show what was written.
  giveWay() {
    const buffer = this.terminal.buffer.active;
    for (const picture of this.shown) {
      const pen = picture.canvas.getContext("2d");
      for (const place of picture.cells) {
        const [row, column] = [Math.floor(place / this.terminal.cols), place % this.terminal.cols];
        if (buffer.getLine(buffer.viewportY + row)?.getCell(column)?.getCode() === MARK) continue;
        const { width, height } = this.toldCell;
        pen.clearRect((column - picture.left) * width, (row - picture.top) * height, width, height);
        picture.cells.delete(place);
      }
      if (!picture.cells.size) this.remove(picture);
    }
  }

  remove(picture) {
    picture.canvas.remove();
    this.shown.delete(picture);
  }

  clear() {
    for (const picture of this.shown) this.remove(picture);
  }
}
