"""Small maps of a comparison: one per area, all of one scale on all pages."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Any

from layers import thematic
from layers.comparison.comparison import Comparison
from layers.comparison.sheets import reading
from layers.export.case import Case
from layers.export.ground import bounds, land
from layers.figure_text import share_text
from layers.layer import Layer
from layers.paper.fitting import frames, largest
from layers.paper.grid import crs_name
from layers.paper.sheetful import MOST_MAPS, Print, PrintMap
from words import Speaker

SURE = 1 - 1e-9
"""So much less than a round scale is asked for, that it is not rounded up to the next."""


def small_map(case: Case) -> PrintMap:
    """
    Return the map of one area: the walk from its homes, and its places.

    Parameters
    ----------
    case
        The question as asked of this area.
    """
    say, answer = case.say, case.answer
    reach = answer.reach[answer.question.group]
    return PrintMap(
        bounds(case),
        _layers(case),
        land(case),
        sentence=say("{share} within reach", share=share_text(reach, say)),
        caption=case.area_name,
    )


def _layers(case: Case) -> tuple[Layer, ...]:
    """Return walks and places; without a place to go to, no walk is drawn as impossible."""
    answer, say = case.answer, case.say
    if answer.places.empty:
        return ()
    homes, question = case.bundle.homes, answer.question
    walks = tuple(
        make(homes, answer.minutes, within=question.minutes, say=say, certain=question.certain)
        for make in (thematic.walk_cells, thematic.walk)
    )
    signs = thematic.places(
        answer.places.set_geometry(answer.places.representative_point()),
        kinds=case.catalogue.kinds,
        families=case.catalogue.families,
        say=say,
        timed=bool(question.when),
    )
    return (*walks, signs)


def prints(
    comparison: Comparison, maps: Mapping[str, PrintMap], say: Speaker
) -> tuple[Print, ...]:
    """
    Return pages of small maps, as evenly filled as can be.

    Parameters
    ----------
    comparison
        Areas side by side.
    maps
        By code of each area, as `small_map` returns it.
    say
        The language.
    """
    areas, first = comparison.areas, comparison.first
    named = [replace(maps[one.area.code], caption=comparison.name(one)) for one in areas]
    wide, high = largest(named)
    same = [replace(one, bounds=_around(one, wide, high)) for one in named]
    pages = -(-len(areas) // MOST_MAPS)
    ends = [len(areas) * n // pages for n in range(pages + 1)]
    return tuple(
        Print(
            title=say("{what}: maps", what=say("Areas compared")),
            sentence=_sentence(same[start:end], say),
            maker="",
            question=first.asked,
            sources=[
                f"{comparison.name(one)}: {'; '.join(one.sources)}"
                for one in areas[start:end]
                if one.sources
            ],
            maps=same[start:end],
            day=first.day,
        )
        for start, end in pairwise(ends)
    )


def _sentence(maps: Sequence[PrintMap], say: Speaker) -> str:
    """Return what stands above the maps; a map alone has no caption of its own."""
    alone = f"{maps[0].caption}: {maps[0].sentence}." if len(maps) == 1 else ""
    scale = say("All maps are of one scale.")
    return " ".join(filter(None, [alone, scale, reading(say)[0]]))


def _around(one: PrintMap, wide: float, high: float) -> tuple[float, float, float, float]:
    """Return bounds of so many metres in the middle of a map."""
    left, bottom, right, top = one.bounds
    x, y = (left + right) / 2, (bottom + top) / 2
    return x - wide / 2, y - high / 2, x + wide / 2, y + high / 2


def one_scale(pages: Sequence[Print], plans: Sequence[Mapping[str, Any]]) -> tuple[Print, ...]:
    """
    Return pages whose maps are all of the scale of that which has to show most.

    Parameters
    ----------
    pages
        As `prints` returns them.
    plans
        For each, how large its maps are: `width` and `height` in millimetres.

    Examples
    --------
    >>> maps = [PrintMap((0, 0, 900, 900), ())]
    >>> page = Print("", "", "", "", (), maps, "2026-11-22")
    >>> plans = [{"width": 100, "height": 100}, {"width": 20, "height": 20}]
    >>> pages = one_scale([page, page], plans)
    >>> [frames(one, plan)[0].scale for one, plan in zip(pages, plans)]
    [50000.0, 50000.0]
    """
    both = list(zip(pages, plans, strict=True))
    scale = max(frames(page, plan)[0].scale for page, plan in both)
    made = []
    for page, plan in both:
        wide, high = largest(page.maps)
        needed = 1000 * max(wide / plan["width"], high / plan["height"])
        grown = scale / needed * SURE
        maps = [
            replace(one, bounds=_around(one, wide * grown, high * grown)) for one in page.maps
        ]
        made.append(replace(page, maps=maps))
    return tuple(made)


def coordinates(page: Print, say: Speaker) -> str:
    """
    Return what the numbers at the edges are if maps of a page have systems of their own.

    Parameters
    ----------
    page
        As `prints` returns them.
    say
        The language.

    Returns
    -------
    text
        `""` if all maps are of one system.
    """
    by_name: dict[str, list[str]] = {}
    for one in page.maps:
        name = crs_name(one.base[0].table.crs.to_string())
        by_name.setdefault(name, []).append(one.caption)
    if len(by_name) == 1:
        return ""
    told = "; ".join(f"{crs} ({', '.join(names)})" for crs, names in by_name.items())
    return say("Grid north is up. Coordinates in metres: {crs}", crs=told)
