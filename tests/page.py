"""The page without a browser, and what it says."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Sequence
from datetime import datetime, timedelta
from html import unescape
from itertools import count
from pathlib import Path
from xml.etree import ElementTree as ET

from streamlit.testing.v1 import AppTest
from streamlit.util import calc_hash

from data import bundle as stored
from geo.bundle import Bundle
from words import speaker

OURS = re.compile(r'<style>|<div id="m-.*></div><script src="/app/static/', re.DOTALL)
APP = Path(__file__).parent.parent / "app.py"
NB = speaker("nb")
MOMENTS = count(1)

CROWD = {
    "everybody": 100.0,
    "young_children": 12.0,
    "school_children": 3.0,
    "youth": 0.2,
    "adults": 60.0,
    "older_67_79": 20.0,
    "older_80": 4.8,
}
"""People of one spot: groups of many, of a few, and of nobody."""


def page(path: str = "", /, **params: str) -> AppTest:
    """Open the page at a path by a link."""
    at = AppTest.from_file(str(APP), default_timeout=60)
    at.query_params.update(params)
    at._page_hash = calc_hash(path)
    return at.run()


def html(at: AppTest) -> str:
    """Return what the page says in HTML; style and the page's own script left out."""
    parts = (element.proto.body for element in at.get("html"))
    return "\n".join(part for part in parts if not OURS.match(part))


def answer(at: AppTest) -> str:
    """Return the sentence that answers the question."""
    return _text(at, "m-answer")


def notes(at: AppTest) -> str:
    """Return what stands beside every figure."""
    return _text(at, "m-notes")


def _text(at: AppTest, name: str) -> str:
    (text,) = re.findall(rf'class="{name}"[^>]*>(.*?)</p>', html(at), flags=re.DOTALL)
    return unescape(text)


def tables(at: AppTest) -> list[list[list[str]]]:
    """Return the cells of every table on the page, headings first."""
    return [
        [[cell.text or "" for cell in row] for row in ET.fromstring(text).iter("tr")]
        for text in re.findall(r"<table.*?</table>", html(at), flags=re.DOTALL)
    ]


def column(rows: Sequence[Sequence[str]], n: int) -> list[str]:
    """Return the cells of a column, without its heading."""
    return [row[n] for row in rows[1:]]


def keep(bundle: Bundle, code: str, **about: object) -> Bundle:
    """
    Put an area into the store under a code of its own.

    No two are built in the same moment: what is remembered of one is not told of another.
    """
    built = datetime.fromisoformat(bundle.area.built) + timedelta(microseconds=next(MOMENTS))
    named = {"code": code, "name": code.title(), "built": built.isoformat(), **about}
    known = dataclasses.replace(bundle, area=dataclasses.replace(bundle.area, **named))
    stored.write(known)
    return known
