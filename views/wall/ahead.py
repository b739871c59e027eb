"""Steps made ready before anybody asks for them, so that a key answers at once."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from threading import Lock, Thread

from data.stories import VIEWED
from geo.errors import MoteplassError
from views import cached
from views.asked import Asked
from views.incomes import income_layers
from views.wall.place import Place
from views.wall.posing import posed

AREAS, INCOMES = VIEWED

_ONE_AT_A_TIME = Lock()
"""However many walls there are: the step that is shown needs the processors most."""


def prepare(asked: Asked, places: Iterable[Place]) -> Thread:
    """
    Fill the memories with what places of a story need; return who does it.

    A question that cannot be asked is left for whoever comes to it.
    """
    some = [place.question for place in dict.fromkeys(places)]
    thread = Thread(target=_fill, args=(asked, some), daemon=True)
    thread.start()
    return thread


def _fill(asked: Asked, steps: list[str]) -> None:
    with _ONE_AT_A_TIME:
        for told in steps:
            with suppress(MoteplassError):
                _layers(*posed(asked, told))


def _layers(one: Asked, view: dict[str, str]) -> None:
    """Publish what `views.map.layers_of` will ask for; there is no session here to ask."""
    told = (one.question, one.built, one.say.language, one.now)
    over = cached.answer_layers(*told)
    if over and view[INCOMES] and len(one.bundle.incomes):
        income_layers(*told)
    if over and view[AREAS]:
        cached.area_layers(*told)
