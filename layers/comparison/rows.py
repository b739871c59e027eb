"""The figures of one area as rows of files: the area is named in each."""

from __future__ import annotations

from collections.abc import Sequence
from math import isfinite, nan

import pandas as pd

from layers.comparison.basis import Ground
from layers.comparison.standing import Offered, Standing
from layers.export.case import Case
from layers.export.columns import COLUMNS
from layers.export.sheet import Column
from layers.groups_file import by_group
from layers.reach_tables import kind_headings, kind_rows
from words import Speaker


def rows(
    case: Case,
    groups: Sequence[Standing],
    kinds: Sequence[Offered],
    grounds: Sequence[Ground],
    notes: Sequence[str],
) -> dict[str, pd.DataFrame]:
    """
    Return what files tell of one area.

    Parameters
    ----------
    case
        The question as asked of this area.
    groups, kinds, grounds, notes
        As `layers.comparison.standing` and `layers.comparison.basis` return them.

    Returns
    -------
    rows
        `groups`: one row per group. `kinds`: one row per asked kind. `basis`: what the
        figures rest on. `sources`. In each the code and name of the area, and in the first
        two a key that tells rows of all areas apart.
    """
    area = case.bundle.area
    names = ("name", "licence", "attribution", "date", "rows", "url")
    told = pd.DataFrame(
        [
            *((one.label, one.told) for one in grounds),
            *((case.say("Beware"), n) for n in notes),
        ],
        columns=["what", "text"],
        dtype=str,
    )
    sources = pd.DataFrame(
        [[getattr(one, name) for name in names] for one in area.sources], columns=list(names)
    )
    found = {
        "groups": _groups(case, groups),
        "kinds": _kinds(case, kinds),
        "basis": told,
        "sources": sources,
    }
    return {key: _named(table, area.code, case.area_name) for key, table in found.items()}


def _named(table: pd.DataFrame, code: str, name: str) -> pd.DataFrame:
    known = table.copy()
    if "row" in known:
        known["row"] = f"{code}:" + known["row"]
    at = int("row" in known)
    known.insert(at, "area", code)
    known.insert(at + 1, "area_name", name)
    return known


def _groups(case: Case, groups: Sequence[Standing]) -> pd.DataFrame:
    """Return the figures of groups, with the walk that half of each have."""
    known = by_group(case.answer, case.catalogue, case.say).reset_index(drop=True)
    known.insert(0, "row", known["key"])
    at = [*known].index("within_low")
    half = [one.half_min if isfinite(one.half_min) else nan for one in groups]
    known.insert(at, "half_min", half)
    known.insert(at + 1, "half_min_text", [one.half_text for one in groups])
    return known


def _kinds(case: Case, kinds: Sequence[Offered]) -> pd.DataFrame:
    alone = kind_rows(case.answer, case.catalogue, case.say)
    return pd.DataFrame(
        [
            [
                *(one.key, one.key, one.label, one.places, one.per_thousand, one.told),
                *alone[one.key][2:],
            ]
            for one in kinds
        ],
        columns=[
            *("row", "kind", "kind_name", "places", "per_thousand", "per_thousand_text"),
            *("within_text", "share_text"),
        ],
    )


def columns(key: str, say: Speaker) -> dict[str, Column]:
    """
    Return what the columns of a sheet are, in their order.

    Parameters
    ----------
    key
        Of `rows`.
    say
        Language of the labels.

    Examples
    --------
    >>> from words import speaker
    >>> columns("kinds", speaker("en"))["per_thousand"].label
    'Places per 1,000 residents'
    """
    where = {"area": Column(say("Code of the area")), "area_name": Column(say("Area"))}
    if key == "basis":
        return where | COLUMNS["about"](say)
    if key == "sources":
        return where | COLUMNS["sources"](say)
    row = {"row": Column(say("Key of the row"))} | where
    if key == "kinds":
        return row | _of_kinds(say)
    known = COLUMNS["groups"](say)
    half = say("Half have at most")
    walk = {
        "half_min": Column(half, "min"),
        "half_min_text": Column(f"{half}: {say('in words')}"),
    }
    at = [*known].index("within_low")
    before, after = dict([*known.items()][:at]), dict([*known.items()][at:])
    return row | before | walk | after


def _of_kinds(say: Speaker) -> dict[str, Column]:
    kind, places, within, share = kind_headings(say)
    rate, words = say("Places per 1,000 residents"), say("in words")
    return {
        "kind": Column(say("Key of the kind")),
        "kind_name": Column(kind),
        "places": Column(places),
        "per_thousand": Column(rate),
        "per_thousand_text": Column(f"{rate}: {words}"),
        "within_text": Column(f"{within}: {words}"),
        "share_text": Column(f"{share}: {words}"),
    }
