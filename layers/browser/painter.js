/*
 * The painter works beside the page, as a worker: it fetches layers and paints them on tiles,
 * so that nothing the page does ever waits for a drawing. Pages ask it by `ask` in tiles.js.
 *
 * Places are in pixels of a world that is 256 wide (Leaflet's zoom 0), as 64-bit numbers:
 * 32 bits would be 16 pixels wrong at zoom 20.
 */
"use strict";
const REMEMBERED = 24;
const STREET_LEVEL = 15.5; // the zoom at which sizes of classes are what they say
const CLOSE = 0.7; // pixels: corners nearer to the one before are not seen
const layers = new Map(); // URL -> promise of a layer; names hold a hash, so none goes stale
const tiles = []; // what is to be painted: the page asks for the middle of the map first
let painting = false;

function world([longitude, latitude]) {
  const sine = Math.sin((latitude * Math.PI) / 180);
  return [(longitude / 360 + 0.5) * 256, (0.5 - Math.log((1 + sine) / (1 - sine)) / (4 * Math.PI)) * 256];
}

// The parts of a geometry: all its points, lines and rings.
function parts({ type, coordinates }) {
  const depth = { Point: 0, MultiPoint: 1, LineString: 1, MultiLineString: 2, Polygon: 2, MultiPolygon: 3 }[type];
  const flat = type.endsWith("Point") ? [coordinates].flat(depth).map((one) => [one]) : [coordinates].flat(depth - 1);
  return flat.map((part) => Float64Array.from(part.flatMap(world)));
}

function mark(style, { properties, geometry }) {
  const box = [Infinity, Infinity, -Infinity, -Infinity];
  const drawn = parts(geometry);
  for (const part of drawn) {
    for (let i = 0; i < part.length; i += 2) {
      if (part[i] < box[0]) box[0] = part[i];
      if (part[i] > box[2]) box[2] = part[i];
      if (part[i + 1] < box[1]) box[1] = part[i + 1];
      if (part[i + 1] > box[3]) box[3] = part[i + 1];
    }
  }
  return { properties, parts: drawn, box, look: style.classes[properties[style.value]] };
}

async function fetched(url) {
  const answer = await fetch(url);
  if (!answer.ok) throw new Error(answer.status);
  const { layer: style, features } = await answer.json();
  if (style.drawing === "symbols") return { style, features };
  const marks = features.map((feature) => mark(style, feature));
  const edge = (n, most) => marks.reduce((found, { box }) => most(found, box[n]), most());
  return { style, marks, box: [0, 1, 2, 3].map((n) => edge(n, n < 2 ? Math.min : Math.max)) };
}

function load(url) {
  if (!layers.has(url)) {
    const layer = fetched(url);
    layers.set(url, layer);
    layer.catch(() => layers.delete(url));
    if (layers.size > REMEMBERED) layers.delete(layers.keys().next().value);
  }
  return layers.get(url);
}

// Sizes follow the zoom.
const grown = (zoom) => Math.min(2.2, Math.max(0.4, 2 ** ((zoom - STREET_LEVEL) / 1.8)));

// Details wait until there is room for them, and cells give way to what is in them.
const seen = ({ look }, zoom) => look.from_zoom <= zoom && zoom < look.below_zoom;

// How far a mark reaches beyond its geometry, in pixels.
const margin = ({ look }, zoom) => 2 + (look.size + 2) * Math.max(1, grown(zoom));

/* Lay a mark's outline where `view` sees it: its zoom, and the corner at its zero. */
function trace(pen, { parts: drawn }, { zoom, left, top }, closed) {
  const scale = 2 ** zoom;
  pen.beginPath();
  for (const part of drawn) {
    const last = part.length - 2;
    let [x, y] = [part[0] * scale - left, part[1] * scale - top];
    pen.moveTo(x, y);
    for (let i = 2; i <= last; i += 2) {
      const [right, down] = [part[i] * scale - left, part[i + 1] * scale - top];
      if (i < last && Math.abs(right - x) + Math.abs(down - y) < CLOSE) continue;
      pen.lineTo(right, down);
      x = right;
      y = down;
    }
    if (closed) pen.closePath();
  }
}

// Options of a canvas for a class, as the legend draws it.
function dip(pen, { drawing, opacity }, { colour, edge, dash, shape, size, solid }, grow) {
  const sized = drawing === "lines" ? size * grow : size;
  pen.lineWidth = sized;
  pen.strokeStyle = edge || colour;
  pen.fillStyle = colour;
  pen.setLineDash(dash ? dash.split(" ").map((n) => n * (drawing === "lines" ? grow : 1)) : []);
  pen.lineCap = dash ? "butt" : "round";
  pen.lineJoin = "round";
  const fills = drawing === "areas" || (drawing === "cells" && shape !== "ring");
  return { fills: !fills ? 0 : solid ? 1 : opacity, strokes: drawing !== "areas" };
}

