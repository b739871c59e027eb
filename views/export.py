"""Export: the answer as files to take along."""

from __future__ import annotations

import geopandas as gpd

from views import cached, downloads
from views.asked import Asked
from views.explore import sentence
from views.question.showing import drawn_areas


def page(asked: Asked) -> None:
    """Draw a button for each format."""
    sentence(asked)

    def areas() -> gpd.GeoDataFrame | None:
        shown = drawn_areas()
        return cached.areas(asked.question, asked.built, asked.now) if shown else None

    if asked.question.kinds:
        downloads.buttons(
            asked.answer, asked.bundle, asked.catalogue, asked.say, now=asked.now, areas=areas
        )
