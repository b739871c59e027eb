"""How many people live at each home."""

from __future__ import annotations

from dataclasses import replace

import geopandas as gpd
import numpy as np

from geo.coverage import few
from geo.errors import Message
from geo.paths.network import Bools, Floats, Ints
from geo.people.dwellers import Counted, Dwellers, Land, of_zones, settle
from geo.people.lands import inside, lying_in
from geo.people.raking import Margin, off, rake

WHOLE = 0.99
"""Borders are drawn differently by everybody: a zone in the area to this share is all in it."""

AGREE = 0.005
"""Two counts of the same people differ by less than this share, or are of different years."""

Told = tuple[Dwellers, tuple[Message, ...]]


def by_grid(homes: Dwellers, counted: Counted, land: Land) -> Told:
    """
    Rake homes to the cells of a grid, and to zones too if they tell the same.

    Parameters
    ----------
    homes
        With what was estimated.
    counted
        Its `grid` is not `None`. A grid that counts nobody in the area is not about
        here: then it is as if there were none.
    land
        The area: of a cell that it cuts, the share of the area within is counted.

    Returns
    -------
    homes, warnings
        Cells are met exactly.
    """
    grid, zones = counted.grid, counted.zones
    assert grid is not None  # noqa: S101 - for the type checker
    totals = grid["people"].to_numpy(dtype=np.float64) * inside(
        grid.geometry.to_numpy(), land.boundary
    )
    if not np.nansum(totals):
        homes, said = by_zones(homes, counted, land)
        return homes, (*said, Message("The grid counts nobody here: it is not used."))
    homes, cell = settle(homes, grid, totals, land)
    said = _told_of(homes, cell, totals)
    cells = Margin(np.where(cell < 0, len(totals), cell), np.append(totals, 0.0))
    people = rake(homes.people, [cells])
    known = np.append(np.isfinite(totals), True)[cells.of]
    homes = replace(homes, basis=np.where(known, "grid", "building"))
    if zones is not None and len(zones):
        homes = replace(homes, zone=lying_in(homes.spots, zones.geometry.to_numpy()))
        asked = np.where(_whole(zones, land), of_zones(zones), np.nan)
        margin = Margin(homes.zone, asked)
        people, more = _both(homes.people, people, cells, margin)
        said = (*said, *more)
    return replace(homes, people=people), said


def _told_of(homes: Dwellers, cell: Ints, totals: Floats) -> tuple[Message, ...]:
    """Say where the grid and the map of buildings do not fit."""
    said = []
    if added := int((homes.building == "").sum()):
        text = (
            "In {n} cells of the grid people live where no dwelling is mapped:"
            " they are counted at a path there."
        )
        said.append(Message(text, {"n": added}))
    void = (cell < 0) | (totals[cell] == 0)
    if left := int((void & (homes.people > 0)).sum()):
        text = (
            "{n} homes lie in cells of the grid where nobody lives: nobody is counted in them."
        )
        said.append(Message(text, {"n": left}))
    return tuple(said)


def _both(
    seed: Floats, people: Floats, cells: Margin, zones: Margin
) -> tuple[Floats, tuple[Message, ...]]:
    """Rake to cells and zones if both count the same people, else to cells alone."""
    known = np.isfinite(zones.totals)
    by_zones = zones.totals[known].sum()
    by_cells = people[np.append(known, False)[zones.of]].sum()
    if not known.any():
        return people, ()
    if abs(by_cells - by_zones) > AGREE * by_zones:
        if few(by_cells) or few(by_zones):
            return people, ()  # so few are not told of
        text = (
            "The grid counts {grid} people where the zones count {zones}: the grid decides"
            " how many they are, the zones only how old."
        )
        return people, (Message(text, {"grid": round(by_cells), "zones": round(by_zones)}),)
    people = rake(seed, [zones, cells])
    apart = np.abs(off(people, zones)[known])
    if apart.max() <= AGREE:
        return people, ()
    text = (
        "Grid and zones cannot both be met, so the grid is: {n} zones end more than {limit} %"
        " from their own figure, the worst {share} %."
    )
    share = round(100 * min(apart.max(), 10.0))
    n, limit = int((apart > AGREE).sum()), 100 * AGREE
    return people, (Message(text, {"n": n, "limit": limit, "share": share}),)


def by_zones(homes: Dwellers, counted: Counted, land: Land) -> Told:
    """
    Rake homes to the totals of their zones; the rest to what is left of the municipality.

    A zone that the area cuts tells only how many live there at the most: buildings tell
    better than land how many of them live on this side.

    Parameters
    ----------
    homes
        With what was estimated.
    counted
        Homes that no whole and known zone has share what the municipality has more, if
        the area is all of it; else they keep their estimate.
    land
        The area.

    Returns
    -------
    homes, warnings
        Zones that are whole and known are met exactly.
    """
    zones, said = counted.zones, tuple[Message, ...]()
    if zones is not None and len(zones):
        whole, published = _whole(zones, land), of_zones(zones)
        homes, zone = settle(homes, zones, np.where(whole, published, 0.0), land)
        if added := int((homes.building == "").sum()):
            text = (
                "In {n} zones people live where no dwelling is mapped:"
                " they are counted at a path there."
            )
            said = (Message(text, {"n": added}),)
        there = zone >= 0
        lived = np.bincount(zone[there], weights=homes.people[there], minlength=len(zones))
        asked = np.where(whole, published, np.minimum(published, lived))
        people = rake(homes.people, [Margin(zone, asked)])
        known = np.append(whole & np.isfinite(published), False)[zone]
        basis = np.where(known, "zone", "building")
        homes = replace(homes, people=people, zone=zone, basis=basis)
    rest = homes.basis == "building"
    left = counted.total - homes.people[~rest].sum()
    estimated = homes.people[rest].sum()
    if left > 0 and estimated > 0:
        people = np.where(rest, homes.people * (left / estimated), homes.people)
        basis = np.where(rest, "municipality", homes.basis)
        homes = replace(homes, people=people, basis=basis)
    return homes, said


def _whole(zones: gpd.GeoDataFrame, land: Land) -> Bools:
    """Tell which zones are all in the area."""
    whole: Bools = inside(zones.geometry.to_numpy(), land.boundary) >= WHOLE
    return whole
