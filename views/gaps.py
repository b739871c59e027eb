"""Gaps: where people live beyond reach, how many they are, and the map of it."""

from __future__ import annotations

from views import tables
from views.asked import Asked
from views.explore import sentence


def page(asked: Asked) -> None:
    """Draw the cells where most live beyond reach, as a list and on the map."""
    sentence(asked)
    from views.map import answered_map  # noqa: PLC0415 - the sentence comes first

    answered_map(asked)
    tables.spots(asked.answer, asked.catalogue, asked.say)
