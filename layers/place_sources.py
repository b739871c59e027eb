"""What each source says of a place, side by side: every value with its licence and date."""

from __future__ import annotations

from collections.abc import Mapping

from geo.bundle import Bundle, Source
from geo.finding import TOLD
from geo.model import Kind
from layers.place_card import Rows
from layers.place_text import step_free
from layers.register_files import licence_of
from words import Speaker
from words.speaker import UNKNOWN


def registers(
    bundle: Bundle,
    place: str,
    sources: Mapping[str, Source],
    kinds: Mapping[str, Kind],
    say: Speaker,
) -> tuple[list[str], Rows]:
    """
    Return headings and rows of what every source says of a place, a source a column.

    Parameters
    ----------
    bundle, place
        The area; the id of the place.
    sources
        What is known of each source, by its key.
    kinds, say
        What kinds are called; the language.
    """
    of = _rows(bundle, place)
    labels, access = {key: say(kind.label) for key, kind in kinds.items()}, step_free(say)
    known = [sources.get(one["source"]) for one in of]
    names = [one.name if one else row["source"] for row, one in zip(of, known, strict=True)]
    told = {
        say("Name"): [one["name"] for one in of],
        say("Kind of place"): [
            ", ".join(labels.get(key, key) for key in one["kind"].split(";")) for one in of
        ],
        say("Address"): [one["address"] for one in of],
        say("Opening hours"): [one["opening_hours"] for one in of],
        say("Step-free"): [
            access.get(TOLD.get(one["wheelchair"].strip().lower(), ""), "") for one in of
        ],
        say("Updated"): [one["updated"][:10] for one in of],
        say("Its own number"): [one["ref"] for one in of],
        say("Licence"): [
            one.licence if one and one.licence else licence_of(name, {}, say)
            for name, one in zip(names, known, strict=True)
        ],
        say("Date of the source"): [one.date if one else "" for one in known],
    }
    return [say("What"), *names], [
        [what, *(value or UNKNOWN for value in values)] for what, values in told.items()
    ]


def _rows(bundle: Bundle, place: str) -> list[dict[str, str]]:
    """Return the rows of a place; one that only the map knows stands in no register."""
    rows = bundle.register[bundle.register["place_id"] == place]
    if len(rows):
        return [
            {str(key): value for key, value in row.items()} for row in rows.to_dict("records")
        ]
    one = bundle.places.loc[place]
    same = {key: one[key] for key in ("name", "opening_hours", "wheelchair", "updated")}
    only = one["sources"].split(";")[0]
    return [same | {"source": only, "kind": one["kinds"], "address": "", "ref": place}]


def conflicts(bundle: Bundle, place: str) -> int:
    """Return how many rows of registers may be this place, and wait for somebody to decide."""
    waiting = bundle.register[bundle.register["status"] == "conflict"]
    return sum(place in rivals.split(";") for rivals in waiting["rivals"])
