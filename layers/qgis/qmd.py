"""The same metadata as QGIS keeps them: it shows those of a layer as soon as it is opened."""

from __future__ import annotations

from lxml import etree

from layers.qgis.described import MAKER, Described, rights
from layers.qgis.qml import DOCTYPE, VERSION
from layers.qgis.xml import child, written

STANDARD = "http://mrcc.com/qgis.dtd"
"""By this name QGIS 3.22 and later look for them in `gpkg_metadata`."""


def qmd(known: Described) -> str:
    """
    Return metadata as QGIS writes them (`QgsLayerMetadata.writeMetadataXml`).

    Parameters
    ----------
    known
        As `layers.qgis.described.described` returns it.

    Examples
    --------
    >>> known = Described(
    ...     "a", "", "A <title>", "What", "eng", "2026-11-22", "Bodø", "EPSG:25833",
    ...     None, None, (), ""
    ... )
    >>> "<title>A &lt;title&gt;</title>" in qmd(known)
    True
    """
    root = etree.Element("qgis", {"version": VERSION})
    child(root, "identifier", text=known.key)
    child(root, "parentidentifier", text=known.parent)
    child(root, "language", text=known.language)
    child(root, "type", text="dataset" if known.metres else "nonGeographicDataset")
    child(root, "title", text=known.title)
    child(root, "abstract", text=known.abstract)
    words = child(root, "keywords", {"vocabulary": "gmd:topicCategory"})
    child(words, "keyword", text="society")
    for name, role in (
        (MAKER, "processor"),
        *((s.attribution, "owner") for s in known.sources),
    ):
        contact = child(root, "contact")
        child(contact, "name")
        child(contact, "organization", text=name)
        child(contact, "role", text=role)
    links = child(root, "links")
    for source in known.sources:
        if source.url:
            told = {"name": source.name, "type": "WWW:LINK", "url": source.url}
            child(links, "link", told | {"description": source.licence})
    for line in filter(None, known.lineage.split("\n")):
        child(root, "history", text=line)
    child(root, "fees")
    for told_rights in dict.fromkeys(source.attribution for source in known.sources):
        child(root, "rights", text=told_rights)
    for licence in dict.fromkeys(map(rights, known.sources)):
        child(root, "license", text=licence)
    child(root, "encoding", text="UTF-8")
    if known.metres:
        system = child(child(root, "crs"), "spatialrefsys")
        child(system, "authid", text=known.crs)
        left, bottom, right, top = (f"{edge:.2f}" for edge in known.metres)
        edges = {"minx": left, "miny": bottom, "maxx": right, "maxy": top}
        edges |= {"minz": "0", "maxz": "0", "dimensions": "2", "crs": known.crs}
        child(child(root, "extent"), "spatial", edges)
    return written(root, DOCTYPE)
