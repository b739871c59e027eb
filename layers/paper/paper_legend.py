"""The legend of a map on paper: the same groups, words and signs as beside the web map."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from layers.bivariate import Crossed
from layers.layer import Drawing, Layer
from layers.legend import alike
from layers.paper.swatches import DISC, Signs, swatch
from words.speaker import Speaker

__all__ = ["Signs", "groups"]


def groups(
    layers: Sequence[Layer],
    signs: Signs,
    say: Speaker,
    *,
    drawn: Mapping[str, Collection[str]] | None = None,
    gathered: bool = False,
) -> list[dict[str, Any]]:
    """
    Return the groups of a legend, as data for Typst.

    Layers whose classes say the same are one group with the signs of each, as in
    `layers.legend`. What is unknown or not connected is a class like any other. Only
    classes that occur are listed.

    Parameters
    ----------
    layers
        From below to the top; the legend begins with the uppermost.
    signs
        Where the pictures go.
    say
        The language.
    drawn
        Keys of the classes that the scale has room for, by key of their layer, as
        `drawing.draw` tells; the others are not listed. None: those of all scales.

    gathered
        Whether discs with a number stand for several places; told with the signs of places.

    Returns
    -------
    groups
        Each with `name`, `unit`, `notes` and `entries` of `label` and `signs`; that of two
        properties also has `columns`, and `rows` of `label` and `signs`.

    Examples
    --------
    >>> import geopandas as gpd
    >>> from shapely import Point
    >>> from layers.layer import Class, Drawing
    >>> from words.speaker import speaker
    >>> homes = gpd.GeoDataFrame({"walk": ["far"]}, geometry=[Point(0, 0)], crs="EPSG:25832")
    >>> classes = (Class("near", "Near", "#0b4f8a"), Class("far", "Far", "#a3150f"))
    >>> layer = Layer("walk", "The walk", homes, "walk", classes, Drawing.CIRCLES)
    >>> groups([layer], Signs(), speaker("en"))[0]["entries"]
    [{'label': 'Far', 'signs': ['sign-0.svg']}]
    """
    found = []
    for some in reversed(alike(layers)):
        if isinstance(some[0], Crossed):
            found.append(_square(some[0], signs, say))
        elif group := _group(some, signs, drawn):
            if gathered and some[-1].drawing is Drawing.SYMBOLS:
                told = say("Several places, gathered: how many")
                group["entries"].append({"label": told, "signs": [signs.name(DISC)]})
            found.append(group)
    return found


def _group(
    some: Sequence[Layer], signs: Signs, seen: Mapping[str, Collection[str]] | None
) -> dict[str, Any]:
    """Return the classes of layers that say the same; nothing if none of them is drawn."""
    drawn: dict[str, list[str]] = {}
    names: list[str] = []
    for one in some:
        shown = [e for e in one.present if seen is None or e.key in seen.get(one.key, ())]
        names += [one.name] * bool(shown)
        for entry in shown:
            drawn.setdefault(entry.key, []).insert(0, signs.name(swatch(entry, one)))
    layer = some[-1]
    entries = [
        {"label": entry.label, "signs": list(dict.fromkeys(drawn[entry.key]))}
        for entry in layer.classes
        if entry.key in drawn
    ]
    if not entries:
        return {}
    named = [entry["label"] for entry in entries] != [layer.name]
    *notes, name = dict.fromkeys(names)
    return {
        "name": name if named else "",
        "unit": layer.unit,
        "notes": notes,
        "entries": entries,
    }


def _square(layer: Crossed, signs: Signs, say: Speaker) -> dict[str, Any]:
    """Return two properties at once; after the table, the classes that are in neither."""
    entries = {entry.key: entry for entry in layer.classes}
    count = layer.table[layer.value].value_counts()
    rows = []
    for row, label in layer.rows.items():
        keys = [layer.key_of(row, column) for column in layer.columns]
        shown = [signs.name(swatch(entries[key], layer)) for key in keys]
        told = [say.number(count.get(key, 0)) for key in keys]
        rows.append({"label": label, "signs": shown, "told": told})
    return {
        "name": layer.name,
        "unit": layer.unit,
        "notes": [],
        "columns": list(layer.columns.values()),
        "rows": rows,
        "entries": [
            {"label": entry.label, "signs": [signs.name(swatch(entry, layer))]}
            for entry in layer.present
            if entry.key not in layer.keys
        ],
    }
