"""The online base map under a print, where one is chosen that may be printed."""

from __future__ import annotations

from dataclasses import replace

import streamlit as st

from data.tiles import picture, quickly
from geo.bundle import Source
from layers.export.case import Case
from layers.guard import TILES
from layers.paper.page import BasePicture, Paper, Print, ground
from layers.source_text import source_text
from views.question.showing import BASE
from views.quickly import quickly as fetcher

DOTS_PER_INCH = 150
"""Of the picture: finer, and the names in it are too small to read on paper."""

MM_PER_INCH = 25.4


def printed() -> str:
    """Return the online base map that is chosen and may be printed, or `""`."""
    base = str(st.session_state.get(BASE, ""))
    return base if base in TILES and TILES[base]["printed"] else ""


def on(base: str, one: Print, paper: Paper, case: Case) -> Print:
    """
    Return a page whose map lies on an online base map, with the boundary of the area.

    Parameters
    ----------
    base
        A key of `layers.guard.TILES`, or `""`: nothing is changed.
    one, paper, case
        A page of one map, its paper, and what it is of.

    Raises
    ------
    SourceError
        If the map cannot be fetched.
    ExportError
        If the page cannot be set.
    """
    if not base:
        return one
    say, tiles, [drawn] = case.say, TILES[base], one.maps
    named = Source(say("Base map"), tiles["licence"], f"© {tiles['thanks']}", one.day, 0)
    *_, boundary = drawn.base
    bare = replace(drawn, base=(), layers=[boundary, *drawn.layers])
    page = replace(one, sources=[*one.sources, source_text(named, say)], maps=[bare])
    [shown] = ground(page, paper, say)
    width_px = round(paper.width_mm / MM_PER_INCH * DOTS_PER_INCH)
    png = picture(tiles, shown, case.bundle.area.crs, width_px, get=quickly(fetcher()))
    return replace(page, maps=[replace(bare, picture=BasePicture(png, shown))])
