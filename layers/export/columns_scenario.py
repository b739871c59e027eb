"""What the columns of what a scenario brings are called."""

from __future__ import annotations

from layers.export.sheet import Column
from words import Speaker


def _cells(say: Speaker) -> dict[str, Column]:
    return {
        "class": Column(say("Class on the map")),
        "before_min": Column(say("Half walk at most, before"), "min"),
        "after_min": Column(say("Half walk at most, after"), "min"),
        "before": Column(say("On foot before, in words")),
        "after": Column(say("On foot after, in words")),
        "text": Column(say("The walk")),
    }


def _figures(say: Speaker) -> dict[str, Column]:
    return {
        "people": Column(say("Live here")),
        "within_before": Column(say("Within reach before")),
        "within_after": Column(say("Within reach after")),
        "gains": Column(say("Gain")),
        "loses": Column(say("Lose")),
        "gains_low": Column(say("Gain, at least")),
        "gains_high": Column(say("Gain, at most")),
        "loses_low": Column(say("Lose, at least")),
        "loses_high": Column(say("Lose, at most")),
        "share_before_percent": Column(say("Share within reach before"), "%"),
        "share_after_percent": Column(say("Share within reach after"), "%"),
    }


def _groups(say: Speaker) -> dict[str, Column]:
    return {
        "key": Column(say("Key of the group")),
        "group": Column(say("Group")),
        **_figures(say),
        "newcomers": Column(say("Move into new homes")),
        "newcomers_within": Column(say("Of these within reach")),
        "note": Column(say("Note")),
    }


def _areas(say: Speaker) -> dict[str, Column]:
    return {
        "id": Column(say("Number of the area")),
        "name": Column(say("Area")),
        **_figures(say),
        "note": Column(say("Note")),
    }


SCENARIO = {"change": _cells, "change_groups": _groups, "change_areas": _areas}
