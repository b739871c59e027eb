"""Features in a GML answer: their values and their shapes, however they are wrapped."""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from lxml import etree
from shapely import Geometry

from data.services.gml_shapes import shape_of
from data.text import plain
from geo.errors import SourceError

Paths = dict[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True, eq=False)
class Feature:
    """
    One feature of an answer.

    Parameters
    ----------
    id
        Its `gml:id`, or `""`.
    paths
        Texts by path, e.g. `"besøksadresse/poststed"`: in lower case, without the
        names of data types. Several where an element is repeated; `""` for an empty one.
    shape
        In longitude and latitude; an empty point if it has none that can be read.

    Examples
    --------
    >>> from shapely import Point
    >>> school = Feature("a1", {"navn": ("Vik",), "eier/navn": ("Sømna",)}, Point())
    >>> school.text("navn"), school.text("poststed"), school.own("navn")
    ('Vik', '', 'Vik')
    """

    id: str
    paths: Paths
    shape: Geometry

    @property
    def key(self) -> object:
        """What makes it the same as another: its id, or if it has none, all of it."""
        return self.id or (tuple(self.paths.items()), self.shape)

    def texts(self, name: str) -> tuple[str, ...]:
        """Return the texts of the elements `name`, the outermost first, empty ones too."""
        found = [path for path in self.paths if f"/{path}".endswith(f"/{name.casefold()}")]
        found.sort(key=lambda path: path.count("/"))
        return tuple(plain(text) for path in found for text in self.paths[path])

    def text(self, *names: str) -> str:
        """Return the first text of the first of `names` that has any, else `""`."""
        return next((text for name in names for text in self.texts(name) if text), "")

    def own(self, name: str) -> str:
        """Return a text that is the feature's own, not that of something within it."""
        return plain(next(iter(self.paths.get(name.casefold(), ())), ""))

    def number(self, *names: str) -> float:
        """Return a number that is not negative, or `nan`: nobody knows."""
        try:
            number = float(self.text(*names))
        except ValueError:
            return math.nan
        return number if 0 <= number < math.inf else math.nan

    def day(self, *names: str) -> str:
        """Return the day of a date or time as ISO, or `""` if it is none."""
        try:
            return date.fromisoformat(self.text(*names)[:10]).isoformat()
        except ValueError:
            return ""


@dataclass(frozen=True, slots=True, eq=False)
class Page:
    """One answer: its features, and how many there are in all, if it says so."""

    features: list[Feature]
    matched: int | None


def read(answer: bytes, *, host: str) -> Page:
    """
    Read an answer of a Web Feature Service.

    Nothing in it is fetched or expanded: no schema, no entity, no other document.

    Parameters
    ----------
    answer
        GML 3, in any encoding that it declares. Coordinates may be latitude first.
    host
        Named in the sentences.

    Raises
    ------
    SourceError
        If it is an exception report, no map data, or broken off in the middle.

    Examples
    --------
    >>> page = read(b'<FeatureCollection numberMatched="unknown"/>', host="example.org")
    >>> page.features, page.matched
    ([], None)
    """
    root = _root(answer, host)
    try:
        features = [_feature(element) for element in _members(root)]
    except ValueError as error:
        raise _unusable(host) from error
    matched = root.get("numberMatched", "")
    told = int(matched) if re.fullmatch("[0-9]{1,9}", matched) else None
    # a number below what came is no number: some services say 0 and send members
    return Page(features, told if told is not None and told >= len(features) else None)


def name_of(element: Any) -> str:
    """Return the local name of an element, composed; `""` for a comment."""
    if not isinstance(element.tag, str):
        return ""
    return unicodedata.normalize("NFC", element.tag.rpartition("}")[2])


def _root(answer: bytes, host: str) -> Any:
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        root = etree.fromstring(answer, parser)
    except etree.XMLSyntaxError as error:
        raise _unusable(host) from error
    for report in root.iter("{*}ExceptionReport", "{*}ServiceExceptionReport"):
        raise SourceError(
            "{host} refused the question: {fault}."
            " The service may have changed: look for a newer version of the program.",
            host=host,
            fault=plain(" ".join(report.itertext())).rstrip(". "),
        )
    if root.getroottree().docinfo.doctype or name_of(root) != "FeatureCollection":
        raise _unusable(host)
    return root


def _members(collection: Any) -> Iterator[Any]:
    """Yield features, whichever of the known ways they are wrapped in."""
    for wrapper in collection:
        if name_of(wrapper) in ("member", "featureMember", "featureMembers"):
            for element in wrapper:
                if name_of(element) == "FeatureCollection":
                    yield from _members(element)
                else:
                    yield element


def _feature(element: Any) -> Feature:
    values: dict[str, list[str]] = {}
    for path, text in _leaves(element, ""):
        values.setdefault(path, []).append(text)
    id_ = next((v for k, v in element.attrib.items() if k.endswith("}id")), "")
    told = {path: tuple(some) for path, some in values.items()}
    return Feature(id_, told, shape_of(element))


def _leaves(element: Any, path: str) -> Iterator[tuple[str, str]]:
    """Yield paths and texts; a data type's name, in upper case, is no part of a path."""
    for child in element:
        name = name_of(child)
        if "opengis.net/gml" in str(child.tag):
            continue
        if not len(child):
            yield f"{path}{name.casefold()}", (child.text or "").strip()
            continue
        wraps = name[:1].isupper()
        yield from _leaves(child, path if wraps else f"{path}{name.casefold()}/")


def _unusable(host: str) -> SourceError:
    return SourceError(
        "{host} sent something that is no map data, or broke off in the middle."
        " Try again in some minutes.",
        host=host,
    )
