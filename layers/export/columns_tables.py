"""What the columns of tables without a geometry are called: groups, sources, the question."""

from __future__ import annotations

from layers.export.sheet import Column
from words import Speaker


def _groups(say: Speaker) -> dict[str, Column]:
    return {
        "key": Column(say("Key of the group")),
        "group": Column(say("Group")),
        "people": Column(say("Live here")),
        "within": Column(say("Within reach")),
        "beyond": Column(say("Beyond reach")),
        "cut_off": Column(say("No way on foot")),
        "share_percent": Column(say("Share within"), "%"),
        "gap_points": Column(say("Against everybody"), say("percentage points")),
        "within_low": Column(say("Within reach: at least")),
        "within_high": Column(say("Within reach: at most")),
        "beyond_low": Column(say("Beyond reach: at least")),
        "beyond_high": Column(say("Beyond reach: at most")),
        "share_low_percent": Column(say("Share within: at least"), "%"),
        "share_high_percent": Column(say("Share within: at most"), "%"),
        "note": Column(say("Note")),
    }


def _sources(say: Speaker) -> dict[str, Column]:
    return {
        "name": Column(say("Name")),
        "licence": Column(say("Licence")),
        "attribution": Column(say("Whom to thank")),
        "date": Column(say("Date of the source")),
        "rows": Column(say("Rows")),
        "url": Column(say("Address on the internet")),
    }


def _question(say: Speaker) -> dict[str, Column]:
    return {
        "parameter": Column(say("Parameter in links and commands")),
        "label": Column(say("What it is")),
        "value": Column(say("Value")),
        "text": Column(say("Value in words")),
    }


def _changes(say: Speaker) -> dict[str, Column]:
    return {
        "number": Column(say("Number")),
        "what": Column(say("What is done")),
        "text": Column(say("What it says here")),
        "place_id": Column(say("Number of the place")),
        "kind": Column(say("Kind of place")),
        "hours": Column(say("Opening hours")),
        "wkt": Column(say("Where, as WKT in metres of the area's coordinate system")),
    }


def _about(say: Speaker) -> dict[str, Column]:
    return {"what": Column(say("What it is")), "text": Column(say("What it says here"))}


def _columns(say: Speaker) -> dict[str, Column]:
    return {
        "sheet": Column(say("Table or layer")),
        "column": Column(say("Column")),
        "label": Column(say("What it is")),
        "unit": Column(say("Unit")),
    }


TABLES = {
    "groups": _groups,
    "sources": _sources,
    "question": _question,
    "changes": _changes,
    "about": _about,
    "columns": _columns,
}
