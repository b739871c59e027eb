/*
 * A map that asks where: every spot that somebody points at is told to the page round it.
 * streamlit-folium tells of clicks as well, but a quarter of a second later, and of no signs.
 */
"use strict";
Object.assign(window.moteplass, (() => {
  const PATIENCE_MS = 4000; // what takes longer was refused

  /* Let a map be pointed at; `map.point` tells of a spot, and is only there if somebody asks. */
  function pointing(map) {
    let times = 0; // the same spot may be meant once more
    let mark = null;
    const icon = L.divIcon({ className: "m-pointed", iconSize: [26, 26] });
    const unmark = () => mark?.remove();
    const show = (latlng) => {
      unmark();
      mark = L.marker(latlng, { icon, interactive: false, keyboard: false }).addTo(map);
      setTimeout(unmark, PATIENCE_MS);
    };
    map.point = ({ latlng, originalEvent }) => {
      if (originalEvent.detail > 1) return; // the second click of two that zoom
      if (map.silent) show(latlng);
      const { lat, lng } = latlng;
      Streamlit.setComponentValue({ pointed: [lat, lng], times: (times += 1) });
    };
    map.on({ click: map.point, drawn: unmark });
  }

  /* Say whether whatever is pointed at is silent: then it is the spot that is meant. */
  function hush(map, silent) {
    map.silent = silent;
    map.getContainer().classList.toggle("m-silent", silent);
  }

  return { hush, pointing };
})());
