"""A scenario applied to the inputs: an area as it would be, edit after edit."""

from __future__ import annotations

from geo.bundle import Bundle
from geo.errors import ScenarioError
from geo.scenario.edits import Add, Close, Edit, House, Mend, Move, Open, Path
from geo.scenario.housing import housed
from geo.scenario.laying import laid
from geo.scenario.mending import mended
from geo.scenario.placing import Kinds, added, closed, moved, opened
from geo.scenario.scenario import Scenario


def edited(bundle: Bundle, edit: Edit, kinds: Kinds) -> Bundle:
    """
    Return an area after one edit; tables that it does not touch are the same ones.

    Rows that stay as they are keep their labels, and new ones have labels of their own.

    Parameters
    ----------
    bundle
        The area as it is.
    edit
        What is changed.
    kinds
        The kinds of place there are.

    Raises
    ------
    ScenarioError
        If it is impossible here.
    """
    match edit:
        case Add():
            after = added(bundle, edit, kinds)
        case Move():
            after = moved(bundle, edit)
        case Close():
            after = closed(bundle, edit)
        case Open():
            after = opened(bundle, edit, kinds)
        case Path():
            after = laid(bundle, edit)
        case Mend():
            after = mended(bundle, edit)
        case House():
            after = housed(bundle, edit)
    return after


def applied(bundle: Bundle, scenario: Scenario, kinds: Kinds) -> Bundle:
    """
    Return an area as it would be after all edits of a scenario.

    Parameters
    ----------
    bundle, kinds
        As in `edited`.
    scenario
        The edits, each made in what the others before it have left.

    Raises
    ------
    ScenarioError
        Telling which of the edits is impossible, and why.
    """
    for n, edit in enumerate(scenario.edits, 1):
        try:
            bundle = edited(bundle, edit, kinds)
        except ScenarioError as error:
            raise ScenarioError("Change {n}: {why}", n=n, why=error.message) from None
    return bundle
