"""What every column that leaves the program is called, and in which unit: one registry."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

import geopandas as gpd
import pandas as pd

from layers.export.columns_measures import MEASURES
from layers.export.columns_places import PLACES
from layers.export.columns_scenario import SCENARIO
from layers.export.columns_tables import TABLES
from layers.export.columns_walks import WALKS
from layers.export.sheet import Column, Sheet
from layers.layer import Layer
from words import Speaker

COLUMNS: Mapping[str, Callable[[Speaker], dict[str, Column]]] = {
    **PLACES,
    **WALKS,
    **TABLES,
    **MEASURES,
    **SCENARIO,
}
"""By the key of a sheet: what its columns are, in their order."""

NUMBERS = frozenset(
    {
        *("minutes", "from_minutes", "half_min", "nine_in_ten_min", "third_nearest_min"),
        *("people", "children", "older", "within", "beyond", "cut_off", "people_beyond"),
        *("within_low", "within_high", "beyond_low", "beyond_high"),
        *("share_percent", "share_low_percent", "share_high_percent", "gap_points"),
        *("indoors_percent", "outdoors_percent", "only_outdoors_percent", "incline_percent"),
        *("residents_percent", "buildings_percent", "evenness", "likeness", "value"),
        *("places", "places_weighted", "places_per_thousand", "places_of_unknown_size"),
        *("sorts", "people_share", "weighted", "area_m2", "min_area_m2", "limit_m", "length_m"),
        *("inside", "steps", "way", "rows", "number"),
        *("before_min", "after_min", "within_before", "within_after", "gains", "loses"),
        *("gains_low", "gains_high", "loses_low", "loses_high"),
        *("share_before_percent", "share_after_percent", "newcomers", "newcomers_within"),
    }
)
"""Columns that hold numbers, or yes and no; all others hold words, also without a row."""


def columns(key: str, table: pd.DataFrame, say: Speaker) -> dict[str, Column]:
    """
    Return what the columns of a sheet are, in their order in the table.

    Parameters
    ----------
    key
        Of the sheet, e.g. `"spots"`.
    table
        Its rows; a geometry is no column.
    say
        Language of the labels.

    Raises
    ------
    KeyError
        If nobody has said what a sheet or a column is called: none may leave so.

    Examples
    --------
    >>> from words import speaker
    >>> table = pd.DataFrame({"minutes": [3.0], "near": ["Vik"]})
    >>> [one.heading for one in columns("spots", table, speaker("en")).values()]
    ['On foot to the nearest place (min)', 'Near']
    """
    known = COLUMNS[key](say)
    located = isinstance(table, gpd.GeoDataFrame)
    names = [name for name in table.columns if not located or name != table.geometry.name]
    return {str(name): known[str(name)] for name in names}


def sheet(
    key: str, name: str, table: pd.DataFrame, say: Speaker, layer: Layer | None = None
) -> Sheet:
    """
    Return a sheet whose columns are those of the registry.

    Parameters
    ----------
    key, name, table, layer
        As in `layers.export.sheet.Sheet`.
    say
        Language of the labels.

    Raises
    ------
    KeyError
        As `columns`.

    Examples
    --------
    >>> from words import speaker
    >>> made = sheet("question", "Question", pd.DataFrame({"value": ["10"]}), speaker("en"))
    >>> made.columns["value"].label
    'Value'
    """
    known = columns(key, table, say)
    words = [one for one in known if one not in NUMBERS]
    typed = table if len(table) else table.astype(dict.fromkeys(words, str))
    return Sheet(key, name, typed, known, layer)


def columns_sheet(sheets: Iterable[Sheet], say: Speaker) -> Sheet:
    """
    Return the key to all columns, its own among them: a row for each column of each sheet.

    Parameters
    ----------
    sheets
        Those of an export.
    say
        Language of the labels.

    Examples
    --------
    >>> from words import speaker
    >>> asked = sheet("question", "Question", pd.DataFrame({"value": ["10"]}), speaker("en"))
    >>> columns_sheet([asked], speaker("en")).table.iloc[0].tolist()
    ['question', 'value', 'Value', '']
    """
    own = COLUMNS["columns"](say)
    told = [*((one.key, one.columns) for one in sheets), ("columns", own)]
    rows = [
        (key, name, column.label, column.unit)
        for key, known in told
        for name, column in known.items()
    ]
    name = say("What the columns are")
    return Sheet("columns", name, pd.DataFrame(rows, columns=list(own)), own)
