/*
 * Where a map looks: at a spot it is sent to, at the whole area, and together with others of
 * its page. Each map has a frame of its own; those of one page, and no others, are in reach
 * as `parent.frames`: what another tab shows stays as it is.
 */
"use strict";
Object.assign(window.moteplass, (() => {
  const CLOSEST = 17; // nobody is sent nearer to a spot
  const FLIGHT_S = 1.2;
  const RING = 64; // pixels from its middle
  const RING_MS = 6000;
  const SAME = 1e-9; // degrees
  const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
  const joined = []; // maps of this frame that move together with others
  if (calm) stand();

  // Nothing moves by itself for whom motion is too much: neither zoom nor a press of a key.
  function stand() {
    L.Map.mergeOptions({ zoomAnimation: false, fadeAnimation: false, markerZoomAnimation: false, inertia: false });
    const { panBy } = L.Map.prototype;
    L.Map.include({ panBy(offset, options) { return panBy.call(this, offset, { ...options, animate: false }); } });
  }

  const plain = ({ lat, lng }) => [lat, lng]; // what another frame understands

  function* others(me) {
    for (let n = 0; n < parent.length; n += 1) {
      try {
        yield* (parent[n].moteplass?.joined ?? []).filter((one) => one !== me && one.name === me.name);
      } catch { /* a frame of somebody else */ }
    }
  }

  /* Let maps of the same name follow each other. A map that was told where to look does not
     tell it on: what it was told is known by the view, for zooming ends later than the call. */
  function together(map, name) {
    if (!name) return;
    let told = null;
    let busy = false;
    let flying = false;
    const me = {
      name,
      map,
      follow(center, zoom, options) {
        told = { center: L.latLng(center), zoom };
        busy = true;
        if (options.fly) map.flyTo(center, zoom, options);
        else map.setView(center, zoom, options);
        busy = false;
        flying = Boolean(options.fly);
      },
    };
    const known = (center, zoom) => told?.zoom === zoom && told.center.equals(center, SAME);
    const tell = (center, zoom, options, wanted = () => true) => {
      if (busy || known(L.latLng(center), zoom)) return;
      told = null;
      for (const one of others(me)) if (wanted(one)) one.follow(plain(center), zoom, options);
    };
    map.on({
      movestart: () => { flying = false; },
      // On the way only along the ground: zooming is told of where it begins and ends.
      move: () => flying || tell(map.getCenter(), map.getZoom(), { animate: false }, (one) => one.map.getZoom() === map.getZoom()),
      zoomanim: ({ center, zoom }) => tell(center, zoom, { animate: true }),
      moveend: () => {
        flying = false;
        tell(map.getCenter(), map.getZoom(), { animate: false });
      },
      flight: ({ center, zoom, options }) => {
        tell(center, zoom, { ...options, fly: true });
        flying = true;
      },
    });
    joined.push(me);
    // Who comes later looks where the others look.
    const [first] = others(me);
    if (first?.map._loaded) me.follow(plain(first.map.getCenter()), first.map.getZoom(), { animate: false });
  }

  /* Go to bounds when they are others than before; the map that has just opened is there. */
  function look(map, bounds) {
    const wanted = JSON.stringify(bounds);
    if (map.looked === wanted) return;
    map.looked = wanted;
    if (!bounds) return;
    const there = L.latLngBounds(bounds);
    const zoom = Math.min(CLOSEST, map.getBoundsZoom(there, false, L.point(60, 60)));
    const center = there.getCenter();
    if (calm || !map.seen) {
      map.setView(center, zoom, { animate: false });
    } else {
      const options = { duration: FLIGHT_S };
      map.stop().flyTo(center, zoom, options);
      map.fire("flight", { center, zoom, options });
    }
    ring(map, there);
  }

  // A ring round the spot for a while: it stands still, and fades.
  function ring(map, bounds) {
    map.ring?.();
    const name = "spot";
    const pane = map.getPane(name) ?? map.createPane(name);
    Object.assign(pane.style, { zIndex: 620, pointerEvents: "none" });
    const renderer = (map.ringRenderer ??= L.svg({ pane: name }));
    const options = { pane: name, renderer, radius: RING, fill: false, interactive: false };
    const drawn = [
      L.circleMarker(bounds.getCenter(), { ...options, color: "#fff", weight: 9, className: "m-ring" }),
      L.circleMarker(bounds.getCenter(), { ...options, color: "#1c2b33", weight: 4, className: "m-ring" }),
    ].map((one) => one.addTo(map));
    const away = () => drawn.forEach((one) => one.remove());
    const timer = setTimeout(away, RING_MS);
    map.ring = () => { clearTimeout(timer); away(); };
  }

  const home = (map, bounds) => map.fitBounds(bounds, { animate: !calm });

  return { joined, together, look, home };
})());
