"""Headings of a long page, close to what they are of."""

from __future__ import annotations

from html import escape

import streamlit as st

CLOSE = "padding:.4rem 0 0;margin:0;line-height:1.25"
"""Streamlit leaves as much room below a heading as above it."""


def heading(text: str, level: int = 2) -> None:
    """Draw a heading; the page's own keeps clear of the bar with the pages."""
    style = CLOSE if level > 1 else "margin:2rem 0 0"
    st.html(f'<h{level} style="{style}">{escape(text)}</h{level}>')
