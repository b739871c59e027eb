"""Answers as tables for files: what GIS, spreadsheets and reports get to see."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

import geopandas as gpd
import numpy as np
import pandas as pd

from geo.answer import Answer, Catalogue
from geo.bundle import Bundle
from geo.errors import Message
from geo.quality import doubts, quality
from geo.timetable import OSLO
from layers.groups_file import by_group
from layers.quality_text import facts_text
from layers.sentences import answered, asked, speeds
from layers.telling import people_text, reach_text, state_text
from words import Speaker


@dataclass(frozen=True, slots=True, eq=False)
class Export:
    """
    One answer, ready to be written in any format.

    Parameters
    ----------
    stem
        Beginning of file names.
    tables
        By name, in metres. `places` are points, so that any GIS can draw them in one
        layer; `place_areas` are the outlines of those that have one; `reach_areas`,
        if they were asked for, are the areas within reach of the places.
    groups
        Reach by group, no geometry.
    about
        The question, the answer in words, sources and warnings, line by line.
    sheets
        More tables without a geometry, by name; see `layers.export_measures`.
    """

    stem: str
    tables: dict[str, gpd.GeoDataFrame]
    groups: pd.DataFrame
    about: list[tuple[str, str]]
    sheets: dict[str, pd.DataFrame] = field(default_factory=dict)


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
    Turn an answer into tables that may leave the program.

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
        As `geo.areas.reachable.reachable` returns them.
    """
    today = now.astimezone(OSLO).date().isoformat()
    places = _places(answer, catalogue, say)
    areas = places.geom_type.str.endswith("Polygon")
    tables = {
        "places": places.set_geometry(places.representative_point()),
        "place_areas": places[areas],
        "homes": _homes(answer, bundle, say),
        "spots": _spots(answer, say),
        "boundary": bundle.boundary.assign(code=bundle.area.code, name=bundle.area.name),
    }
    if reach_areas is not None:
        tables["reach_areas"] = reach_areas
    return Export(
        stem=f"moteplass-{bundle.area.code}-{today}",
        tables=tables,
        groups=by_group(answer, catalogue, say),
        about=_about(answer, bundle, catalogue, say, now),
    )


def _places(answer: Answer, catalogue: Catalogue, say: Speaker) -> gpd.GeoDataFrame:
    places, when = answer.places, answer.question.when
    kinds = {key: say(kind.label) for key, kind in catalogue.kinds.items()}
    return gpd.GeoDataFrame(
        {
            "id": places.index,
            "name": places["name"],
            "kind": [kinds.get(kind, kind) for kind in places["kind"]],
            "kinds": [
                ", ".join(kinds.get(k, k) for k in of.split(";")) for of in places["kinds"]
            ],
            "setting": places["setting"],
            "opening_hours": places["opening_hours"],
            "state": state_text(places["state"], say) if when else "",
            "wheelchair": places["wheelchair"],
            "area_m2": places["area_m2"].round(),
            "inside": places["inside"],
            "osm_ids": places["osm_ids"],
        },
        geometry=places.geometry,
    )


def _homes(answer: Answer, bundle: Bundle, say: Speaker) -> gpd.GeoDataFrame:
    minutes, question = answer.minutes, answer.question
    names = bundle.places["name"]
    return gpd.GeoDataFrame(
        {
            "id": minutes.index,
            "minutes": _finite(minutes),
            "reach": reach_text(minutes, question.minutes, say, certain=question.certain),
            "place_id": answer.place,
            "place": answer.place.map(names).fillna(""),
            "basis": bundle.homes["basis"],
        },
        geometry=bundle.homes.geometry,
    )


def _spots(answer: Answer, say: Speaker) -> gpd.GeoDataFrame:
    spots, question = answer.spots, answer.question
    people = spots["people"]
    return gpd.GeoDataFrame(
        {
            "people": people.where(spots["told"]).round(),
            "people_text": people_text(people, say, spots["told"]),
            "minutes": _finite(spots["minutes"]),
            "reach": reach_text(
                spots["minutes"], question.minutes, say, certain=question.certain
            ),
            "near": spots["near"],
        },
        geometry=spots.geometry,
    )


def _finite(minutes: pd.Series[float]) -> pd.Series[float]:
    """Return minutes rounded up, so that what is beyond reach never looks within."""
    tenths = 10 * minutes.where(np.isfinite(minutes))
    return tenths.apply(np.ceil) / 10


def _about(
    answer: Answer, bundle: Bundle, catalogue: Catalogue, say: Speaker, now: datetime
) -> list[tuple[str, str]]:
    area = bundle.area
    return [
        (say("Area"), f"{area.name} ({area.code})"),
        (say("Question"), asked(answer.question, catalogue, say, now=now)),
        (say("Answer"), answered(answer, catalogue, say, places=bundle.places, now=now)),
        (say("Date"), now.astimezone(OSLO).date().isoformat()),
        (say("Area built"), area.built[:10]),
        *((say("Walking speed"), text) for text in speeds(answer.question, catalogue, say)),
        *(
            (
                say("Source"),
                f"{source.attribution} – {source.name}, {source.licence}, {source.date}",
            )
            for source in area.sources
        ),
        *((say("The area as a whole"), told) for told in facts_text(area.facts, say)),
        *((say("Beware"), say(one)) for one in (*area.notes, *area.missing, *area.warnings)),
        *((say("Beware"), say(doubt)) for doubt in _doubts(answer, bundle, catalogue, now)),
    ]


def _doubts(
    answer: Answer, bundle: Bundle, catalogue: Catalogue, now: datetime
) -> tuple[Message, ...]:
    """Return where the answer rests on thin data."""
    today, kinds = now.astimezone(OSLO).date(), catalogue.kinds
    known = quality(bundle.places, bundle.register, kinds, land=bundle.boundary, today=today)
    wheels = bool(catalogue.walker_of(answer.question).wheels)
    return doubts(known, answer.question, kinds, wheels=wheels)
