"""Ways from page to page, which take the question along."""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from views import link
from views.text import markdown


def page_at(path: str) -> st.Page:
    """Return what leads to the page of the frame at a path; `""` is the first one."""
    return st.Page(_elsewhere, url_path=path, default=not path)


def way(
    path: str, label: str, params: Mapping[str, str] | None = None, *, place: DeltaGenerator
) -> None:
    """
    Draw a way to a page, as a link that can also be copied.

    Parameters
    ----------
    path
        Of the page.
    label
        What to call it, as plain text.
    params
        What is asked there besides, or instead of, what is asked here.
    place
        Where to draw it.
    """
    asked = link.told() | dict(params or {})
    place.page_link(page_at(path), label=markdown(label), query_params=asked)


def _elsewhere() -> None:
    """Stand for a page of the frame, which is known by its path."""
