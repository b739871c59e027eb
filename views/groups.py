"""Groups: who reaches a meeting place and who does not, side by side."""

from __future__ import annotations

from views import tables
from views.asked import Asked
from views.explore import sentence


def page(asked: Asked) -> None:
    """Draw what every group has within reach."""
    sentence(asked)
    tables.groups(asked.answer, asked.catalogue, asked.say)
