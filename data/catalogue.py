"""The catalogues: what counts as a place, who walks how, and who is counted together."""

from __future__ import annotations

from collections.abc import Collection
from functools import cache
from pathlib import Path

from data.toml_rows import Row, Rule, read, rows, same_keys
from geo.model import Family, Group, Kind, Walker
from geo.paths.walking import SLOPES
from geo.tables import AGES, GROUPS

HERE = Path(__file__).parent
KINDS, WALKERS = HERE / "place_kinds.toml", HERE / "walkers.toml"
GROUPS_FILE, PATHS = HERE / "groups.toml", HERE / "paths.toml"
SETTINGS = ("indoor", "outdoor", "both")
HOURS = ("always", "told", "school")
FASTEST_M_S = 3.0
WHEELS = ("wheelchair", "pram")


@cache
def families(path: Path = KINDS) -> dict[str, Family]:
    """
    Return the families of kinds, in the catalogue's order; nobody may change the answer.

    Raises
    ------
    CatalogueError
        Naming the file and the row that is wrong, as does every function here.

    Examples
    --------
    >>> families()["library"].label
    'Library'
    """
    found = {}
    for row in rows(path, "families"):
        row.only("label")
        found[row.key] = Family(row.key, row.text("label"))
    return found


@cache
def kinds(path: Path = KINDS) -> dict[str, Kind]:
    """
    Return the kinds of meeting place, in order of precedence.

    Examples
    --------
    >>> kinds()["youth_centre"].suits
    ('school_children', 'youth')
    """
    read(path).only("never", "families", "kinds")
    known = families(path)
    return {row.key: _kind(row, known) for row in rows(path, "kinds")}


def _kind(row: Row, families: Collection[str]) -> Kind:
    row.only("label", "family", "setting", "hours", "suits", "icon", "osm", "unless", "why")
    setting = row.one_of("setting", SETTINGS)
    usual = "always" if setting == "outdoor" else "told"
    return Kind(
        key=row.key,
        label=row.text("label"),
        family=row.one_of("family", families),
        setting=setting,
        hours=row.one_of("hours", HOURS) if "hours" in row.values else usual,
        suits=row.some_of("suits", GROUPS),
        icon=row.text("icon"),
        osm=row.rules("osm"),
        unless=row.rules("unless") if "unless" in row.values else (),
        why=row.text("why"),
    )


@cache
def never(path: Path = KINDS) -> tuple[Rule, ...]:
    """
    Return the rules that keep a feature from being any kind of place.

    Examples
    --------
    >>> "private" in never()[0]["access"]
    True
    """
    row = read(path).table("never")
    row.only("unless", "why")
    row.text("why")
    return row.rules("unless")


@cache
def path_rules(path: Path = PATHS) -> dict[str, tuple[Rule, ...]]:
    """
    Return the rules for the ways that somebody walks on.

    Examples
    --------
    >>> list(path_rules())
    ['walkable', 'allowed', 'never', 'closed', 'opened']
    """
    found = {}
    for row in rows(path):
        row.only("osm", "why")
        row.text("why")
        found[row.key] = row.rules("osm")
    same_keys(path, found, ("walkable", "allowed", "never", "closed", "opened"))
    return found


@cache
def walkers(path: Path = WALKERS) -> dict[str, Walker]:
    """
    Return the walkers.

    Examples
    --------
    >>> walkers()["pram"].wheels, walkers()["pram"].slope
    ('pram', 'tobler')
    """
    return {row.key: _walker(row) for row in rows(path)}


def _walker(row: Row) -> Walker:
    row.only("label", "speed_m_s", "slope", "wheels", "source")
    return Walker(
        key=row.key,
        label=row.text("label"),
        speed_m_s=row.decimal("speed_m_s", most=FASTEST_M_S),
        slope=row.one_of("slope", SLOPES),
        wheels="" if row.values.get("wheels") == "" else row.one_of("wheels", WHEELS),
        source=row.text("source"),
    )


@cache
def groups(path: Path = GROUPS_FILE) -> dict[str, Group]:
    """
    Return the groups of people; those of an age leave no gap.

    Examples
    --------
    >>> groups()["older_67_79"].ages
    (67, 79)
    """
    found: dict[str, Group] = {}
    table = rows(path)
    same_keys(path, [row.key for row in table], GROUPS)
    next_age = 0
    for row in table:
        ages = None
        row.only("label", "walker", *(("ages",) if row.key in AGES else ()))
        if row.key in AGES:
            ages = row.ages(next_age, last=row.key == AGES[-1])
            next_age = ages[1] + 1
        walker = row.one_of("walker", walkers())
        found[row.key] = Group(row.key, row.text("label"), walker, ages)
    return found
