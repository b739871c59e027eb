"""What opening each of some places would add: alone, and beside those already chosen."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from math import nan

import geopandas as gpd
import numpy as np

from geo.coverage import FEWEST, NOBODY, Reach, few
from geo.errors import QuestionError
from geo.paths.network import Bools, Floats
from geo.scenario.offering import Lacking, Offered, gaining, gains
from geo.scenario.withholding import Rows, beside, few_of, foremost_first
from geo.tables import EVERYBODY, LOW_INCOME_AREAS


@dataclass(frozen=True, slots=True, eq=False)
class Bench:
    """
    Candidates side by side, given those that are chosen.

    Parameters
    ----------
    offer
        What they are measured by.
    table
        On their ids: who gains most is first, then by id; the chosen ones last, as nobody
        gains by them any more. Columns: `name`; `kind`; `alone`, people of the asked group
        who lack a place and would have one if it alone were opened; `more`, those who would
        besides what is chosen; `low`, those of these who live in low-income areas; `chosen`,
        1 for the one that was chosen first and so on, else 0; and whether each number may be
        told: `alone_told`, `more_told`, `low_told`. Numbers as they are: see `told`.
    alone
        By candidate: those of the asked group who gain if it alone is opened.
    reach
        By candidate, then by group, each at its own pace: `within` are those who gain
        besides what is chosen, with what is withheld for the sake of a few others.
    steps
        By id of the chosen ones, in their order: `within` are those of the asked group who
        came within reach by each.
    after
        By group, who has a place within reach if the chosen ones are open, as
        `geo.answer.answer` would tell it, but withheld where the steps would give a few
        away; before that, see `offer`.
    """

    offer: Offered
    table: gpd.GeoDataFrame
    alone: Mapping[str, Reach]
    reach: Mapping[str, Mapping[str, Reach]]
    steps: Mapping[str, Reach]
    after: Mapping[str, Reach]


def bench(offer: Offered, chosen: Sequence[str] = ()) -> Bench:
    """
    Rank candidates by what opening each would add to what is chosen.

    Parameters
    ----------
    offer
        What `geo.scenario.offering.offered` has measured.
    chosen
        Ids of some of its candidates, in the order in which they were chosen.

    Returns
    -------
    bench
        Of everybody who lacks a place today; nobody is counted by two steps.

    Raises
    ------
    QuestionError
        If something is chosen twice, or is no candidate.
    """
    asked, ids = offer.question.group, offer.table.index
    _require(offer, chosen)
    today = offer.lacking
    first = gaining(offer, asked, today[asked])
    alone = np.array([one.within for one in first], dtype=float)
    lacking, steps = today, {}
    for place in chosen:
        column = ids.get_loc(place)
        steps[place] = gaining(offer, asked, lacking[asked], alone)[column]
        lacking = offer.without(lacking, column)
    shown = _steps(steps, float(np.nansum(offer.people[asked][lacking[asked]])))
    rows = _rows(offer, lacking, alone)
    table = _table(offer, lacking[asked], first, rows)
    table["chosen"] = [chosen.index(one) + 1 if one in chosen else 0 for one in ids]
    return Bench(
        offer=offer,
        table=table.loc[foremost_first(table["more"], table["more_told"].to_numpy())],
        alone=dict(zip(ids, first, strict=True)),
        reach=dict(zip(ids, rows, strict=True)),
        steps=shown,
        after=_after(offer, lacking, known=all(map(_known, shown.values()))),
    )


def _require(offer: Offered, chosen: Sequence[str]) -> None:
    for n, place in enumerate(chosen):
        if place not in offer.table.index or place in chosen[:n]:
            raise QuestionError("There is no place {place} to be chosen.", place=place[:60])


def _rows(offer: Offered, lacking: Lacking, alone: Floats) -> Rows:
    """Return for every candidate who of each group would gain."""
    asked = offer.question.group
    by_group = {
        key: gaining(offer, key, some, alone if key == asked else None)
        for key, some in lacking.items()
    }
    rows = [{key: of[n] for key, of in by_group.items()} for n in range(len(offer.table))]
    return [beside(row, asked) for row in rows]


def _table(
    offer: Offered, lacking: Bools, first: Sequence[Reach], rows: Rows
) -> gpd.GeoDataFrame:
    asked, table = offer.question.group, offer.table
    people = offer.people[asked]
    more = np.array([row[asked].within for row in rows], dtype=float)
    poor = np.where(people == 0, 0.0, people * offer.low)
    low = gains(offer, asked, lacking, poor)
    told = np.array([not row[asked].hidden for row in rows], dtype=bool)
    held = few_of(low) | few_of(more - low) | few_of(poor.sum() - low)
    if asked == EVERYBODY:  # who else lives there is told in the row
        held |= np.array([row[LOW_INCOME_AREAS].hidden for row in rows], dtype=bool)
    return gpd.GeoDataFrame(
        {
            "name": table["name"],
            "kind": table["kind"],
            "alone": [one.within for one in first],
            "more": more,
            "low": low,
            "alone_told": [not one.hidden for one in first],
            "more_told": told,
            "low_told": told & ~held,
        },
        geometry=table.geometry,
    )


def _steps(found: Mapping[str, Reach], left: float) -> dict[str, Reach]:
    """Return who came by each step; nothing if the hidden ones could be told from the rest."""
    if all(map(_known, found.values())) or left >= FEWEST:
        return dict(found)
    return {
        key: replace(one, withheld=one.withheld or "parts") if one.within >= NOBODY else one
        for key, one in found.items()
    }


def _known(step: Reach) -> bool:
    return not step.hidden or step.within < NOBODY


def _after(offer: Offered, lacking: Lacking, *, known: bool) -> dict[str, Reach]:
    """Return who has a place afterwards; nothing where a few more have one than before."""
    asked, after = offer.question.group, offer.reach(lacking)
    for key, one in after.items():
        before = offer.before[key]
        secret = few(one.within - before.within) or (
            before.hidden and one.within != before.within
        )
        if secret or (key == asked and not known):
            after[key] = replace(one, withheld=one.withheld or "parts")
    return beside(after, asked)


def told(found: Bench) -> gpd.GeoDataFrame:
    """
    Return the table of a bench with `nan` for what may not be told.

    Examples
    --------
    >>> table = gpd.GeoDataFrame(
    ...     {"alone": [40.0, 3.0], "more": [12.0, 3.0], "low": [9.0, 0.0],
    ...      "alone_told": [True, False], "more_told": [True, False], "low_told": False})
    >>> told(Bench(None, table, {}, {}, {}, {}))[["alone", "more", "low"]].to_numpy().tolist()
    [[40.0, 12.0, nan], [nan, nan, nan]]
    """
    names = ("alone", "more", "low")
    shown = {name: found.table[name].where(found.table[f"{name}_told"], nan) for name in names}
    return found.table.assign(**shown)
