"""Area: the municipality in figures, how good its data is, and where it comes from."""

from __future__ import annotations

from views import quality
from views.areas import opened
from views.norms import norms
from words import Speaker


def page(code: str, say: Speaker) -> None:
    """Draw what is known of an area, whatever is asked of it."""
    quality.page(code, say)
    norms(opened(code, say), say)
