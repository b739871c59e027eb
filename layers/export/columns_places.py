"""What the columns of places, paths, zones and the boundary are called."""

from __future__ import annotations

from layers.export.sheet import Column
from words import Speaker


def _places(say: Speaker) -> dict[str, Column]:
    return {
        "id": Column(say("Its own number")),
        "name": Column(say("Name")),
        "kind": Column(say("Kind of place")),
        "kinds": Column(say("All kinds of the place")),
        "family": Column(say("Key of the family")),
        "family_name": Column(say("Family")),
        "icon": Column(say("Sign on the map")),
        "setting": Column(say("Indoors or outdoors")),
        "opening_hours": Column(say("Opening hours")),
        "state": Column(say("At the time asked about")),
        "wheelchair": Column(say("Step-free")),
        "area_m2": Column(say("Size as mapped"), "m²"),
        "inside": Column(say("In the area")),
        "osm_ids": Column(say("Its numbers in OpenStreetMap")),
        "sources": Column(say("Sources that know it")),
        "updated": Column(say("Newest edit")),
    }


def _paths(say: Speaker) -> dict[str, Column]:
    return {
        "way": Column(say("Number in OpenStreetMap")),
        "street": Column(say("Class on the map")),
        "highway": Column(say("Kind of path, as in OpenStreetMap")),
        "name": Column(say("Name")),
        "length_m": Column(say("Length"), "m"),
        "steps": Column(say("Steps")),
        "surface": Column(say("Surface")),
        "wheelchair": Column(say("Passable in a wheelchair")),
        "pram": Column(say("Passable with a pram")),
        "lit": Column(say("Has light")),
        "winter": Column(say("Open in winter")),
        "structure": Column(say("On the ground, a bridge or in a tunnel")),
        "incline_percent": Column(say("Incline as mapped, up or down"), "%"),
    }


def _zones(say: Speaker) -> dict[str, Column]:
    return {
        "id": Column(say("Number of the zone")),
        "class": Column(say("Class on the map")),
        "name": Column(say("Name")),
        "source": Column(say("Source")),
        "measure": Column(say("What is measured, in words")),
        "value": Column(say("Value as published")),
        "share_percent": Column(say("Share with low income, as published"), "%"),
        "income": Column(say("Income of the area")),
        "minutes": Column(say("On foot for half of its residents, at most"), "min"),
        "walk": Column(say("That walk in words")),
        "note": Column(say("Note")),
    }


def _boundary(say: Speaker) -> dict[str, Column]:
    return {
        "what": Column(say("Class on the map")),
        "code": Column(say("Short name for files and links")),
        "name": Column(say("Name")),
    }


PLACES = {
    "places": _places,
    "place_areas": _places,
    "paths": _paths,
    "zones": _zones,
    "boundary": _boundary,
}
