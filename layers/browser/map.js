/*
 * What a map does in the browser: fetch layers, draw them, and say what they are.
 * Text from a table reaches the page as a text node, never as markup.
 */
"use strict";
window.moteplass = (() => {
  const CARD = { maxWidth: 320, autoPanPaddingTopLeft: [56, 12] };
  let groups = 0; // drawn so far: the first is the land
  const words = {}; // said by Python, in the reader's language

  function element(name, text, parent) {
    const made = document.createElement(name);
    if (text !== undefined) {
      const isolated = document.createElement("bdi"); // a name may run from right to left
      isolated.textContent = text;
      made.append(isolated);
    }
    if (parent) parent.append(made);
    return made;
  }

  function card(style, properties, whole) {
    const made = element("div");
    made.className = "m-card";
    made.tabIndex = -1; // for who comes by keyboard
    if (style.title) element("strong", properties[style.title], made);
    if (!whole && style.title) {
      element("span", style.classes[properties[style.value]].label, made);
      return made;
    }
    const list = element("dl", undefined, made);
    for (const [column, label] of style.card) {
      element("dt", label, list);
      element("dd", properties[column], list);
    }
    return made;
  }

  /* Make a Leaflet layer of what the painter said of one; `side` tells its panes. */
  const shape = (map, data, side) =>
    data.layer.drawing === "symbols" ? moteplass.signs(map, data, side) : moteplass.tiles(map, data, side);

  function warn(map, text, role) {
    const control = L.control({ position: "topright" });
    control.onAdd = () => {
      const box = element("div", text);
      box.className = "m-alert";
      box.setAttribute("role", role);
      return box;
    };
    return control.addTo(map);
  }

  // Pictures of somebody else's map may fail one after another: that is said once.
  function mind(map) {
    let warning = null;
    const lost = () => { warning ??= warn(map, words.tiles_failed, "status"); };
    map.on("layeradd", ({ layer }) => layer instanceof L.TileLayer && layer.on("tileerror", lost));
  }

  /* Call `act` once the map shows so much, or is on its way there; return how to call it off. */
  function later(map, from, act) {
    const stop = () => map.off("zoomanim zoomend", near);
    const near = ({ zoom = map.getZoom() }) => {
      if (zoom < from) return;
      stop();
      act();
    };
    map.on("zoomanim zoomend", near);
    near({}); // it may have got there while the others were fetched
    return stop;
  }

  // A frame is a page of its own: with a language, a title, a heading and a main part.
  function introduce(box, { language, title }) {
    document.documentElement.lang = language;
    document.title = title;
    box.setAttribute("role", "main");
    box.setAttribute("aria-label", title);
    element("h1", title, box).className = "m-unseen";
  }

  /* `group` stands for layers, which are on the map while it is: streamlit-folium keeps every
     group it ever showed, and exchanges one for another. All files are asked for at once, but for
     those of which nothing is seen before a deeper zoom: `from` tells which, by URL. What the
     group before showed stays until all of this one is there, so nothing flickers. With
     `right`, a slider divides the map: `urls` lie left of it. `look`: bounds to go to.
     `silent`: nothing that is pointed at opens a card. */
  function draw(group, urls, { right, captions, look, from = {}, silent = false } = {}) {
    let shown = []; // ways to take away what is on the map for this group
    let turn = 0;
    const which = groups++ ? 1 : 0;
    const load = async (url) => moteplass.fetched(await moteplass.found(url), which);
    const fill = async () => {
      const mine = ++turn;
      const map = group._map;
      shown.push(...(map.abandoned ?? []).splice(0));
      moteplass.look(map, look);
      moteplass.hush(map, silent);
      const wanted = [urls, right ?? []].map((some) => some.map((url, order) => ({ url, order })));
      const get = async (one) => ({ ...one, file: await load(one.url).catch(() => null) });
      const hidden = ({ url }) => map.getZoom() < (from[url] ?? 0);
      const files = await Promise.all(
        wanted.map((some) => Promise.all(some.map((one) => (hidden(one) ? one : get(one))))),
      );
      if (mine !== turn) return;
      const sides = right ? moteplass.divide(map, captions) : [moteplass.whole()];
      const made = ({ file, order }, side) => shape(map, { ...file, order }, side);
      const drawn = sides.flatMap((side, at) =>
        files[at].filter(({ file }) => file).map((one) => made(one, side)),
      );
      const complain = () => {
        const warning = warn(map, words.failed, "alert");
        shown.push(() => warning.remove());
      };
      const before = shown;
      shown = [...before, ...drawn.map((layer) => () => map.removeLayer(layer))];
      if (right) shown.push(() => moteplass.undivide(map));
      // Tiles are seen when they are painted, signs at once: so signs come last.
      const signs = drawn.filter(({ layer }) => layer.drawing === "symbols");
      const tiles = drawn.filter((layer) => !signs.includes(layer));
      for (const some of before.length ? [tiles, signs] : [drawn]) {
        some.forEach((layer) => layer.addTo(map));
        await Promise.all(some.map(({ painted }) => painted));
        if (mine !== turn) return;
      }
      shown = shown.filter((away) => !before.includes(away));
      before.forEach((away) => away());
      if (files.flat().some(({ file }) => file === null)) complain();
      const add = async (one, side) => {
        const got = await get(one);
        if (mine !== turn) return;
        if (!got.file) return complain();
        const layer = made(got, side).addTo(map);
        shown.push(() => map.removeLayer(layer));
      };
      sides.forEach((side, at) => files[at].filter(({ file }) => file === undefined).forEach((one) =>
        shown.push(later(map, from[one.url], () => add(one, side)))));
      group.fire("drawn");
      map.fire("drawn");
    };
    const leave = () => {
      turn += 1;
      const map = group._map;
      map.abandoned = (map.abandoned ?? []).concat(shown.splice(0));
      setTimeout(() => map.abandoned.splice(0).forEach((away) => away()));
    };
    group.on({ add: fill, remove: leave });
  }

  function prepare(map, settings) {
    Object.assign(words, settings.words);
    L.Icon.Default.imagePath = settings.images;
    for (const meta of document.querySelectorAll("meta[name=viewport]")) {
      meta.content = "width=device-width, initial-scale=1"; // folium forbids to enlarge
    }
    map.createPane("background").style.zIndex = 250;
    map.getPane("background").style.pointerEvents = "none";
    map.attributionControl.setPrefix("Leaflet");
    L.control.zoom({ zoomInTitle: words.zoom_in, zoomOutTitle: words.zoom_out }).addTo(map);
    moteplass.controls(map, settings);
    moteplass.divideIn(settings.words);
    L.control.scale({ imperial: false }).addTo(map);
    const box = map.getContainer();
    if (settings.title) introduce(box, settings); // else it is a part of somebody's page
    mind(map);
    // Leaflet takes the focus at the first click: the page around must not jump away under it.
    const { focus } = HTMLElement.prototype; // which a frame that has gone no longer knows
    box.focus = () => focus.call(box, { preventScroll: true });
    document.addEventListener("keydown", ({ key }) => key === "Escape" && map.closePopup());
    const fit = () => map.fitBounds(settings.bounds, { animate: false });
    const view = () => JSON.stringify([map.getCenter(), map.getZoom()]);
    fit();
    let opened = view();
    map.once("drawn", () => { map.seen = true; }); // from now on it is moved, not opened
    new ResizeObserver(() => { // the page makes its frame larger, a little later
      const { x, y } = map.getSize();
      const { clientWidth: width, clientHeight: height } = box;
      if (!width || !height || (x === width && y === height)) return; // nobody sees a map without a size
      const untouched = !x || !y || (!map.seen && view() === opened);
      map.invalidateSize({ animate: false });
      if (!untouched) return;
      fit();
      opened = view();
    }).observe(box);
    moteplass.together(map, settings.together);
    if (settings.pointing) moteplass.pointing(map);
  }

  return { CARD, card, draw, element, prepare, words };
})();