// A circle as a picture of its own: thousands of them are alike.
function stamp({ colour, edge, shape, size }, grow, ratio) {
  const ring = shape === "ring";
  const radius = size * grow;
  const width = (ring ? 2.5 : edge ? 1.6 : 0.8) * grow;
  const half = Math.ceil((radius + width) * ratio);
  const picture = new OffscreenCanvas(2 * half, 2 * half);
  const pen = picture.getContext("2d");
  pen.arc(half, half, radius * ratio, 0, 2 * Math.PI);
  pen.fillStyle = ring ? "#fff" : colour;
  pen.fill();
  pen.lineWidth = width * ratio;
  pen.strokeStyle = ring ? colour : edge || "#fff";
  pen.stroke();
  return { picture, half };
}

function touches({ box }, { zoom, left, top }, side, around) {
  const scale = 2 ** zoom;
  return (
    box[0] * scale - left < side + around && box[2] * scale - left > -around &&
    box[1] * scale - top < side + around && box[3] * scale - top > -around
  );
}

/* Paint what touches a tile; `null` if nothing does. */
async function paint({ url, x, y, zoom, side, ratio }) {
  const { style, marks } = await load(url);
  const view = { zoom, left: x * side, top: y * side };
  const touched = marks.filter((one) => seen(one, zoom) && touches(one, view, side, margin(one, zoom)));
  if (!touched.length) return null;
  const tile = new OffscreenCanvas(side * ratio, side * ratio);
  const pen = tile.getContext("2d");
  const grow = grown(zoom);
  if (style.drawing === "circles") {
    const stamps = new Map();
    for (const { look, parts: drawn } of touched) {
      if (!stamps.has(look)) stamps.set(look, stamp(look, grow, ratio));
      const { picture, half } = stamps.get(look);
      for (const [east, south] of drawn) {
        const at = [east * 2 ** zoom - view.left, south * 2 ** zoom - view.top];
        pen.drawImage(picture, ...at.map((n) => Math.round(n * ratio) - half));
      }
    }
    return tile.transferToImageBitmap();
  }
  pen.scale(ratio, ratio);
  for (const one of touched) {
    const { fills, strokes } = dip(pen, style, one.look, grow);
    trace(pen, one, view, style.drawing !== "lines");
    pen.globalAlpha = fills;
    if (fills) pen.fill("nonzero"); // parts of land overlap
    pen.globalAlpha = 1;
    if (strokes) pen.stroke();
  }
  return tile.transferToImageBitmap();
}

const scratch = new OffscreenCanvas(1, 1).getContext("2d");

/* Find what is on top of a layer at a point of the world; `reach`: how far it may be missed. */
async function hit({ url, x, y, zoom, reach }) {
  const { style, marks } = await load(url);
  const view = { zoom, left: x * 2 ** zoom, top: y * 2 ** zoom }; // the point is at its zero
  const found = marks.findLast((one) => {
    const size = style.drawing === "circles" ? one.look.size * grown(zoom) + 2 : 0;
    if (!seen(one, zoom) || !touches(one, view, 0, size + reach)) return false;
    if (style.drawing === "circles") {
      return one.parts.some(([east, south]) => Math.hypot(east - x, south - y) * 2 ** zoom <= size + reach);
    }
    trace(scratch, one, view, style.drawing !== "lines");
    scratch.lineWidth = 2 * reach + one.look.size;
    return style.drawing === "lines" ? scratch.isPointInStroke(0, 0) : scratch.isPointInPath(0, 0, "nonzero");
  });
  return found?.properties ?? null;
}

async function open({ url }) {
  const { style, features, marks, box } = await load(url);
  return { url, layer: style, features, box, count: (features ?? marks).length };
}

async function answer({ id, ...asked }) {
  try {
    const said = await { open, hit, paint }[asked.what](asked);
    postMessage({ id, said }, said instanceof ImageBitmap ? [said] : []);
  } catch (error) {
    postMessage({ id, failed: String(error) });
  }
}

// One tile after another, and between them whatever else was asked: a tile may be given up.
async function paintOn() {
  painting = true;
  while (tiles.length) {
    await answer(tiles.shift());
    await new Promise((next) => setTimeout(next));
  }
  painting = false;
}

onmessage = ({ data }) => {
  if (data.what === "drop") {
    const at = tiles.findIndex(({ id }) => id === data.id);
    if (at >= 0) tiles.splice(at, 1);
  } else if (data.what === "paint") {
    tiles.push(data);
    if (!painting) paintOn();
  } else answer(data);
};
