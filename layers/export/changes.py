"""What a scenario changes, as a table: so that nobody takes its figures for those of today."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pandas as pd
import shapely
from shapely.geometry.base import BaseGeometry

from geo.scenario.edits import Add, Edit, House, Mend, Move, Path
from geo.scenario.placing import new_id
from geo.scenario.rows import as_row
from layers.export.about import HEAD
from layers.export.case import Case
from layers.export.columns import sheet
from layers.export.export import Export, with_sheets
from layers.export.tables import about_sheet
from words import Speaker

DECIMALS = 1
"""Of metres: as edits are kept."""


def with_changes(export: Export, case: Case) -> Export:
    """
    Return an export that tells what was changed before it was asked; as it is if nothing was.

    Parameters
    ----------
    export
        As `layers.export.measures.with_measures` makes it; it stays as it is.
    case
        What was asked, and the area before and after.

    Returns
    -------
    export
        With the table `changes`, a row for each edit, and a line for each in `about`.
    """
    if not case.answer.question.scenario:
        return export
    say, lines = case.say, case.changes(case.say)
    changed = tuple((say("Change"), text) for text in lines)
    about = (*export.about[:HEAD], *changed, *export.about[HEAD:])
    table = pd.DataFrame(_rows(case, lines))
    sheets = (
        sheet("changes", say("What is changed"), table, say),
        about_sheet(about, say),
    )
    return with_sheets(replace(export, about=about), sheets, say)


def _rows(case: Case, lines: list[str]) -> list[dict[str, Any]]:
    edits, kinds, say = case.answer.question.scenario.edits, case.catalogue.kinds, case.say
    known = done(say)
    rows = []
    for n, (edit, text) in enumerate(zip(edits, lines, strict=True), 1):
        told = as_row(edit)
        key = told.get("kind", "")
        rows.append(
            {
                "number": n,
                "what": known[_verb(told)],
                "text": text,
                "place_id": new_id(edit) if isinstance(edit, Add) else told.get("place", ""),
                "kind": say(kinds[key].label) if key in kinds else key,
                "hours": told.get("hours", ""),
                "wkt": _wkt(edit),
            }
        )
    return rows


def _verb(told: Mapping[str, Any]) -> str:
    return "bridge" if told.get("bridge") else str(told["do"])


def done(say: Speaker) -> dict[str, str]:
    """
    Return what an edit does, by `geo.scenario.rows.VERBS`; of a path over others `"bridge"`.

    Examples
    --------
    >>> from geo.scenario.rows import VERBS
    >>> from words import speaker
    >>> set(done(speaker("en"))) == {*VERBS, "bridge"}
    True
    """
    return {
        "add": say("New meeting place"),
        "move": say("Moved"),
        "close": say("Closed for good"),
        "open": say("Open to others"),
        "path": say("New path"),
        "bridge": say("New footbridge"),
        "mend": say("Better way"),
        "house": say("New homes"),
    }


def _wkt(edit: Edit) -> str:
    """Return where an edit is made, in metres; `""` of a place that stays where it is."""
    shape = _shape(edit)
    return "" if shape is None else str(shapely.to_wkt(shape, rounding_precision=DECIMALS))


def _shape(edit: Edit) -> BaseGeometry | None:
    match edit:
        case Add(at=at) | Move(at=at) | Mend(at=at):
            return shapely.Point(at)
        case Path(line=line):
            return shapely.LineString(line)
        case House(outline=outline):
            return shapely.Polygon(outline)
    return None
