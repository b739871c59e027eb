"""Step 2 of a new area: files of the planner's own, each looked at, corrected, confirmed."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

from data import uploads
from data.files.door import Look
from data.order import Order
from data.osm_file import ENDINGS
from data.services.service import Land
from geo.errors import Message, MoteplassError
from views import file_form, file_looks, file_preview, file_report
from views.new_land import HEIGHTS
from views.text import element, items, markdown, table
from views.uploading import uploaded
from words import Speaker

CHOSEN, LAYER = "own-chosen", "own-layer"
NO_PART = ("boundary", "unknown")
"""What a file may be that a build has no use for among the planner's own files."""


def asked(order: Order, say: Speaker) -> tuple[Path, ...]:
    """Take files, show what each seems to be, and return those that are to be used."""
    label = say("Schools, meeting places, population, incomes, districts: several files at once")
    uploaded("own", label, order.code, (), say)
    files = [file for file in uploads.kept(order.code) if _own(file, order)]
    if not files:
        formats = "GeoPackage, GeoJSON, Shapefile (zip), KML, GML, CSV, Excel"
        st.html(
            items(
                [
                    say("No file is needed: without one, the area is made of the open data alone."),
                    say("Can be read: {formats}.", formats=formats),
                ]
            )
        )
        return ()
    with st.spinner(say("The files are being looked at.")):
        where = file_looks.land(order)
        looks = {file: file_looks.looked(file, where, _layer(file)) for file in files}
    used = tuple(file for file, seen in looks.items() if _used(file, seen))
    _overview(looks, used, say)
    if isinstance(where, Message):
        text = "Where the area lies is not known yet, so positions are not checked: {reason}"
        st.warning(markdown(say(text, reason=say(where))))
    file = _chosen(files, say)
    with st.container(border=True):
        _one(file, looks[file], where, used, say, order=order)
    return used
