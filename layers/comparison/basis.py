"""What the figures of an area rest on, so that nobody compares what was counted otherwise."""

from __future__ import annotations

from dataclasses import dataclass

import geopandas as gpd

from geo.bundle import Area, Bundle
from geo.errors import Message
from geo.quality import OSM, doubts, quality
from geo.tables import AGES, EVERYBODY
from geo.timetable import OSLO
from layers.circumstances import nothing
from layers.export.case import Case
from words import Speaker

MAP = "OpenStreetMap"
"""In the name of the source whose date is that of places and paths."""

EXAMPLE = " are an example"
"""In the English text of a note that tells of made-up or borrowed figures."""

EDGE = "beyond the edge of the area are not seen"
"""In the English text of a warning of areas that are cut out of a larger map."""


@dataclass(frozen=True, slots=True)
class Ground:
    """
    One thing that figures rest on, in few words, to be set beside that of other areas.

    Parameters
    ----------
    key, label
        For a file; for a reader.
    told
        How it is here.
    differs
        Whether it matters to a comparison that it is otherwise elsewhere.
    """

    key: str
    label: str
    told: str
    differs: bool = True


def grounds(bundle: Bundle, say: Speaker) -> tuple[Ground, ...]:
    """
    Return what the figures of an area rest on: the same things in the same order for all.

    Parameters
    ----------
    bundle
        The area.
    say
        The language.
    """
    area, homes = bundle.area, bundle.homes
    known, unknown, silent = say("Known"), say("Not known"), len(area.missing)
    registers = int(bundle.register["source"].ne(OSM).sum())
    yes, no = say("Yes"), say("No")
    lent = any(EXAMPLE in note.text for note in area.notes)
    cut = any(EDGE in warning.text for warning in area.warnings)
    return (
        Ground("residents", say("Residents"), counted(homes, say)),
        Ground("ages", say("Ages"), _ages(homes, say)),
        Ground("example", say("Example figures"), yes if lent else no),
        Ground("map", say("Date of the map"), map_day(area, say)),
        Ground("edge", say("Places beyond the edge count"), no if cut else yes),
        Ground("heights", say("Heights"), known if bundle.terrain else unknown),
        Ground("incomes", say("Incomes"), unknown if bundle.incomes.empty else known),
        Ground(
            "registers",
            say("Official registers"),
            say.many("{n} place", "{n} places", registers) if registers else say("None"),
        ),
        Ground(
            "silent",
            say("Sources that did not answer"),
            say.number(silent) if silent else say("None"),
        ),
        Ground("built", say("Area built"), area.built[:10], differs=False),
    )


def counted(homes: gpd.GeoDataFrame, say: Speaker) -> str:
    """
    Return in few words whether residents were counted or estimated.

    Examples
    --------
    >>> from words import speaker
    >>> homes = gpd.GeoDataFrame({"everybody": [2.0, 3.0, 0.0], "basis": ["grid", "zone", "x"]})
    >>> counted(homes, speaker("en")), counted(homes[2:], speaker("en"))
    ('Counted', 'Nobody lives here')
    >>> counted(homes.assign(basis=["grid", "building", ""]), speaker("en"))
    'Partly counted, partly estimated'
    """
    there = set(homes.loc[homes[EVERYBODY] > 0, "basis"])
    if not there:
        return say("Nobody lives here")
    if there == {"building"}:
        return say("Estimated from buildings")
    return say("Partly counted, partly estimated") if "building" in there else say("Counted")


def _ages(homes: gpd.GeoDataFrame, say: Speaker) -> str:
    if homes[list(AGES)].isna().all(axis=None):
        return say("Not known")
    by_zone = homes["zone"].ne("").any()
    return say("Known in each zone") if by_zone else say("The same shares everywhere")


def map_day(area: Area, say: Speaker) -> str:
    """
    Return the date of the map as its source tells it.

    Examples
    --------
    >>> from geo.bundle import Source
    >>> from words import speaker
    >>> source = Source("OpenStreetMap", "ODbL 1.0", "© OSM", "2025-06-16", 1)
    >>> area = Area("vik", "Vik", "EPSG:25833", "2026-11-20", (source,))
    >>> map_day(area, speaker("en")), map_day(Area("v", "V", "", ""), speaker("en"))
    ('2025-06-16', 'Not known')
    """
    days = {one.date for one in area.sources if MAP in f"{one.name} {one.attribution}"}
    return ", ".join(sorted(filter(None, days))) or say("Not known")


def notes(case: Case) -> tuple[str, ...]:
    """
    Return what has to be known beside the figures of an area, each sentence once.

    What was found when the data was put together is left to `remarks`.

    Parameters
    ----------
    case
        The answer: what is thin depends on what was asked.
    """
    bundle, say, question = case.bundle, case.say, case.answer.question
    empty = [nothing(question, say, places=bundle.places)] if case.answer.places.empty else []
    told = (*bundle.area.notes, *bundle.area.missing, *_doubts(case))
    return tuple(dict.fromkeys((*empty, *(say(one) for one in told))))


def remarks(case: Case) -> tuple[str, ...]:
    """Return what was found when the data of an area was put together, each sentence once."""
    return tuple(dict.fromkeys(case.say(one) for one in case.bundle.area.warnings))


def _doubts(case: Case) -> tuple[Message, ...]:
    """Return where the answer rests on thin data."""
    bundle, kinds, question = case.bundle, case.catalogue.kinds, case.answer.question
    today = case.now.astimezone(OSLO).date()
    known = quality(bundle.places, bundle.register, kinds, land=bundle.boundary, today=today)
    wheels = bool(case.catalogue.walker_of(question).wheels)
    return doubts(known, question, kinds, wheels=wheels)
