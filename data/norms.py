"""The norms that places are measured against, as `norms.toml` tells them."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from data.catalogue import HERE, kinds
from data.toml_rows import Row, rows
from geo.norms.norms import Norm
from geo.tables import EVERYBODY, GROUPS

NORMS = HERE / "norms.toml"
LARGEST_M2, FARTHEST_M = 1e7, 1e4


@cache
def norms(path: Path = NORMS) -> dict[str, Norm]:
    """
    Return the norms, in the file's order; nobody may change the answer.

    Raises
    ------
    CatalogueError
        Naming the file and the row that is wrong.

    Examples
    --------
    >>> norms()["recreation_area"].limit_m
    200.0
    """
    return {row.key: _norm(row) for row in rows(path)}


def _norm(row: Row) -> Norm:
    texts = ("label", "text", "source", "caveat")
    row.only(*texts, "kinds", "unless", "min_area_m2", "limit_m", "groups")
    told, groups = row.values, row.some_of("groups", GROUPS)
    if len(groups) > 1 and EVERYBODY in groups:
        raise row.wrong("{file} [{row}]: {key} {got} counts people twice.", "groups")
    return Norm(
        key=row.key,
        **{key: row.text(key) for key in texts},
        kinds=row.some_of("kinds", kinds()),
        unless=row.some_of("unless", kinds()) if "unless" in told else (),
        min_area_m2=row.decimal("min_area_m2", most=LARGEST_M2) if "min_area_m2" in told else 0,
        limit_m=row.decimal("limit_m", most=FARTHEST_M),
        groups=groups,
    )
