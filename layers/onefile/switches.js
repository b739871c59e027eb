/*
 * The page round the map: a switch for each layer, and what happens when it is printed.
 */
"use strict";
(() => {
  const PAPER = 680; // pixels: A4 upright between margins of 15 mm
  const settings = JSON.parse(document.getElementById("settings").textContent);
  const box = document.getElementById("map");
  const switches = [...document.querySelectorAll(".m-switches input")];
  const map = L.map(box, { preferCanvas: true, zoomControl: false, maxZoom: settings.deepest, zoomSnap: 0.5 });
  const groups = {};
  moteplass.prepare(map, settings);
  document.querySelector(".m-late").remove();

  /* Show the layers of a part that are switched on: `below` is the land, `above` what lies on it. */
  function show(part) {
    const on = switches.filter(({ checked, dataset }) => checked && dataset.part === part).reverse(); // the top stands first
    const group = L.featureGroup();
    moteplass.draw(group, on.map(({ value }) => `here:${value}`));
    groups[part]?.remove();
    groups[part] = group.addTo(map);
    return group;
  }

  // What is drawn last lies on top: so what lies on the land is drawn again after it.
  const changed = {
    above: () => show("above"),
    below: () => show("below").once("drawn", changed.above),
  };
  // The legend of what was switched off at first.
  const told = () => {
    for (const part of document.querySelectorAll(".m-legend [data-of]")) {
      part.hidden = !switches.find(({ value }) => value === part.dataset.of).checked;
    }
  };
  for (const one of switches) {
    one.addEventListener("change", () => {
      changed[one.dataset.part]();
      told();
    });
  }
  show("below");
  show("above");

  // Paper is narrower than a screen: the map is made smaller as it stands, not drawn anew.
  addEventListener("beforeprint", () => {
    const { clientWidth: width, clientHeight: height } = box;
    Object.assign(box.style, { width: `${width}px`, height: `${height}px`, zoom: PAPER / width });
  });
  addEventListener("afterprint", () => Object.assign(box.style, { width: "", height: "", zoom: "" }));
})();
