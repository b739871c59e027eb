/*
 * Layers that the painter paints on tiles, and what they say when they are pointed at.
 */
"use strict";
Object.assign(window.moteplass, (() => {
  const SIDE = 512; // of a tile, in pixels of the page
  const MARGIN = 0.001; // of a world that is 256 wide: 150 m, wider than any mark from zoom 12
  const FINGER = 10; // pixels that a finger may miss a mark by
  const { src } = document.currentScript; // beside which the painter lies, unless a page brings its own
  const asked = new Map(); // id -> what to do with the answer
  // One for the first layers of a page, which are the land, and one for what is asked about it.
  const painters = [painter(), painter()];
  let last = 0;

  function painter() {
    const made = moteplass.painter?.() ?? new Worker(new URL("painter.js", src));
    made.onmessage = ({ data: { id, said, failed } }) => {
      const { answer, fail } = asked.get(id) ?? {};
      asked.delete(id);
      if (failed) fail?.(new Error(failed));
      else if (answer) answer(said);
      else said?.close?.();
    };
    made.onerror = () => {
      for (const { fail } of asked.values()) fail(new Error("no painter"));
      asked.clear();
    };
    return made;
  }

  /* Ask a painter; the promise has an `id` to drop the question by. */
  function ask(which, question) {
    const id = ++last;
    const promise = new Promise((answer, fail) => asked.set(id, { answer, fail }));
    painters[which].postMessage({ ...question, id });
    return Object.assign(promise, { id });
  }

  function drop(which, id) {
    if (asked.delete(id)) painters[which].postMessage({ what: "drop", id });
  }

  /* Ask for a layer; `which` painter fetches it, and is asked about it from then on. */
  async function layer(url, which) {
    return { ...(await ask(which, { what: "open", url: new URL(url, document.baseURI).href })), which };
  }

  L.Map.mergeOptions({ fadeAnimation: false }); // what is fading in is painted in every frame

  const Tiles = L.GridLayer.extend({
    options: { tileSize: SIDE, updateWhenZooming: false, keepBuffer: 1, className: "m-tiles" },

    /* `data`: what the painter said of a layer. `painted` is kept when all in view is there. */
    initialize(data, options) {
      L.setOptions(this, options);
      Object.assign(this, data);
      this.painted = new Promise((done) => this.once("load remove", done));
      this.on("tileunload", ({ tile }) => drop(this.which, tile.ticket));
    },

    onAdd(map) {
      L.GridLayer.prototype.onAdd.call(this, map);
      if (!this._loading) this.fire("load"); // none of it is in view
    },

    createTile({ x, y, z: zoom }, done) {
      const tile = document.createElement("canvas");
      tile.width = tile.height = 0; // most tiles stay empty, and cost nothing
      const ratio = Math.min(2, window.devicePixelRatio || 1);
      const picture = ask(this.which, { what: "paint", url: this.url, x, y, zoom, side: SIDE, ratio });
      tile.ticket = picture.id;
      picture.then((bitmap) => {
        if (bitmap) {
          tile.width = bitmap.width;
          tile.height = bitmap.height;
          tile.getContext("2d").drawImage(bitmap, 0, 0);
          bitmap.close();
        }
        done(null, tile);
      }, (error) => done(error, tile));
      return tile;
    },

    // Leaflet rounds to whole zooms, and enlarges tiles in between: blurred.
    _setView(center, zoom, ...rest) {
      this._wanted = zoom;
      L.GridLayer.prototype._setView.call(this, center, zoom, ...rest);
    },
    _clampZoom() {
      return Math.round(2 * this._wanted) / 2;
    },

    // A zoom is seen when all of it is painted; until then the one before, larger or smaller.
    _onCreateLevel({ el }) {
      el.style.visibility = "hidden";
    },
    _pruneTiles() {
      if (!this._map) return;
      const waiting = Object.values(this._tiles).some(({ current, loaded }) => current && !loaded);
      for (const [key, { current, loaded }] of Object.entries(this._tiles)) {
        if (!current && !(waiting && loaded)) this._removeTile(key);
      }
      if (!waiting && this._level) this._level.el.style.visibility = "";
    },
  });

  // Where a layer is, and a little around: there are no tiles elsewhere.
  function spread(map, [west, north, east, south]) {
    const corners = [[west - MARGIN, north - MARGIN], [east + MARGIN, south + MARGIN]];
    return L.latLngBounds(corners.map((corner) => map.unproject(corner, 0)));
  }

  /* Make a layer of what the painter said of one. */
  function tiles(map, data, side) {
    const { attribution, background } = data.layer;
    const pane = side.pane(background ? "background" : "overlayPane");
    const bounds = data.count ? spread(map, data.box) : undefined;
    const made = new Tiles(data, { pane, bounds, zIndex: data.order + 1 });
    const thanks = document.createElement("span");
    thanks.textContent = attribution;
    made.getAttribution = () => thanks.innerHTML; // Leaflet reads it as markup: escaped
    made.side = side;
    if (!background) pointed(map, made);
    return made;
  }

  // The layers of a map that answer when they are pointed at, from below to the top.
  function pointed(map, layer) {
    map.answering ??= answering(map);
    layer.on({
      add: () => map.answering.push(layer),
      remove: () => map.answering.splice(map.answering.indexOf(layer), 1),
    });
  }

  function answering(map) {
    const layers = [];
    const tip = L.tooltip({ sticky: true, className: "m-tip" });
    let latest = null; // where the mouse is
    let busy = false;
    const close = () => {
      latest = null;
      map.closeTooltip(tip);
      map.getContainer().classList.remove("m-at-mark");
    };

    // What lies above all tiles answers for itself.
    const covered = ({ target }) => target.closest?.(".leaflet-marker-icon, .leaflet-popup, .leaflet-control");

    async function at({ latlng, containerPoint, originalEvent }) {
      const { x, y } = map.project(latlng, 0);
      const reach = originalEvent.pointerType === "touch" ? FINGER : 0;
      const question = { what: "hit", x, y, zoom: map.getZoom(), reach };
      for (const { layer: style, side, url, which } of [...layers].reverse()) { // from the top
        const properties = side.holds(containerPoint) && (await ask(which, { ...question, url }).catch(() => null));
        if (properties) return { style, properties };
      }
      return null;
    }

    // One question at a time, and no more than one in a frame.
    async function follow() {
      busy = true;
      const event = latest;
      const found = await at(event);
      if (latest && found) {
        tip.setContent(moteplass.card(found.style, found.properties, false)).setLatLng(event.latlng);
        if (!map.hasLayer(tip)) map.openTooltip(tip);
        map.getContainer().classList.add("m-at-mark");
      } else if (latest === event) close();
      requestAnimationFrame(() => {
        busy = false;
        if (latest && latest !== event) follow();
      });
    }

    map.on({
      mousemove: (event) => {
        if (covered(event.originalEvent) || map.dragging.moving?.()) return close();
        latest = event;
        if (!busy) follow();
      },
      mouseout: close,
      movestart: close,
      click: async (event) => {
        const found = !map.silent && (await at(event));
        if (!found) return;
        close();
        const card = moteplass.card(found.style, found.properties, true);
        L.popup(moteplass.CARD).setLatLng(event.latlng).setContent(card).openOn(map);
      },
    });
    return layers;
  }

  return { fetched: layer, tiles };
})());
