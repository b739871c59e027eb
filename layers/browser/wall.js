/*
 * The wall's keys, and those of a presenter's remote: each clicks a button that is there for
 * mouse, touch and screen readers too. They work wherever the focus is, also in the map's frame.
 */
"use strict";
(() => {
  if (window.moteplassWall) return; // the page is drawn again at every step
  window.moteplassWall = true;
  const STEPS = {
    ArrowRight: "next", PageDown: "next", " ": "next",
    ArrowLeft: "previous", PageUp: "previous",
    Home: "first", End: "last",
    b: "side", B: "side", ".": "side",
    Escape: "leave", "?": "help",
  };
  const FULL = ["f", "F", "F5"];
  const WRITING = "input, textarea, select, [contenteditable=true]";
  const PRESSED = "button, a, summary, [role=button], [role=option], [role=tab]";
  const OPEN = "[role=dialog], [role=listbox]";
  const HELP = "[data-testid=stPopoverBody]";

  const controls = () => document.querySelector(".st-key-wall-controls");
  const button = (name) => document.querySelector(`.st-key-wall-${name} :is(button, a)`);

  function full() {
    if (document.fullscreenElement) document.exitFullscreen();
    else document.documentElement.requestFullscreen?.().catch(() => {});
  }

  // Whether a key has a meaning of its own where it was pressed.
  function taken(event, frame) {
    const { key, target } = event;
    if (event.defaultPrevented || event.ctrlKey || event.altKey || event.metaKey) return true;
    if (target.closest?.(WRITING)) return true;
    if (key === " " && target.closest?.(PRESSED)) return true;
    if (key === "Escape" && document.querySelector(HELP)) return false;
    if (key === "Escape" && (document.querySelector(OPEN) || frame?.querySelector(".leaflet-popup"))) return true;
    return Boolean(frame) && key.startsWith("Arrow"); // the map's own: it moves
  }

  function pressed(event, frame) {
    if (!controls() || taken(event, frame)) return;
    const shown = event.key === "Escape" && document.querySelector(HELP); // closed, not left
    const name = shown ? "help" : STEPS[event.key];
    const found = name && button(name);
    if (!found && !FULL.includes(event.key)) return;
    event.preventDefault();
    event.stopPropagation();
    if (found) found.click();
    else full();
  }

  document.addEventListener("keydown", (event) => pressed(event, null), true);

  // The map's frame is ours: what is pressed there is to be heard here.
  function hook(frame) {
    const inside = frame.contentDocument;
    if (!inside?.body || inside.moteplassWall || !frame.closest(".st-key-wall-map")) return;
    inside.moteplassWall = true;
    inside.addEventListener("keydown", (event) => pressed(event, inside), true);
  }
  const hookAll = () => document.querySelectorAll(".st-key-wall-map iframe").forEach(hook);
  document.addEventListener("load", ({ target }) => target.tagName === "IFRAME" && hook(target), true);
  new MutationObserver(hookAll).observe(document.body, { childList: true, subtree: true });
  hookAll();

  // The pointer is in the way of what is shown: it rests when it does not move.
  let rest = 0;
  document.addEventListener("pointermove", () => {
    document.body.classList.remove("m-rest");
    clearTimeout(rest);
    rest = setTimeout(() => document.body.classList.toggle("m-rest", Boolean(controls())), 4000);
  }, { passive: true });
})();
