"""How near and how alike is enough, and whose word comes first. All of it is ours."""

from __future__ import annotations

SPOT_M, SPOT_LIKENESS = 30.0, 0.75
"""
The same spot: an address point lies in the street, a building's point by its door. Here
there is seldom a second place of the kind, so that names may differ by a spelling.
"""

NEAR_M, NEAR_LIKENESS = 100.0, 0.85
"""The same quarter: names may differ by a word that one source leaves out."""

FAR_M, FAR_LIKENESS = 300.0, 0.95
"""
Registers place some schools at a gate, an office or the middle of a street. So far away
only the same name will do, for in a town there is another place of the kind as near.
"""

TOGETHER_LIKENESS = 0.9
"""Different kinds in one house are one place if they are called the same, all words told."""

SUBSET_LIKENESS = 0.9
"""A name that is the other with words left out: "Grünerløkka" and "Deichman Grünerløkka"."""

NAME_SHARE = 0.9
"""How much the own name counts against all words together: those for a kind say little."""

NAMELESS = 0.75
"""What a place without a name counts as, on the same spot and of the same kind."""

METRES_OF_NAME = 1000.0
"""Metres that weigh as much as all of a name: 10 m are a hundredth of it."""

ALONE = 0.65
"""
What it is worth to stay alone: the least that is accepted. Measured from here, a match by
name and spot is not given up for two middling ones.
"""

MARGIN = 0.05
"""Two places that differ by less, which is 50 m or a letter in twenty, are alike."""

CLASH_M = 15.0
"""So near, a place of the same kind and another name is a question, not another place."""

REPEAT_M = 10.0
"""Rows of one source with the same name and kind so near each other are one place."""

BUILDING_M = 75.0
"""A building without a name belongs to a place of its kind so near: schools have several."""

SURVEY_M = 15.0
"""A survey tells of the place whose outline, on which its doors are, lies so near."""

SURVEY_LARGEST_M2 = 5000.0
"""One door or bench says nothing of larger grounds out of doors."""

OSM, BUILDINGS = "osm", "matrikkelen"
"""The map itself, and the register of buildings, which has no names."""

FIRST = (
    *("skoler", "nsr", "barnehager", "nbr", "libraries"),
    *("outdoor_areas", "secured_areas", "turrutebasen"),
)
"""National registers of the places themselves: they know best what exists and its name."""

LAST = ("own", "tilgjengelighet", BUILDINGS)
"""
Lists that nobody has signed; what surveyors met, and houses, both without names. Lists of
municipalities and others lie between, by the keys that their files gave them.
"""


def rank(source: str) -> tuple[int, str]:
    """
    Return where a source stands: the lower, the sooner its word counts.

    Examples
    --------
    >>> sorted(["own", "bodokommune", "matrikkelen", "skoler", "osm"], key=rank)
    ['osm', 'skoler', 'bodokommune', 'own', 'matrikkelen']
    """
    order = (OSM, *FIRST, "", *LAST)
    known = source if source in order else ""
    return order.index(known), source
