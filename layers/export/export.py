"""One answer as sheets: what every file, print and document of it is made from."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime

import geopandas as gpd

from geo.answer import Answer, Catalogue
from geo.bundle import Area, Bundle
from geo.timetable import OSLO
from layers.export.about import about
from layers.export.columns import columns_sheet
from layers.export.maps import maps
from layers.export.sheet import Sheet
from layers.export.tables import tables
from layers.scenario.naming import title
from words import Speaker

__all__ = ["Export", "export", "with_sheets"]

ORDER = (
    *("zones", "paths", "boundary", "reach_areas", "spots", "walk_cells", "homes"),
    *("change", "gathered", "meetings", "place_areas", "places"),
    *("groups", "change_groups", "change_areas", "measures", "indices", "lorenz", "norms"),
    *("sources", "question", "changes", "about"),
)
"""Map layers from below to the top, then tables; after them the key to their columns."""


@dataclass(frozen=True, slots=True, eq=False)
class Export:
    """
    One answer, ready to be written in any format.

    Parameters
    ----------
    stem
        Beginning of file names, e.g. `"moteplass-oslo-2026-11-22"`.
    area
        What it is of: its code, name, CRS and sources.
    title
        As shown, translated, e.g. `"Meeting places in Oslo"`.
    sheets
        Map layers in metres, from below to the top, then tables without a geometry.
    about
        The question, the answer in words, date, sources and warnings, line by line: what
        it is, and what it says.
    day
        ISO date of the export, in Norway.
    """

    stem: str
    area: Area
    title: str
    sheets: tuple[Sheet, ...]
    about: tuple[tuple[str, str], ...]
    day: str

    def sheet(self, key: str) -> Sheet:
        """
        Return a sheet by its key.

        Raises
        ------
        KeyError
            If this export has none such, as there are no `reach_areas` unless asked for.
        """
        return {one.key: one for one in self.sheets}[key]


def stem(code: str, now: datetime, *, supposed: bool = False) -> str:
    """
    Return the beginning of the names of the files of an area: the date is Norway's.

    `supposed`: whether they are of a scenario, so that files of today are not overwritten.

    Examples
    --------
    >>> stem("1804", datetime.fromisoformat("2026-11-21T23:30+00:00"))
    'moteplass-1804-2026-11-22'
    """
    day = now.astimezone(OSLO).date().isoformat()
    return f"moteplass-{code}-scenario-{day}" if supposed else f"moteplass-{code}-{day}"


def export(
    answer: Answer,
    bundle: Bundle,
    catalogue: Catalogue,
    *,
    say: Speaker,
    now: datetime,
    reach_areas: gpd.GeoDataFrame | None = None,
) -> Export:
    """
    Turn an answer into sheets that may leave the program.

    Unreachable and unknown are empty cells beside a word that says which; fewer
    than five people are an empty cell beside `"fewer than 5"`.

    Parameters
    ----------
    answer, bundle, catalogue
        What was asked, of what, and what it is called.
    say
        Language of the words in the tables; columns have English names.
    now
        When it was asked, in some time zone: the date of the files is Norway's.
    reach_areas
        As `geo.areas.reachable.reachable` returns them; left out, there is no such sheet.
    """
    day = now.astimezone(OSLO).date().isoformat()
    told = about(answer, bundle, catalogue, say, now)
    made = Export(
        stem=stem(bundle.area.code, now, supposed=bool(answer.question.scenario)),
        area=bundle.area,
        title=title(bundle.area.name, answer.question.scenario, say),
        sheets=(),
        about=told,
        day=day,
    )
    sheets = (
        *maps(answer, bundle, catalogue, say, reach_areas),
        *tables(answer, bundle, catalogue, say, told),
    )
    return with_sheets(made, sheets, say)


def with_sheets(export: Export, sheets: Iterable[Sheet], say: Speaker) -> Export:
    """
    Return an export that has more sheets, each where it belongs.

    Parameters
    ----------
    export
        Stays as it is.
    sheets
        Those of the same key are replaced; others than those of `ORDER` come last.
    say
        The language of the key to all columns, which is made anew.
    """
    known = {one.key: one for one in (*export.sheets, *sheets) if one.key != "columns"}
    ranked = sorted(known.values(), key=lambda one: (*ORDER, one.key).index(one.key))
    return replace(export, sheets=(*ranked, columns_sheet(ranked, say)))
