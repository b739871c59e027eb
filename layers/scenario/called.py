"""What places and ways are called while the edits of a scenario are told, one after another."""

from __future__ import annotations

from collections.abc import Mapping

import shapely

from geo.bundle import Bundle
from geo.model import Kind
from geo.scenario.edits import XY, Add, Edit, Move, Path
from geo.scenario.mending import NEAR_M
from geo.scenario.placing import new_id
from layers.naming import inside
from words.speaker import Speaker


class Called:
    """
    Names of what edits speak of: some of it is there only since an edit before.

    Parameters
    ----------
    bundle
        The area before the scenario.
    kinds
        What kinds of place are called.
    say
        The language.
    """

    def __init__(self, bundle: Bundle, kinds: Mapping[str, Kind], say: Speaker) -> None:
        self._bundle, self._kinds, self._say = bundle, kinds, say
        self._added: dict[str, Add] = {}
        self._spots: dict[str, XY] = {}
        self._laid: list[shapely.LineString] = []

    def note(self, edit: Edit) -> None:
        """Remember what an edit leaves to those after it."""
        match edit:
            case Add():
                self._added[new_id(edit)] = edit
                self._spots[new_id(edit)] = edit.at
            case Move(place=place, at=at):
                self._spots[place] = at
            case Path(line=line):
                self._laid.append(shapely.LineString(line))

    def kind(self, key: str) -> str:
        """Return what a kind is called inside a sentence; its key if nobody knows it."""
        return inside(self._say(self._kinds[key].label)) if key in self._kinds else key

    def new(self, edit: Add) -> str:
        """Return the name and the kind of a place that is added."""
        kind = self.kind(edit.kind)
        return f"{edit.name}, {kind}" if edit.name else kind

    def place(self, place: str, *, begin: bool = False) -> str:
        """
        Return the name of a place; without one, its kind, or the id of one that is no more.

        `begin`: whether a sentence begins with it.
        """
        say, added = self._say, self._added.get(place)
        if added is not None:
            told = added.name or say("{kind} (new)", kind=self.kind(added.kind))
            named = bool(added.name)
        elif place in self._bundle.places.index:
            row = self._bundle.places.loc[place]
            name = str(row["name"]).strip()
            kind = self.kind(str(row["kind"]))
            told, named = name or say("{kind} without a name", kind=kind), bool(name)
        else:
            told, named = say("place {id}", id=place), False
        return begun(told) if begin and not named else told

    def is_school(self, place: str) -> bool:
        """Tell whether a place is open to others than its own only if somebody opens it."""
        if place not in self._bundle.places.index:
            return False
        kind = self._kinds.get(str(self._bundle.places.loc[place, "kind"]))
        return kind is not None and kind.hours == "school"

    def moved_m(self, edit: Move) -> float | None:
        """Return how far a place moves in a straight line; `None` if it is not there."""
        if edit.place in self._spots:
            before = shapely.Point(self._spots[edit.place])
        elif edit.place in self._bundle.places.index:
            before = self._bundle.places.geometry.loc[edit.place].representative_point()
        else:
            return None
        return float(before.distance(shapely.Point(edit.at)))

    def way(self, at: XY, *, begin: bool = False) -> str:
        """Return the name of the way that is mended at a spot."""
        spot, paths, say = shapely.Point(at), self._bundle.paths, self._say
        found, away = paths.sindex.nearest(
            spot, max_distance=NEAR_M, return_all=True, return_distance=True
        )
        nearest = away.min() if len(away) else NEAR_M
        name = str(paths["name"].iloc[int(found[1].min())]).strip() if len(away) else ""
        told = name or say("a way without a name")
        if any(line.distance(spot) < nearest for line in self._laid):
            name, told = "", say("the new path")
        return begun(told) if begin and not name else told


def begun(told: str) -> str:
    """
    Return words as a sentence begins with them.

    Examples
    --------
    >>> begun("playground without a name")
    'Playground without a name'
    """
    return told[:1].upper() + told[1:]
