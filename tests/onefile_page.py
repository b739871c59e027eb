"""A small town as one HTML file, whose every name means harm."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
from playwright.sync_api import Browser, expect
from playwright.sync_api import Page as Tab
from shapely import LineString, Point, box

from geo.model import Family, Kind
from layers.layer import Layer
from layers.map import extent
from layers.onefile.page import Page, html
from layers.onefile.tables import listed, worded
from layers.thematic import base, boundary, places, spots, walk
from words import Speaker, speaker

CRS = "EPSG:25833"
X, Y = 478_000.0, 7_465_000.0
HOSTILE = (
    "</script><script>alert(1)</script><!-- <img src=x onerror=alert(2)> {{ 7 * 7 }} &amp;"
)
"""What ends an element, starts another, and asks a template to reckon."""
NAMES = ("Åsen", "Ørret", "Ærfugl", HOSTILE)


HOLDS = """const holds = (canvas, colour) => {
    if (!canvas.width || getComputedStyle(canvas).visibility === "hidden") return false;
    const wanted = [1, 3, 5].map((at) => parseInt(colour.slice(at, at + 2), 16));
    const { width, height } = canvas;
    const { data } = canvas.getContext("2d").getImageData(0, 0, width, height);
    for (let i = 0; i < data.length; i += 4) {
        if (data[i + 3] === 255 && wanted.every((n, at) => data[i + at] === n)) return true;
    }
    return false;
};
const all = (where) => [...where.querySelectorAll("canvas")];
"""
SEEN = f"""([pane, colour, gone]) => {{
    {HOLDS}
    const where = document.querySelector(`.leaflet-${{pane}}-pane`);
    return all(where).some((one) => holds(one, colour)) !== gone;
}}"""
"""Whether a colour is painted on a pane's tiles, or is not."""
STACKED = f"""(colours) => {{
    {HOLDS}
    const layers = [...document.querySelectorAll(".leaflet-overlay-pane .m-tiles")];
    const first = (layer) => colours.find((one) => all(layer).some((tile) => holds(tile, one)));
    return layers.map(first).join() === colours.join();
}}"""
"""Whether each layer of a map shows its colour, from below to the top."""


def table(geometry: list[Any], **columns: Any) -> gpd.GeoDataFrame:
    return gpd.GeoDataFrame(columns, geometry=geometry, crs=CRS)


def meeting_places(names: tuple[str, ...], say: Speaker) -> Layer:
    """Return parks side by side, far enough not to gather."""
    at = [Point(X + 100 + 200 * n, Y + 450) for n in range(len(names))]
    same = {
        "kind": "park",
        "kinds": "park",
        "family": "park",
        "setting": "outdoor",
        "opening_hours": HOSTILE,
        "wheelchair": "yes",
    }
    town = table(at, name=list(names), **{key: [one] * len(at) for key, one in same.items()})
    kinds = {"park": Kind("park", "Park", "park", "both", (), "tree", (), (), "-")}
    made = places(town, kinds=kinds, families={"park": Family("park", "<b>Park</b>")}, say=say)
    return replace(made, attribution=HOSTILE)


def homes(say: Speaker) -> Layer:
    """Return five homes, from near to cut off and unknown."""
    at = [Point(X + 100 + 170 * n, Y + 250) for n in range(5)]
    minutes = pd.Series([3.0, 12.0, 31.0, np.inf, np.nan])
    return walk(table(at), minutes, within=10, say=say)


def cell(say: Speaker) -> Layer:
    """Return one cell of many people, without a way."""
    where = [box(X + 600, Y + 80, X + 850, Y + 200)]
    return spots(
        table(where, people=[60.0], minutes=[np.inf], near=[HOSTILE]),
        say=say,
    )


def town(say: Speaker, names: tuple[str, ...] = NAMES) -> Page:
    """Return a page of land, a cell that is switched off, homes and parks."""
    water = table([box(X, Y, X + 900, Y + 60)], what=["water"])
    line = [LineString([(X, Y + 220), (X + 900, Y + 220)])]
    street = table(line, highway=["primary"], steps=[False])
    edge = boundary(table([box(X, Y, X + 900, Y + 600)]), say=say)
    parks, dark = meeting_places(names, say), cell(say)
    return Page(
        title=HOSTILE,
        sentence=f"Half. {HOSTILE}",
        question=f"Who? {HOSTILE}",
        day="2026-11-22",
        bounds=extent(edge.table),
        base=(*base(street, water, say=say), edge),
        layers=(dark, homes(say), parks),
        tables=(listed(parks, say), worded("Groups", ["Group", "Share"], [[HOSTILE, "50 %"]])),
        about=(("Source", HOSTILE), ("Source", "Another"), ("Beware", HOSTILE)),
        hidden=(dark,),
    )


@dataclass
class Opened:
    """A file in a browser, and what it did besides showing something."""

    page: Tab
    outside: list[str] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)


@contextmanager
def opened(
    browser: Browser, file: Path, *, before: str = "", width: int = 1280, **context: Any
) -> Iterator[Opened]:
    """
    Open a file by a double click, as it were, on a machine without a network.

    `before`: what is run before anything of the file is.
    """
    with browser.new_context(
        viewport={"width": width, "height": 900}, offline=True, **context
    ) as one:
        if before:
            one.add_init_script(before)
        page = one.new_page()
        page.set_default_timeout(15_000)
        seen = Opened(page)

        def gate(route: Any) -> None:
            if route.request.url in {file.as_uri(), file.as_uri() + "#tables"}:
                route.continue_()
            else:
                seen.outside.append(route.request.url)
                route.abort()

        page.route("**/*", gate)
        page.on("pageerror", lambda error: seen.faults.append(str(error)))
        page.on("dialog", lambda asked: (seen.faults.append(asked.message), asked.dismiss()))
        page.on(
            "console",
            lambda line: seen.faults.append(line.text) if line.type == "error" else None,
        )
        page.goto(file.as_uri())
        yield seen


def wrote(folder: Path, language: str = "en") -> Path:
    """Write the town as a file whose own name is not harmless either."""
    file = folder / "møte & plass #1.html"
    file.write_bytes(html(town(speaker(language)), speaker(language)))
    return file


def wait_for_colour(page: Tab, pane: str, colour: str, *, gone: bool = False) -> None:
    """Wait until a colour is painted on a pane, or is there no more."""
    page.wait_for_function(SEEN, arg=[pane, colour, gone])


def wait_for_stack(page: Tab, colours: list[str]) -> None:
    """Wait until layers of these colours lie on each other, the first below."""
    page.wait_for_function(STACKED, arg=colours)


def painted(page: Tab) -> None:
    """Wait until land, homes and parks are there."""
    for pane, colour in (("background", "#bcd7e3"), ("overlay", "#d2600c")):
        wait_for_colour(page, pane, colour)
    expect(page.locator(".m-sign")).to_have_count(len(NAMES))
