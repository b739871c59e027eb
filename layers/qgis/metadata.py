"""Metadata of a file and its layers: ISO 19115 in the XML of ISO 19139."""

from __future__ import annotations

import re
from typing import Any

from lxml import etree

from geo.bundle import Source
from layers.qgis.described import MAKER, Described, rights
from layers.qgis.xml import child, written

STANDARD = "http://www.isotc211.org/2005/gmd"
"""Names what is meant in `gpkg_metadata`, and the namespace of the XML."""
NAMES = {
    "gmd": STANDARD,
    "gco": "http://www.isotc211.org/2005/gco",
}
CODES = "http://www.isotc211.org/2005/resources/codeList.xml"
DATE = re.compile(r"\d{4}(-\d\d(-\d\d)?)?")
"""What a date of ISO 19139 may be: a day, a month or a year."""
TOPICS = ("planningCadastre", "society")


def iso(known: Described) -> str:
    """
    Return metadata as ISO 19139 has it.

    Title, abstract, date, contact, CRS, bounding box, licences, lineage and language, as
    ISO 19115:2003 names them. The contact is the program, as `processor`; each source is
    named as `owner`, with its licence as a constraint and its date in the lineage. Who
    publishes the file writes a name of their own into it.

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
    >>> "<gco:CharacterString>A &lt;title&gt;</gco:CharacterString>" in iso(known)
    True
    """
    root = etree.Element(_named("gmd:MD_Metadata"), nsmap=NAMES)
    _put(root, "gmd:fileIdentifier/gco:CharacterString", known.key)
    _code(root, "gmd:language", "LanguageCode", known.language)
    _code(root, "gmd:characterSet", "MD_CharacterSetCode", "utf8")
    if known.parent:
        _put(root, "gmd:parentIdentifier/gco:CharacterString", known.parent)
    _code(root, "gmd:hierarchyLevel", "MD_ScopeCode", _level(known))
    _party(root, "gmd:contact", MAKER, "processor")
    _put(root, "gmd:dateStamp/gco:Date", known.day)
    _put(root, "gmd:metadataStandardName/gco:CharacterString", "ISO 19115:2003/19139")
    _put(root, "gmd:metadataStandardVersion/gco:CharacterString", "1.0")
    if known.metres:
        system = "gmd:MD_ReferenceSystem/gmd:referenceSystemIdentifier/gmd:RS_Identifier"
        identifier = _put(root, f"gmd:referenceSystemInfo/{system}")
        space, _, code = known.crs.partition(":")
        _put(identifier, "gmd:code/gco:CharacterString", code)
        _put(identifier, "gmd:codeSpace/gco:CharacterString", space)
    _identify(_put(root, "gmd:identificationInfo/gmd:MD_DataIdentification"), known)
    form = _put(root, "gmd:distributionInfo/gmd:MD_Distribution/gmd:distributionFormat")
    form = _put(form, "gmd:MD_Format")
    _put(form, "gmd:name/gco:CharacterString", "GeoPackage")
    _put(form, "gmd:version/gco:CharacterString", "1.2")
    _trace(_put(root, "gmd:dataQualityInfo/gmd:DQ_DataQuality"), known)
    return written(root)


