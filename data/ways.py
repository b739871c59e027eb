"""What the tags of a way tell about walking and rolling on it."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

import pandas as pd

from data.amounts import incline_of, width_of
from data.way_rules import COLUMNS, Tags, answer, first_fit, way_limits, way_rules


def attributes_of(ways: Iterable[Tags]) -> pd.DataFrame:
    """
    Return what is known of each way: a row each, columns as in `geo.tables.PATHS`.

    Ways that tell the same are judged once.

    Parameters
    ----------
    ways
        Tags of each.

    Returns
    -------
    attributes
        `steps`, the names of `COLUMNS`, and `incline` as a fraction without sign.

    Examples
    --------
    >>> lane = {"highway": "footway", "surface": "asphalt", "lit": "yes", "incline": "-4 %"}
    >>> told = attributes_of([lane, {"highway": "steps", "ramp:wheelchair": "yes"}])
    >>> told[["steps", "surface", "wheelchair", "lit", "incline"]].to_numpy().tolist()
    [[False, 'firm', 'yes', 'yes', 0.04], [True, 'unknown', 'yes', 'unknown', nan]]
    """
    speaking = _speaking()
    known: dict[frozenset[tuple[str, str]], dict[str, object]] = {}
    rows = []
    for tags in ways:
        said = frozenset(item for item in tags.items() if item[0] in speaking)
        if said not in known:
            known[said] = _attributes(dict(said))
        rows.append(known[said])
    table = pd.DataFrame(rows, columns=["steps", *COLUMNS, "incline"])
    kinds = {"steps": bool, "incline": float, **dict.fromkeys(COLUMNS, str)}
    return table.astype(kinds)


@cache
def _speaking() -> frozenset[str]:
    """Return the keys that make a difference."""
    rules = (rule for told in way_rules().values() for _, of in told for rule in of)
    return frozenset(key for rule in rules for key in rule) | {"highway", "incline", "width"}


def _attributes(tags: Tags) -> dict[str, object]:
    incline = incline_of(tags.get("incline", ""))
    found = {column: answer(tags, column) for column in COLUMNS}
    if found["surface"] == "firm":
        found |= {
            wheels: "yes"
            for wheels in ("wheelchair", "pram")
            if found[wheels] == "unknown" and first_fit(tags, way_rules()[wheels]) is None
        }
    told = first_fit(tags, way_rules()["wheelchair"]) == "yes"
    if not told and incline > way_limits()["steep"]:
        found["wheelchair"] = "no"
    narrow = width_of(tags.get("width", "")) < way_limits()["width_m"]
    if not told and found["wheelchair"] == "yes":
        steep = incline > way_limits()["gentle"]
        found["wheelchair"] = "unknown" if steep or narrow else "yes"
    return {"steps": tags.get("highway") == "steps", **found, "incline": incline}
