"""What somebody does with the app in a browser: ask otherwise, and look around."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import cycle

from playwright.sync_api import Frame, Locator, Page

from benchmarks.browser import ANSWER, MAP, MARKS
from benchmarks.traffic import Traffic

PAUSE_MS = 1000
STEPS = 15
OPTIONS = 6
GROUP, WALKER = 2, 3
"""Which of the lists at the side; language and area come first."""

HEAR = """() => {
    window.timesDrawn = 0;
    const painted = (done) => requestAnimationFrame(() => requestAnimationFrame(done));
    map.on("drawn", () => painted(() => { window.timesDrawn += 1; }));
}"""

ASK = """(where) => {
    const asked = window.asked = { text: document.querySelector(where)?.innerText };
    const begin = ({ timeStamp }) => { asked.at ??= timeStamp; };
    for (const press of ["keydown", "pointerdown"]) {
        addEventListener(press, begin, { capture: true, once: true });
    }
}"""
"""The time runs from the press of a key or button, not from when we reach for it."""

SEEN = """([where, map, drawn]) => {
    const { asked } = window;
    const now = performance.now();
    if (asked.at === undefined) return false;
    const text = document.querySelector(where)?.innerText;
    if (text !== undefined && text !== asked.text) asked.said ??= now;
    if (document.querySelector(map)?.contentWindow.timesDrawn > drawn) return now - asked.at;
    const still = document.querySelector("[data-test-script-state=notRunning]");
    return still && now - asked.said > 1000 && asked.said - asked.at;
}"""
"""How many ms the new map took. Where an answer is drawn as before: how many the sentence."""

COUNT = """() => {
    window.frames_ms = [];
    let last = performance.now();
    const next = (now) => {
        window.frames_ms.push(now - last);
        last = now;
        requestAnimationFrame(next);
    };
    requestAnimationFrame(next);
}"""

Act = Callable[[], None]


def frame_of(page: Page) -> Frame:
    """Return the frame of the only map, once it shows places."""
    page.frame_locator(MAP).locator(MARKS).first.wait_for()
    found = page.locator(MAP).element_handle().content_frame()
    assert found is not None
    return found


def hear(page: Page) -> Frame:
    """Begin to count how often the map has been drawn, to the frame that shows it."""
    frame = frame_of(page)
    frame.evaluate(HEAR)
    return frame


def changed(page: Page, frame: Frame, traffic: Traffic, act: Act) -> dict[str, float]:
    """Return after how many seconds the map is another one, and how many bytes came."""
    drawn = frame.evaluate("window.timesDrawn")
    traffic.forget()
    page.evaluate(ASK, ANSWER)
    act()
    took_ms = page.wait_for_function(SEEN, arg=[ANSWER, MAP, drawn]).json_value()
    traffic.wait_until_quiet(page)
    return {"new map": took_ms / 1000, "received": sum(traffic.bytes_of.values())}


def acts(page: Page, what: str) -> Iterator[Act]:
    """Yield one change after another; each asks what was not asked before, if it can."""
    return {
        "kind": _kinds,
        "group": lambda page: _options(page, GROUP),
        "walker": lambda page: _options(page, WALKER),
        "minutes": _minutes,
    }[what](page)


def _minutes(page: Page) -> Iterator[Act]:
    slider = page.get_by_role("slider")
    slider.focus()
    while True:
        yield lambda: slider.press("ArrowRight")


def _kinds(page: Page) -> Iterator[Act]:
    """Take the first kind in the list that is not taken: it goes from the list."""
    box = page.locator('[data-testid="stMultiSelect"] input')
    while True:
        box.click()
        option = page.locator('[role=option]:not([data-key="__select_all__"])').first
        option.wait_for()
        yield option.click
        page.keyboard.press("Escape")


def _options(page: Page, nth: int) -> Iterator[Act]:
    """
    Choose one of the first options after another; the one chosen now comes last.

    The last ones may be all alike: where incomes are not known, nothing is told of them.
    """
    box = _lists(page).nth(nth)
    option = page.get_by_role("option")
    box.click()
    option.first.wait_for()
    first = option.all()[:OPTIONS]
    chosen = [one.get_attribute("aria-selected") == "true" for one in first]
    page.keyboard.press("Escape")
    for n in cycle(sorted(range(len(chosen)), key=lambda n: (chosen[n], n))):
        box.click()
        option.nth(n).wait_for()
        yield option.nth(n).click


def _lists(page: Page) -> Locator:
    return page.locator('[data-testid="stSidebar"] [data-testid="stSelectbox"]')


def frames_s(page: Page, frame: Frame, runs: int) -> dict[str, list[list[float]]]:
    """Return how long each frame was shown while the map was moved, and while it zoomed."""
    box = page.locator(MAP).bounding_box()
    assert box is not None
    x, y = box["x"] + box["width"] / 2, box["y"] + min(box["height"], 400) / 2
    frame.evaluate(COUNT)
    found: dict[str, list[list[float]]] = {"pan": [], "zoom": []}
    for run in range(runs):
        sign = 1 if run % 2 else -1
        page.mouse.move(x, y)
        page.mouse.down()
        page.mouse.move(x + sign * 150, y + sign * 80, steps=STEPS)
        page.mouse.up()
        found["pan"].append(_counted(page, frame))
        page.mouse.wheel(0, sign * 200)
        found["zoom"].append(_counted(page, frame))
    return found


def _counted(page: Page, frame: Frame) -> list[float]:
    page.wait_for_timeout(PAUSE_MS)
    told = frame.evaluate("() => window.frames_ms.splice(0)")
    return [one / 1000 for one in told]
