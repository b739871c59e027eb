/*
 * A painter for a page that is one file. There is no server to ask: a worker is made from
 * the painter's code, which stands in this page, and is handed the layers, which do, too.
 * Where a browser has no workers for files from a disk, the painter works in the page itself.
 */
"use strict";
window.moteplass.painter = (() => {
  const { work } = window.moteplass; // the code of painter.js as a function; see scripts.py

  /* Start a painter, here or in a worker: layers come with the first question about each. */
  function start(painter, tell) {
    const texts = new Map();
    const fetch = async (url) => ({ ok: texts.has(url), status: url, json: () => JSON.parse(texts.get(url)) });
    const hear = painter(tell, fetch);
    return ({ text, ...data }) => {
      if (text) texts.set(data.url, text);
      hear({ data });
    };
  }

  const code = `"use strict"; const hear = (${start})(${work}, (...said) => postMessage(...said)); onmessage = ({ data }) => hear(data);`;
  const address = URL.createObjectURL(new Blob([code], { type: "text/javascript" }));
  const held = (url) => document.getElementById(url.replace("here:", "layer-")).textContent;

  /* What stands for a worker in tiles.js. What was asked before a worker failed is asked again. */
  return () => {
    const made = { onmessage: null, onerror: null };
    const told = new Set(); // layers that it was handed
    let waiting = [];
    let send = null;
    const here = () => { send = start(work, (data) => made.onmessage({ data })); };
    try {
      const worker = new Worker(address);
      let heard = false;
      send = (data) => { if (!heard) waiting.push(data); worker.postMessage(data); };
      worker.onmessage = (event) => {
        heard = true;
        waiting = [];
        made.onmessage(event);
      };
      worker.onerror = (event) => {
        event.preventDefault?.();
        if (heard) return made.onerror(event);
        here();
        waiting.splice(0).forEach(send);
      };
    } catch {
      here();
    }
    made.postMessage = (asked) => {
      const text = asked.url && !told.has(asked.url) ? held(asked.url) : undefined;
      told.add(asked.url);
      send(text ? { ...asked, text } : asked);
    };
    return made;
  };
})();
