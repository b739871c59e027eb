/*
 * Layers of somebody's own: the page round the map holds them, and no server has their
 * address. `own:KEY` stands for the element with that `data-own`.
 */
"use strict";
Object.assign(window.moteplass, (() => {
  const PATIENCE_MS = 15000; // the page may bring them later than the map
  const addresses = new Map(); // key -> address within this browser, which the painter can ask

  /* Return the address of a layer, wherever it is held. */
  async function found(url) {
    if (!url.startsWith("own:")) return url;
    const key = url.slice(4);
    if (!addresses.has(key)) {
      const told = await (await fetch((await held(key)).dataset.layer)).blob();
      addresses.set(key, URL.createObjectURL(told));
    }
    return addresses.get(key);
  }

  async function held(key) {
    const until = performance.now() + PATIENCE_MS;
    for (;;) {
      const element = parent.document.querySelector(`[data-own="${CSS.escape(key)}"]`);
      if (element) return element;
      if (performance.now() > until) throw new Error("no such layer");
      await new Promise((done) => setTimeout(done, 50));
    }
  }

  return { found };
})());
