"""A new area: what it is, the planner's own files, the open services, and the build."""

from __future__ import annotations

from dataclasses import replace

import streamlit as st

from views import rights
from views.making import building, built_areas, new_land, new_services, own_files
from views.steps import heading
from words import Speaker


def page(code: str, say: Speaker) -> None:  # noqa: ARG001 - all pages are asked alike
    """Draw the page on which an area is made."""
    heading(say("New area"), 1)
    if rights.reading_only(say):
        built_areas.listed(say)
        return
    heading(say("1 Which area"))
    order = new_land.asked(say)
    heading(say("2 Files of your own"))
    if new_land.usable(order.code):
        order = replace(order, files=own_files.asked(order, say))
    else:
        st.info(say("First give the area a short name in step 1: files are kept under it."))
    heading(say("3 Open services"))
    order = new_services.asked(order, say)
    heading(say("4 Build"))
    building.offered(order, say)
    built_areas.listed(say)
