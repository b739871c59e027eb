"""Map layers of an export: the data of every row, and the class that it is drawn in."""

from __future__ import annotations

from collections.abc import Mapping

import geopandas as gpd
import pandas as pd

from geo.answer import Answer, Catalogue
from geo.bundle import Area, Bundle
from layers import thematic
from layers.export import drawn as export_layers
from layers.export.columns import sheet
from layers.export.sheet import Sheet
from layers.export.walks import homes, reach, spots, walk_cells
from layers.export.zones import zones
from layers.layer import Layer
from layers.telling import state_text
from words import Speaker


def maps(
    answer: Answer,
    bundle: Bundle,
    catalogue: Catalogue,
    say: Speaker,
    reach_areas: gpd.GeoDataFrame | None,
) -> tuple[Sheet, ...]:
    """
    Return the map layers of an answer.

    Parameters
    ----------
    answer, bundle, catalogue
        What was asked, of what, and what it is called.
    say
        The language of the words.
    reach_areas
        As `geo.areas.reachable.reachable` returns them; None leaves them out.

    Returns
    -------
    maps
        In metres, in no order. Rows of each table are those of its layer, one by one:
        the layer has the words that a card shows, the table has what may be counted with.
    """
    thanks = thanked(bundle.area)
    return (
        *zones(answer, bundle, say, thanks),
        _paths(bundle, say),
        _boundary(bundle, say),
        *(() if reach_areas is None else (reach(reach_areas, say, thanks),)),
        spots(answer, say, thanks),
        walk_cells(answer, bundle, say, thanks),
        homes(answer, bundle, say, thanks),
        *_places(answer, catalogue, say, thanks),
    )


def thanked(area: Area) -> str:
    """
    Return whom to thank for the data of an area, each once.

    Examples
    --------
    >>> from geo.bundle import Source
    >>> some = [Source(name, "CC0", "© A", "2026-11-20", 1) for name in ("one", "two")]
    >>> thanked(Area("vik", "Vik", "EPSG:25833", "2026-11-20", tuple(some)))
    '© A'
    """
    return ", ".join(dict.fromkeys(filter(None, (s.attribution for s in area.sources))))


def _places(
    answer: Answer, catalogue: Catalogue, say: Speaker, thanks: str
) -> tuple[Sheet, Sheet]:
    """Return the places that count: those with an outline, and all as points."""
    points = answer.places.set_geometry(answer.places.representative_point())
    signs = thematic.places(
        points,
        kinds=catalogue.kinds,
        families=catalogue.families,
        say=say,
        timed=bool(answer.question.when),
        attribution=thanks,
    )
    table = _of_places(answer, catalogue, signs, say)
    land = table.set_geometry(answer.places.geometry)
    land = land[land.geom_type.str.endswith("Polygon")]
    drawn = export_layers.outlines(signs, land, say)
    return (
        sheet("place_areas", drawn.name, land, say, drawn),
        sheet("places", signs.name, table, say, signs),
    )


def _of_places(
    answer: Answer, catalogue: Catalogue, signs: Layer, say: Speaker
) -> gpd.GeoDataFrame:
    places, when, shown = answer.places, answer.question.when, signs.table
    kinds = {key: say(kind.label) for key, kind in catalogue.kinds.items()}
    families = {entry.key: entry.label for entry in signs.classes}
    state = state_text(places["state"], say) if when else ""
    return gpd.GeoDataFrame(
        {
            "id": places.index,
            "name": places["name"],
            "kind": [kinds.get(kind, kind) for kind in places["kind"]],
            "kinds": shown["is"],
            "family": places["family"],
            "family_name": places["family"].map(families),
            "icon": shown["icon"],
            "setting": shown["setting"],
            "opening_hours": places["opening_hours"],
            "state": state,
            "wheelchair": shown["step_free"],
            "area_m2": places["area_m2"].round(),
            "inside": places["inside"],
            "osm_ids": places["osm_ids"],
            "sources": places["sources"],
            "updated": places["updated"],
        },
        geometry=shown.geometry,
    )


def _paths(bundle: Bundle, say: Speaker) -> Sheet:
    """Return the paths that people walk on, with what is known of each."""
    paths = bundle.paths
    _, streets = thematic.base(paths, bundle.backdrop, say=say)
    known = _known(say)
    table = gpd.GeoDataFrame(
        {
            "way": paths["way"],
            "street": streets.table["street"],
            **{name: paths[name] for name in ("highway", "name")},
            "length_m": paths["length_m"].round(1),
            "steps": paths["steps"],
            "surface": _worded(paths["surface"], _surfaces(say)),
            **{name: _worded(paths[name], known) for name in ("wheelchair", "pram", "lit")},
            "winter": _worded(paths["winter"], _winter(say)),
            "structure": _worded(paths["structure"], _structures(say)),
            "incline_percent": (100 * paths["incline"]).round(1),
        },
        geometry=paths.geometry,
    )
    return sheet("paths", streets.name, table, say, streets)


def _worded(values: pd.Series[str], words: Mapping[str, str]) -> pd.Series[str]:
    """Return keys in words; a key that is new stands as it is."""
    return values.map(words).fillna(values)


def _known(say: Speaker) -> dict[str, str]:
    return {"yes": say("Yes"), "no": say("No"), "unknown": say("Unknown")}


def _surfaces(say: Speaker) -> dict[str, str]:
    return {
        "firm": say("Firm"),
        "loose": say("Loose"),
        "rough": say("Rough"),
        "unknown": say("Unknown"),
    }


def _winter(say: Speaker) -> dict[str, str]:
    return {"open": say("Yes"), "closed": say("No"), "unknown": say("Unknown")}


def _structures(say: Speaker) -> dict[str, str]:
    return {
        "ground": say("On the ground"),
        "bridge": say("On a bridge"),
        "tunnel": say("In a tunnel"),
    }


def _boundary(bundle: Bundle, say: Speaker) -> Sheet:
    drawn = thematic.boundary(bundle.boundary, say=say)
    area = bundle.area
    table = bundle.boundary.assign(what=drawn.table["what"], code=area.code, name=area.name)
    return sheet(
        "boundary", drawn.name, table[["what", "code", "name", "geometry"]], say, drawn
    )
