/*
 * Keep what Streamlit says of its own accord in the language of the page.
 *
 * The one thing told from outside is `data-words` of #m-words, as text: the language, names
 * for the map's frame and for the ways to other pages, and a dictionary of what Streamlit
 * says in English. It is read again whenever anything on the page changes; nothing of it
 * is run or becomes markup.
 */
(() => {
  const NAMES = ["aria-label", "title", "placeholder"];
  const OWN = [  // where Streamlit shows words of its own between tags
    "[data-testid=stSkipToContent]",
    "[data-testid=stFileUploader]",
    "[data-testid=stMultiSelectDropdown]",
    "[data-testid=stSelectboxDropdown]",
    "[data-testid=stStatusWidget]",
    "[role=menu]",
  ].join();
  const SETTLED_MS = 150;  // without a change, before what costs a layout is looked at
  const said = new WeakMap();  // what was read of an element or text, and what we made of it

  const words = () => {
    try {
      return JSON.parse(document.getElementById("m-words").dataset.words);
    } catch {
      return null;  // the page is not there yet
    }
  };

  const translated = (text, { texts, patterns }) => {
    const known = text.trim();
    if (Object.hasOwn(texts, known)) return text.replace(known, () => texts[known]);
    for (const [start, end, as] of patterns) {
      if (known.length > start.length + end.length && known.startsWith(start) && known.endsWith(end))
        return as.replace("{}", () => known.slice(start.length, known.length - end.length));
    }
    return text;
  };

  /* Put a translation where `get` reads; what Streamlit wrote stays known for the next language. */
  const put = (of, key, get, set, told) => {
    const now = get();
    if (!now) return;
    const before = said.get(of) ?? {};
    const theirs = before[key]?.ours === now ? before[key].theirs : now;
    const ours = translated(theirs, told);
    said.set(of, { ...before, [key]: { theirs, ours } });
    if (ours !== now) set(ours);
  };

  const set = (element, name, value) => {
    if (element.getAttribute(name) !== value) element.setAttribute(name, value);
  };

  const names = (told) => {
    for (const name of NAMES)
      for (const element of document.querySelectorAll(`[${name}]`))
        if (element.tagName !== "IFRAME")
          put(element, name, () => element.getAttribute(name), (text) => set(element, name, text), told);
    for (const part of document.querySelectorAll(OWN)) {
      const texts = document.createTreeWalker(part, NodeFilter.SHOW_TEXT);
      while (texts.nextNode()) {
        const node = texts.currentNode;
        put(node, "text", () => node.data, (text) => { node.data = text; }, told);
      }
    }
  };

  const frames = (told) => {
    const all = [...document.querySelectorAll("iframe[data-testid=stCustomComponentV1]")];
    all.forEach((frame, n) => {
      set(frame, "title", all.length > 1 ? `${told.map} ${n + 1}` : told.map);
      const inside = frame.contentDocument?.documentElement;
      if (inside) {
        set(inside, "lang", told.lang);
        if (frame.contentDocument.title) frame.contentDocument.title = told.map;
      }
      if (!said.has(frame)) frame.addEventListener("load", soon);
      said.set(frame, {});
    });
  };

  const ways = (told) => {
    for (const [place, label] of Object.entries(told.ways)) {
      const ways = document.querySelector(`.st-key-${place}`);
      if (!ways) continue;
      set(ways, "role", "navigation");
      set(ways, "aria-label", label);
      for (const way of ways.querySelectorAll("a"))
        if (way.textContent.trim() === told.page) set(way, "aria-current", "page");
        else way.removeAttribute("aria-current");
    }
  };

  /*
   * Sentences with the role of a status are drawn anew whenever they change, and screen readers
   * say only what changes in a region that stays: here is one. React Aria, which hides the page
   * from them while a list is open, leaves it alone by its attribute.
   */
  const region = () => {
    const known = document.getElementById("m-heard");
    if (known) return known;
    const made = document.createElement("div");
    made.id = "m-heard";
    made.className = "m-unseen";
    made.setAttribute("role", "status");
    made.setAttribute("data-live-announcer", "true");
    document.body.append(made);
    return made;
  };

  let heard = [];
  const hear = () => {
    const all = document.querySelectorAll(".stHtml [role=status], .stHtml [data-status]");
    const texts = [...all].map((one) => {
      one.removeAttribute("role");
      one.dataset.status = "";
      return one.textContent.trim();
    });
    const news = texts.filter((text) => text && !heard.includes(text));
    const place = region();
    if (news.length) place.textContent = news.join(" ");
    heard = texts;
  };

  /* What is wider than the page can be moved by keys, and says what it is. */
  const tables = () => {
    for (const box of document.querySelectorAll(".stHtml:has(> .m-table)")) {
      if (box.scrollWidth > box.clientWidth + 1) {
        set(box, "tabindex", "0");
        set(box, "role", "region");
        set(box, "aria-label", box.querySelector("caption").textContent);
      } else for (const name of ["tabindex", "role", "aria-label"]) box.removeAttribute(name);
    }
  };

  /* Streamlit opens its boxes by a script's animation, which no style sheet can stop. */
  const still = () => {
    if (!matchMedia("(prefers-reduced-motion: reduce)").matches) return;
    for (const moving of document.getAnimations())
      if (moving.effect.getTiming().iterations !== Infinity) moving.finish();
  };

  const tell = () => {
    waiting = false;
    const told = words();
    if (!told) return;
    set(document.documentElement, "lang", told.lang);
    const app = document.querySelector("[data-testid=stApp]");
    if (app) document.documentElement.style.colorScheme = getComputedStyle(app).colorScheme;
    names(told);
    frames(told);
    ways(told);
    hear();
    still();
    clearTimeout(settled);
    settled = setTimeout(tables, SETTLED_MS);
  };

  let waiting = false;
  let settled;
  const soon = () => {
    if (!waiting) requestAnimationFrame(tell);
    waiting = true;
  };

  window.moteplassWords?.();  // the one of a page before, if its script ran here
  const watch = new MutationObserver(soon);
  watch.observe(document.documentElement, {
    subtree: true, childList: true, characterData: true, attributes: true,
    attributeFilter: [...NAMES, "data-words", "data-testid", "href"],
  });
  for (const event of ["resize", "click"]) window.addEventListener(event, soon);
  window.moteplassWords = () => {
    watch.disconnect();
    clearTimeout(settled);
    for (const event of ["resize", "click"]) window.removeEventListener(event, soon);
  };
  soon();
})();
