"""What has to be said beside every figure of low income."""

from __future__ import annotations

from collections.abc import Iterable
from math import isnan

import geopandas as gpd

from geo.bundle import Fact
from geo.coverage import few
from geo.errors import Message

FACT = "low_income"
"""With this begin the keys of facts that tell of low income."""


def income_notes(
    incomes: gpd.GeoDataFrame, facts: Iterable[Fact] = (), *, country: str = "no"
) -> tuple[Message, ...]:
    """
    Say what the figures of low income rest on, and what they cannot tell.

    Parameters
    ----------
    incomes
        As `geo.tables.INCOMES`.
    facts
        Of the municipality as a whole.
    country
        `"no"`, `"se"` or `"fi"`: whom to ask for more.

    Returns
    -------
    notes
        Where there are areas, what is approximated and suppressed; where there are
        none, which figure of the whole is known, and which file to ask for.

    Examples
    --------
    >>> from geo.tables import INCOMES
    >>> share = Fact("low_income_share", "Persons below EU-60", 9.5, "%", "SSB", "2024")
    >>> for note in income_notes(INCOMES.none("EPSG:25833"), [share])[:2]:
    ...     print(note)
    Where people with low income live is not known here: the open figures are of the whole municipality.
    Of the whole municipality: Persons below EU-60: 9.5 % (SSB, 2024).
    """  # noqa: E501 - a sentence as it is said
    if incomes.empty:
        return (*_whole(facts), *_ask(country))
    return (ECOLOGICAL, *_rests_on(incomes))


ECOLOGICAL = Message(
    "Not everybody in a low-income area has low income, and not everybody with low income"
    " lives in one: what is true of areas need not be true of people."
)
"""The ecological fallacy (Robinson 1950, reprinted as 10.1093/ije/dyn357) in one sentence."""


def _whole(facts: Iterable[Fact]) -> list[Message]:
    """Say which figure of the whole municipality is known, if there is one."""
    known = [fact for fact in facts if fact.key.startswith(FACT) and not _untold(fact)]
    if not known:
        return [Message("Where people with low income live is not known here.")]
    return [
        Message(
            "Where people with low income live is not known here: the open figures are of the"
            " whole municipality."
        ),
        *(
            Message(
                "Of the whole municipality: {label}: {value} {unit} ({source}, {date}).",
                {
                    "label": Message(fact.label),
                    "value": fact.value,
                    "unit": fact.unit,
                    "source": fact.source,
                    "date": fact.date,
                },
            )
            for fact in known
        ),
    ]


def _untold(fact: Fact) -> bool:
    """Tell whether a figure is suppressed, or a few people."""
    return isnan(fact.value) or (fact.unit == "people" and few(fact.value))


def _ask(country: str) -> list[Message]:
    """Say which file would tell more, where its owner is known."""
    if country != "no":
        return [Message("A file of areas with their share of low income can be read in.")]
    return [
        Message(
            "Ask Statistics Norway (SSB) for a table by basic statistical unit (grunnkrets) or"
            " district (delområde): number and share of persons below EU-60, all ages, with"
            " the unit's number, the year, and which figures are suppressed."
        )
    ]


def _rests_on(incomes: gpd.GeoDataFrame) -> list[Message]:
    notes = [
        Message(
            "Within each area everybody is taken to be as likely to have low income: whose it"
            " is, nobody knows."
        )
    ]
    if (incomes["of"] == "households").any():
        notes.append(
            Message(
                "Low income is known of households: their share is taken for that of people."
            )
        )
    if (incomes["of"] == "other").any():
        told = ", ".join(sorted(set(incomes["measure"][incomes["of"] == "other"])))
        notes.append(
            Message(
                "{measure} is no share of people: it tells low-income areas, not how many have"
                " low income.",
                {"measure": told},
            )
        )
    if unknown := int((incomes["area_class"] == "unknown").sum()):
        notes.append(
            Message(
                "Of {n} of {all} areas the income is not known, as too few live there: their"
                " people may or may not have low income.",
                {"n": unknown, "all": len(incomes)},
            )
        )
    return notes
