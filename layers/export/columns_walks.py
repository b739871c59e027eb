"""What the columns of homes, cells and the reach of places are called."""

from __future__ import annotations

from layers.export.sheet import Column
from words import Speaker


def _homes(say: Speaker) -> dict[str, Column]:
    return {
        "id": Column(say("Its own number")),
        "class": Column(say("Class on the map")),
        "minutes": Column(say("On foot to the nearest place"), "min"),
        "reach": Column(say("Whether it is within reach")),
        "place_id": Column(say("Number of the nearest place")),
        "place": Column(say("Nearest place")),
        "basis": Column(say("What the number of residents was counted by")),
    }


def _walk_cells(say: Speaker) -> dict[str, Column]:
    return {
        "cell": Column(say("Easting and northing of the square's south-western corner"), "m"),
        "class": Column(say("Class on the map")),
        "minutes": Column(say("On foot for half of its residents, at most"), "min"),
        "reach": Column(say("Whether that is within reach")),
        "text": Column(say("That walk in words")),
    }


def _spots(say: Speaker) -> dict[str, Column]:
    return {
        "cell": Column(say("Easting and northing of the square's south-western corner"), "m"),
        "class": Column(say("Class on the map")),
        "people": Column(say("People beyond reach")),
        "people_text": Column(say("That number in words")),
        "minutes": Column(say("On foot to the nearest place"), "min"),
        "reach": Column(say("Whether it is within reach")),
        "near": Column(say("Near")),
    }


def _gathered(say: Speaker) -> dict[str, Column]:
    return {
        "cell": Column(say("Easting and northing of the square's south-western corner"), "m"),
        "class": Column(say("Class on the map")),
        "people": Column(say("People beyond reach")),
        "people_text": Column(say("That number in words")),
        "near": Column(say("Near")),
    }


def _meetings(say: Speaker) -> dict[str, Column]:
    return {
        "id": Column(say("Its own number")),
        "class": Column(say("Class on the map")),
        "name": Column(say("Name")),
        "kinds": Column(say("All kinds of the place")),
        "people": Column(say("People who can walk here")),
        "people_text": Column(say("That number in words")),
        "children": Column(say("Children, 0–15")),
        "older": Column(say("Older people, 67 or more")),
        "evenness": Column(say("Evenness of ages")),
        "likeness": Column(say("Likeness of the ages to those of the area")),
    }


def _reach_areas(say: Speaker) -> dict[str, Column]:
    return {
        "class": Column(say("Class on the map")),
        "from_minutes": Column(say("Walk to the nearest place: more than"), "min"),
        "minutes": Column(say("Walk to the nearest place: at most"), "min"),
        "text": Column(say("That walk in words")),
    }


WALKS = {
    "homes": _homes,
    "walk_cells": _walk_cells,
    "spots": _spots,
    "gathered": _gathered,
    "meetings": _meetings,
    "reach_areas": _reach_areas,
}
