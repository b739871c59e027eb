"""What registers know and OpenStreetMap does not: a list for those who draw the map."""

from __future__ import annotations

import json
from collections.abc import Mapping

import geopandas as gpd
import pandas as pd

from geo.bundle import Bundle
from geo.crs import to_wgs84
from geo.model import Kind
from layers.register_files import Licences, licence_of
from words import Speaker

ANY = "*"


def tags_of(kind: Kind, row: Mapping[str, str]) -> tuple[dict[str, str], str]:
    """
    Suggest how OpenStreetMap would tag something.

    Parameters
    ----------
    kind
        What it is: its first rule that tells.
    row
        `name`, `opening_hours` and `wheelchair`, each `""` if unknown.

    Returns
    -------
    tags, choose
        Tags that are certain; and those of which a mapper has to choose one, in words.

    Examples
    --------
    >>> rule = {"leisure": frozenset({"pitch"}), "sport": frozenset({"soccer", "tennis"})}
    >>> kind = Kind("x", "X", "sport", "outdoor", (), "", (rule,), (), "")
    >>> tags_of(kind, {"name": "Vik", "opening_hours": "", "wheelchair": "yes"})
    ({'leisure': 'pitch', 'name': 'Vik', 'wheelchair': 'yes'}, 'sport = soccer | tennis')
    """
    rule = kind.osm[0]
    certain = {tag: value for tag, values in rule.items() for value in values}
    certain = {t: v for t, v in certain.items() if len(rule[t]) == 1 and v != ANY}
    open_ = {tag: sorted(values) for tag, values in rule.items() if len(values) > 1}
    said = {tag: row[tag] for tag in ("name", "opening_hours", "wheelchair") if row[tag]}
    choose = "; ".join(f"{tag} = {' | '.join(values)}" for tag, values in open_.items())
    return certain | said, choose


def lacking(
    bundle: Bundle, kinds: Mapping[str, Kind], licences: Licences, say: Speaker
) -> gpd.GeoDataFrame:
    """
    Return what registers know and OpenStreetMap does not, with suggested tags.

    Parameters
    ----------
    bundle, kinds, licences, say
        As in `layers.register_files.told`. Only rows inside the area that are alone in
        their source, and of a kind.
    """
    rows = bundle.register
    land = bundle.boundary.geometry.iloc[0]
    of = rows[(rows["status"] == "alone") & rows["kind"].isin(kinds) & rows.intersects(land)]
    columns = ("name", "opening_hours", "wheelchair")
    suggested = [
        tags_of(kinds[row["kind"]], {c: str(row[c]) for c in columns})
        for row in of[["kind", *columns]].to_dict("records")
    ]
    return gpd.GeoDataFrame(
        {
            "source": of["source"],
            "licence": [licence_of(source, licences, say) for source in of["source"]],
            "ref": of["ref"],
            "name": of["name"],
            "kind": [say(kinds[key].label) for key in of["kind"]],
            "address": of["address"],
            "updated": of["updated"],
            "tags": pd.Series(
                [" ".join(f"{t}={v}" for t, v in tags.items()) for tags, _ in suggested],
                index=of.index,
                dtype=object,
            ),
            "choose": pd.Series(
                [choose for _, choose in suggested], index=of.index, dtype=object
            ),
        },
        geometry=of.geometry,
    )


def caution(say: Speaker) -> str:
    """Return what whoever copies into OpenStreetMap must know first."""
    return say(
        "Suggestions only. Before anything is copied into OpenStreetMap, check on the spot that"
        " it is there, and that the licence of its source allows it: NLOD and CC BY are not by"
        " themselves compatible with ODbL; the owner may have to give leave."
    )


def lacking_geojson(
    bundle: Bundle, kinds: Mapping[str, Kind], licences: Licences, say: Speaker
) -> bytes:
    """
    Return what OpenStreetMap lacks as GeoJSON that a map editor opens.

    Properties are the tags that are certain, and ours under `moteplass:`, which do not
    belong on the map.

    Parameters
    ----------
    bundle, kinds, licences, say
        As in `lacking`.
    """
    table = lacking(bundle, kinds, licences, say)
    rows = bundle.register.loc[table.index]
    points = to_wgs84(table.set_geometry(table.representative_point())).geometry
    features = []
    for at, spot in points.items():
        row = rows.loc[at]
        said = {c: str(row[c]) for c in ("name", "opening_hours", "wheelchair")}
        ours = table.loc[at, ["source", "ref", "licence", "updated", "address", "choose"]]
        tags, _ = tags_of(kinds[row["kind"]], said)
        tags |= {f"moteplass:{key}": str(value) for key, value in ours.items() if value}
        where = {"type": "Point", "coordinates": [round(spot.x, 6), round(spot.y, 6)]}
        features.append({"type": "Feature", "properties": tags, "geometry": where})
    whole = {"type": "FeatureCollection", "about": [caution(say)], "features": features}
    return json.dumps(whole, ensure_ascii=False, allow_nan=False).encode()
