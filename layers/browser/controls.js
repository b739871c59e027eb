/*
 * Buttons of our own on every map: back to the whole area, and the whole screen.
 */
"use strict";
Object.assign(window.moteplass, (() => {
  const SIGNS = {
    home: "M3 11 12 3l9 8M6 9.5V20h12V9.5M10 20v-6h4v6",
    larger: "M4 9V4h5M15 4h5v5M20 15v5h-5M9 20H4v-5",
    smaller: "M9 4v5H4M20 9h-5V4M15 20v-5h5M4 15h5v5",
  };

  function button(bar, sign, label, press) {
    const made = document.createElement("button");
    made.type = "button";
    made.className = "m-button";
    made.addEventListener("click", press);
    bar.append(made);
    say(made, sign, label);
    return made;
  }

  function say(made, sign, label) {
    made.title = label;
    made.setAttribute("aria-label", label);
    made.innerHTML = `<svg viewBox="0 0 24 24" aria-hidden="true"><path d="${SIGNS[sign]}"/></svg>`;
  }

  function controls(map, { bounds, words }) {
    const control = L.control({ position: "topleft" });
    control.onAdd = () => {
      const bar = L.DomUtil.create("div", "leaflet-bar");
      L.DomEvent.disableClickPropagation(bar);
      button(bar, "home", words.home, () => moteplass.home(map, bounds));
      if (document.fullscreenEnabled) screen(map, bar, words);
      return bar;
    };
    control.addTo(map);
  }

  // Escape leaves the whole screen by itself; here also where a browser leaves that to the page.
  function screen(map, bar, words) {
    const box = map.getContainer();
    const large = () => document.fullscreenElement === box;
    const made = button(bar, "larger", words.larger, () => {
      if (large()) document.exitFullscreen();
      else box.requestFullscreen().catch(() => {});
    });
    document.addEventListener("fullscreenchange", () => {
      say(made, large() ? "smaller" : "larger", large() ? words.smaller : words.larger);
    });
    box.addEventListener("keydown", ({ key }) => key === "Escape" && large() && document.exitFullscreen());
  }

  return { controls };
})());
