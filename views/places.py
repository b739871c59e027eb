"""Places: all that count as somewhere to meet, to search and to look at."""

from __future__ import annotations

from views import tables
from views.asked import Asked
from views.explore import sentence


def page(asked: Asked) -> None:
    """Draw the places."""
    sentence(asked)
    tables.places(asked.answer, asked.bundle, asked.catalogue, asked.say)
