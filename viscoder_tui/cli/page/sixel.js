// Pictures as the app sends them: sixel, decoded into pixels.
// Format: https://vt100.net/docs/vt3xx-gp/chapter14.html
"use strict";

const SIXEL_SIDE = 8192; // a picture is cut there: no stream of bytes may take all memory
const SIXEL_COLOURS = [
  [0, 0, 0], [20, 20, 80], [80, 13, 13], [20, 80, 20], [80, 20, 80], [20, 80, 80], [80, 80, 20], [53, 53, 53],
  [26, 26, 26], [33, 33, 60], [60, 26, 26], [33, 60, 33], [60, 33, 60], [33, 60, 60], [60, 60, 33], [80, 80, 80],
]; // the VT340's, in percent

const opaque = (red, green, blue) => ((255 << 24) | (blue << 16) | (green << 8) | red) >>> 0;
const ofPercent = (parts) => opaque(...parts.map((part) => Math.round((Math.min(part, 100) * 255) / 100)));

// Hue in degrees from blue, lightness and saturation in percent.
function ofHls(hue, lightness, saturation) {
  const light = Math.min(lightness, 100) / 100;
  const strength = (Math.min(saturation, 100) / 100) * Math.min(light, 1 - light);
  const part = (n) => {
    const k = (n + (hue + 240) / 30) % 12;
    return Math.round(255 * (light - strength * Math.max(-1, Math.min(k - 3, 9 - k, 1))));
  };
  return opaque(part(0), part(8), part(4));
}

// Calls back for what the stream says: a colour, a run of sixels, the beginning of a band.
function readSixel(data, { colour, run, band, raster }) {
  let x = 0;
  let top = 0;
  for (let at = 0; at < data.length; ) {
    const code = data.charCodeAt(at++);
    let count = 1;
    let bits = code;
    if (code === 0x21 || code === 0x22 || code === 0x23) {
      const numbers = [0];
      for (; at < data.length; at++) {
        const digit = data.charCodeAt(at);
        if (digit === 0x3b) numbers.push(0);
        else if (digit < 0x30 || digit > 0x39) break;
        else numbers[numbers.length - 1] = Math.min(numbers.at(-1) * 10 + digit - 0x30, 1e6);
      }
      if (code === 0x22) raster?.(numbers);
      if (code === 0x23) colour?.(numbers);
      if (code !== 0x21) continue;
      count = numbers[0] || 1;
      bits = data.charCodeAt(at++);
    }
    if (bits === 0x24) x = 0;
    else if (bits === 0x2d) [x, top] = [0, top + 6];
    if (top >= SIXEL_SIDE) return;
    if (bits === 0x2d) band?.(top);
    if (!(bits >= 0x3f && bits <= 0x7e)) continue;
    const end = Math.min(x + count, SIXEL_SIDE);
    if (end > x) run(x, end, top, bits - 0x3f);
    x = end;
  }
}

// The picture of a sixel stream; null where there is none.
function decodeSixel(data) {
  let width = 0;
  let height = 0;
  readSixel(data, {
    run(_, end, top, bits) {
      width = Math.max(width, end);
      if (bits) height = Math.max(height, top + 32 - Math.clz32(bits));
    },
    raster(numbers) {
      width = Math.max(width, Math.min(numbers[2] ?? 0, SIXEL_SIDE));
      height = Math.max(height, Math.min(numbers[3] ?? 0, SIXEL_SIDE));
    },
  });
  if (!width || !height) return null;
  const pixels = new Uint32Array(width * height);
  const palette = SIXEL_COLOURS.map(ofPercent);
  let paint = palette[0];
  readSixel(data, {
    colour([number, space, ...parts]) {
      const place = number % 256;
      if (space === 2) palette[place] = ofPercent([0, 1, 2].map((at) => parts[at] ?? 0));
      if (space === 1) palette[place] = ofHls(parts[0] ?? 0, parts[1] ?? 0, parts[2] ?? 0);
      paint = palette[place] ?? palette[0];
    },
    run(x, end, top, bits) {
      for (let row = top * width; bits && row < pixels.length; row += width, bits >>= 1)
        if (bits & 1) pixels.fill(paint, row + x, row + Math.min(end, width));
    },
  });
  return new ImageData(new Uint8ClampedArray(pixels.buffer), width, height);
}