def _identify(data: Any, known: Described) -> None:
    citation = _put(data, "gmd:citation/gmd:CI_Citation")
    _put(citation, "gmd:title/gco:CharacterString", known.title)
    _dated(citation, known.day, "creation")
    _put(data, "gmd:abstract/gco:CharacterString", known.abstract)
    _code(data, "gmd:status", "MD_ProgressCode", "completed")
    for source in known.sources:
        _party(data, "gmd:pointOfContact", source.attribution, "owner", source.url)
    words = _put(data, "gmd:descriptiveKeywords/gmd:MD_Keywords")
    _put(words, "gmd:keyword/gco:CharacterString", known.area)
    _code(words, "gmd:type", "MD_KeywordTypeCode", "place")
    legal = _put(data, "gmd:resourceConstraints/gmd:MD_LegalConstraints")
    _code(legal, "gmd:useConstraints", "MD_RestrictionCode", "otherRestrictions")
    for told in dict.fromkeys(map(rights, known.sources)) or [known.title]:
        _put(legal, "gmd:otherConstraints/gco:CharacterString", told)
    kind = "vector" if known.metres else "textTable"
    _code(data, "gmd:spatialRepresentationType", "MD_SpatialRepresentationTypeCode", kind)
    _code(data, "gmd:language", "LanguageCode", known.language)
    _code(data, "gmd:characterSet", "MD_CharacterSetCode", "utf8")
    for topic in TOPICS:
        _put(data, "gmd:topicCategory/gmd:MD_TopicCategoryCode", topic)
    if known.degrees:
        west, south, east, north = known.degrees
        where = _put(data, "gmd:extent/gmd:EX_Extent/gmd:geographicElement")
        where = _put(where, "gmd:EX_GeographicBoundingBox")
        _put(where, "gmd:westBoundLongitude/gco:Decimal", f"{west:.6f}")
        _put(where, "gmd:eastBoundLongitude/gco:Decimal", f"{east:.6f}")
        _put(where, "gmd:southBoundLatitude/gco:Decimal", f"{south:.6f}")
        _put(where, "gmd:northBoundLatitude/gco:Decimal", f"{north:.6f}")


def _trace(quality: Any, known: Described) -> None:
    scope = _put(quality, "gmd:scope/gmd:DQ_Scope")
    _code(scope, "gmd:level", "MD_ScopeCode", _level(known))
    if not known.metres:  # required of whatever is no data set of places
        described = _put(scope, "gmd:levelDescription/gmd:MD_ScopeDescription")
        _put(described, "gmd:other/gco:CharacterString", known.title)
    lineage = _put(quality, "gmd:lineage/gmd:LI_Lineage")
    _put(lineage, "gmd:statement/gco:CharacterString", known.lineage or known.abstract)
    for source in known.sources:
        _source(_put(lineage, "gmd:source/gmd:LI_Source"), source)


def _source(element: Any, source: Source) -> None:
    _put(element, "gmd:description/gco:CharacterString", f"{rights(source)}, {source.date}")
    citation = _put(element, "gmd:sourceCitation/gmd:CI_Citation")
    _put(citation, "gmd:title/gco:CharacterString", source.name)
    _dated(citation, source.date[:10], "publication")


def _level(known: Described) -> str:
    return "dataset" if known.metres else "nonGeographicDataset"


def _party(parent: Any, what: str, name: str, role: str, url: str = "") -> None:
    party = _put(parent, f"{what}/gmd:CI_ResponsibleParty")
    _put(party, "gmd:organisationName/gco:CharacterString", name)
    if url:
        online = _put(party, "gmd:contactInfo/gmd:CI_Contact/gmd:onlineResource")
        _put(online, "gmd:CI_OnlineResource/gmd:linkage/gmd:URL", url)
    _code(party, "gmd:role", "CI_RoleCode", role)


def _dated(citation: Any, day: str, how: str) -> None:
    date = _put(citation, "gmd:date/gmd:CI_Date")
    if DATE.fullmatch(day):
        _put(date, "gmd:date/gco:Date", day)
    else:
        child(date, _named("gmd:date"), {f"{{{NAMES['gco']}}}nilReason": "unknown"})
    _code(date, "gmd:dateType", "CI_DateTypeCode", how)


def _code(parent: Any, what: str, listed: str, value: str) -> None:
    """Write a value of one of the standard's lists."""
    told = {"codeList": f"{CODES}#{listed}", "codeListValue": value}
    child(_put(parent, what), _named(f"gmd:{listed}"), told, value)


def _put(parent: Any, path: str, text: str = "") -> Any:
    """Add the elements of a path one inside the other, and return the innermost."""
    *outer, last = path.split("/")
    for step in outer:
        parent = child(parent, _named(step))
    return child(parent, _named(last), text=text)


def _named(name: str) -> str:
    prefix, _, local = name.partition(":")
    return f"{{{NAMES[prefix]}}}{local}"
