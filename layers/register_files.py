"""The register of places as files: all that each source says, place by place."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping
from pathlib import Path

import geopandas as gpd
import pandas as pd
import pyogrio

from geo.bundle import Bundle
from geo.crs import to_wgs84
from geo.errors import Message
from geo.model import Kind
from layers.files import writing
from layers.formats.text import safe
from words import Speaker

Licences = Mapping[str, str]
"""What each source is called, and its licence, by the key of the source."""


def told(
    bundle: Bundle, kinds: Mapping[str, Kind], licences: Licences, say: Speaker
) -> gpd.GeoDataFrame:
    """
    Return all that any source says, row by row: those of one place share its id.

    Parameters
    ----------
    bundle
        Of an area.
    kinds, licences
        What kinds and sources are called; a key that is not known stands as it is.
    say
        Language of the words; columns have English names.
    """
    rows = bundle.register
    states = status_words(say)
    names = bundle.places["name"]
    labels = {key: say(kind.label) for key, kind in kinds.items()}
    return gpd.GeoDataFrame(
        {
            "place_id": rows["place_id"],
            "place": rows["place_id"].map(names).fillna(""),
            "source": rows["source"],
            "licence": [licence_of(source, licences, say) for source in rows["source"]],
            "ref": rows["ref"],
            "name": rows["name"],
            "kinds": [
                ", ".join(labels.get(k, k) for k in of.split(";")) for of in rows["kind"]
            ],
            **{c: rows[c] for c in ("address", "wheelchair", "opening_hours", "updated")},
            "status": rows["status"].map(states),
            "rivals": rows["rivals"],
            "distance_m": rows["distance_m"].round(),
            "likeness": rows["likeness"].round(2),
            "decided": rows["decided"],
        },
        geometry=rows.geometry,
    )


def status_words(say: Speaker) -> dict[str, str]:
    """
    Return what may become of a row, in words.

    Examples
    --------
    >>> from words import speaker
    >>> status_words(speaker("en"))["alone"]
    'Only in this source'
    """
    return {
        "matched": say("Found on the map or in another source"),
        "alone": say("Only in this source"),
        "conflict": say("To be decided"),
        "left_out": say("Left out, as decided"),
    }


def licence_of(source: str, licences: Licences, say: Speaker) -> str:
    """Return a source's name and licence; of one nobody knows, whom to ask."""
    return licences.get(source) or say(
        "{source}: licence not known, ask its owner", source=source
    )


def sheet(table: gpd.GeoDataFrame, say: Speaker) -> bytes:
    """Return a table as a spreadsheet (CSV) with a spot for each row; no text is a formula."""
    spots = to_wgs84(table.set_geometry(table.representative_point())).geometry
    flat = pd.DataFrame(table.drop(columns=table.geometry.name))
    comma = say.language != "en"
    text = safe(flat.assign(lon=spots.x.round(6), lat=spots.y.round(6))).to_csv(
        index=False,
        sep=";" if comma else ",",
        decimal="," if comma else ".",
        lineterminator="\r\n",
    )
    return str(text).encode("utf-8-sig")


def geopackage(table: gpd.GeoDataFrame, about: Mapping[str, str]) -> bytes:
    """
    Return the register as a GeoPackage: a point for each row, and outlines where known.

    Raises
    ------
    ExportError
        If the disk is full.
    """
    areas = table[table.geom_type.str.endswith("Polygon")]
    layers = {"register": table.set_geometry(table.representative_point())}
    if len(areas):
        layers["register_areas"] = areas
    unwritten = Message("The register could not be written ({reason}).")
    with writing(unwritten), tempfile.TemporaryDirectory() as scratch:
        file = Path(scratch) / "register.gpkg"
        for n, (name, layer) in enumerate(layers.items()):
            pyogrio.write_dataframe(
                layer,
                file,
                layer=name,
                driver="GPKG",
                append=n > 0,
                layer_metadata=dict(about),
            )
        return file.read_bytes()
