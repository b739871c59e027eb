"""The pages as doors: all that they say with everything on them unfolded."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from html import unescape
from pathlib import Path
from xml.etree import ElementTree

from streamlit.testing.v1 import AppTest
from streamlit.util import calc_hash

from data import bundle as stored
from data.catalogue import groups, kinds
from geo.bundle import Bundle
from tests.few_doors import KINDS, collection
from tests.few_files import Said
from tests.few_town import CODE
from tests.page import APP, html
from words import Speaker

ON = ("measures", "norms", "areas", "incomes", "gathering")
"""Toggles of pages that show more."""

PAGES = (
    "",
    "groups",
    "gaps",
    "places",
    "whatif",
    "area",
    "export",
    "wall",
    "compare",
    "register",
)
"""Paths of the pages about an area; that of a new one tells of none."""


def opened(known: Bundle, say: Speaker, path: str = "") -> AppTest:
    """Open a page of a town; what else may be shown there is."""
    stored.write(known)
    at = AppTest.from_file(str(APP), default_timeout=60)
    asked = {"kinds": ",".join(KINDS), "group": "everybody", "minutes": "5"}
    at.query_params.update({"area": CODE, "lang": say.language, **asked})
    at._page_hash = calc_hash(path)
    for key in ON:
        at.session_state[key] = True
    at.run()
    assert not at.exception
    assert not at.error
    return at


def said(at: AppTest) -> Said:
    """Return all words and figures of a page."""
    found: Said = {"html": tuple(sorted(re.split(r"(?=<tr|<li|<p)|\n", unescape(html(at)))))}
    for kind in ("markdown", "caption", "info", "warning", "success", "header", "subheader"):
        found[kind] = tuple(sorted(str(one.value) for one in at.get(kind)))
    found["sheets"] = tuple(sorted(one.value.to_csv() for one in at.dataframe))
    for kind in ("selectbox", "multiselect", "radio", "toggle", "slider", "button"):
        labels = (str(one.label) for one in at.get(kind))
        options = (str(getattr(one, "options", "")) for one in at.get(kind))
        found[kind] = tuple(sorted([*labels, *options]))
    return found


PEOPLE = {
    *("Live here", "Within reach", "Beyond reach"),
    *("People beyond reach", "People beyond", "People who can walk here"),
    *("Children, 0–15", "Older people, 67 or more"),
    "Value",  # of a fact, which may be of people
}
"""Headings of columns that count people."""

OTHER = {
    *("Group", "Share within", "Against everybody", "Kind of place", "Places", "Near"),
    *("Income of the area", "Minutes on foot", "Measure", "Figure", "What it says here"),
    *("Half have at most", "Nine in ten have at most", "Half have three to choose from after"),
    *("Number of places", "Places, near ones for more", "Sorts of places"),
    *("Places per thousand people", "Share with somewhere indoors"),
    *("Share with somewhere outdoors", "Place", "Evenness of ages"),
    "Nearest place",
    *("Would have to be of another age", "Norm", "Whom it speaks of", "Of these have it"),
    *("Figure", "Year", "Source"),
    *("With a name", "With opening hours", "With information for wheelchairs"),
    *("Newest edit", "Years since the last edit, median", "In official registers"),
    *("Of these on the map", "Found on the map or in another source"),
    *("Only in this source", "To be decided", "Left out, as decided"),
    *("Share of everybody", "Note", "Family", "Indoors", "Outdoors", "Indoors and outdoors"),
    *("Places per thousand residents", "Whom to thank", "Licence", "Date", "Rows", "Address"),
    *("Of all residents have it", "Of residential buildings have it", "Places that count"),
    *("Area", "Half have at most (min)", "Residents", "Date of the map", "Area built"),
    *("Ages", "Example figures", "Heights", "Incomes", "Official registers"),
    *("Places beyond the edge count", "Sources that did not answer"),
    *(one.label for one in (*groups().values(), *kinds().values())),  # shares, and places
}
"""Headings of columns that count nobody."""


def sheets(at: AppTest) -> list[list[list[str]]]:
    """Return the cells of every table of figures, headings first; a legend is none."""
    return [
        [[cell.text or "" for cell in row] for row in ElementTree.fromstring(text).iter("tr")]
        for text in re.findall(r'<table class="m-table">.*?</table>', html(at), flags=re.DOTALL)
    ]


def people(at: AppTest, say: Speaker) -> Iterator[tuple[str, float]]:
    """Return every number in a column that counts people, with its heading."""
    counted = {say(text) for text in PEOPLE}
    for heads, *rows in sheets(at):
        for row in rows:
            for head, cell in zip(heads, row, strict=True):
                if head in counted:
                    yield from ((head, n) for n in _told(cell, say))


def _told(cell: str, say: Speaker) -> list[float]:
    """Return the numbers of a cell; of those that are said to be more, none."""
    if cell == say("fewer than {n}", n=5):
        return []
    return [float(re.sub(r"\s", "", n)) for n in re.findall(r"\d[\d\s]*", cell)]


def published(files: Iterable[Path]) -> Said:
    """Return what layers tell that were put where every browser may fetch them."""
    return {file.name.rpartition("-")[0]: collection(file.read_bytes()) for file in files}
