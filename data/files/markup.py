"""XML is looked through before anybody else reads it: no entities, no depth, one root."""

from __future__ import annotations

from xml.parsers import expat

from data.files.limits import MAX_DEPTH, damaged, shown
from geo.errors import SourceError


class _Guard:
    """Looks at every element once, and remembers only the root."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.root = ""
        self.depth = 0

    def doctype(self, *_: object) -> int:
        raise SourceError(
            "{file} declares a document type or entities, which no map needs"
            " and which can harm. It is not opened.",
            file=shown(self.name),
        )

    def start(self, tag: str, _: object) -> None:
        self.root = self.root or tag
        self.depth += 1
        if self.depth > MAX_DEPTH:
            raise SourceError(
                "{file} has elements within elements more than {most} deep. It is not opened.",
                file=shown(self.name),
                most=MAX_DEPTH,
            )

    def end(self, _: str) -> None:
        self.depth -= 1


def root_of(data: bytes, name: str) -> str:
    """
    Return the name of the root element, without its namespace, of a harmless XML file.

    Raises
    ------
    SourceError
        If it is not well-formed to its end, declares a document type or an entity, or
        is too deep.

    Examples
    --------
    >>> root_of(b"<kml xmlns='http://www.opengis.net/kml/2.2'/>", "a.kml")
    'kml'
    >>> root_of(b'<!DOCTYPE kml [<!ENTITY a "b">]><kml>&a;</kml>', "a.kml")
    Traceback (most recent call last):
    geo.errors.SourceError: a.kml declares a document type or entities, which no map needs \
and which can harm. It is not opened.
    """
    guard = _Guard(name)
    parser = expat.ParserCreate()
    parser.StartDoctypeDeclHandler = guard.doctype
    parser.EntityDeclHandler = guard.doctype
    parser.ExternalEntityRefHandler = guard.doctype
    parser.StartElementHandler = guard.start
    parser.EndElementHandler = guard.end
    try:
        parser.Parse(data, True)
    except (expat.ExpatError, ValueError) as error:
        raise damaged(name) from error
    return guard.root.rpartition(":")[2]
