/*
 * What a map does in the browser: fetch layers, draw them, and say what they are.
 * Text from a table reaches the page as a text node, never as markup.
 */
"use strict";
window.moteplass = (() => {
  const REMEMBERED = 24;
  const STREET_LEVEL = 15.5; // the zoom at which sizes of classes are what they say
  const files = new Map(); // URL -> promise of a layer; names hold a hash, so none goes stale
  const words = {}; // said by Python, in the reader's language

  function load(url) {
    if (!files.has(url)) {
      const file = fetch(url).then((answer) => {
        if (!answer.ok) throw new Error(answer.status);
        return answer.json();
      });
      files.set(url, file);
      file.catch(() => files.delete(url));
      if (files.size > REMEMBERED) files.delete(files.keys().next().value);
    }
    return files.get(url);
  }

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

  const scale = (map) => Math.min(2.2, Math.max(0.5, 2 ** ((map.getZoom() - STREET_LEVEL) / 2.2)));

  // Options of Leaflet's paths, from a class of ours.
  function path(style, properties, zoomed) {
    const { colour, edge, dash, shape, size } = style.classes[properties[style.value]];
    switch (style.drawing) {
      case "circles":
        return shape === "ring"
          ? { radius: size * zoomed, color: colour, weight: 2.5 * zoomed, fillColor: "#fff", fillOpacity: 1 }
          : { radius: size * zoomed, color: edge || "#fff", weight: (edge ? 1.6 : 0.8) * zoomed, fillColor: colour, fillOpacity: 1 };
      case "cells":
        return { color: edge || colour, weight: size, dashArray: dash || null, fillColor: colour, fillOpacity: shape === "ring" ? 0 : style.opacity };
      case "areas":
        return { stroke: false, fillColor: colour, fillOpacity: 1, fillRule: "nonzero" }; // parts overlap
      default:
        return { fill: false, color: colour, weight: style.drawing === "outline" ? size : size * zoomed, dashArray: dash ? dash.split(" ").map((n) => n * zoomed).join(" ") : null, lineCap: dash ? "butt" : "round" };
    }
  }

  function marker(style, properties, place) {
    const title = properties[style.title] ?? "";
    const { label } = style.classes[properties[style.value]];
    const html = style.signs[properties[style.value]][style.icon ? properties[style.icon] : ""];
    const icon = L.divIcon({ className: "m-sign", html, iconSize: [32, 32], popupAnchor: [0, -14], tooltipAnchor: [14, 0] });
    const made = L.marker(place, { icon, alt: `${title}, ${label}`, riseOnHover: true });
    // Not `title`: the browser would show it on top of the card.
    return made.on("add", () => made.getElement().setAttribute("aria-label", made.options.alt));
  }

  function gathered(marks) {
    const group = L.markerClusterGroup({
      maxClusterRadius: 34,
      showCoverageOnHover: false,
      animate: !matchMedia("(prefers-reduced-motion: reduce)").matches,
      iconCreateFunction: (cluster) => {
        const count = cluster.getChildCount();
        const side = count < 10 ? 34 : count < 100 ? 40 : 48;
        const html = element("span", String(count));
        html.setAttribute("role", "img");
        html.setAttribute("aria-label", words.cluster.replace("{n}", count));
        return L.divIcon({ className: "m-cluster", html, iconSize: [side, side] });
      },
    });
    return group.addLayers(marks.getLayers());
  }

  function shape(map, { layer: style, features }) {
    const zoomed = scale(map);
    const pane = style.background ? "background" : "overlayPane";
    const options = style.background ? { interactive: false, pane, renderer: map.backgroundRenderer } : { pane };
    const marks = L.geoJSON(features, {
      ...options,
      style: (feature) => path(style, feature.properties, zoomed),
      pointToLayer: (feature, place) =>
        style.drawing === "symbols" ? marker(style, feature.properties, place) : L.circleMarker(place, options),
    });
    const whole = style.drawing === "symbols" ? gathered(marks) : rescaled(map, marks, style);
    if (!style.background) {
      whole.bindTooltip((mark) => card(style, mark.feature.properties, false), { sticky: style.drawing !== "symbols" });
      whole.bindPopup((mark) => card(style, mark.feature.properties, true), { maxWidth: 320, autoPanPaddingTopLeft: [56, 12] });
      whole.on("popupopen", () => whole.closeTooltip());
    }
    const thanks = document.createElement("span");
    thanks.textContent = style.attribution;
    whole.getAttribution = () => thanks.innerHTML; // Leaflet reads it as markup: escaped
    return whole;
  }

  // Sizes follow the zoom, and details wait until there is room for them.
  function rescaled(map, marks, style) {
    const all = marks.getLayers();
    const again = () => {
      const zoomed = scale(map);
      for (const mark of all) {
        const { from_zoom } = style.classes[mark.feature.properties[style.value]];
        if (map.getZoom() < from_zoom) {
          marks.removeLayer(mark);
          continue;
        }
        const options = path(style, mark.feature.properties, zoomed);
        if (options.radius) mark.setRadius(options.radius);
        mark.setStyle(options);
        marks.addLayer(mark);
      }
      // What comes back would lie on top. Layers do this one after another, from below.
      if (style.background) for (const mark of all) if (mark._map) mark.bringToFront();
    };
    again();
    return marks.on({ add: () => map.on("zoomend", again), remove: () => map.off("zoomend", again) });
  }

  function warn(map) {
    const control = L.control({ position: "topright" });
    control.onAdd = () => {
      const box = element("div", words.failed);
      box.className = "m-alert";
      box.setAttribute("role", "alert");
      return box;
    };
    return control.addTo(map);
  }

  /* Fill `group` whenever it is on a map and empty it when it is not: streamlit-folium keeps
     every group it ever showed. All files are asked for at once, and drawn in their order. */
  function draw(group, urls) {
    let turn = 0;
    let warning = null;
    const fill = async () => {
      const mine = ++turn;
      const map = group._map;
      const loading = urls.map((url) => load(url).catch(() => null));
      for (const file of loading) {
        const data = await file;
        if (mine !== turn) return;
        if (data) group.addLayer(shape(map, data));
        else warning ??= warn(map);
      }
      group.fire("drawn");
    };
    const empty = () => {
      turn += 1;
      group.clearLayers();
      warning?.remove();
      warning = null;
    };
    group.on({ add: fill, remove: empty });
  }

  function prepare(map, settings) {
    Object.assign(words, settings.words);
    L.Icon.Default.imagePath = settings.images;
    for (const meta of document.querySelectorAll("meta[name=viewport]")) {
      meta.content = "width=device-width, initial-scale=1"; // folium forbids to enlarge
    }
    map.createPane("background").style.zIndex = 250;
    map.getPane("background").style.pointerEvents = "none";
    map.backgroundRenderer = L.canvas({ pane: "background", padding: 0.3 });
    map.attributionControl.setPrefix("Leaflet");
    L.control.zoom({ zoomInTitle: words.zoom_in, zoomOutTitle: words.zoom_out }).addTo(map);
    L.control.scale({ imperial: false }).addTo(map);
    const box = map.getContainer();
    box.setAttribute("role", "region");
    box.setAttribute("aria-label", words.map);
    // Leaflet takes the focus at the first click: the page around must not jump away under it.
    box.focus = () => HTMLElement.prototype.focus.call(box, { preventScroll: true });
    box.addEventListener("keydown", ({ key }) => key === "Escape" && map.closePopup());
    map.fitBounds(settings.bounds, { animate: false });
  }

  return { draw, prepare };
})();
