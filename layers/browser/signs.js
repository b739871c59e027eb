/*
 * Signs of places: gathered where they crowd, and opened by mouse, finger and keyboard.
 */
"use strict";
Object.assign(window.moteplass, (() => {
  const FAR = 13.5; // below this zoom signs are smaller, so that fewer have to be gathered
  const CHUNK_MS = 20;
  let pressed = false; // whether a key, and no mouse, has just opened something

  function sign(style, properties, place, pane) {
    const title = properties[style.title] ?? "";
    const { label } = style.classes[properties[style.value]];
    const html = style.signs[properties[style.value]][style.icon ? properties[style.icon] : ""];
    const icon = L.divIcon({ className: "m-sign", html, iconSize: [32, 32], popupAnchor: [0, -14], tooltipAnchor: [14, 0] });
    const made = L.marker(place, { icon, pane, alt: `${title}, ${label}`, riseOnHover: true });
    // Not `title`: the browser would show it on top of the card.
    return made.on("add", () => made.getElement().setAttribute("aria-label", made.options.alt));
  }

  function gathering(pane, gathered) {
    return L.markerClusterGroup({
      clusterPane: pane,
      chunkedLoading: true, // a little in each frame
      chunkInterval: CHUNK_MS,
      chunkDelay: 1,
      chunkProgress: (done, all) => done === all && gathered(),
      maxClusterRadius: (zoom) => (zoom < FAR ? 22 : 32),
      spiderfyDistanceMultiplier: 1.6,
      showCoverageOnHover: false,
      animate: !matchMedia("(prefers-reduced-motion: reduce)").matches,
      iconCreateFunction: (cluster) => {
        const count = cluster.getChildCount();
        const html = moteplass.element("span", String(count));
        html.setAttribute("role", "img");
        html.setAttribute("aria-label", moteplass.words.cluster.replace("{n}", count));
        const side = count < 10 ? 28 : count < 100 ? 34 : 42;
        return L.divIcon({ className: "m-cluster", html, iconSize: [side, side] });
      },
    });
  }

  /* Make a layer of the signs of `data`, a layer's features and style. */
  function signs(map, { layer: style, features, count }, side) {
    const pane = side.pane("markerPane");
    const marks = L.geoJSON(features, {
      pointToLayer: ({ properties }, place) => sign(style, properties, place, pane),
    });
    let gathered;
    const painted = new Promise((done) => { gathered = done; });
    const group = gathering(pane, gathered).addLayers(marks.getLayers());
    if (!count) gathered();
    const said = (mark) => mark.feature?.properties;
    group.bindTooltip((mark) => said(mark) && moteplass.card(style, said(mark), false));
    if (!map.silent) group.bindPopup((mark) => moteplass.card(style, said(mark), true), moteplass.CARD);
    group.on({
      popupopen: ({ popup }) => {
        group.closeTooltip();
        if (pressed) popup.getElement().querySelector(".m-card").focus({ preventScroll: true });
      },
      clusterclick: ({ layer }) => pressed && goInto(group, layer),
      click: ({ layer, originalEvent }) => map.point?.({ latlng: layer.getLatLng(), originalEvent }),
    });
    map.reached ??= reachable(map);
    return Object.assign(group, { layer: style, count, painted });
  }

  // A cluster that a key opens is gone: its first sign is next.
  function goInto(group, cluster) {
    const [first] = cluster.getAllChildMarkers();
    const next = () => {
      group.off("animationend spiderfied", next);
      (group.getVisibleParent(first) ?? first).getElement()?.focus({ preventScroll: true });
    };
    group.on("animationend spiderfied", next);
  }

  // Once for each map: keys open what a click opens, and a closed card gives the focus back.
  function reachable(map) {
    const box = map.getContainer();
    box.addEventListener("keydown", (event) => {
      if (!["Enter", " "].includes(event.key) || !event.target.matches(".m-sign, .m-cluster")) return;
      event.preventDefault(); // or the page scrolls, and Leaflet opens and closes again
      pressed = true;
      event.target.click();
      pressed = false;
    });
    map.on("popupclose", ({ popup }) => {
      const held = popup.getElement()?.contains(document.activeElement) || document.activeElement === document.body;
      if (document.hasFocus() && held) (popup._source?.getElement?.() ?? box).focus({ preventScroll: true });
    });
    const sized = () => box.classList.toggle("m-far", map.getZoom() < FAR);
    map.on("zoomend", sized);
    sized();
    return true;
  }

  return { signs };
})());
