"""How a page about a question begins: what it is about, the answer, and what that rests on."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

import streamlit as st


def headed(title: str, told: str, notes: Iterable[str]) -> None:
    """
    Draw the heading of a page, its answer in large type, and what stands beside it.

    The answer is a live region: who cannot see it hears the new one after every change.
    """
    st.html(
        f"<h1>{escape(title)}</h1>"
        f'<p class="m-answer" role="status">{escape(told)}</p>'
        f'<p class="m-notes">{escape(" ".join(notes))}</p>'
    )
