"""Whom a map may ask: nobody, or the tiles of one base map that somebody chose."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

from geo.errors import ExportError

TILES: Mapping[str, Mapping[str, Any]] = tomllib.loads(
    Path(__file__).with_name("tiles.toml").read_text(encoding="utf-8")
)
"""Online base maps; `"offline"` is none of them."""


def guard(html: str, base: str = "offline") -> str:
    """
    Return a map's HTML if it asks nobody outside, but for the tiles of its base.

    Links that somebody has to click are no requests.

    Raises
    ------
    ExportError
        Naming the first address that would be asked.

    Examples
    --------
    >>> guard('<script src="/app/static/map.js"></script><a href="https://osm/">OSM</a>')[:7]
    '<script'
    >>> guard('<link rel="stylesheet" href="//cdn/map.css">')
    Traceback (most recent call last):
    ...
    geo.errors.ExportError: The map would ask //cdn/map.css, and must not.
    """
    allowed = TILES[base]["url"] if base in TILES else None
    reader = _Requests()
    reader.feed(html)
    reader.close()
    for address in reader.found:
        if address != allowed:
            raise ExportError("The map would ask {address}, and must not.", address=address)
    return html


class _Requests(HTMLParser):
    """Collect the outside addresses that a page asks by itself, without a click."""

    OUTSIDE = re.compile(r"(?:https?:)?//", re.IGNORECASE)
    ALONE = re.compile(
        r"""(?<!\\)["'`(]\s*((?:https?:)?//[^"'`)\s\\]+)\s*["'`)]""", re.IGNORECASE
    )

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Look at what a tag loads; an `<a>` waits for a click."""
        for name, value in attrs:
            if (
                name in {"src", "href", "data"}
                and tag != "a"
                and self.OUTSIDE.match(value or "")
            ):
                self.found.append(value or "")
            elif name == "style":
                self.handle_data(value or "")

    def handle_data(self, data: str) -> None:
        """Look for addresses in scripts and styles: those that stand alone in quotes."""
        self.found += self.ALONE.findall(data)
