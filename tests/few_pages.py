"""The pages as doors: all that they say with everything on them unfolded."""

from __future__ import annotations

import re
from html import unescape

from streamlit.testing.v1 import AppTest

from data import bundle as stored
from geo.bundle import Bundle
from tests.few_doors import KINDS, Said
from tests.few_town import CODE
from tests.page import APP, html
from words import Speaker

ON = ("measures", "norms", "areas", "incomes")
"""Toggles of the map's page that show more."""

PAGES = ("", "data", "register")
"""All that `views.frame` offers of an area; making a new one tells of none."""


def opened(known: Bundle, say: Speaker, page: str = "") -> AppTest:
    """Open a page of a town; what else may be shown there is."""
    stored.write(known)
    at = AppTest.from_file(str(APP), default_timeout=60)
    asked = {"kinds": ",".join(KINDS), "group": "everybody", "minutes": "5"}
    at.query_params.update({"area": CODE, "lang": say.language, **asked})
    for key in ON:
        at.session_state[key] = True
    at.run()
    if page:
        at.switch_page(page).run()
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
