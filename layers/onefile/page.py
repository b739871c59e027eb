"""The page: the answer, the map with its switches, the tables, and what they rest on."""

from __future__ import annotations

import hashlib
import json
from base64 import b64encode
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from layers.export.sheet import Sheet
from layers.formats.text import legal
from layers.geojson import encode
from layers.layer import Layer
from layers.legend import legend
from layers.map import DEEPEST_ZOOM, Bounds
from layers.map_words import said_by_maps
from layers.onefile.scripts import scripts, style
from layers.onefile.tables import written
from words.speaker import Speaker

HERE = Path(__file__).parent
POLICY = {
    "default-src": "'none'",
    "style-src": "'unsafe-inline'",  # the legend's; a style can fetch nothing but `data:`
    "img-src": "data:",
    "worker-src": "blob:",
    "base-uri": "'none'",
    "form-action": "'none'",
}
"""What the browser keeps the page to: whatever should go wrong, nobody outside is asked."""


@dataclass(frozen=True, slots=True, eq=False)
class Page:
    """
    What stands in the file.

    Parameters
    ----------
    title, sentence, question
        Translated: of what area it is, the answer in words, what was asked.
    day
        ISO date of the answer.
    bounds
        What the map shows at first, as `layers.map.extent` returns it.
    base, layers
        From below to the top: the land, and what lies on it. Each can be switched off;
        one without rows is left out.
    tables
        What is also told in tables, best with the places first.
    about
        Sources, warnings and the rest: what it is, and what it says; translated.
    hidden
        Layers among them that are switched off when the page opens.
    """

    title: str
    sentence: str
    question: str
    day: str
    bounds: Bounds
    base: tuple[Layer, ...]
    layers: tuple[Layer, ...]
    tables: tuple[Sheet, ...]
    about: tuple[tuple[str, str], ...] = ()
    hidden: tuple[Layer, ...] = ()


def html(page: Page, say: Speaker) -> bytes:
    """
    Return a page as one HTML file in UTF-8.

    It opens from a disk, without a network and without a server. All text of users and
    sources is escaped, and a policy in its head keeps a browser from running anything
    but our own scripts, known by their hashes, and from asking anybody outside.

    Parameters
    ----------
    page
        What stands in it.
    say
        The language of the page, in which all texts are already.

    Raises
    ------
    CrsError
        If a layer is not in metres.
    ExportError
        If a package is not installed.
    """
    run = scripts()
    drawn = [layer for layer in (*page.base, *page.layers) if len(layer.table)]
    over = [*page.layers, *page.base]  # in the legend the land comes last
    made = _template().render(
        page=page,
        language=say.language,
        policy=_policy(run),
        style=Markup(style()),  # noqa: S704 - ours
        scripts=[Markup(one) for one in run],  # noqa: S704 - ours
        settings=_data(json.dumps(_settings(page, say), ensure_ascii=False)),
        layers=[_data(encode(layer).decode()) for layer in drawn],
        legend=_legend([one for one in over if one not in page.hidden], say),
        legends=[
            (n, _legend([replace(one, attribution="")], say))
            for n, one in enumerate(drawn)
            if one in page.hidden
        ],
        switches=[_switch(n, layer, page) for n, layer in enumerate(drawn)][::-1],
        tables=[written(sheet, say) for sheet in page.tables],
        about=_gathered(page.about),
        words=_words(page, say),
    )
    return legal(made).encode()


def _template() -> Any:
    """Return the page with its gaps; what fills them is escaped, and none is left empty."""
    made = Environment(
        loader=FileSystemLoader(HERE), autoescape=True, undefined=StrictUndefined
    )
    return made.get_template("page.html")


def _policy(run: Iterable[str]) -> str:
    """Return the policy under which these scripts run, and no others."""
    hashes = (b64encode(hashlib.sha256(text.encode()).digest()).decode() for text in run)
    known = " ".join(f"'sha256-{one}'" for one in hashes)
    return "; ".join(f"{what} {who}" for what, who in (POLICY | {"script-src": known}).items())


def _data(text: str) -> Markup:
    """Return JSON that cannot end the element it stands in: `<` occurs in texts only."""
    return Markup(text.replace("<", "\\u003c"))  # noqa: S704 - data, which no browser runs


def _settings(page: Page, say: Speaker) -> dict[str, object]:
    """Return what the scripts have to know; see `prepare` in `browser/map.js`."""
    west, south, east, north = page.bounds
    return {
        "bounds": [[south, west], [north, east]],
        "deepest": DEEPEST_ZOOM,
        "images": "",
        "together": "",
        "language": say.language,
        "words": said_by_maps(say),
    }


def _legend(layers: Sequence[Layer], say: Speaker) -> Markup:
    """Return what stands in a legend: the page has one, of what is switched on."""
    inside = legend(layers, say).partition(">")[2].removesuffix("</section>")
    return Markup(inside)  # noqa: S704 - escaped there


def _switch(number: int, layer: Layer, page: Page) -> dict[str, object]:
    """Return what a switch is of; they stand in the order in which layers are seen."""
    part = "below" if layer in page.base else "above"
    on = layer not in page.hidden
    return {"number": number, "name": layer.name, "part": part, "on": on}


def _gathered(about: Iterable[tuple[str, str]]) -> dict[str, list[str]]:
    """Return texts by what they are, in their order."""
    found: dict[str, list[str]] = {}
    for what, text in about:
        found.setdefault(what, []).append(text)
    return found


def _words(page: Page, say: Speaker) -> dict[str, str]:
    """Return what the page says by itself."""
    return {
        "skip": say("Skip to the tables"),
        "question": say("Question"),
        "date": say("Date"),
        "day": say.date(page.day),
        "map": say("Map of meeting places"),
        "layers": say("Layers of the map"),
        "legend": say("Legend"),
        "no_script": say("The map cannot be drawn here. The tables below say what it shows."),
        "about": say("What the figures rest on"),
        "alone": say("This file holds all it shows. It opens without a network."),
    }
