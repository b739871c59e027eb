/*
 * A map that a slider divides: some layers left of it, others right of it. Each side has
 * panes of its own, and these are cut off at the line.
 */
"use strict";
Object.assign(window.moteplass, (() => {
  const THUMB = 44; // pixels: as wide as a finger; in divided.css, too
  const words = {}; // said by Python, in the reader's language

  /* One side: the pane that stands for one of a map that is not divided, and which points of
     the map belong to it. */
  const whole = () => ({ pane: (name) => name, holds: () => true });

  function side(map, name, holds) {
    const panes = [];
    const pane = (of) => {
      const own = `${of}-${name}`;
      if (!map.getPane(own)) {
        const made = map.createPane(own);
        const model = getComputedStyle(map.getPane(of));
        made.style.zIndex = model.zIndex;
        made.style.pointerEvents = model.pointerEvents;
        made.classList.add("m-half");
      }
      if (!panes.includes(own)) panes.push(own);
      return own;
    };
    return { pane, holds, panes };
  }

  /* Divide a map, and return its left and its right side; `undivide` when nobody needs it. */
  function divide(map, captions) {
    map.divided ??= divided(map);
    map.divided.users += 1;
    map.divided.say(captions);
    return map.divided.sides;
  }

  function undivide(map) {
    map.divided.users -= 1;
    if (map.divided.users) return;
    map.divided.remove();
    map.divided = null;
  }

  function element(name, className, parent) {
    const made = document.createElement(name);
    made.className = className;
    parent.append(made);
    return made;
  }

  function divided(map) {
    const box = element("div", "m-divider", map.getContainer());
    const line = element("div", "m-line", box);
    const halves = ["m-left", "m-right"].map((name) => element("div", name, box));
    const texts = halves.map((half) => element("span", "m-caption", half));
    const input = element("input", "m-slider", box);
    Object.assign(input, { type: "range", min: 0, max: 100, step: 1, value: 50 });
    L.DomEvent.disableClickPropagation(input).disableScrollPropagation(input);
    let at = 0;
    const sides = [side(map, "left", ({ x }) => x <= at), side(map, "right", ({ x }) => x > at)];
    const cut = () => {
      const { x: width, y: height } = map.getSize();
      const share = input.value / 100;
      // The middle of the thumb, which ends where the map does; there nothing is left over.
      at = share % 1 ? THUMB / 2 + share * (width - THUMB) : share * width;
      input.setAttribute("aria-valuetext", `${input.value} %`);
      line.style.left = `${at}px`;
      halves[0].style.width = `${at}px`;
      halves[1].style.width = `${width - at}px`;
      const corner = map.containerPointToLayerPoint([0, 0]);
      const clip = ([from, to]) =>
        `polygon(${[[from, 0], [to, 0], [to, height], [from, height]].map(([x, y]) => `${corner.x + x}px ${corner.y + y}px`).join(",")})`;
      [[0, at], [at, width]].forEach((span, n) => {
        for (const name of sides[n].panes) map.getPane(name).style.clipPath = clip(span);
      });
    };
    // What is cut off is not reached by the keyboard either.
    const hide = () => sides.forEach(({ panes, holds }) => {
      for (const name of panes) {
        for (const mark of map.getPane(name).querySelectorAll(".leaflet-marker-icon")) {
          const place = L.DomUtil.getPosition(mark);
          if (place) mark.style.visibility = holds(map.layerPointToContainerPoint(place)) ? "" : "hidden";
        }
      }
    });
    const both = () => { cut(); hide(); };
    const on = { move: cut, resize: both, moveend: both, drawn: both, layeradd: L.Util.throttle(both, 100) };
    map.on(on);
    input.addEventListener("input", both);
    cut();
    return {
      sides,
      users: 0,
      say([left, right]) {
        [left, right].forEach((text, n) => {
          texts[n].textContent = text;
          texts[n].hidden = !text;
        });
        input.setAttribute("aria-label", [words.divide, ...[left, right].filter(Boolean)].join(" – "));
      },
      remove() {
        map.off(on);
        box.remove();
      },
    };
  }

  const divideIn = (said) => Object.assign(words, said);

  return { divide, divideIn, undivide, whole };
})());
